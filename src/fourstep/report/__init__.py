"""From a scorecard and its transcript to something to read: text, Markdown, JSON. Pure."""

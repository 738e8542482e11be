"""From a transcript to a scorecard: the protocol of graders, evidence, and the arithmetic. Pure."""

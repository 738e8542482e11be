"""Interviews that were held elsewhere: recordings in many formats, who speaks in them, the turns they make. Pure."""

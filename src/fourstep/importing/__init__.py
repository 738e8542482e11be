"""Interviews that were held elsewhere: recordings in many formats, who speaks in them, and the turns they make. Pure."""

"""Recorded interviews out of captions and notes: text in, turns out. Pure."""

"""The record of an interview: events, and the transcript that they add up to. Pure."""

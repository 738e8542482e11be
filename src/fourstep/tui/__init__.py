"""The full-screen program: screens over the same engine, library and graders that the command line has."""

"""The full-screen program in a browser on the same machine."""

"""The plain interface: append-only lines over standard input and output, for pipes, screen readers and tests."""

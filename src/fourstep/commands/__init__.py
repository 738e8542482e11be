"""The command line's commands, a module each; every one takes parsed arguments and returns an exit code."""

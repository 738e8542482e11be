"""Answers that try to talk a grader round, and what is left of them: `python -m benchmarks.attacks`."""

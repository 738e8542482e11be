"""What is measured, one command each; `python -m benchmarks` runs them all. Figures stand in README.md."""

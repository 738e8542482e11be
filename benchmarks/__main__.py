"""All benchmarks, one after another."""

from benchmarks import first_screen, grading, keystrokes, library, startup, streaming

for benchmark in (startup, grading, library, first_screen, keystrokes, streaming):
    benchmark.main()

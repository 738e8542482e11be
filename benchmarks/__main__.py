"""All benchmarks, one after another."""

from benchmarks import grading, library, startup

for benchmark in (startup, grading, library):
    benchmark.main()

"""All benchmarks, one after another."""

from benchmarks import first_screen, first_sentence, grading, keystrokes, library, startup, streaming

for benchmark in (startup, grading, library, first_screen, first_sentence, keystrokes, streaming):
    benchmark.main()

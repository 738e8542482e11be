"""English as people speak it in interviews: words, stems, clauses, phrases. Pure, and free of any rubric."""

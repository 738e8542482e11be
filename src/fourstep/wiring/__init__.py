"""The only place that builds real objects out of settings; `front` for the first screen, `program` for all else."""

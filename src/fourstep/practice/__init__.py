"""What follows from interviews: progress over time, drills that come again, a plan to a date. Pure."""

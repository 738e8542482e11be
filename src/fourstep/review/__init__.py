"""What an interview that was held teaches: its time, its verdict, what was missed, how the interviewer did. Pure."""

"""The live interview: state, agenda, engine, and what a brain must do. Pure: clock and brain are arguments."""

"""Coming in: the greeting, the question for the unit, and the way back from anywhere."""

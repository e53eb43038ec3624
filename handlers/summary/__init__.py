"""The end of a workout: what was done in it, and going back into it."""

"""Picking an exercise: by body part, or by typing part of its name."""

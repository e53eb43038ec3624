"""Workouts that were left idle: asking about them, and telling that one was closed."""

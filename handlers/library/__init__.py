"""Keeping the exercise library: for admins."""

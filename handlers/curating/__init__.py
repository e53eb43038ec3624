"""Keeping the library exercise by exercise: for admins."""

"""Changing what was logged: one set, by its buttons or typed anew, or all sets of an exercise as text."""

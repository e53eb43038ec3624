"""Typed lines: sets, exercise names, /set, and the questions that they leave open."""

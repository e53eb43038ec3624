"""Seeing progress: the weeks, an exercise over time, the parts of the body, the days of a year."""

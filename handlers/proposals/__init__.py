"""Proposing an exercise to the admins, and what they say."""

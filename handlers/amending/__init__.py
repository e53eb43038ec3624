"""Editing a message amends the sets that it has logged."""

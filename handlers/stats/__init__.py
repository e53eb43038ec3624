"""The figures of the whole bot."""

"""Taking back what was done last."""

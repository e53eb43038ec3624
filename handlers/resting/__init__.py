"""Starting a rest by hand, prolonging one, and skipping it."""

"""Starting a rest by hand, and skipping one."""

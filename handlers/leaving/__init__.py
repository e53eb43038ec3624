"""What is kept of a lifter, and how all of it goes."""

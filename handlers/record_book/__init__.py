"""A lifter's records, exercise by exercise."""

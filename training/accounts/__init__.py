"""Everything that is a lifter's, as a file: writing it, reading one, and taking one in."""

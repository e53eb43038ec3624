"""Making and changing exercises of the lifter's own."""

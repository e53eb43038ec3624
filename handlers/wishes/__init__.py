"""How a lifter wants an exercise: rest, step, unit, names of their own, and whether it is in their lists."""

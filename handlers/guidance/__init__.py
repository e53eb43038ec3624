"""Help, and a hint for whatever can't be understood: nothing is met with silence."""

"""/settings: one message whose buttons change what a lifter wants."""

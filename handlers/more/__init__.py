"""What is needed now and then in a workout: notes, RPE, order, supersets, removing, renaming, discarding."""

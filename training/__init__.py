"""The gym: what a set, a record, a workout is and what may happen to it."""

"""/reminders: on which days and when a lifter is reminded, and what they are then told."""

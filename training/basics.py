"""What most people do in a gym: offered before the rest to who has no history yet."""

from __future__ import annotations

from storage.values.name_key import name_key

_NAMES = (
    # The first few make a whole workout, and each is of another body part than the one before.
    "Squat (Barbell)",
    "Bench Press (Barbell)",
    "Lat Pulldown (Cable)",
    "Shoulder Press (Dumbbell)",
    "Leg Press (Machine)",
    "Deadlift (Barbell)",
    "Bicep Curl (Dumbbell)",
    "Triceps Pushdown (Cable)",
    "Plank",
    "Bench Press (Dumbbell)",
    "Seated Row (Cable)",
    "Overhead Press (Barbell)",
    "Romanian Deadlift (Barbell)",
    "Chest Press (Machine)",
    "Bent-Over Row (Barbell)",
    "Lateral Raise (Dumbbell)",
    "Leg Extension (Machine)",
    "Pull-up",
    "Push-up",
    "Lying Leg Curl (Machine)",
    "Hip Thrust (Barbell)",
    "Goblet Squat (Dumbbell)",
    "Hammer Curl (Dumbbell)",
    "Overhead Triceps Extension (Cable)",
    "Standing Calf Raise (Machine)",
    "Crunch",
    "Dip",
    "Hanging Leg Raise",
    "Seated Calf Raise (Machine)",
    "Wrist Curl (Barbell)",
    "Swing (Kettlebell)",
    "Farmer's Walk (Dumbbell)",
    "Running (Treadmill)",
    "Rowing Machine",
    "Stationary Bike",
)

BASICS = tuple(map(name_key, _NAMES))
"""Keys of the catalogue, the likeliest first; some of every body part and of the modalities that gyms have."""

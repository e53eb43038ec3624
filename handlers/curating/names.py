"""What fields and muscles are called."""

from __future__ import annotations

from handlers.words import label
from storage.values.exercise import Muscle
from training.exercise_fields import ExerciseField


def field_name(field: ExerciseField) -> str:
    """The field, on a button."""
    names = {
        ExerciseField.NAME: label("Name"),
        ExerciseField.PART: label("Body part"),
        ExerciseField.MODALITY: label("Equipment"),
        ExerciseField.MEASURE: label("Logged by"),
        ExerciseField.REST: label("Rest"),
        ExerciseField.STEP: label("Step"),
        ExerciseField.PRIMARY: label("Muscles"),
        ExerciseField.SECONDARY: label("Also trains"),
        ExerciseField.HOW: label("How"),
        ExerciseField.ALIASES: label("Other names"),
    }
    return names[field]


def muscle_name(muscle: Muscle) -> str:
    """The muscle, as it is typed too."""
    names = {
        Muscle.CHEST: label("chest"),
        Muscle.LATS: label("lats"),
        Muscle.UPPER_BACK: label("upper back"),
        Muscle.TRAPS: label("traps"),
        Muscle.LOWER_BACK: label("lower back"),
        Muscle.FRONT_DELTS: label("front delts"),
        Muscle.SIDE_DELTS: label("side delts"),
        Muscle.REAR_DELTS: label("rear delts"),
        Muscle.BICEPS: label("biceps"),
        Muscle.TRICEPS: label("triceps"),
        Muscle.FOREARMS: label("forearms"),
        Muscle.ABS: label("abs"),
        Muscle.OBLIQUES: label("obliques"),
        Muscle.QUADS: label("quads"),
        Muscle.HAMSTRINGS: label("hamstrings"),
        Muscle.GLUTES: label("glutes"),
        Muscle.ADDUCTORS: label("adductors"),
        Muscle.ABDUCTORS: label("abductors"),
        Muscle.CALVES: label("calves"),
        Muscle.HIP_FLEXORS: label("hip flexors"),
        Muscle.NECK: label("neck"),
    }
    return names[muscle]

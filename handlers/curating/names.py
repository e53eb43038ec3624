"""What fields are called."""

from __future__ import annotations

from handlers.words import label
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

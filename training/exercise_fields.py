"""What can be said about an exercise, field by field."""

from __future__ import annotations

from enum import StrEnum


class ExerciseField(StrEnum):
    """The fields of an exercise as an admin writes them: `rest: 90`."""

    NAME = "name"
    PART = "part"
    MODALITY = "with"
    MEASURE = "measure"
    REST = "rest"
    STEP = "step"
    PRIMARY = "muscles"
    SECONDARY = "also"
    HOW = "how"
    ALIASES = "aliases"

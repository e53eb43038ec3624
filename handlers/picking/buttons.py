"""The buttons of the exercise picker."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from storage.values.exercise import BodyPart


@press("p")
@dataclass(frozen=True, slots=True)
class OpenPicker:
    """Shows the body parts."""


@press("b")
@dataclass(frozen=True, slots=True)
class Browse:
    """Shows a page of a body part's exercises."""

    part: BodyPart
    page: int


@press("e")
@dataclass(frozen=True, slots=True)
class PickExercise:
    """Makes this the current exercise, starting a workout if none is open."""

    exercise_id: int

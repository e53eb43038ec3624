"""The buttons with which admins keep the library."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from training.exercise_fields import ExerciseField


@press("Zo")
@dataclass(frozen=True, slots=True)
class ChooseExercise:
    """Says which one was meant."""

    mark: int
    exercise_id: int


@press("Zn")
@dataclass(frozen=True, slots=True)
class SayOfNew:
    """Says one thing more about the exercise that is being made."""

    mark: int
    text: str


@press("Zb")
@dataclass(frozen=True, slots=True)
class AddAnother:
    """Asks for the name of a new exercise."""


@press("Ze")
@dataclass(frozen=True, slots=True)
class OpenEditor:
    """Shows an exercise with everything that can be changed."""

    exercise_id: int


@press("Zf")
@dataclass(frozen=True, slots=True)
class AskField:
    """Asks for another value."""

    exercise_id: int
    field: ExerciseField


@press("Zv")
@dataclass(frozen=True, slots=True)
class SetField:
    """Gives the field this value, as it could be typed."""

    exercise_id: int
    field: ExerciseField
    value: str


@press("Zi")
@dataclass(frozen=True, slots=True)
class OpenNames:
    """Shows an exercise's other names, and asks for more."""

    exercise_id: int
    page: int = 0


@press("Zj")
@dataclass(frozen=True, slots=True)
class RemoveName:
    """Takes one of its other names away."""

    exercise_id: int
    mark: int


@press("Zh")
@dataclass(frozen=True, slots=True)
class Archive:
    """Takes the exercise out of the lists."""

    exercise_id: int


@press("Zu")
@dataclass(frozen=True, slots=True)
class BringBackToAll:
    """Puts it back into the lists."""

    exercise_id: int


@press("Zk")
@dataclass(frozen=True, slots=True)
class StartMerging:
    """Asks which exercise it is to be merged into."""

    exercise_id: int


@press("Zm")
@dataclass(frozen=True, slots=True)
class MergeExercises:
    """Merges the first into the second."""

    exercise_id: int
    into_id: int

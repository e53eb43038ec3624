"""The buttons of the history.

Those of a list say what it is narrowed to, and those of a workout opened from it too, so that the way back leads there,
also after the workout was named, noted or deleted:
`exercise_id` is 0 for every exercise, `month` 0 for every month, else the months since the year 0. Those that delete
carry the revision of the workout that they were shown with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from handlers.callback_data import press

_LARGEST = 10**9
"""No number of a list that we make is larger; three of them fit beside what else a button carries."""


class Back(NamedTuple):
    """The list to which the way back leads."""

    page: int = 0
    exercise_id: int = 0
    month: int = 0


WHOLE = Back()
"""The list of everything."""


def back_of(press: object) -> Back:
    """The list that the button's workout was opened from; the whole one where that is no list that we make."""
    numbers = Back(*(getattr(press, name, 0) for name in Back._fields))
    return numbers if all(0 <= number <= _LARGEST for number in numbers) else WHOLE


@press("hl")
@dataclass(frozen=True, slots=True)
class ListHistory:
    """Shows a page of the finished workouts."""

    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hx")
@dataclass(frozen=True, slots=True)
class ListExercises:
    """Shows a page of the exercises that the history can be narrowed to."""

    page: int
    month: int


@press("hm")
@dataclass(frozen=True, slots=True)
class ListMonths:
    """Shows a page of the months that the history can be narrowed to."""

    page: int
    exercise_id: int


@press("ho")
@dataclass(frozen=True, slots=True)
class OpenEntry:
    """Shows a part of a finished workout; the rest says to which list it goes back."""

    workout_id: int
    part: int = 0
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hn")
@dataclass(frozen=True, slots=True)
class AskName:
    """Asks what the workout is called."""

    workout_id: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hu")
@dataclass(frozen=True, slots=True)
class ClearName:
    """Takes the workout's name away."""

    workout_id: int
    revision: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("ha")
@dataclass(frozen=True, slots=True)
class AskNote:
    """Asks for the note of the workout."""

    workout_id: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hv")
@dataclass(frozen=True, slots=True)
class ClearNote:
    """Takes the workout's note away."""

    workout_id: int
    revision: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hw")
@dataclass(frozen=True, slots=True)
class AskRewrite:
    """Asks for the exercises and sets of the workout as text."""

    workout_id: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hr")
@dataclass(frozen=True, slots=True)
class AskReopen:
    """Asks before the workout is opened again."""

    workout_id: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hf")
@dataclass(frozen=True, slots=True)
class FinishAndReopen:
    """Finishes the open workout, then opens this one again."""

    workout_id: int
    revision: int
    open_id: int
    open_revision: int


@press("hd")
@dataclass(frozen=True, slots=True)
class AskDelete:
    """Asks before the workout is deleted."""

    workout_id: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hz")
@dataclass(frozen=True, slots=True)
class DeleteEntry:
    """Deletes the workout with everything in it."""

    workout_id: int
    revision: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hb")
@dataclass(frozen=True, slots=True)
class PutBack:
    """Takes back what was changed in the workout, if that still is the latest change."""

    workout_id: int
    change_id: int
    page: int = 0
    exercise_id: int = 0
    month: int = 0


@press("hp")
@dataclass(frozen=True, slots=True)
class AskPast:
    """Asks for a workout of the past."""


@press("hq")
@dataclass(frozen=True, slots=True)
class ChooseDay:
    """The workout of the past was on this day, counted from the first of the calendar."""

    ordinal: int

"""The buttons of the library, as far as they only show something.

`part` and `modality` count from 1 as their enums do, 0 is any; `text` is what is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.callback_data import press
from handlers.exercises.place import Place, Shelf


class Filter(StrEnum):
    """What can be chosen to narrow a list."""

    SHELF = "s"
    PART = "p"
    MODALITY = "m"


@press("bh")
@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """Shows where browsing begins."""


@press("bc")
@dataclass(frozen=True, slots=True)
class LeaveLibrary:
    """Back to where the lifter stands."""


@press("bl")
@dataclass(frozen=True, slots=True)
class ListExercises:
    """Shows a page of a list."""

    shelf: Shelf
    part: int
    modality: int
    page: int
    text: str

    @property
    def place(self) -> Place:
        """What is to be shown."""
        return Place.of(self.shelf, self.part, self.modality, self.page, self.text)


@press("bf")
@dataclass(frozen=True, slots=True)
class ChooseFilter:
    """Shows what a list can be narrowed to."""

    by: Filter
    shelf: Shelf
    part: int
    modality: int
    text: str

    @property
    def place(self) -> Place:
        """The list that is to be narrowed."""
        return Place.of(self.shelf, self.part, self.modality, 0, self.text)


@press("be")
@dataclass(frozen=True, slots=True)
class OpenExercise:
    """Shows an exercise."""

    exercise_id: int


@press("bb")
@dataclass(frozen=True, slots=True)
class BackToList:
    """Back to the list that the exercise was opened from."""


def list_exercises(place: Place) -> ListExercises:
    """Shows this place."""
    return ListExercises(place.shelf, *place.numbers, place.page, place.text)


def choose_filter(by: Filter, place: Place) -> ChooseFilter:
    """Narrows this place."""
    return ChooseFilter(by, place.shelf, *place.numbers, place.text)

"""The buttons of the exercise picker.

Where they end in `execution_id` and `revision`, these say what the exercise is picked for (see `Purpose`).
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from storage.values.exercise import BodyPart, Modality


@press("p")
@dataclass(frozen=True, slots=True)
class OpenPicker:
    """Shows where picking begins, for an exercise to be added."""


@press("ps")
@dataclass(frozen=True, slots=True)
class OpenSwapPicker:
    """Shows where picking begins, for an exercise that takes the place of this execution's."""

    execution_id: int


@press("pc")
@dataclass(frozen=True, slots=True)
class ClosePicker:
    """Leaves the picker where no workout is open."""


@press("pu")
@dataclass(frozen=True, slots=True)
class BrowseUsual:
    """Shows a page of what the lifter uses."""

    page: int
    execution_id: int
    revision: int


@press("pb")
@dataclass(frozen=True, slots=True)
class BrowsePart:
    """Shows a page of a body part's exercises."""

    part: BodyPart
    page: int
    execution_id: int
    revision: int


@press("pl")
@dataclass(frozen=True, slots=True)
class ListModalities:
    """Shows the modalities."""

    execution_id: int
    revision: int


@press("pm")
@dataclass(frozen=True, slots=True)
class BrowseModality:
    """Shows a page of a modality's exercises."""

    modality: Modality
    page: int
    execution_id: int
    revision: int


@press("pf")
@dataclass(frozen=True, slots=True)
class BrowseFound:
    """Shows a page of what a text finds."""

    page: int
    execution_id: int
    revision: int
    text: str


@press("e")
@dataclass(frozen=True, slots=True)
class PickExercise:
    """Makes this the current exercise, starting a workout if none is open."""

    exercise_id: int


@press("px")
@dataclass(frozen=True, slots=True)
class SwapFor:
    """Has this exercise take the place of the execution's."""

    exercise_id: int
    execution_id: int
    revision: int

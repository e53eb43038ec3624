"""The buttons that make an exercise of the lifter's own.

The name waits in the conversation's step, since a button is too short for it; the button carries a mark of it, so that
one for another name does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from handlers.callback_data import press
from storage.values.exercise import BodyPart, Measure, Modality


def mark_of(text: str) -> int:
    """By what a button knows the text that it was made for, which is too long for it."""
    return crc32(text.encode())


@press("pn")
@dataclass(frozen=True, slots=True)
class StartCreating:
    """Asks for the body part."""

    mark: int


@press("pp")
@dataclass(frozen=True, slots=True)
class ChoosePart:
    """Asks for the modality."""

    mark: int
    part: BodyPart


@press("pd")
@dataclass(frozen=True, slots=True)
class ChooseModality:
    """Makes the exercise and picks it."""

    mark: int
    part: BodyPart
    modality: Modality


@press("pa")
@dataclass(frozen=True, slots=True)
class BringBack:
    """Takes an archived exercise of the lifter's out of the archive."""

    exercise_id: int
    execution_id: int
    revision: int


@press("pg")
@dataclass(frozen=True, slots=True)
class AskMeasure:
    """Shows how an exercise of the lifter's can be logged."""

    exercise_id: int


@press("pw")
@dataclass(frozen=True, slots=True)
class ChooseMeasure:
    """Has the exercise be logged so."""

    exercise_id: int
    measure: Measure

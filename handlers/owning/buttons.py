"""The buttons that make and change exercises of the lifter's own.

A name that waits is in the conversation's step; a button carries a mark of it, so that one for another does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.callback_data import press
from storage.values.exercise import BodyPart, Measure, Modality


class Trait(StrEnum):
    """What is chosen from a list."""

    PART = "p"
    MODALITY = "m"
    MEASURE = "l"


@press("bg")
@dataclass(frozen=True, slots=True)
class AskNewName:
    """Asks what a new exercise is called."""


@press("bw")
@dataclass(frozen=True, slots=True)
class StartOwn:
    """Asks for the body part of the exercise whose name waits."""

    mark: int


@press("bi")
@dataclass(frozen=True, slots=True)
class OwnPart:
    """Asks for the modality."""

    mark: int
    part: BodyPart


@press("bj")
@dataclass(frozen=True, slots=True)
class OwnModality:
    """Makes the exercise."""

    mark: int
    part: BodyPart
    modality: Modality


@press("bE")
@dataclass(frozen=True, slots=True)
class OpenEdit:
    """Shows what can be changed."""

    exercise_id: int


@press("bR")
@dataclass(frozen=True, slots=True)
class AskOwnName:
    """Asks for another name."""

    exercise_id: int


@press("bY")
@dataclass(frozen=True, slots=True)
class RenameAnyway:
    """Takes the name that waits, with this mark, though everybody sees an exercise of that name."""

    exercise_id: int
    mark: int


@press("bH")
@dataclass(frozen=True, slots=True)
class AskHow:
    """Asks how it is done."""

    exercise_id: int


@press("bI")
@dataclass(frozen=True, slots=True)
class DropHow:
    """Says nothing any more about how it is done."""

    exercise_id: int


@press("bP")
@dataclass(frozen=True, slots=True)
class ChooseTrait:
    """Shows what a trait can be."""

    exercise_id: int
    trait: Trait


@press("bQ")
@dataclass(frozen=True, slots=True)
class TakePart:
    """It trains this body part most."""

    exercise_id: int
    part: BodyPart


@press("bM")
@dataclass(frozen=True, slots=True)
class TakeModality:
    """It is done with this."""

    exercise_id: int
    modality: Modality


@press("bO")
@dataclass(frozen=True, slots=True)
class TakeMeasure:
    """It is logged so."""

    exercise_id: int
    measure: Measure


@press("bA")
@dataclass(frozen=True, slots=True)
class PutAway:
    """Archives the exercise."""

    exercise_id: int


@press("bB")
@dataclass(frozen=True, slots=True)
class TakeBackOut:
    """Takes the exercise out of the archive."""

    exercise_id: int


@press("bX")
@dataclass(frozen=True, slots=True)
class AskToDelete:
    """Asks before deleting."""

    exercise_id: int


@press("bD")
@dataclass(frozen=True, slots=True)
class DeleteOwn:
    """Deletes the exercise."""

    exercise_id: int

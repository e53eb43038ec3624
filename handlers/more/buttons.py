"""The buttons of the menu behind the card. Those that change or delete carry the revision of what they were shown with.

Those that move an exercise don't: each press counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("mm")
@dataclass(frozen=True, slots=True)
class OpenMore:
    """Shows the menu."""


@press("mn")
@dataclass(frozen=True, slots=True)
class AskExerciseNote:
    """Asks for the note of an exercise."""

    execution_id: int


@press("mN")
@dataclass(frozen=True, slots=True)
class ClearExerciseNote:
    """Removes the note of an exercise."""

    execution_id: int
    revision: int


@press("ms")
@dataclass(frozen=True, slots=True)
class AskSetNote:
    """Asks for the note of a set."""

    set_id: int


@press("mS")
@dataclass(frozen=True, slots=True)
class ClearSetNote:
    """Removes the note of a set."""

    set_id: int
    revision: int


@press("mp")
@dataclass(frozen=True, slots=True)
class AskRpe:
    """Asks how hard a set was."""

    set_id: int


@press("mP")
@dataclass(frozen=True, slots=True)
class GiveRpe:
    """Says how hard a set was, in half points; 0 takes that back."""

    set_id: int
    revision: int
    halves: int


@press("mo")
@dataclass(frozen=True, slots=True)
class OpenOrder:
    """Shows the order of the exercises, with this one ready to be moved; page -1 is the one that it stands on."""

    execution_id: int
    page: int


@press("mv")
@dataclass(frozen=True, slots=True)
class ShiftExercise:
    """Moves the exercise by so many places."""

    execution_id: int
    by: int


@press("mg")
@dataclass(frozen=True, slots=True)
class OpenSuperset:
    """Shows what an exercise can be done in turn with."""

    execution_id: int
    page: int


@press("mG")
@dataclass(frozen=True, slots=True)
class JoinSuperset:
    """Has two exercises, and what each is in a superset with, be done in turn."""

    execution_id: int
    other_id: int
    revision: int


@press("ml")
@dataclass(frozen=True, slots=True)
class LeaveSuperset:
    """Takes an exercise out of its superset."""

    execution_id: int
    revision: int


@press("mx")
@dataclass(frozen=True, slots=True)
class AskToRemove:
    """Removes an exercise without sets; asks first if it has some."""

    execution_id: int
    revision: int


@press("mX")
@dataclass(frozen=True, slots=True)
class RemoveExercise:
    """Removes an exercise with its sets."""

    execution_id: int
    revision: int


@press("mt")
@dataclass(frozen=True, slots=True)
class AskTitle:
    """Asks for the name of the workout."""


@press("mT")
@dataclass(frozen=True, slots=True)
class ClearTitle:
    """Removes the name of the workout."""

    workout_id: int
    revision: int


@press("mz")
@dataclass(frozen=True, slots=True)
class AskToDiscard:
    """Asks whether to throw the workout away."""


@press("mZ")
@dataclass(frozen=True, slots=True)
class Discard:
    """Throws the workout away."""

    workout_id: int
    revision: int

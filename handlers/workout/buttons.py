"""The buttons of the card. Those that log or finish carry the revision of the card they stand on.

Those that turn the suggested set don't: each press counts, however fast they come.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from training.dials import Dial


@press("l")
@dataclass(frozen=True, slots=True)
class LogSuggested:
    """Logs the suggested set."""

    workout_id: int
    revision: int


@press("ln")
@dataclass(frozen=True, slots=True)
class LogNext:
    """Goes on with this exercise of the workout, and logs the set that was suggested for it."""

    workout_id: int
    revision: int
    execution_id: int


@press("t")
@dataclass(frozen=True, slots=True)
class Turn:
    """Turns a part of the suggested set up or down."""

    execution_id: int
    steps: int
    dial: Dial


@press("k")
@dataclass(frozen=True, slots=True)
class ChangeKind:
    """Makes the suggested set one of the next kind."""

    execution_id: int


@press("g")
@dataclass(frozen=True, slots=True)
class GoTo:
    """Makes another exercise of the workout the current one."""

    execution_id: int


@press("U")
@dataclass(frozen=True, slots=True)
class TakeBack:
    """Takes back what was done last."""

    workout_id: int
    revision: int


@press("c")
@dataclass(frozen=True, slots=True)
class ShowCard:
    """Back to the card."""


@press("f")
@dataclass(frozen=True, slots=True)
class AskToFinish:
    """Asks whether to finish."""


@press("F")
@dataclass(frozen=True, slots=True)
class Finish:
    """Finishes the workout."""

    workout_id: int
    revision: int

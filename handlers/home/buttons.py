"""The buttons of the start screen."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press
from storage.values.quantity import WeightUnit


@press("u")
@dataclass(frozen=True, slots=True)
class ChooseUnit:
    """kg or lb."""

    unit: WeightUnit


@press("s")
@dataclass(frozen=True, slots=True)
class StartWorkout:
    """Starts a workout, or comes back to the open one; the message that offers it has no further use."""


@press("n")
@dataclass(frozen=True, slots=True)
class StartAnother:
    """Starts a workout; the message that offers it, a summary, stays."""


@press("wa")
@dataclass(frozen=True, slots=True)
class OfferAgain:
    """Shows what can be started again; the message that offers it, a summary, stays."""


@press("wr")
@dataclass(frozen=True, slots=True)
class Repeat:
    """Starts a workout from this earlier one."""

    workout_id: int


@press("we")
@dataclass(frozen=True, slots=True)
class ShowEarlier:
    """Shows a page of the workouts that can be started again."""

    page: int


@press("wh")
@dataclass(frozen=True, slots=True)
class ShowStart:
    """Back to what can be started."""

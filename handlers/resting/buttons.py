"""The card's buttons for the rest. They change nothing that the log button refers to, so all can be pressed at once."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("mr")
@dataclass(frozen=True, slots=True)
class StartRest:
    """Starts a rest; one that runs goes on."""

    workout_id: int


@press("mh")
@dataclass(frozen=True, slots=True)
class ProlongRest:
    """Rests a little longer, also where the rest is over; each press counts."""

    workout_id: int


@press("mR")
@dataclass(frozen=True, slots=True)
class ShiftRest:
    """Makes the rest longer (1) or shorter (-1) by a step; each press counts."""

    workout_id: int
    steps: int


@press("mk")
@dataclass(frozen=True, slots=True)
class SkipRest:
    """Ends the rest that runs."""

    workout_id: int


@press("mc")
@dataclass(frozen=True, slots=True)
class ChangeNext:
    """Leads from what says that the rest is over to the card, where the next set is changed."""

    workout_id: int


@press("mq")
@dataclass(frozen=True, slots=True)
class KeepRest:
    """Rests after this exercise last so many seconds from now on."""

    workout_id: int
    exercise_id: int
    seconds: int

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
    """Rests a little longer; each press counts."""

    workout_id: int


@press("mk")
@dataclass(frozen=True, slots=True)
class SkipRest:
    """Ends the rest that runs."""

    workout_id: int

"""The buttons under the question whether a workout goes on."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("ws")
@dataclass(frozen=True, slots=True)
class StillTraining:
    """The workout goes on."""

    workout_id: int

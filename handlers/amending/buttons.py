"""The buttons under what an edited message is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("yo")
@dataclass(frozen=True, slots=True)
class ReopenToAmend:
    """Opens the finished workout that the message's sets are in."""

    workout_id: int

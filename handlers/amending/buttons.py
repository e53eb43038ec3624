"""The buttons under what an edited message is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("yo")
@dataclass(frozen=True, slots=True)
class ReopenToAmend:
    """Opens the finished workout that the message has sets in, if it still is as it was when the message was edited."""

    workout_id: int
    revision: int

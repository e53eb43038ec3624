"""The buttons under a summary."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("wo")
@dataclass(frozen=True, slots=True)
class Reopen:
    """Opens the finished workout again, if it still is as the summary shows it."""

    workout_id: int
    revision: int


@press("wl")
@dataclass(frozen=True, slots=True)
class WriteLate:
    """Opens the finished workout again and writes this line in it."""

    workout_id: int
    revision: int
    text: str

"""The buttons of the records."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("el")
@dataclass(frozen=True, slots=True)
class ListRecords:
    """Shows a page of the exercises that there may be records in."""

    page: int = 0


@press("eo")
@dataclass(frozen=True, slots=True)
class OpenRecords:
    """Shows the records in this exercise."""

    exercise_id: int

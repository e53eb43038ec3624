"""The buttons of the card. Those that log or finish carry the revision of the card they stand on."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("l")
@dataclass(frozen=True, slots=True)
class LogSuggested:
    """Logs the suggested set."""

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

"""The buttons of /privacy and /delete_me."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("La")
@dataclass(frozen=True, slots=True)
class AskToLeave:
    """Shows what would go."""


@press("Lb")
@dataclass(frozen=True, slots=True)
class AskAgain:
    """Asks once more, if what was shown is still so."""

    mark: int


@press("Lc")
@dataclass(frozen=True, slots=True)
class DeleteMe:
    """Deletes everything, if it was shown lately and is still so. `asked_at` is in seconds since 1970."""

    asked_at: int
    mark: int


@press("Ld")
@dataclass(frozen=True, slots=True)
class Stay:
    """Leaves everything as it is."""

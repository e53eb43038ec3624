"""The buttons that ask for an export."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("Xo")
@dataclass(frozen=True, slots=True)
class OpenExport:
    """Shows in which formats there is everything that is the lifter's."""

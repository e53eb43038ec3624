"""The button under the figures."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("Zc")
@dataclass(frozen=True, slots=True)
class CountAgain:
    """Counts anew."""

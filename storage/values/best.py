"""The most that was done: what records are beaten against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Best:
    """The most that was done with one load; None where it was never done so."""

    clean_reps: int | None = None
    estimated_1rm: int | None = None
    set_volume: int | None = None
    duration: int | None = None
    distance: int | None = None

    def with_also(self, other: Best) -> Best:
        """The better of the two in every respect."""
        return Best(
            _larger(self.clean_reps, other.clean_reps),
            _larger(self.estimated_1rm, other.estimated_1rm),
            _larger(self.set_volume, other.set_volume),
            _larger(self.duration, other.duration),
            _larger(self.distance, other.distance),
        )


Bests = Mapping[int, Best]
"""Per load in milligrams (0: none), the most that was done with it."""


def _larger(one: int | None, other: int | None) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return max(known, default=None)

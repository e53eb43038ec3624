"""What hardly anybody lifts, holds, runs, or types at once."""

from __future__ import annotations

from collections.abc import Sequence

from storage.values.lifted import SetEntry
from training.notation.reading import QuestionReason

LIKELY_REPS = 30
"""Up to this a number alone is rather reps, above it rather a weight."""

LIKELY_SETS = 20
"""More at once are hardly ever meant."""

_MOST_MILLIGRAMS = 1_000 * 1_000_000
_MOST_REPS = 200
_MOST_SECONDS = 24 * 3600
_MOST_MILLIMETRES = 1_000 * 1_000_000


def implausibility(entries: Sequence[SetEntry]) -> QuestionReason | None:
    """Why to ask before storing these sets: over 1,000 kg, 200 reps, 24 hours, 1,000 km, or 20 sets."""
    if any(map(_is_implausible, entries)):
        return QuestionReason.IMPLAUSIBLE
    return QuestionReason.MANY_SETS if len(entries) > LIKELY_SETS else None


def _is_implausible(entry: SetEntry) -> bool:
    return (
        (entry.weight is not None and abs(entry.weight.milligrams) > _MOST_MILLIGRAMS)
        or max(entry.clean_reps or 0, entry.forced_reps) > _MOST_REPS
        or (entry.duration or 0) > _MOST_SECONDS
        or (entry.distance is not None and entry.distance.millimetres > _MOST_MILLIMETRES)
    )

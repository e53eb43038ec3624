"""Volume: the load that was moved."""

from __future__ import annotations

from collections.abc import Iterable

from storage.values.lifted import SetEntry, SetKind


def volume_mg(entries: Iterable[SetEntry]) -> int:
    """External load times reps in milligrams; warm-ups and assistance don't count."""
    return sum(_of(entry) for entry in entries if entry.kind is not SetKind.WARM_UP)


def _of(entry: SetEntry) -> int:
    load = 0 if entry.weight is None else max(entry.weight.milligrams, 0)
    return load * ((entry.clean_reps or 0) + entry.forced_reps)

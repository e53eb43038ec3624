"""Which set to suggest next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storage.values.lifted import SetEntry, SetKind


def suggest(
    today: Sequence[SetEntry], last_time: Sequence[SetEntry], targets: Sequence[SetEntry] = ()
) -> SetEntry | None:
    """The next set: the next target, else last time's at the same place while today follows it, else today's last.

    Warm-ups are suggested only as targets. None while there is nothing to go by.
    """
    done = _working(today)
    if left := targets_left(today, targets):
        return replace(left[0], forced_reps=0, rpe=None, note="")
    before = _working(last_time)
    if len(done) < len(before) and (not done or _same_load(done[-1], before[len(done) - 1])):
        return _clean(before[len(done)])
    if done:
        return _clean(done[-1])
    return _clean(before[-1]) if before else None


def targets_left(today: Sequence[SetEntry], targets: Sequence[SetEntry]) -> tuple[SetEntry, ...]:
    """The targets that today's sets don't cover, in their order. Who has begun to work has warmed up."""
    done = _working(today)
    to_work = _working(targets)
    to_warm_up = [] if done else [target for target in targets if target.kind is SetKind.WARM_UP]
    return (*to_warm_up[len(today) - len(done) :], *to_work[len(done) :])


def _working(sets: Sequence[SetEntry]) -> list[SetEntry]:
    return [entry for entry in sets if entry.kind is not SetKind.WARM_UP]


def _same_load(one: SetEntry, other: SetEntry) -> bool:
    return one.weight == other.weight and one.distance == other.distance


def _clean(entry: SetEntry) -> SetEntry:
    """What to aim for: without the help, the effort and the remark of the set that it repeats."""
    return replace(entry, forced_reps=0, rpe=None, note="", kind=SetKind.WORKING)

"""Records: the best that a lifter has done with an exercise so far, and which of them a set breaks.

What counts follows from the exercise's measure. Warm-ups never count, forced reps don't count as clean ones, and
assistance counts inversely: it is a negative load. Over a distance, longer means slower: where it is known, the time is
a record only together with the distance. Nothing is kept: every best is derived from the sets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from storage.values.best import Best, Bests
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight

_MOST_REPS_FOR_1RM = 12
"""With more reps (those in reserve included) the formula says little, so nothing is claimed."""


class RecordKind(StrEnum):
    """What can be a record. The comment names the unit of its value."""

    HEAVIEST = "heaviest"
    """Milligrams; on bodyweight exercises added load, negative for assistance."""
    MOST_REPS = "most_reps"
    """Clean reps at this load or more."""
    ESTIMATED_1RM = "estimated_1rm"
    """Milligrams, rounded down."""
    SET_VOLUME = "set_volume"
    """External load times clean reps of one set, in milligrams."""
    LONGEST = "longest"
    """Seconds; at this load or more where there is one; over a distance only if it is the farthest too."""
    FARTHEST = "farthest"
    """Millimetres; at this load or more where there is one."""


@dataclass(frozen=True, slots=True)
class Record:
    """A best that was beaten: the new value and the one before, both in the kind's unit.

    `load` is the load at which, or above which, the reps, the time or the distance were the most; None where the
    exercise has none or where the kind isn't about one.
    """

    kind: RecordKind
    value: int
    before: int
    load: Weight | None = None


_KINDS: dict[Measure, tuple[RecordKind, ...]] = {
    Measure.WEIGHT_REPS: (
        RecordKind.HEAVIEST,
        RecordKind.MOST_REPS,
        RecordKind.ESTIMATED_1RM,
        RecordKind.SET_VOLUME,
    ),
    # The body's own weight isn't known, so no 1RM is claimed.
    Measure.BODYWEIGHT_REPS: (RecordKind.HEAVIEST, RecordKind.MOST_REPS, RecordKind.SET_VOLUME),
    Measure.REPS: (RecordKind.MOST_REPS,),
    Measure.DURATION: (RecordKind.LONGEST,),
    Measure.WEIGHT_DURATION: (RecordKind.HEAVIEST, RecordKind.LONGEST),
    Measure.DISTANCE_DURATION: (RecordKind.FARTHEST, RecordKind.LONGEST),
    Measure.WEIGHT_DISTANCE: (RecordKind.HEAVIEST, RecordKind.FARTHEST),
}

_WITH_LOAD = frozenset({Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.WEIGHT_DURATION, Measure.WEIGHT_DISTANCE})
_AT_LOAD_OR_MORE = frozenset({RecordKind.MOST_REPS, RecordKind.LONGEST, RecordKind.FARTHEST})


def kinds_of(measure: Measure) -> tuple[RecordKind, ...]:
    """What can be a record in an exercise of this measure, in the order in which lifters ask each other about it."""
    return _KINDS[measure]


def estimated_1rm(entry: SetEntry) -> int | None:
    """The weight in milligrams, rounded down, that could be lifted once; None where nothing is claimed.

    Brzycki's formula, w · 36 / (37 − r) (Brzycki, "Strength testing", JOPERD 64(1), 1993), with r the clean reps and
    those in reserve: 10 − RPE where one is given, none where there are forced reps. At r = 1 it is the weight itself.
    """
    if entry.weight is None or entry.weight.thousandths <= 0 or not entry.clean_reps:
        return None
    in_reserve = 0 if entry.rpe is None or entry.forced_reps else 20 - int(2 * entry.rpe)
    twice_reps = 2 * entry.clean_reps + in_reserve  # RPE comes in halves, so this is whole
    if twice_reps > 2 * _MOST_REPS_FOR_1RM:
        return None
    return entry.weight.milligrams * 72 // (74 - twice_reps)


def best_of(entries: Iterable[SetEntry]) -> Bests:
    """What these sets come to; warm-ups are left out."""
    return with_also({}, entries)


def with_also(before: Bests, entries: Iterable[SetEntry]) -> Bests:
    """What was done before together with these sets."""
    bests = dict(before)
    for entry in entries:
        if entry.kind is not SetKind.WARM_UP:
            bests[_load(entry)] = bests.get(_load(entry), Best()).with_also(_done(entry))
    return bests


def broken_by(
    entries: Iterable[SetEntry], measure: Measure, elsewhere: Bests, beside: Iterable[SetEntry] = ()
) -> tuple[tuple[Record, ...], ...]:
    """For each of the sets the records that it breaks, given what was done in other workouts; each counts for the next.

    `beside` are further sets of the same workout that count. What was never done before is no record: there must be
    something to beat, and in the first workout with an exercise there is nothing yet.
    """
    bests = with_also(elsewhere, beside)
    broken: list[tuple[Record, ...]] = []
    for entry in entries:
        counts = bool(elsewhere) and entry.kind is not SetKind.WARM_UP
        broken.append(_broken(entry, measure, bests) if counts else ())
        bests = with_also(bests, [entry])
    return tuple(broken)


def value_of(kind: RecordKind, bests: Bests, load: int | None = None) -> int | None:
    """The best value of a kind, at this load or more if one is given; None if it was never done."""
    counted = [(at, best) for at, best in bests.items() if load is None or at >= load]
    return max((value for at, best in counted if (value := _value(kind, at, best)) is not None), default=None)


def _broken(entry: SetEntry, measure: Measure, bests: Bests) -> tuple[Record, ...]:
    load, done = _load(entry), _done(entry)
    records: list[Record] = []
    for kind in _KINDS[measure]:
        at_load = kind in _AT_LOAD_OR_MORE and measure in _WITH_LOAD
        value, beaten = _value(kind, load, done), value_of(kind, bests, load if at_load else None)
        if kind is RecordKind.LONGEST and _is_slow(done, bests):
            continue
        if value is not None and beaten is not None and value > beaten:
            records.append(Record(kind, value, beaten, entry.weight if at_load else None))
    return tuple(records)


def _is_slow(done: Best, bests: Bests) -> bool:
    """Whether the time went by over a distance that was covered before: then it is long because it was slow."""
    farthest = value_of(RecordKind.FARTHEST, bests)
    return done.distance is not None and farthest is not None and done.distance <= farthest


def _done(entry: SetEntry) -> Best:
    external = max(_load(entry), 0)
    reps = entry.clean_reps or None
    return Best(
        clean_reps=reps,
        estimated_1rm=estimated_1rm(entry),
        set_volume=external * reps if external and reps else None,
        duration=entry.duration or None,
        distance=None if entry.distance is None else entry.distance.millimetres or None,
    )


def _value(kind: RecordKind, load: int, best: Best) -> int | None:
    match kind:
        case RecordKind.HEAVIEST:
            return load if best.clean_reps or best.duration or best.distance else None
        case RecordKind.MOST_REPS:
            return best.clean_reps
        case RecordKind.ESTIMATED_1RM:
            return best.estimated_1rm
        case RecordKind.SET_VOLUME:
            return best.set_volume
        case RecordKind.LONGEST:
            return best.duration
        case RecordKind.FARTHEST:
            return best.distance


def _load(entry: SetEntry) -> int:
    return 0 if entry.weight is None else entry.weight.milligrams

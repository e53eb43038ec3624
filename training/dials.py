"""What − and + on the card do to the suggested set. Which dials an exercise has follows from its measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight
from training.measuring import fault_of
from training.preferring import USUAL_STEP


class Dial(StrEnum):
    """A part of the set that − and + change."""

    WEIGHT = "weight"
    REPS = "reps"
    DURATION = "duration"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Turned:
    """How many steps each dial has been turned since the last set was logged, and the kind that was chosen."""

    steps: Mapping[Dial, int] = field(default_factory=dict)
    kind: SetKind | None = None

    def by(self, dial: Dial, steps: int) -> Turned:
        """Turned further by so many steps."""
        return replace(self, steps={**self.steps, dial: self.steps.get(dial, 0) + steps})

    @classmethod
    def read(cls, stored: Mapping[str, int | str] | None) -> Turned:
        """What `stored` was made of."""
        if stored is None:
            return cls()
        kind = stored.get("kind")
        steps = {dial: int(stored[dial]) for dial in Dial if dial in stored}
        return cls(steps, None if kind is None else SetKind(str(kind)))

    def stored(self) -> dict[str, int | str] | None:
        """As the database keeps it; None if nothing is turned."""
        kept: dict[str, int | str] = {dial.value: steps for dial, steps in self.steps.items() if steps}
        if self.kind is not None:
            kept["kind"] = self.kind.value
        return kept or None


_DIALS = {
    Measure.WEIGHT_REPS: (Dial.WEIGHT, Dial.REPS),
    Measure.BODYWEIGHT_REPS: (Dial.WEIGHT, Dial.REPS),
    Measure.REPS: (Dial.REPS,),
    Measure.DURATION: (Dial.DURATION,),
    Measure.WEIGHT_DURATION: (Dial.WEIGHT, Dial.DURATION),
    Measure.DISTANCE_DURATION: (Dial.DISTANCE, Dial.DURATION),
    Measure.WEIGHT_DISTANCE: (Dial.WEIGHT, Dial.DISTANCE),
}

_DISTANCE_STEPS = {DistanceUnit.METRE: 5_000, DistanceUnit.KILOMETRE: 100, DistanceUnit.MILE: 100}
"""Thousandths: 5 m, 0.1 km, 0.1 mi."""

_KINDS = tuple(SetKind)


def dials_of(entry: SetEntry, measure: Measure) -> tuple[Dial, ...]:
    """The dials of a set like this, the load first. What a run has no distance of, say, can't be turned."""
    absent = {Dial.DURATION} if entry.duration is None else set()
    absent |= {Dial.DISTANCE} if entry.distance is None else set()
    return tuple(dial for dial in _DIALS[measure] if dial not in absent)


def duration_step(measure: Measure) -> int:
    """By how many seconds − and + change a duration: what is held is shorter than what covers a distance."""
    return 30 if measure is Measure.DISTANCE_DURATION else 5


def distance_step(unit: DistanceUnit) -> Distance:
    """By how much − and + change a distance that is in this unit."""
    return Distance(_DISTANCE_STEPS[unit], unit)


def weight_step(entry: SetEntry, step: Weight) -> Weight:
    """By how much − and + change the weight: by the exercise's step, or what is usual for a weight in another unit."""
    # A step is what can be put on the bar there: 2.5 lb are no plates for a bar of 60 kg, and turned into kilograms
    # they would leave weights that nobody can load. So a set keeps its unit, and is turned by what is usual in it.
    return step if entry.weight is None or entry.weight.unit is step.unit else USUAL_STEP[entry.weight.unit]


def kind_after(kind: SetKind) -> SetKind:
    """The kind that a press makes of this one: working, warm-up, drop, AMRAP, and around again."""
    return _KINDS[(_KINDS.index(kind) + 1) % len(_KINDS)]


def with_turned(entry: SetEntry, measure: Measure, turned: Turned, step: Weight) -> SetEntry:
    """The set with its dials turned. `step` is the exercise's, for this lifter."""
    changed = entry if turned.kind is None else replace(entry, kind=turned.kind)
    for dial in dials_of(entry, measure):
        if steps := turned.steps.get(dial, 0):
            changed = _turn(changed, measure, dial, steps, step)
    return changed


def as_turned(entry: SetEntry, measure: Measure, stored: Mapping[str, int | str] | None, step: Weight) -> SetEntry:
    """The set with what is stored about its dials, if that leaves a set: what they were turned on may be gone."""
    changed = with_turned(entry, measure, Turned.read(stored), step)
    return changed if is_possible(changed, measure) else entry


def is_possible(entry: SetEntry, measure: Measure) -> bool:
    """Whether a set can be suggested: it fits its exercise, and something of it is left to do."""
    amounts = (entry.clean_reps, entry.duration, None if entry.distance is None else entry.distance.thousandths)
    if any(amount is not None and amount <= 0 for amount in amounts):
        return False
    is_assisted = entry.weight is not None and entry.weight.thousandths < 0
    return not (is_assisted and measure is not Measure.BODYWEIGHT_REPS) and fault_of(entry, measure) is None


def _turn(entry: SetEntry, measure: Measure, dial: Dial, steps: int, step: Weight) -> SetEntry:
    match dial:
        case Dial.WEIGHT:
            by = weight_step(entry, step)
            before = 0 if entry.weight is None else entry.weight.thousandths
            weight = Weight(before + steps * by.thousandths, by.unit)
            is_none = measure is Measure.BODYWEIGHT_REPS and weight.thousandths == 0
            return replace(entry, weight=None if is_none else weight)
        case Dial.REPS:
            return replace(entry, clean_reps=(entry.clean_reps or 0) + steps)
        case Dial.DURATION:
            return replace(entry, duration=(entry.duration or 0) + steps * duration_step(measure))
        case Dial.DISTANCE:
            assert entry.distance is not None
            farther = steps * distance_step(entry.distance.unit).thousandths
            return replace(entry, distance=Distance(entry.distance.thousandths + farther, entry.distance.unit))

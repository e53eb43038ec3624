"""Examples of what to type."""

from __future__ import annotations

from functools import lru_cache

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from training.notation.canonical import print_sets
from training.notation.reading import LineContext

_FIRST_LOADS = {WeightUnit.KG: 60, WeightUnit.LB: 135}
_ADDED_LOADS = {WeightUnit.KG: 10, WeightUnit.LB: 25}
_REPS = 8
_RUN = Distance.of(5, DistanceUnit.KILOMETRE)
_CARRY = Distance.of(30, DistanceUnit.METRE)


@lru_cache(maxsize=1024)
def examples_for(context: LineContext) -> tuple[str, str]:
    """Two short texts that are sets of this exercise, with the lifter's own last weight and reps where known."""
    loads = _ADDED_LOADS if context.measure is Measure.BODYWEIGHT_REPS else _FIRST_LOADS
    weight = context.last_weight or Weight.of(loads[context.unit], context.unit)
    one, other = _sets(context.measure, weight, context.last_reps or _REPS)
    return print_sets(one, context), print_sets(other, context)


def _sets(measure: Measure, weight: Weight, reps: int) -> tuple[list[SetEntry], list[SetEntry]]:
    unloaded, loaded = SetEntry(clean_reps=reps), SetEntry(weight=weight, clean_reps=reps)
    carry = SetEntry(weight=weight, distance=_CARRY)
    minute, less = SetEntry(weight=weight, duration=60), SetEntry(weight=weight, duration=45)
    examples = {
        Measure.WEIGHT_REPS: ([loaded], [loaded] * 3),
        Measure.BODYWEIGHT_REPS: ([unloaded], [loaded]),
        Measure.REPS: ([unloaded], [unloaded] * 3),
        Measure.DURATION: ([SetEntry(duration=90)], [SetEntry(duration=45)]),
        Measure.WEIGHT_DURATION: ([minute], [less] * 3),
        Measure.DISTANCE_DURATION: ([SetEntry(distance=_RUN, duration=25 * 60)], [SetEntry(duration=20 * 60)]),
        Measure.WEIGHT_DISTANCE: ([carry], [carry] * 3),
    }
    return examples[measure]

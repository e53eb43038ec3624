"""The second number of a set, or its only one: reps, seconds, or a distance, whichever the exercise is logged by."""

from __future__ import annotations

from decimal import Decimal

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from training.notation.plans import Chunk
from training.notation.quantities import Quantity, QuantityKind, whole
from training.notation.reading import UnreadableReason

_MOST_WEIGHT = 100_000
_MOST_REPS = 9_999
_MOST_SECONDS = 1_000 * 3600
_MOST_DISTANCE = 1_000_000

_EFFORTS = {
    Measure.WEIGHT_REPS: QuantityKind.REPS,
    Measure.BODYWEIGHT_REPS: QuantityKind.REPS,
    Measure.REPS: QuantityKind.REPS,
    Measure.DURATION: QuantityKind.DURATION,
    Measure.WEIGHT_DURATION: QuantityKind.DURATION,
    Measure.WEIGHT_DISTANCE: QuantityKind.DISTANCE,
}

_NOT_HERE = {
    QuantityKind.REPS: UnreadableReason.REPS_NOT_HERE,
    QuantityKind.DURATION: UnreadableReason.DURATION_NOT_HERE,
    QuantityKind.DISTANCE: UnreadableReason.DISTANCE_NOT_HERE,
}


def effort_kind(measure: Measure) -> QuantityKind:
    """How this measure's effort is written when it says what it is. A run has two: not for DISTANCE_DURATION."""
    return _EFFORTS[measure]


def effort(quantity: Quantity, measure: Measure, weight: Weight | None = None, count: Quantity | None = None) -> Chunk:
    """Sets of this effort at this weight. A bare number is reps, seconds or metres. Raises StoppedError."""
    wanted = effort_kind(measure)
    kind = wanted if quantity.kind is QuantityKind.NUMBER else quantity.kind
    if kind is not wanted:
        raise quantity.stop(_NOT_HERE.get(quantity.kind, UnreadableReason.UNEXPECTED))
    if wanted is not QuantityKind.REPS:
        refuse_forced(quantity)
    entry = _entry(quantity, wanted, weight)
    return Chunk(entry, quantity.open_ended, count)


def refuse_forced(quantity: Quantity) -> None:
    """Raises StoppedError if forced reps are written behind what isn't reps."""
    if quantity.forced:
        raise quantity.stop(UnreadableReason.UNEXPECTED)


def _entry(quantity: Quantity, wanted: QuantityKind, weight: Weight | None) -> SetEntry:
    if wanted is QuantityKind.DURATION:
        return SetEntry(weight=weight, duration=seconds(quantity))
    if wanted is QuantityKind.DISTANCE:
        return SetEntry(weight=weight, distance=distance(quantity))
    return SetEntry(weight=weight, clean_reps=reps(quantity), forced_reps=quantity.forced)


def reps(quantity: Quantity) -> int:
    """Whole reps. Raises StoppedError."""
    many = whole(quantity, quantity.amount)
    if max(many, quantity.forced) > _MOST_REPS:
        raise quantity.stop(UnreadableReason.TOO_LARGE)
    return many


def seconds(quantity: Quantity) -> int:
    """Whole seconds. Raises StoppedError."""
    many = whole(quantity, quantity.amount)
    if many > _MOST_SECONDS:
        raise quantity.stop(UnreadableReason.TOO_LARGE)
    return many


def distance(quantity: Quantity) -> Distance:
    """The distance in its unit, or in metres. Raises StoppedError."""
    _refuse_beyond(quantity, _MOST_DISTANCE)
    unit = quantity.unit if isinstance(quantity.unit, DistanceUnit) else DistanceUnit.METRE
    return Distance.of(quantity.amount, unit)


def weight(quantity: Quantity, unit: WeightUnit) -> Weight:
    """The weight in its own unit, or in `unit`. Raises StoppedError."""
    _refuse_beyond(quantity, _MOST_WEIGHT)
    return Weight.of(quantity.amount, quantity.unit if isinstance(quantity.unit, WeightUnit) else unit)


def _refuse_beyond(quantity: Quantity, most: int) -> None:
    if abs(quantity.amount) > most:
        raise quantity.stop(UnreadableReason.TOO_LARGE)
    if quantity.amount * 1000 != Decimal(quantity.amount * 1000).to_integral_value():
        raise quantity.stop(UnreadableReason.TOO_PRECISE)

"""What an item means where a set is a distance, a time, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storage.values.lifted import SetEntry
from storage.values.quantity import DistanceUnit
from training.notation.efforts import distance, refuse_forced, seconds
from training.notation.items import Item
from training.notation.plans import Before, Chunk, Meaning
from training.notation.quantities import Quantity, QuantityKind
from training.notation.reading import QuestionReason, UnreadableReason

_ROADS = (DistanceUnit.KILOMETRE, DistanceUnit.MILE)
_TRACKS = (DistanceUnit.METRE, DistanceUnit.KILOMETRE)
_SHORTEST_TRACK = 100
_MINUTE = 60


def distances(item: Item, _: Before) -> Meaning:
    """The sets that the item means for an exercise of distance and duration. Raises StoppedError."""
    for factor in (*item.factors, *([] if item.at is None else [item.at])):
        _refuse(factor)
    amounts, count = _without_count(item.factors)
    candidates = [_entry(each) for each in _with_units(amounts)]
    plans = tuple((Chunk(entry, amounts[-1].open_ended, count),) for entry in candidates)
    return Meaning(plans, QuestionReason.UNIT_MISSING if len(plans) > 1 else None)


def _refuse(factor: Quantity) -> None:
    refuse_forced(factor)
    if factor.signed:
        raise factor.stop(UnreadableReason.SIGN_NOT_HERE)
    if factor.kind is QuantityKind.WEIGHT:
        raise factor.stop(
            UnreadableReason.WEIGHT_NOT_HERE if factor.unit is not None else UnreadableReason.RPE_OUT_OF_RANGE
        )
    if factor.kind is QuantityKind.REPS:
        raise factor.stop(UnreadableReason.REPS_NOT_HERE)


def _without_count(factors: Sequence[Quantity]) -> tuple[list[Quantity], Quantity | None]:
    """Separates the number of sets, which is marked, or stands first or last beside an x."""
    counts = [factor for factor in factors if factor.kind is QuantityKind.SETS]
    amounts = [factor for factor in factors if factor.kind is not QuantityKind.SETS]
    if not counts and len(amounts) > 1 and amounts[-1].times and amounts[-1].is_bare:
        counts = [amounts.pop()]
    elif not counts and len(amounts) > 1 and amounts[1].times and amounts[0].is_bare:
        counts = [amounts.pop(0)]
    if not amounts or len(amounts) > 2 or len(counts) > 1:
        raise factors[-1].stop(UnreadableReason.UNEXPECTED)
    return amounts, counts[0] if counts else None


def _with_units(amounts: list[Quantity]) -> list[list[Quantity]]:
    """The amounts, once for each unit that the one without a unit could have."""
    bare = [place for place, amount in enumerate(amounts) if amount.kind is QuantityKind.NUMBER]
    if len(bare) > 1:
        raise amounts[bare[1]].stop(UnreadableReason.UNEXPECTED)
    if not bare:
        return [amounts]
    place = bare[0]
    others = {amount.kind for amount in amounts} - {QuantityKind.NUMBER}
    possible: list[Quantity] = []
    if QuantityKind.DISTANCE not in others:
        possible += _as_distances(amounts[place])
    if QuantityKind.DURATION not in others:
        possible += _as_times(amounts[place], also_seconds=QuantityKind.DISTANCE in others)
    return [[*amounts[:place], each, *amounts[place + 1 :]] for each in possible]


def _as_distances(number: Quantity) -> list[Quantity]:
    units = _TRACKS if number.amount >= _SHORTEST_TRACK else _ROADS
    return [replace(number, kind=QuantityKind.DISTANCE, unit=unit) for unit in units]


def _as_times(number: Quantity, *, also_seconds: bool) -> list[Quantity]:
    minutes = replace(number, kind=QuantityKind.DURATION, amount=number.amount * _MINUTE)
    if not also_seconds or number.amount != number.amount.to_integral_value():
        return [minutes]
    return [minutes, replace(number, kind=QuantityKind.DURATION)]


def _entry(amounts: Sequence[Quantity]) -> SetEntry:
    kinds = [amount.kind for amount in amounts]
    if len(set(kinds)) < len(kinds):
        raise amounts[1].stop(UnreadableReason.UNEXPECTED)
    entry = SetEntry()
    for amount in amounts:
        if amount.kind is QuantityKind.DISTANCE:
            entry = replace(entry, distance=distance(amount))
        else:
            entry = replace(entry, duration=seconds(amount))
    return entry

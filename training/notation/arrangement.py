"""Which of an item's amounts is the weight, which are the efforts, and which counts the sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from training.notation.items import Item
from training.notation.plausible import LIKELY_SETS
from training.notation.quantities import Quantity, QuantityKind
from training.notation.reading import UnreadableReason

_WEIGHTS = {QuantityKind.WEIGHT, QuantityKind.BODYWEIGHT}
_OPEN = {QuantityKind.NUMBER, *_WEIGHTS}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A weight (None: the one before), efforts at it, and how many sets of the first effort.

    `may_turn`: effort and count stand in an order that lifters use both ways, as in 100kg 3x8.
    """

    weight: Quantity | None
    efforts: tuple[Quantity, ...]
    count: Quantity | None = None
    may_turn: bool = False


def arrange(item: Item) -> Arrangement:
    """Sorts the amounts of a set with a load. Raises StoppedError if they are too many or contradict each other."""
    sets, others = _parted(item)
    if len(sets) > 1:
        raise sets[1].stop(UnreadableReason.UNEXPECTED)
    if not others:
        raise sets[0].stop(UnreadableReason.UNEXPECTED)
    count = sets[0] if sets else None
    if item.at is not None:
        return _at_weight(item.at, others, count)
    weights = [place for place, factor in enumerate(others) if factor.kind in _WEIGHTS]
    if len(weights) > 1:
        raise others[weights[1]].stop(UnreadableReason.UNEXPECTED)
    if weights:
        return _around_weight(others, weights[0], count)
    return _without_marked_weight(others, count)


def may_take_weight(item: Item) -> bool:
    """Whether a weight may still follow: there are reps, perhaps with a number of sets, and no more."""
    sets, others = _parted(item)
    return item.at is None and len(sets) <= 1 and _lack_weight(others, sets[0] if sets else None)


def _parted(item: Item) -> tuple[list[Quantity], list[Quantity]]:
    """What says that it counts sets, and everything else."""
    sets = [factor for factor in item.factors if factor.kind is QuantityKind.SETS]
    return sets, [factor for factor in item.factors if factor.kind is not QuantityKind.SETS]


def _at_weight(at: Quantity, others: Sequence[Quantity], count: Quantity | None) -> Arrangement:
    """Before an @ with a weight stand sets × reps, or reps."""
    if not _lack_weight(others, count):
        # What is written before is a whole set already, so the number after the @ was meant as an RPE.
        raise at.stop(UnreadableReason.RPE_OUT_OF_RANGE if at.unit is None else UnreadableReason.UNEXPECTED)
    return Arrangement(at, (others[-1],), others[0] if len(others) > 1 else count)


def _lack_weight(others: Sequence[Quantity], count: Quantity | None) -> bool:
    if any(factor.kind in _WEIGHTS for factor in others):
        return False
    return len(others) == 1 or (len(others) == 2 and count is None and _may_count(others[0]))


def _may_count(quantity: Quantity) -> bool:
    is_whole = quantity.amount == quantity.amount.to_integral_value()
    return quantity.is_bare and is_whole and 1 <= quantity.amount <= LIKELY_SETS


def _around_weight(others: Sequence[Quantity], place: int, count: Quantity | None) -> Arrangement:
    """A weight that says what it is may stand first, or behind its reps: 5x100kg, 3x5x100kg."""
    weight, before, after = others[place], others[:place], others[place + 1 :]
    if not before:
        return _with_efforts(weight, after, count)
    if len(before) == 1:
        return _with_efforts(weight, (before[0], *after), count)
    if len(before) == 2 and not after and count is None and before[1].times:
        return Arrangement(weight, (before[1],), before[0])
    raise weight.stop(UnreadableReason.UNEXPECTED)


def _without_marked_weight(others: Sequence[Quantity], count: Quantity | None) -> Arrangement:
    """The first number is the weight if an effort follows it, unless it says that it is an effort itself."""
    first = others[0]
    if len(others) == 1 or first.kind not in _OPEN:
        return _with_efforts(None, others, count)
    return _with_efforts(first, others[1:], count)


def _with_efforts(weight: Quantity | None, efforts: Sequence[Quantity], count: Quantity | None) -> Arrangement:
    """After the first effort comes its count behind an x, then further efforts without one."""
    rest = list(efforts[1:])
    may_turn = False
    if rest and rest[0].times:
        counter = rest.pop(0)
        if count is not None:
            raise counter.stop(UnreadableReason.UNEXPECTED)
        count = counter
        may_turn = weight is not None and _is_loose(weight, efforts[0]) and efforts[0].is_bare and count.is_bare
    for further in rest:
        if further.times:
            raise further.stop(UnreadableReason.UNEXPECTED)
    return Arrangement(weight, (*efforts[:1], *rest), count, may_turn)


def _is_loose(weight: Quantity, first: Quantity) -> bool:
    return weight.start < first.start and not first.times

"""Lists of numbers that hardly mean what they say: the first far below the last weight, the others unlike efforts.

By the rules the first number is the weight, and those behind it are efforts: 3x8 70 is 3 kg × 8, and 70.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.values.exercise import Measure
from storage.values.lifted import SetKind
from storage.values.quantity import Weight
from training.notation.efforts import effort, effort_kind, weight
from training.notation.items import Item
from training.notation.measures import LOADED_REPS
from training.notation.plans import Before, Meaning, Plan, certain
from training.notation.plausible import LIKELY_REPS
from training.notation.quantities import Quantity, QuantityKind
from training.notation.reading import QuestionReason

_MOST_COUNTED_SETS = 10
_USUAL_REPS = 12
_LIGHTER = {SetKind.WARM_UP, SetKind.DROP}


def listed(item: Item, plan: Plan, before: Before) -> Meaning:
    """The plan, with what else the numbers could be: a count of sets, their reps and the weight, or reps alone."""
    factors = item.factors
    counted = tuple(_with_weight(factors, before)) or tuple(_at_last_weight(factors, before))
    if counted:
        return Meaning((plan, *counted), QuestionReason.SETS_OR_WEIGHT)
    if _are_reps(item, before):
        reps = tuple(effort(each, before.context.measure, before.weight) for each in factors)
        return Meaning((plan, reps), QuestionReason.ALL_REPS)
    if is_unloaded(before) and _counts_unloaded(factors, before):
        return Meaning((plan,), QuestionReason.SETS_OR_WEIGHT)
    heavier = tuple(_at_own_weights(factors, before))
    return Meaning((plan, *heavier), QuestionReason.WEIGHT_OR_REPS) if heavier else certain(*plan)


def is_count(first: Quantity, second: Quantity, before: Before) -> bool:
    """Whether this looks like sets × reps: a few, and far below the last weight, or none was ever used."""
    return is_few(first) and _may_be_effort(second, before.context.measure) and _is_below(first, before, 4)


def is_unloaded(before: Before) -> bool:
    """Whether no weight was ever used where there has to be one."""
    return before.weight is None and before.context.measure is not Measure.BODYWEIGHT_REPS


def is_few(quantity: Quantity) -> bool:
    """Whether it may well count sets."""
    return quantity.is_bare and _is_whole(quantity) and 2 <= quantity.amount <= _MOST_COUNTED_SETS


def counts_weight(first: Quantity, second: Quantity, third: Quantity, before: Before) -> bool:
    """Whether this looks like sets × weight × reps: the first far below the last weight, the second rather like it."""
    measure = before.context.measure
    is_heavy = measure in LOADED_REPS and second.amount > LIKELY_REPS
    is_weight = is_heavy or _is_near(second, before)
    return is_few(first) and is_weight and _may_be_effort(third, measure) and _is_below(first, before, 3)


def _with_weight(factors: Sequence[Quantity], before: Before) -> Iterator[Plan]:
    """Sets × reps and a weight, or sets × weight and reps."""
    first, second, *further = factors
    is_light = is_few(first) and _is_below(first, before, 3)
    if not is_light or len(further) != 1 or further[0].times:
        return
    (last,) = further
    measure = before.context.measure
    if _is_weight_last(second, last, before):
        yield (effort(second, measure, weight(last, before.unit), first),)
    if _is_weight_second(second, last, before):
        yield (effort(last, measure, weight(second, before.unit), first),)


def _at_last_weight(factors: Sequence[Quantity], before: Before) -> Iterator[Plan]:
    """Sets × reps and further reps."""
    first, second, *further = factors
    measure = before.context.measure
    are_efforts = all(not each.times and _may_be_effort(each, measure) for each in further)
    if not is_unloaded(before) and second.times and are_efforts and is_count(first, second, before):
        more = (effort(each, measure, before.weight) for each in further)
        yield (effort(second, measure, before.weight, first), *more)


def _counts_unloaded(factors: Sequence[Quantity], before: Before) -> bool:
    """3x12 in a first set: nobody knows the weight of three sets, so it is only asked whether it is 3 kg."""
    first, second, *further = factors
    are_efforts = all(not each.times and _may_be_effort(each, before.context.measure) for each in further)
    return second.times and are_efforts and is_count(first, second, before)


def _at_own_weights(factors: Sequence[Quantity], before: Before) -> Iterator[Plan]:
    """100x5 90, where the 90 may be the weight of one more set, and 100x5 95 6."""
    first, second, *further = factors
    measure = before.context.measure
    if measure not in LOADED_REPS or not 1 <= len(further) <= 2 or not all(each.is_bare for each in factors):
        return
    load, *own_reps = further
    own = weight(first, before.unit)
    is_heavy = load.amount > LIKELY_REPS and load.amount > 2 * second.amount
    if any(each.times for each in further) or not (is_heavy and _are_alike(weight(load, before.unit), own)):
        return
    reps = own_reps[0] if own_reps else second
    if _may_be_effort(second, measure) and _may_be_effort(reps, measure):
        yield (effort(second, measure, own), effort(reps, measure, weight(load, before.unit)))


def _is_weight_last(second: Quantity, last: Quantity, before: Before) -> bool:
    """3x8 70, and 3 8 70 if 70 is near the last weight."""
    measure = before.context.measure
    if not last.is_bare or not _may_be_effort(second, measure):
        return False
    is_beyond_reps = measure in LOADED_REPS and last.amount > LIKELY_REPS
    if second.times:
        return is_beyond_reps or _is_near(last, before)
    return is_beyond_reps and _is_near(last, before)


def _is_weight_second(second: Quantity, last: Quantity, before: Before) -> bool:
    """3x100 5 if 100 is near the last weight, and 3x40 30m."""
    if not (second.times and second.is_bare and _may_be_effort(last, before.context.measure)):
        return False
    return _is_near(second, before) or not last.is_bare


def _are_reps(item: Item, before: Before) -> bool:
    """8 8 8 after 60 kg, unless it is said to be a warm-up or drop set, which may well be as light."""
    first, numbers = item.start, item.factors
    if before.context.measure not in LOADED_REPS or is_unloaded(before) or {item.kind, item.last_kind} & _LIGHTER:
        return False
    if not all(each.is_bare and not each.times and _is_whole(each) and each.amount <= LIKELY_REPS for each in numbers):
        return False
    are_alike = len(numbers) > 2 and len({each.amount for each in numbers}) == 1
    is_usual = first.amount <= max(_USUAL_REPS, 2 * (before.reps or 0))
    return is_usual and _is_below(first, before, 2 if are_alike else 3)


def _may_be_effort(quantity: Quantity, measure: Measure) -> bool:
    if quantity.kind not in {QuantityKind.NUMBER, effort_kind(measure)}:
        return False
    return measure not in LOADED_REPS or quantity.amount <= LIKELY_REPS


def _is_below(quantity: Quantity, before: Before, times: int) -> bool:
    """Whether it is so many times less than the last weight; than none, or than assistance, any weight is."""
    if before.weight is None or before.weight.thousandths < 0:
        return True
    return times * weight(quantity, before.unit).milligrams <= before.weight.milligrams


def _is_near(quantity: Quantity, before: Before) -> bool:
    """Whether it is from half to twice the last weight."""
    if before.weight is None:
        return False
    return _are_alike(weight(quantity, before.unit), before.weight)


def _are_alike(one: Weight, other: Weight) -> bool:
    return one.milligrams <= 2 * other.milligrams and other.milligrams <= 2 * one.milligrams


def _is_whole(quantity: Quantity) -> bool:
    return quantity.amount == quantity.amount.to_integral_value()

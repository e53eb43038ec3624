"""Sets that are readable by the rules, but look like something else against the set before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from training.notation.arrangement import Arrangement
from training.notation.efforts import effort, weight
from training.notation.items import Item
from training.notation.listed import counts_weight, is_count, is_few, is_unloaded, listed
from training.notation.measures import LOADED_REPS
from training.notation.plans import Before, Meaning, Plan, certain
from training.notation.plausible import LIKELY_REPS, LIKELY_SETS
from training.notation.quantities import Quantity, QuantityKind
from training.notation.reading import QuestionReason

_PAIR = 2
_COUNTED = {QuantityKind.NUMBER, QuantityKind.REPS}


def doubted(item: Item, arranged: Arrangement, plan: Plan, before: Before) -> Meaning:
    """The plan, with what else could be meant. A unit or sign says what is what, so bare numbers are doubted.

    Beside them only a number that may count the weight behind it: 2x40kg 30m.
    """
    if item.at is not None:
        return certain(*plan)
    if _is_weight_counted(item, arranged):
        return _sets_or_weights(arranged, plan, before)
    of_sets = _sets_of_sets(item, arranged, plan, before)
    if before.context.measure not in LOADED_REPS:
        return of_sets or listed(item, plan, before)
    if _is_reps_first(item, arranged):
        return _reps_of_many(arranged, plan, before)
    numbers = [factor for factor in item.factors if factor.kind is not QuantityKind.SETS]
    if not numbers[0].is_bare or any(factor.kind not in _COUNTED for factor in numbers):
        return of_sets or certain(*plan)
    swapped = _swapped(numbers, arranged, plan, before) if all(factor.is_bare for factor in numbers) else None
    return of_sets or swapped or _counted_or_listed(item, plan, before)


def _is_weight_counted(item: Item, arranged: Arrangement) -> bool:
    """2x40kg 30m: a few, a weight that says what it is, and an effort."""
    if len(item.factors) != 3 or arranged.count is not None or arranged.weight is not item.factors[1]:
        return False
    return arranged.weight.times and not arranged.weight.signed and is_few(item.start)


def _sets_or_weights(arranged: Arrangement, plan: Plan, before: Before) -> Meaning:
    """What the first number counts: sets, the weights of a pair, or what an effort is measured in."""
    assert arranged.weight is not None
    number, done = arranged.efforts
    measure, one = before.context.measure, weight(arranged.weight, before.unit)
    plans: list[Plan] = [plan, (effort(done, measure, one, number),)]
    if number.amount == _PAIR:
        plans.append((effort(done, measure, replace(one, thousandths=_PAIR * one.thousandths)),))
    return Meaning(tuple(plans), QuestionReason.SETS_OR_PAIR)


def _sets_of_sets(item: Item, arranged: Arrangement, plan: Plan, before: Before) -> Meaning | None:
    """3x100x5 and 3x100kg x 5 may be three sets of 100 kg × 5, instead of five; None if it is neither."""
    if len(item.factors) != 3 or arranged.count is not item.factors[2]:
        return None
    first, second, third = item.factors
    if not (is_few(first) and second.times and third.is_bare):
        return None
    measure = before.context.measure
    if arranged.weight is second:
        if second.signed or first.amount == third.amount:
            return None
        turned = effort(third, measure, weight(second, before.unit), first)
        return Meaning((plan, (turned,)), QuestionReason.SETS_OR_REPS)
    if not second.is_bare:
        return None
    return _sets_of_loads(item, plan, before)


def _sets_of_loads(item: Item, plan: Plan, before: Before) -> Meaning | None:
    """3x100x5, which is bare: the first number counts sets, and the weight is the second, or either."""
    first, second, third = item.factors
    if not counts_weight(first, second, third, before):
        return _far_below(item, plan, before)
    turned = effort(third, before.context.measure, weight(second, before.unit), first)
    return Meaning((plan, (turned,)), QuestionReason.SETS_OR_WEIGHT)


def _far_below(item: Item, plan: Plan, before: Before) -> Meaning | None:
    """2x20x8 after 100 kg: hardly eight sets of 2 kg, but sets, reps and a weight in either order; None if it isn't.

    Without an earlier weight 10x12x3 is what it says, but 3x12x10 would be more sets than kilograms.
    """
    first, second, third = item.factors
    measure = before.context.measure
    is_light = is_count(first, second, before) and (before.weight is not None or first.amount < third.amount)
    if measure not in LOADED_REPS or not is_light or third.amount > LIKELY_SETS:
        return None
    ways = [(third, second), (second, third)]
    plans = tuple((effort(reps, measure, weight(load, before.unit), first),) for reps, load in ways)
    return Meaning((plan, *plans), QuestionReason.SETS_OR_WEIGHT)


def _is_reps_first(item: Item, arranged: Arrangement) -> bool:
    return arranged.weight is not None and 2 <= len(item.factors) <= 3 and arranged.weight is item.factors[-1]


def _reps_of_many(arranged: Arrangement, plan: Plan, before: Before) -> Meaning:
    """5x100kg is clear, but 100x5kg was perhaps meant as 100kg x 5, and 3x100x5kg as three of them."""
    reps, written = arranged.efforts[0], arranged.weight
    assert written is not None
    are_reps = written.amount == written.amount.to_integral_value()
    if not reps.is_bare or reps.amount <= LIKELY_REPS or written.signed or not are_reps:
        return certain(*plan)
    unit = plan[0].entry.weight.unit if plan[0].entry.weight is not None else before.unit
    measure = before.context.measure
    swapped = effort(_bare(written), measure, weight(reps, unit), arranged.count)
    return Meaning((plan, (swapped,)), QuestionReason.SWAPPED)


def _swapped(numbers: Sequence[Quantity], arranged: Arrangement, plan: Plan, before: Before) -> Meaning | None:
    """5x100 after 100 kg, and 3x5x100, which can hardly be a hundred sets; None if nothing is."""
    measure, (first, second, *further) = before.context.measure, numbers
    if len(further) == 1 and arranged.count is further[0]:
        if further[0].amount <= LIKELY_SETS or first.amount > LIKELY_SETS:
            return certain(*plan)
        swapped = effort(second, measure, weight(further[0], before.unit), first)
    elif not further and _is_swapped(first, second, plan, before):
        swapped = effort(first, measure, weight(second, before.unit), arranged.count)
    else:
        return None
    return Meaning((plan, (swapped,)), QuestionReason.SWAPPED)


def _counted_or_listed(item: Item, plan: Plan, before: Before) -> Meaning:
    """3x8 may count sets; in a list of further sets it may also be three reps eight times."""
    first, second, *further = item.factors
    if further or is_unloaded(before) or not (second.times and is_count(first, second, before)):
        return listed(item, plan, before)
    measure = before.context.measure
    plans: tuple[Plan, ...] = (plan, (effort(second, measure, before.weight, first),))
    if before.in_list:
        plans = (*plans, (effort(first, measure, before.weight, second),))
    return Meaning(plans, QuestionReason.SETS_OR_WEIGHT)


def _is_swapped(first: Quantity, second: Quantity, plan: Plan, before: Before) -> bool:
    """Whether the first number is far below the last weight and near the last reps, and the second is like it."""
    written = plan[0].entry.weight
    if written is None or before.weight is None or before.reps is None or before.weight.thousandths <= 0:
        return False
    if first.amount != first.amount.to_integral_value():
        return False
    last, other = before.weight.milligrams, weight(second, before.unit).milligrams
    nearer_reps = abs(first.amount - before.reps) < abs(second.amount - before.reps)
    return nearer_reps and 2 * written.milligrams <= last <= 2 * other and other <= 2 * last


def _bare(quantity: Quantity) -> Quantity:
    return Quantity(QuantityKind.NUMBER, quantity.amount, quantity.start, quantity.end)

"""Sets that are readable by the rules, but look like something else against the set before them."""

from __future__ import annotations

from storage.values.exercise import Measure
from storage.values.quantity import Weight
from training.notation.arrangement import Arrangement
from training.notation.efforts import effort, weight
from training.notation.items import Item
from training.notation.measures import LOADED_REPS
from training.notation.plans import Before, Meaning, Plan, certain
from training.notation.plausible import LIKELY_REPS, LIKELY_SETS
from training.notation.quantities import Quantity, QuantityKind
from training.notation.reading import QuestionReason

_MOST_COUNTED_SETS = 10


def doubted(item: Item, arranged: Arrangement, plan: Plan, before: Before) -> Meaning:
    """The plan, with what else could be meant. Only bare numbers are doubted: a unit or sign says what is what."""
    if before.context.measure not in LOADED_REPS or item.at is not None:
        return certain(*plan)
    if _is_reps_first(item, arranged):
        return _reps_of_many(arranged, plan, before)
    if not all(factor.is_bare for factor in item.factors):
        return certain(*plan)
    if len(item.factors) == 3 and arranged.count is not None:
        return _weight_last(item, plan, before)
    if len(item.factors) == 2:
        return _two_numbers(item.factors[0], item.factors[1], plan, before)
    return certain(*plan)


def _is_reps_first(item: Item, arranged: Arrangement) -> bool:
    return arranged.weight is not None and len(item.factors) == 2 and arranged.weight is item.factors[1]


def _reps_of_many(arranged: Arrangement, plan: Plan, before: Before) -> Meaning:
    """5x100kg is clear, but 100x5kg was perhaps meant as 100kg x 5."""
    reps, written = arranged.efforts[0], arranged.weight
    assert written is not None
    are_reps = written.amount == written.amount.to_integral_value()
    if not reps.is_bare or reps.amount <= LIKELY_REPS or written.signed or not are_reps:
        return certain(*plan)
    unit = plan[0].entry.weight.unit if plan[0].entry.weight is not None else before.unit
    measure = before.context.measure
    return Meaning((plan, (effort(_bare(written), measure, weight(reps, unit)),)), QuestionReason.SWAPPED)


def _weight_last(item: Item, plan: Plan, before: Before) -> Meaning:
    """3x5x100 can hardly be a hundred sets."""
    sets, reps, last = item.factors
    if last.amount <= LIKELY_SETS or sets.amount > LIKELY_SETS:
        return certain(*plan)
    other = (effort(reps, before.context.measure, weight(last, before.unit), sets),)
    return Meaning((plan, other), QuestionReason.SWAPPED)


def _two_numbers(first: Quantity, second: Quantity, plan: Plan, before: Before) -> Meaning:
    if first.amount != first.amount.to_integral_value():
        return certain(*plan)
    written = plan[0].entry.weight
    measure = before.context.measure
    if _is_swapped(first, second, written, before):
        swapped = (effort(first, measure, weight(second, before.unit)),)
        return Meaning((plan, swapped), QuestionReason.SWAPPED)
    if second.times and _is_count(first, second, written, before):
        counted: Plan = (effort(second, measure, before.weight, first),)
        in_order: Plan = (effort(first, measure, before.weight, second),)
        plans = (plan, counted, in_order) if before.in_list else (plan, counted)
        return Meaning(plans, QuestionReason.SETS_OR_WEIGHT)
    return certain(*plan)


def _is_swapped(first: Quantity, second: Quantity, written: Weight | None, before: Before) -> bool:
    """Whether the first number is far below the last weight and near the last reps, and the second is like it."""
    if written is None or before.weight is None or before.reps is None or before.weight.thousandths <= 0:
        return False
    last, other = before.weight.milligrams, weight(second, before.unit).milligrams
    nearer_reps = abs(first.amount - before.reps) < abs(second.amount - before.reps)
    return nearer_reps and 2 * written.milligrams <= last <= 2 * other and other <= 2 * last


def _is_count(first: Quantity, second: Quantity, written: Weight | None, before: Before) -> bool:
    """Whether this looks like sets × reps: a few, and far below the last weight, or none was ever used."""
    if written is None or not 2 <= first.amount <= _MOST_COUNTED_SETS or second.amount > LIKELY_REPS:
        return False
    if before.weight is None:
        return before.context.measure is Measure.BODYWEIGHT_REPS
    return 4 * written.milligrams <= before.weight.milligrams


def _bare(quantity: Quantity) -> Quantity:
    return Quantity(QuantityKind.NUMBER, quantity.amount, quantity.start, quantity.end)

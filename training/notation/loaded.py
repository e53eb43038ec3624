"""What an item means where a set has a load: weight and reps, bodyweight and reps, weight and time or distance."""

from __future__ import annotations

from storage.values.exercise import Measure
from storage.values.quantity import Weight
from training.notation.arrangement import Arrangement, arrange
from training.notation.efforts import effort, weight
from training.notation.items import Item
from training.notation.lone import lone_number, lone_weight
from training.notation.plans import Before, Meaning, Plan, certain
from training.notation.plausible import LIKELY_REPS
from training.notation.quantities import Quantity, QuantityKind
from training.notation.reading import QuestionReason, UnreadableReason
from training.notation.slips import doubted


def loaded(item: Item, before: Before) -> Meaning:
    """The sets that the item means for an exercise with a load. Raises StoppedError."""
    arranged = arrange(item)
    if arranged.weight is None:
        return _at_last_weight(arranged, item, before)
    load = load_of(arranged.weight, before)
    if not arranged.efforts:
        return lone_weight(arranged.weight, load, before)
    plan = _plan(arranged, load, before.context.measure)
    if arranged.may_turn:
        return _either_way(arranged, load, plan, before)
    return doubted(item, arranged, plan, before)


def load_of(quantity: Quantity, before: Before) -> Weight | None:
    """The load as stored: None for bodyweight without more. Raises StoppedError."""
    on_bodyweight = before.context.measure is Measure.BODYWEIGHT_REPS
    if quantity.signed and not on_bodyweight:
        raise quantity.stop(UnreadableReason.SIGN_NOT_HERE)
    if quantity.forced or quantity.open_ended:
        raise quantity.stop(UnreadableReason.UNEXPECTED)
    if on_bodyweight and not quantity.amount:
        return None
    return weight(quantity, before.unit)


def _at_last_weight(arranged: Arrangement, item: Item, before: Before) -> Meaning:
    first = arranged.efforts[0]
    is_alone = first.is_bare and len(item.factors) == 1
    if is_alone and first.amount != first.amount.to_integral_value():
        return lone_weight(first, weight(first, before.unit), before)
    plan = _plan(arranged, before.weight, before.context.measure)
    if first.kind is QuantityKind.NUMBER and len(item.factors) == 1:
        return lone_number(first, plan, before)
    if before.weight is None and before.context.measure is not Measure.BODYWEIGHT_REPS:
        raise first.stop(UnreadableReason.WEIGHT_MISSING)
    return _perhaps_weight_behind(arranged, plan, before) or certain(*plan)


def _perhaps_weight_behind(arranged: Arrangement, plan: Plan, before: Before) -> Meaning | None:
    """5 reps 100 says reps, and then rather the weight than more reps; None if it doesn't."""
    if len(arranged.efforts) != 2 or arranged.efforts[0].kind is not QuantityKind.REPS:
        return None
    reps, behind = arranged.efforts
    if not behind.is_bare or behind.amount <= LIKELY_REPS:
        return None
    at_weight = effort(reps, before.context.measure, weight(behind, before.unit), arranged.count)
    return Meaning((plan, (at_weight,)), QuestionReason.WEIGHT_OR_REPS)


def _plan(arranged: Arrangement, load: Weight | None, measure: Measure) -> Plan:
    first, *further = arranged.efforts
    return (effort(first, measure, load, arranged.count), *(effort(each, measure, load) for each in further))


def _either_way(arranged: Arrangement, load: Weight | None, plan: Plan, before: Before) -> Meaning:
    """100kg 3x8 is three reps eight times by the rules, but mostly meant the other way round."""
    first, *further = arranged.efforts
    assert arranged.count is not None
    if first.amount == arranged.count.amount:
        return certain(*plan)
    turned = Arrangement(arranged.weight, (arranged.count, *further), first)
    return Meaning((plan, _plan(turned, load, before.context.measure)), QuestionReason.SETS_OR_REPS)

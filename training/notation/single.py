"""What an item means where a set is one number: reps, or a time."""

from __future__ import annotations

from storage.values.exercise import Measure
from training.notation.efforts import effort, effort_kind
from training.notation.items import Item
from training.notation.lone import is_year
from training.notation.plans import Before, Meaning, Plan, certain
from training.notation.plausible import LIKELY_SETS
from training.notation.quantities import Quantity, QuantityKind
from training.notation.reading import QuestionReason, UnreadableReason


def single(item: Item, before: Before) -> Meaning:
    """The sets that the item means for an exercise without a load. Raises StoppedError."""
    _refuse_weights(item)
    measure = before.context.measure
    sets = [factor for factor in item.factors if factor.kind is QuantityKind.SETS]
    others = [factor for factor in item.factors if factor.kind is not QuantityKind.SETS]
    if len(sets) > 1 or not others:
        raise sets[-1].stop(UnreadableReason.UNEXPECTED)
    if not any(factor.times for factor in others):
        count = sets[0] if sets else None
        plan = (effort(others[0], measure, None, count), *(effort(further, measure) for further in others[1:]))
        return _perhaps_year(others, plan)
    if len(others) > 2 or sets or not others[1].times:
        raise others[-1].stop(UnreadableReason.UNEXPECTED)
    return _product(others[0], others[1], measure)


def _refuse_weights(item: Item) -> None:
    for factor in item.factors:
        if factor.signed:
            raise factor.stop(UnreadableReason.SIGN_NOT_HERE)
        if factor.kind is QuantityKind.WEIGHT:
            raise factor.stop(UnreadableReason.WEIGHT_NOT_HERE)
    if item.at is not None:
        no_unit = item.at.unit is None and not item.at.signed
        raise item.at.stop(UnreadableReason.RPE_OUT_OF_RANGE if no_unit else UnreadableReason.WEIGHT_NOT_HERE)


def _perhaps_year(numbers: list[Quantity], plan: Plan) -> Meaning:
    if len(numbers) == 1 and is_year(numbers[0]):
        return Meaning((plan,), QuestionReason.LOOKS_LIKE_DATE)
    return certain(*plan)


def _product(first: Quantity, second: Quantity, measure: Measure) -> Meaning:
    """3x15 and 15x3 are both written for three sets of 15: asked, unless one number is too many sets.

    100x5 is rather a weight and reps than five sets of 100 seconds, which are written 100s x5.
    """
    wanted = effort_kind(measure)
    if first.kind is wanted or not first.is_bare:
        return certain(effort(first, measure, None, second))
    if second.kind is wanted or second.open_ended or second.forced:
        return certain(effort(second, measure, None, first))
    if measure is Measure.DURATION and second.amount <= LIKELY_SETS < first.amount:
        return Meaning(((effort(first, measure, None, second),),), QuestionReason.TIME_OR_WEIGHT)
    if first.amount == second.amount or second.amount <= LIKELY_SETS < first.amount:
        return certain(effort(first, measure, None, second))
    if first.amount <= LIKELY_SETS < second.amount:
        return certain(effort(second, measure, None, first))
    plans = ((effort(second, measure, None, first),), (effort(first, measure, None, second),))
    return Meaning(plans, QuestionReason.SETS_OR_REPS)

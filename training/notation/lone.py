"""What a number or a weight alone means: mostly the last set with one thing changed."""

from __future__ import annotations

import re

from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight
from training.notation.efforts import weight
from training.notation.measures import LOADED_REPS
from training.notation.plans import Before, Chunk, Meaning, Plan, certain
from training.notation.plausible import LIKELY_REPS
from training.notation.quantities import Quantity
from training.notation.reading import QuestionReason, UnreadableReason
from training.notation.stopping import StoppedError

_YEARS = range(1900, 2100)
_DAY_AND_MONTH = re.compile(r"(0?[1-9]|[12][0-9]|3[01])\.(0[1-9]|1[0-2])")


def lone_number(number: Quantity, plan: Plan, before: Before) -> Meaning:
    """A number that is an effort at the load before it, `plan`, but may be a year, a date or the weight.

    So may 100+5, where the plus was perhaps to be an x.

    Raises StoppedError if there is no such load.
    """
    if before.weight is None and before.context.measure is not Measure.BODYWEIGHT_REPS:
        raise number.stop(UnreadableReason.WEIGHT_MISSING)
    if is_year(number):
        return Meaning((plan,), QuestionReason.LOOKS_LIKE_DATE)
    if _looks_like_weight(number, before):
        reps = number.forced or before.reps
        as_weight = Chunk(SetEntry(weight=weight(number, before.unit), clean_reps=reps), number.open_ended)
        return Meaning((plan, (as_weight,)), QuestionReason.WEIGHT_OR_REPS)
    return certain(*plan)


def lone_weight(quantity: Quantity, load: Weight | None, before: Before) -> Meaning:
    """A weight alone is asked about, with the reps of the set before it. Raises StoppedError if there are none."""
    if before.context.measure not in LOADED_REPS:
        raise StoppedError(UnreadableReason.INCOMPLETE, quantity.end, quantity.end)
    if before.reps is None:
        raise quantity.stop(UnreadableReason.REPS_MISSING)
    plan = (Chunk(SetEntry(weight=load, clean_reps=before.reps)),)
    is_date = quantity.is_bare and _DAY_AND_MONTH.fullmatch(str(quantity.amount)) is not None
    return Meaning((plan,), QuestionReason.LOOKS_LIKE_DATE if is_date else QuestionReason.REPS_MISSING)


def is_year(number: Quantity) -> bool:
    """Whether a number alone could be the year of a date."""
    return number.is_bare and number.amount in _YEARS


def _looks_like_weight(number: Quantity, before: Before) -> bool:
    if before.reps is None or before.weight is None or before.context.measure not in LOADED_REPS:
        return False
    as_weight = weight(number, before.unit).milligrams
    far_from_reps = number.amount > max(LIKELY_REPS, 2 * before.reps)
    return far_from_reps and 2 * as_weight >= before.weight.milligrams > 0

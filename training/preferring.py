"""Which unit, step and rest hold for a lifter's exercise: their own wish first, then the exercise's, then the usual."""

from __future__ import annotations

from storage.models import Exercise, ExercisePreference, User
from storage.values.lifted import SetKind
from storage.values.quantity import Weight, WeightUnit

USUAL_STEP = {WeightUnit.KG: Weight(2_500, WeightUnit.KG), WeightUnit.LB: Weight(5_000, WeightUnit.LB)}


def unit_of(user: User, preference: ExercisePreference | None = None) -> WeightUnit:
    """The unit of weights that are typed without one; kg while the lifter hasn't chosen."""
    preferred = None if preference is None else preference.unit
    return preferred or user.unit or WeightUnit.KG


def step_of(user: User, exercise: Exercise, preference: ExercisePreference | None) -> Weight:
    """By how much − and + change a weight, in the exercise's unit for this lifter."""
    unit = unit_of(user, preference)
    steps = (
        None if preference is None else preference.weight_step,
        exercise.weight_step if exercise.weight_step_unit is unit else None,
        user.weight_step if unit is unit_of(user) else None,
    )
    known = next((step for step in steps if step is not None), None)
    return USUAL_STEP[unit] if known is None else Weight(known, unit)


def rest_after(
    user: User,
    exercise: Exercise,
    preference: ExercisePreference | None,
    kind: SetKind,
    *,
    before: SetKind | None = None,
) -> int:
    """Seconds of rest after a set of this kind, `before` one of that kind if that is planned; 0: none."""
    if kind is SetKind.WARM_UP:
        return user.warm_up_rest
    if before is SetKind.DROP:
        return user.drop_rest
    is_own = exercise.user_id is not None  # what a lifter has said of an exercise of their own is their wish too
    says = None if user.rests_alike and not is_own else exercise.default_rest
    rests = (None if preference is None else preference.rest, says, user.default_rest)
    return next(rest for rest in rests if rest is not None)

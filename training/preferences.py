"""In which unit and steps a lifter logs an exercise, and how long they rest: theirs, the exercise's, the usual."""

from __future__ import annotations

from storage.models import Exercise, ExercisePreference, User
from storage.values.quantity import Weight, WeightUnit

USUAL_STEP = {WeightUnit.KG: Weight(2_500, WeightUnit.KG), WeightUnit.LB: Weight(5_000, WeightUnit.LB)}


def unit_for(user: User, preference: ExercisePreference | None) -> WeightUnit:
    """The unit of weights typed without one: the lifter's for this exercise, else theirs for all, else kg."""
    preferred = None if preference is None else preference.unit
    return preferred or user.unit or WeightUnit.KG


def step_for(user: User, exercise: Exercise, preference: ExercisePreference | None) -> Weight:
    """What − and + change a weight by, in the unit of this exercise for this lifter.

    The lifter's step for the exercise, else the exercise's own, else the lifter's for all, else the usual; a step in
    another unit is passed over, since none converts to a round one.
    """
    unit = unit_for(user, preference)
    if preference is not None and preference.weight_step is not None:
        return Weight(preference.weight_step, unit)
    if exercise.weight_step is not None and exercise.weight_step_unit is unit:
        return Weight(exercise.weight_step, unit)
    if user.weight_step is not None and unit_for(user, None) is unit:
        return Weight(user.weight_step, unit)
    return USUAL_STEP[unit]


def rest_for(user: User, exercise: Exercise, preference: ExercisePreference | None) -> int:
    """Seconds of rest after a set that is no warm-up: the lifter's for the exercise, else its own, else theirs."""
    preferred = None if preference is None else preference.rest
    rests = (preferred, exercise.default_rest, user.default_rest)
    return next(rest for rest in rests if rest is not None)

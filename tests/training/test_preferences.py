from typing import Any

import pytest

from storage.models import Exercise, ExercisePreference, User
from storage.values.quantity import Weight, WeightUnit
from training.errors import InvalidValueError
from training.exercise_detail import (
    LARGEST_STEP,
    LONGEST_HOW,
    LONGEST_REST,
    ExerciseChanges,
    PreferenceChanges,
    apply_preferences,
    columns_of,
)
from training.preferences import rest_for, step_for, unit_for

KG, LB = WeightUnit.KG, WeightUnit.LB


def a_user(unit: WeightUnit | None = KG, **fields: Any) -> User:
    return User(unit=unit, default_rest=120, **fields)


def preferring(**fields: Any) -> ExercisePreference:
    return ExercisePreference(**fields)


@pytest.mark.parametrize(
    ("user", "preference", "unit"),
    [
        (a_user(None), None, KG),
        (a_user(LB), None, LB),
        (a_user(LB), preferring(), LB),
        (a_user(LB), preferring(unit=KG), KG),
        (a_user(None), preferring(unit=LB), LB),
    ],
)
def test_an_exercise_is_logged_in_the_unit_preferred_for_it_else_in_the_lifters(
    user: User, preference: ExercisePreference | None, unit: WeightUnit
) -> None:
    assert unit_for(user, preference) is unit


OWN_KG_STEP = Exercise(weight_step=1_250, weight_step_unit=KG)


@pytest.mark.parametrize(
    ("user", "exercise", "preference", "step"),
    [
        (a_user(), Exercise(), None, Weight(2_500, KG)),
        (a_user(LB), Exercise(), None, Weight(5_000, LB)),
        (a_user(weight_step=1_000), Exercise(), None, Weight(1_000, KG)),
        (a_user(weight_step=1_000), OWN_KG_STEP, None, Weight(1_250, KG)),
        (a_user(weight_step=1_000), OWN_KG_STEP, preferring(weight_step=500), Weight(500, KG)),
        (a_user(LB, weight_step=1_000), OWN_KG_STEP, None, Weight(1_000, LB)),
        (a_user(LB, weight_step=1_000), OWN_KG_STEP, preferring(unit=KG), Weight(1_250, KG)),
        (a_user(weight_step=1_000), OWN_KG_STEP, preferring(unit=LB), Weight(5_000, LB)),
        (a_user(), OWN_KG_STEP, preferring(unit=LB, weight_step=10_000), Weight(10_000, LB)),
    ],
)
def test_the_weight_step_is_the_nearest_one_in_the_exercises_unit(
    user: User, exercise: Exercise, preference: ExercisePreference | None, step: Weight
) -> None:
    assert step_for(user, exercise, preference) == step


@pytest.mark.parametrize(
    ("default", "preference", "seconds"),
    [
        (None, None, 120),
        (90, None, 90),
        (0, None, 0),
        (90, preferring(), 90),
        (90, preferring(rest=60), 60),
        (90, preferring(rest=0), 0),
        (None, preferring(rest=60), 60),
    ],
)
def test_the_rest_is_the_preferred_one_else_the_exercises_else_the_lifters(
    default: int | None, preference: ExercisePreference | None, seconds: int
) -> None:
    assert rest_for(a_user(), Exercise(default_rest=default), preference) == seconds


def test_a_new_unit_ends_the_step_of_the_old_one() -> None:
    preference = preferring(unit=None, weight_step=500)
    apply_preferences(a_user(), preference, {"unit": KG})
    assert (preference.unit, preference.weight_step) == (KG, 500)
    apply_preferences(a_user(), preference, {"unit": LB})
    assert (preference.unit, preference.weight_step) == (LB, None)
    apply_preferences(a_user(), preference, {"unit": None, "weight_step": Weight(250, KG), "rest": 30})
    assert (preference.unit, preference.weight_step, preference.rest) == (None, 250, 30)
    apply_preferences(a_user(), preference, {"weight_step": None, "rest": None})
    assert (preference.weight_step, preference.rest) == (None, None)


@pytest.mark.parametrize(
    ("wanted", "field", "limit"),
    [
        ({"rest": -1}, "rest", 0),
        ({"rest": LONGEST_REST + 1}, "rest", LONGEST_REST),
        ({"weight_step": Weight(0, KG)}, "weight_step", 0),
        ({"weight_step": Weight(-1, KG)}, "weight_step", 0),
        ({"weight_step": Weight(LARGEST_STEP * 1_000 + 1, KG)}, "weight_step", LARGEST_STEP),
        ({"weight_step": Weight(5_000, LB)}, "weight_step", None),
        ({"weight_step": Weight(500, KG), "unit": LB}, "weight_step", None),
    ],
)
def test_preferences_that_can_not_be_are_refused(wanted: PreferenceChanges, field: str, limit: int | None) -> None:
    with pytest.raises(InvalidValueError) as refused:
        apply_preferences(a_user(), preferring(), wanted)
    assert (refused.value.field, refused.value.limit) == (field, limit)


@pytest.mark.parametrize(
    ("wanted", "field", "limit"),
    [
        ({"default_rest": -1}, "default_rest", 0),
        ({"default_rest": LONGEST_REST + 1}, "default_rest", LONGEST_REST),
        ({"weight_step": Weight(0, LB)}, "weight_step", 0),
        ({"how": "h" * (LONGEST_HOW + 1)}, "how", LONGEST_HOW),
        ({"how": "Lift.\0"}, "how", None),
        ({"how": "\ud800"}, "how", None),
    ],
)
def test_what_an_exercise_can_not_be_is_refused(wanted: ExerciseChanges, field: str, limit: int | None) -> None:
    with pytest.raises(InvalidValueError) as refused:
        columns_of(wanted)
    assert (refused.value.field, refused.value.limit) == (field, limit)


def test_the_longest_rest_step_and_instructions_are_taken() -> None:
    assert columns_of({"default_rest": LONGEST_REST, "weight_step": Weight(LARGEST_STEP * 1_000, LB)}) == {
        "default_rest": LONGEST_REST,
        "weight_step": LARGEST_STEP * 1_000,
        "weight_step_unit": LB,
    }
    assert columns_of({"default_rest": 0, "weight_step": Weight(1, KG)})["default_rest"] == 0
    assert columns_of({"how": f" {'h' * LONGEST_HOW}\n"}) == {"how": "h" * LONGEST_HOW}
    assert columns_of({"how": "Lift.\nLower. 👨‍👩‍👧"}) == {"how": "Lift.\nLower. 👨‍👩‍👧"}
    assert columns_of({"weight_step": None}) == {"weight_step": None, "weight_step_unit": None}
    assert columns_of({}) == {}

import pytest

from storage.models import Exercise, ExercisePreference, User
from storage.values.lifted import SetKind
from storage.values.quantity import WeightUnit
from training.preferring import rest_after, step_of, unit_of

KG, LB = WeightUnit.KG, WeightUnit.LB


def prefers(unit: WeightUnit | None = None, step: int | None = None, rest: int | None = None) -> ExercisePreference:
    return ExercisePreference(unit=unit, weight_step=step, rest=rest)


def exercise(step: int | None = None, unit: WeightUnit | None = None, rest: int | None = None) -> Exercise:
    return Exercise(weight_step=step, weight_step_unit=unit, default_rest=rest)


@pytest.mark.parametrize(
    ("lifters", "preference", "expected"),
    [(None, None, KG), (LB, None, LB), (LB, prefers(), LB), (KG, prefers(LB), LB), (None, prefers(LB), LB)],
)
def test_the_unit_is_the_one_for_the_exercise_else_the_lifters(
    lifters: WeightUnit | None, preference: ExercisePreference | None, expected: WeightUnit
) -> None:
    assert unit_of(User(unit=lifters), preference) is expected


@pytest.mark.parametrize(
    ("lifter", "done", "preference", "expected"),
    [
        (User(unit=KG), exercise(), None, (2_500, KG)),
        (User(unit=LB), exercise(), None, (5_000, LB)),
        (User(unit=KG), exercise(), prefers(LB), (5_000, LB)),
        (User(unit=KG, weight_step=1_000), exercise(), None, (1_000, KG)),
        (User(unit=KG, weight_step=1_000), exercise(), prefers(LB), (5_000, LB)),
        (User(unit=KG, weight_step=1_000), exercise(4_000, KG), None, (4_000, KG)),
        (User(unit=KG, weight_step=1_000), exercise(10_000, LB), None, (1_000, KG)),
        (User(unit=KG, weight_step=1_000), exercise(10_000, LB), prefers(LB), (10_000, LB)),
        (User(unit=KG, weight_step=1_000), exercise(4_000, KG), prefers(step=500), (500, KG)),
        (User(unit=KG), exercise(4_000, KG), prefers(LB, 7_500), (7_500, LB)),
    ],
)
def test_the_step_is_in_the_unit_that_the_exercise_is_logged_in(
    lifter: User, done: Exercise, preference: ExercisePreference | None, expected: tuple[int, WeightUnit]
) -> None:
    step = step_of(lifter, done, preference)
    assert (step.thousandths, step.unit) == expected


@pytest.mark.parametrize(
    ("rest", "preference", "kind", "before", "expected"),
    [
        (None, None, SetKind.WORKING, None, 120),
        (180, None, SetKind.DROP, None, 180),
        (0, None, SetKind.WORKING, None, 0),
        (180, prefers(), SetKind.AMRAP, SetKind.WORKING, 180),
        (180, prefers(rest=45), SetKind.WORKING, None, 45),
        (180, prefers(rest=0), SetKind.WORKING, None, 0),
        (180, prefers(rest=45), SetKind.WARM_UP, None, 20),
        (180, prefers(rest=45), SetKind.WORKING, SetKind.DROP, 10),
        (180, prefers(rest=45), SetKind.DROP, SetKind.DROP, 10),
        (180, prefers(rest=45), SetKind.WARM_UP, SetKind.DROP, 20),
    ],
)
def test_the_rest_is_the_lifters_for_the_exercise_then_the_exercises_then_the_lifters_but_around_some_kinds_its_own(
    rest: int | None, preference: ExercisePreference | None, kind: SetKind, before: SetKind | None, expected: int
) -> None:
    user = User(default_rest=120, warm_up_rest=20, drop_rest=10)
    assert rest_after(user, exercise(rest=rest), preference, kind, before=before) == expected

"""Whose turn it is in a superset, and when the rest comes; and rests around drop sets."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from storage.database import Database
from storage.models import ExerciseExecution, Set, Target
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import FakeClock
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_rest, kg
from training.annotating import Remark
from training.gym import Gym
from training.open_workout import Logged
from training.supersets import turn_after

DROP = SetEntry(Weight.of(60, WeightUnit.KG), 8, kind=SetKind.DROP)
WARM_UP = SetEntry(Weight.of(40, WeightUnit.KG), 8, kind=SetKind.WARM_UP)
WORK = kg(80, 5)


@pytest.fixture
async def superset(gym: Gym, lifter: int, bench: int, squat: int) -> tuple[int, int]:
    """Bench press and squats in turn, bench press first: their executions."""
    executions = []
    for exercise_id in (bench, squat):
        current = (await gym.workouts.add_exercise(lifter, exercise_id)).current
        assert current is not None
        executions.append(current.execution_id)
    await gym.editing.group(lifter, executions)
    await gym.next_set.go_to(lifter, executions[0])
    return executions[0], executions[1]


async def plan(database: Database, execution_id: int, *entries: SetEntry) -> None:
    targets = [Target(execution_id=execution_id, position=place, entry=entry) for place, entry in enumerate(entries)]
    async with database.writing() as session:
        session.add_all(targets)


async def log(gym: Gym, text: str) -> tuple[str | None, float | None]:
    """Which exercise comes next, and after how many seconds of rest."""
    logged = await gym.notebook.write(LIFTER, text)
    assert isinstance(logged, Logged)
    card = logged.card
    rest = None if card.rest_until is None else (card.rest_until - card.started_at).total_seconds()
    return None if card.current is None else card.current.name, rest


async def test_in_a_superset_the_rest_comes_after_the_round_and_then_the_first_is_next(
    gym: Gym, superset: tuple[int, int]
) -> None:
    assert await log(gym, "80x5") == ("Back squat", None)
    assert await log(gym, "100x5") == ("Bench press", 120)  # the squat's, which was done last
    assert await log(gym, "80x5") == ("Back squat", None)


async def test_what_is_logged_names_the_exercise_that_it_was(gym: Gym, superset: tuple[int, int]) -> None:
    logged = await gym.notebook.write(LIFTER, "80x5")
    assert isinstance(logged, Logged)
    assert logged.name == "Bench press"
    assert logged.card.current is not None
    assert logged.card.current.name == "Back squat"


async def test_a_warm_up_and_a_planned_drop_set_belong_to_the_same_turn(
    database: Database, gym: Gym, superset: tuple[int, int]
) -> None:
    await plan(database, superset[0], WORK, DROP, WORK)
    assert await log(gym, "w 40x8") == ("Bench press", None)
    assert await log(gym, "80x5") == ("Bench press", None)
    assert await log(gym, "d 60x8") == ("Back squat", None)
    assert await log(gym, "100x5") == ("Bench press", 120)


async def test_between_a_set_and_a_planned_drop_set_there_is_a_rest_only_if_the_lifter_wants_one(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    current = (await gym.workouts.add_exercise(lifter, bench)).current
    assert current is not None
    await plan(database, current.execution_id, WORK, DROP, WORK, DROP)
    assert await log(gym, "80x5") == ("Bench press", None)
    assert await log(gym, "d 60x8") == ("Bench press", 180)
    await gym.lifters.change_settings(lifter, drop_rest=15)
    assert await log(gym, "80x5") == ("Bench press", 15)


async def test_taking_back_a_set_ends_the_rest_and_gives_the_turn_back(
    gym: Gym, lifter: int, superset: tuple[int, int]
) -> None:
    await log(gym, "80x5")
    await log(gym, "100x5")
    for name in ("Back squat", "Bench press"):
        await gym.undo.undo(lifter)
        card = await gym.workouts.card(lifter)
        assert card.current is not None
        assert (card.current.name, card.rest_until) == (name, None)


async def test_the_set_just_logged_is_asked_the_rpe_of_though_another_exercise_is_next(
    gym: Gym, lifter: int, clock: FakeClock, superset: tuple[int, int]
) -> None:
    await gym.lifters.change_settings(lifter, asks_rpe=True)
    for text, name in (("80x5", "Bench press"), ("100x5", "Back squat")):
        clock.advance(timedelta(minutes=1))
        await log(gym, text)
        card = await gym.workouts.card(lifter)
        assert card.current is not None
        assert card.current.unrated is not None
        rated = await gym.annotating.annotate(lifter, card.current.unrated, Remark(rpe=Decimal(8)))
        assert rated.name == name


def execution(
    sets: Sequence[SetEntry], targets: Sequence[SetEntry] = (), superset: int | None = 1
) -> ExerciseExecution:
    rows = [Set(position=place, entry=entry) for place, entry in enumerate(sets)]
    planned = [Target(position=place, entry=entry) for place, entry in enumerate(targets)]
    return ExerciseExecution(superset=superset, sets=rows, targets=planned)


@pytest.mark.parametrize(
    ("sets", "done", "following", "is_over"),
    [
        ([1, 0, 0], 0, 1, False),
        ([1, 1, 0], 1, 2, False),
        ([1, 1, 1], 2, 0, True),
        ([3, 0, 0], 0, 1, False),  # three at once
        ([3, 1, 1], 2, 1, True),  # the others catch up
        ([0, 0, 1], 2, 0, False),  # the last one was done first
    ],
)
def test_whoever_has_done_fewer_sets_is_next(sets: list[int], done: int, following: int, *, is_over: bool) -> None:
    executions = [execution([WORK] * number) for number in sets]
    turn = turn_after(executions, executions[done])
    assert (executions.index(turn.next), turn.is_round_over) == (following, is_over)


def test_warm_ups_drop_sets_and_what_stands_outside_count_for_nothing() -> None:
    outside, first, second = execution([], superset=None), execution([WARM_UP, WORK, DROP]), execution([WARM_UP])
    turn = turn_after([outside, first, second], first)
    assert (turn.next, turn.is_round_over) == (second, False)
    alone = turn_after([outside, first, second], outside)
    assert (alone.next, alone.is_round_over) == (outside, True)


def test_what_has_done_all_that_is_planned_is_passed_over() -> None:
    first, second, third = execution([WORK] * 2), execution([WORK], [WORK]), execution([WORK])
    turn = turn_after([first, second, third], first)
    assert (turn.next, turn.is_round_over) == (third, False)
    through = [execution([WORK], [WORK]) for _ in range(2)]
    last = turn_after(through, through[1])
    assert (last.next, last.is_round_over) == (through[1], True)


async def test_the_rest_of_another_lifter_goes_on(database: Database, gym: Gym, superset: tuple[int, int]) -> None:
    stranger = await add_lifter(database, 99)
    await gym.workouts.add_exercise(stranger, await add_exercise(database, "Curl"))
    current = (await gym.workouts.card(stranger)).current
    assert current is not None
    await add_rest(database, current.execution_id, stranger)
    await log(gym, "80x5")
    assert (await gym.workouts.card(stranger)).rest_until is not None

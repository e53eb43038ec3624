"""Workouts that were written down elsewhere are entered whole, with the day they were done on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from storage import changes
from storage.database import Database
from storage.models import Change, ExerciseExecution, Set, Workout
from storage.values.change import ChangeKind
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, how_many, kg
from tests.support.statements import counted
from training.errors import InvalidSetError, InvalidValueError, NotFoundError
from training.gym import Gym
from training.measuring import SetFault
from training.past import PastExercise, PastWorkout

YESTERDAY = MONDAY_EVENING - timedelta(days=1)
SECOND = timedelta(seconds=1)
WARM_UP = SetEntry(Weight.of(60, WeightUnit.KG), 10, kind=SetKind.WARM_UP, note="easy")


def past(*exercises: tuple[int, Sequence[SetEntry]]) -> PastWorkout:
    """A workout of yesterday."""
    return PastWorkout(YESTERDAY, [PastExercise(exercise_id, entries) for exercise_id, entries in exercises])


async def test_a_past_workout_is_stored_whole_and_finished_while_another_is_open(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    open_id = await add_workout(database)
    in_berlin = YESTERDAY.astimezone(timezone(timedelta(hours=1)))
    entered = await gym.history.enter_past(
        lifter,
        PastWorkout(
            in_berlin,
            [
                PastExercise(bench, [WARM_UP, kg(100, 5)], note=" seat 4 "),
                PastExercise(squat, []),
                PastExercise(bench, [kg(90, 8)]),
            ],
            YESTERDAY + timedelta(minutes=50),
            title=" Push  day ",
            note=" From the notebook. ",
        ),
    )
    assert (entered.title, entered.note, entered.revision) == ("Push day", "From the notebook.", 0)
    assert (entered.started_at, entered.finished_at) == (YESTERDAY, YESTERDAY + timedelta(minutes=50))
    assert [
        (done.exercise_id, done.note, [row.entry for row in done.sets], done.targets) for done in entered.executions
    ] == [(bench, "seat 4", [WARM_UP, kg(100, 5)], ()), (squat, "", [], ()), (bench, "", [kg(90, 8)], ())]
    assert await gym.history.detail(lifter, entered.id) == entered
    assert (await gym.workouts.card(lifter)).workout_id == open_id
    async with database.writing() as session:
        change = await changes.latest(session, LIFTER)
        assert change is not None
        assert change.kind is ChangeKind.ENTERED
        await changes.take_back(session, change)
    assert [await how_many(database, model) for model in (Workout, ExerciseExecution, Set)] == [1, 0, 0]


async def test_without_an_end_a_past_workout_ends_as_it_starts(gym: Gym, lifter: int, bench: int) -> None:
    entered = await gym.history.enter_past(lifter, past((bench, [kg(100, 5)])))
    assert entered.finished_at == entered.started_at == YESTERDAY
    said = replace(past((bench, [kg(100, 5)])), finished_at=YESTERDAY)
    assert (await gym.history.enter_past(lifter, said)).finished_at == YESTERDAY


async def test_a_past_workout_that_is_reopened_goes_on_with_its_last_exercise(
    gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    entered = await gym.history.enter_past(lifter, past((bench, [kg(100, 5)]), (squat, [kg(140, 3)])))
    await gym.history.reopen(lifter, entered.id)
    current = (await gym.workouts.card(lifter)).current
    assert current is not None
    assert current.execution_id == entered.executions[1].id


async def test_what_was_entered_counts_as_last_time(gym: Gym, lifter: int, bench: int) -> None:
    await gym.history.enter_past(lifter, past((bench, [kg(100, 5)])))
    current = (await gym.workouts.add_exercise(lifter, bench)).current
    assert current is not None
    assert current.suggestion == kg(100, 5)


async def test_a_past_workout_is_refused_where_it_can_not_have_been(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    one = [kg(100, 5)]
    good = past((bench, one))
    refused: list[tuple[PastWorkout, str, int | None]] = [
        (replace(good, started_at=MONDAY_EVENING + SECOND), "started_at", None),
        (replace(good, finished_at=YESTERDAY - SECOND), "finished_at", None),
        (replace(good, finished_at=MONDAY_EVENING + SECOND), "finished_at", None),
        (past(), "exercises", None),
        (past((bench, []), (bench, [])), "exercises", None),
        (past(*[(bench, one)] * 51), "exercises", 50),
        (past((bench, one), (bench, one * 101)), "sets", 100),
        (replace(good, title="x" * 101), "title", 100),
        (replace(good, note="x" * 1001), "note", 1000),
        (replace(good, exercises=[PastExercise(bench, one, note="x" * 1001)]), "note", 1000),
    ]
    for wish, field, limit in refused:
        with pytest.raises(InvalidValueError) as error:
            await gym.history.enter_past(lifter, wish)
        assert (error.value.field, error.value.limit) == (field, limit)
    assert [await how_many(database, model) for model in (Workout, Change)] == [0, 0]
    largest = replace(past(*[(bench, one)] * 49, (bench, one * 100)), finished_at=MONDAY_EVENING)
    assert len((await gym.history.enter_past(lifter, largest)).executions) == 50
    just_now = replace(good, started_at=MONDAY_EVENING)
    assert (await gym.history.enter_past(lifter, just_now)).finished_at == MONDAY_EVENING


async def test_each_set_has_to_fit_its_exercise(database: Database, gym: Gym, lifter: int, bench: int) -> None:
    plank = await add_exercise(database, "Plank", measure=Measure.DURATION)
    held = SetEntry(duration=60)
    with pytest.raises(InvalidSetError) as refused:
        await gym.history.enter_past(lifter, past((bench, [kg(100, 5)]), (plank, [held, kg(100, 5)])))
    assert (refused.value.reason, refused.value.measure) == (SetFault.WEIGHT_NOT_HERE, Measure.DURATION)
    assert await how_many(database, Workout) == 0
    assert (await gym.history.enter_past(lifter, past((plank, [held])))).executions[0].sets[0].entry == held


async def test_only_exercises_that_the_lifter_can_pick_are_entered(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    archived = await add_exercise(database, "Old press", archived=True)
    for exercise_id in (await add_exercise(database, "Secret press", owner=STRANGER), archived, 404):
        with pytest.raises(NotFoundError):
            await gym.history.enter_past(lifter, past((bench, [kg(100, 5)]), (exercise_id, [kg(100, 5)])))
    assert await how_many(database, Workout) == 0


async def test_the_exercises_of_a_past_workout_are_looked_up_at_once(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    dip = await add_exercise(database, "Dip")
    with counted(database) as statements:
        await gym.history.enter_past(lifter, past(*[(exercise, [kg(100, 5)]) for exercise in (squat, dip, bench)]))
    assert sum("FROM exercises" in statement.text for statement in statements) == 1

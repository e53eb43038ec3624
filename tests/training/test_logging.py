"""What logging a set says beyond the set itself, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.models import Base, Exercise, ExercisePreference, Target, User, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from tests.support.statements import counted
from tests.support.training import ready_to_log, told
from training.card import Card
from training.errors import InvalidSetError, InvalidValueError, StaleButtonError
from training.gym import Gym
from training.limits import MOST_EXECUTIONS, MOST_SETS
from training.measuring import SetFault
from training.open_workout import Logged
from training.records import RecordKind

MOST_STATEMENTS = 12


async def log_line(gym: Gym, text: str) -> Logged:
    written = await gym.notebook.write(LIFTER, text)
    assert isinstance(written, Logged)
    return written


async def log_suggestion(gym: Gym) -> Logged:
    card = await gym.workouts.card(LIFTER)
    return await gym.workouts.log_suggested(LIFTER, card.workout_id, card.revision)


def suggestion(card: Card) -> SetEntry | None:
    assert card.current is not None
    return card.current.suggestion


async def add(database: Database, *rows: Base) -> None:
    async with database.writing() as session:
        session.add_all(rows)


async def change(database: Database, model: type[Any], key: int, **values: Any) -> None:
    async with database.writing() as session:
        row = await session.get_one(model, key)
        for name, value in values.items():
            setattr(row, name, value)


async def test_logging_a_set_takes_at_most_twelve_statements(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await gym.workouts.add_exercise(lifter, squat)
    await ready_to_log(database, gym, bench)
    await add(database, ExercisePreference(user_id=lifter, exercise_id=bench, rest=90))
    await log_line(gym, "100x5")
    for with_message in (False, True):
        if with_message:
            await told(database, message_id=501)
        card = await gym.workouts.card(lifter)
        with counted(database) as statements:
            await gym.workouts.log_suggested(lifter, card.workout_id, card.revision)
        assert len(statements) <= MOST_STATEMENTS, statements
        for text in ("100x5", "100x5x3 @8 # belt"):
            with counted(database) as statements:
                logged = await log_line(gym, text)
            # SQLite is given the sets of a line one by one.
            assert len(statements) <= MOST_STATEMENTS + len(logged.entries) - 1, statements


async def test_a_set_says_which_of_the_lifters_own_records_it_breaks(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await add_lifter(database, STRANGER)
    await add_workout(database, STRANGER, finished=True, performed={bench: [kg(180, 5)]})
    await add_workout(database, finished=True, performed={squat: [kg(180, 5)], bench: [kg(100, 1)]})
    await gym.workouts.add_exercise(lifter, bench)
    assert (await log_line(gym, "100x1")).records == ((),)
    assert (await log_line(gym, "w 200x1")).records == ((),)
    logged = await log_line(gym, "101x1, 101x1, 100x2")
    assert [[record.kind for record in records] for records in logged.records] == [
        [RecordKind.HEAVIEST, RecordKind.ESTIMATED_1RM, RecordKind.SET_VOLUME],
        [],
        [RecordKind.MOST_REPS, RecordKind.ESTIMATED_1RM, RecordKind.SET_VOLUME],
    ]
    assert logged.records[0][0].before == 100_000_000
    assert (await log_suggestion(gym)).records == ((),)


async def test_the_exercises_unit_of_this_lifter_reads_lines_and_gives_the_step(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    await add_lifter(database, STRANGER)
    await add(database, ExercisePreference(user_id=lifter, exercise_id=bench, unit=WeightUnit.LB))
    current = (await gym.workouts.add_exercise(lifter, bench)).current
    assert current is not None
    assert (current.unit, current.step) == (WeightUnit.LB, Weight.of(5, WeightUnit.LB))
    assert (await log_line(gym, "225x5")).entries == (SetEntry(Weight.of(225, WeightUnit.LB), 5),)
    await change(database, User, lifter, weight_step=1_250)
    for exercise_id, unit, thousandths in ((bench, WeightUnit.LB, 5_000), (squat, WeightUnit.KG, 1_250)):
        current = (await gym.workouts.add_exercise(lifter, exercise_id)).current
        assert current is not None
        assert (current.unit, current.step) == (unit, Weight(thousandths, unit))
    current = (await gym.workouts.add_exercise(STRANGER, bench)).current
    assert current is not None
    assert (current.unit, current.step) == (WeightUnit.KG, Weight.of("2.5", WeightUnit.KG))


@pytest.mark.parametrize(
    ("seconds", "preferred", "exercise", "text"),
    [
        (45, 45, 180, "100x5"),
        (180, None, 180, "100x5"),
        (120, None, None, "100x5"),
        (30, 45, 180, "w 60x5"),
        (None, 0, 180, "100x5"),
    ],
)
async def test_the_rest_is_the_lifters_own_for_the_exercise_then_the_exercises_then_the_lifters(
    database: Database,
    gym: Gym,
    lifter: int,
    bench: int,
    *,
    seconds: int | None,
    preferred: int | None,
    exercise: int | None,
    text: str,
) -> None:
    await add(database, ExercisePreference(user_id=lifter, exercise_id=bench, rest=preferred))
    await change(database, User, lifter, warm_up_rest=30)
    await change(database, Exercise, bench, default_rest=exercise)
    await gym.workouts.add_exercise(lifter, bench)
    until = None if seconds is None else MONDAY_EVENING + timedelta(seconds=seconds)
    assert (await log_line(gym, text)).card.rest_until == until


async def test_what_is_suggested_for_another_exercise_of_the_workout_is_logged_there_and_nowhere_else(
    database: Database, gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    there = (await ready_to_log(database, gym, bench)).current
    card = await gym.workouts.add_exercise(lifter, squat)
    assert there is not None
    with pytest.raises(StaleButtonError):
        await gym.workouts.log_suggested(lifter, card.workout_id, card.revision, 404)
    logged = await gym.workouts.log_suggested(lifter, card.workout_id, card.revision, there.execution_id)
    assert (logged.name, logged.entries) == ("Bench press", (kg(100, 5),))
    assert logged.card.current is not None
    assert logged.card.current.execution_id == there.execution_id
    with pytest.raises(StaleButtonError):
        await gym.workouts.log_suggested(lifter, card.workout_id, card.revision, there.execution_id)


async def test_targets_are_suggested_before_anything_else(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await ready_to_log(database, gym, bench)
    assert card.current is not None
    warm_up = SetEntry(Weight.of(60, WeightUnit.KG), 8, kind=SetKind.WARM_UP)
    targets = [warm_up, kg(110, 3), kg(105, 4)]
    await add(
        database,
        *(
            Target(execution_id=card.current.execution_id, position=place, entry=entry)
            for place, entry in enumerate(targets)
        ),
    )
    assert [(await log_suggestion(gym)).entries for _ in targets] == [(target,) for target in targets]
    assert suggestion(await gym.workouts.card(lifter)) == kg(105, 4)


async def test_finishing_what_was_reopened_long_after_leaves_it_when_it_was(
    database: Database, gym: Gym, lifter: int, bench: int, clock: FakeClock
) -> None:
    for hours_after, duration in ((4, 1), (3, 4)):
        workout_id = await add_workout(database, performed={bench: [kg(100, 5)]})
        await change(database, Workout, workout_id, finished_before=MONDAY_EVENING + timedelta(hours=1))
        clock.now = MONDAY_EVENING + timedelta(hours=1 + hours_after)
        card = await gym.workouts.card(lifter)
        summary = (await gym.workouts.finish(lifter, workout_id, card.revision)).summary
        assert summary is not None
        assert summary.duration == timedelta(hours=duration)


async def test_an_exercise_has_room_for_so_many_sets_and_a_workout_for_so_many_exercises(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    ids = [bench, *[await add_exercise(database, f"Press {n}") for n in range(MOST_EXECUTIONS)]]
    for exercise_id in ids[1:]:
        await gym.workouts.add_exercise(lifter, exercise_id)
    current = (await gym.workouts.card(lifter)).current
    assert current is not None
    await gym.editing.replace_sets(lifter, current.execution_id, [kg(100, 5)] * MOST_SETS)
    before = await gym.workouts.card(lifter)
    for call, field, limit in (
        (log_line(gym, "100x5"), "sets", MOST_SETS),
        (log_suggestion(gym), "sets", MOST_SETS),
        (gym.workouts.add_exercise(lifter, bench), "exercises", MOST_EXECUTIONS),
        (gym.notebook.write(lifter, "bench"), "exercises", MOST_EXECUTIONS),
        (gym.notebook.write_set(lifter, "bench 100x5"), "exercises", MOST_EXECUTIONS),
    ):
        with pytest.raises(InvalidValueError) as refused:
            await call
        assert (refused.value.field, refused.value.limit) == (field, limit)
    assert await gym.workouts.card(lifter) == before
    assert (await gym.workouts.add_exercise(lifter, ids[1])).exercises == MOST_EXECUTIONS


async def test_a_suggestion_that_does_not_fit_its_exercise_is_not_logged(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)
    assert card.current is not None
    await add(database, Target(execution_id=card.current.execution_id, position=0, entry=SetEntry(duration=60)))
    with pytest.raises(InvalidSetError) as refused:
        await log_suggestion(gym)
    assert (refused.value.reason, refused.value.measure) == (SetFault.WEIGHT_MISSING, Measure.WEIGHT_REPS)
    assert (await gym.workouts.card(lifter)).sets == 0


async def test_a_long_remark_is_kept_whole(gym: Gym, lifter: int, bench: int) -> None:
    await gym.workouts.add_exercise(lifter, bench)
    (entry,) = (await log_line(gym, f"100x5 # {'slow ' * 800}end")).entries
    assert entry.note.endswith("slow end")
    assert len(entry.note) > 4_000

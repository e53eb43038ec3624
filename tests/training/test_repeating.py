"""Starting again from an earlier workout."""

import asyncio
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage import changes
from storage.database import Database, WriteSession
from storage.models import Change, Exercise, ExerciseExecution, Target, Workout
from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.conftest import ADMIN
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, how_many, kg, set_row
from tests.support.training import LAST_WEEK
from training.errors import AnotherOpenError, UnitNotChosenError
from training.gym import Gym
from training.history import Repeated
from training.repeating import repeated

HUNDRED = Weight.of(100, WeightUnit.KG)
WARM_UP = SetEntry(Weight.of(60, WeightUnit.KG), 10, kind=SetKind.WARM_UP)


def done(
    exercise_id: int,
    position: int,
    *entries: SetEntry,
    superset: int | None = None,
    planned: tuple[SetEntry, ...] = (),
) -> ExerciseExecution:
    return ExerciseExecution(
        exercise_id=exercise_id,
        position=position,
        note="seat 4",
        focused_at=LAST_WEEK + timedelta(seconds=position),
        superset=superset,
        sets=[set_row(place, entry) for place, entry in enumerate(entries)],
        targets=[Target(position=place, entry=entry) for place, entry in enumerate(planned)],
    )


async def add_earlier(database: Database, *executions: ExerciseExecution) -> int:
    workout = Workout(user_id=LIFTER, title="Push day", note="Tired", started_at=LAST_WEEK, finished_at=LAST_WEEK)
    workout.executions = list(executions)
    async with database.writing() as session:
        session.add(workout)
    return workout.id


async def test_the_new_workout_has_the_exercises_of_the_earlier_one_and_its_sets_as_targets(
    database: Database, gym: Gym, clock: FakeClock, lifter: int, bench: int, squat: int
) -> None:
    hard = SetEntry(HUNDRED, 5, forced_reps=2, kind=SetKind.DROP, rpe=Decimal("8.5"), note="belt")
    only_forced = SetEntry(HUNDRED, None, forced_reps=1)
    earlier = await add_earlier(
        database,
        done(squat, 0, WARM_UP, hard, only_forced, superset=3),
        done(bench, 1, kg(90, 8), superset=3, planned=(kg(95, 8),)),
        done(squat, 2, planned=(kg(140, 3),)),
    )
    before = await gym.history.detail(lifter, earlier)
    repeated = await gym.history.start_from(lifter, earlier)
    workout = repeated.workout
    assert repeated.skipped == ()
    assert (workout.title, workout.note, workout.started_at, workout.finished_at) == ("Push day", "", clock.now, None)
    assert [(x.exercise_id, x.note, x.superset, x.sets, x.targets) for x in workout.executions] == [
        (squat, "", 3, (), (WARM_UP, SetEntry(HUNDRED, 5, kind=SetKind.DROP))),
        (bench, "", 3, (), (kg(90, 8),)),
        (squat, "", None, (), (kg(140, 3),)),
    ]
    assert await gym.history.detail(lifter, workout.id) == workout
    assert await gym.history.detail(lifter, earlier) == before
    card = await gym.workouts.card(lifter)
    assert card.current is not None
    assert (card.workout_id, card.exercises, card.current.execution_id) == (workout.id, 3, workout.executions[0].id)
    async with database.writing() as session:
        change = await changes.latest(session, LIFTER)
        assert change is not None
        assert change.kind is ChangeKind.STARTED
        await changes.take_back(session, change)
    assert [await how_many(database, model) for model in (Workout, ExerciseExecution)] == [1, 3]


async def test_archived_exercises_are_left_out_and_merged_ones_followed(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    old = await add_exercise(database, "Old press", archived=True)
    tombstones = [await add_exercise(database, name, archived=True) for name in ("Flat press", "Flat bench")]
    async with database.writing() as session:
        for tombstone, successor in zip(tombstones, (tombstones[1], bench), strict=True):
            (await session.get_one(Exercise, tombstone)).merged_into_id = successor
    earlier = await add_earlier(
        database, done(old, 0, kg(50, 5), superset=1), done(tombstones[0], 1, kg(100, 5), superset=1)
    )
    repeated = await gym.history.start_from(lifter, earlier)
    assert repeated.skipped == ("Old press",)
    (kept,) = repeated.workout.executions
    assert (kept.exercise_id, kept.name, kept.targets) == (bench, "Bench press", (kg(100, 5),))
    assert kept.superset is None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
async def test_an_exercise_that_is_merged_meanwhile_is_replaced_by_its_successor(
    database: Database, gym: Gym, lifter: int, *, bench: int, squat: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_lifter(database, ADMIN)
    earlier = await add_earlier(database, done(bench, 0, kg(100, 5)))

    async def merged_meanwhile(session: WriteSession, workout: Workout, now: datetime) -> object:
        await gym.exercises.merge(ADMIN, bench, squat)
        return await repeated(session, workout, now)

    monkeypatch.setattr("training.history.repeated", merged_meanwhile)
    started = await gym.history.start_from(lifter, earlier)
    assert [done.exercise_id for done in started.workout.executions] == [squat]


async def test_merging_and_starting_again_at_once_leaves_no_execution_of_what_was_merged(
    database: Database, gym: Gym, lifter: int
) -> None:
    await add_lifter(database, ADMIN)
    for number in range(8):
        first, second = [await add_exercise(database, f"{name} {number}") for name in ("Row", "Curl")]
        earlier = await add_earlier(database, done(second, 0, kg(100, 5)), done(first, 1, kg(100, 5)))
        started, _ = await asyncio.gather(
            gym.history.start_from(lifter, earlier), gym.exercises.merge(ADMIN, first, second)
        )
        async with database.reading() as session:
            rows = await session.scalars(
                select(ExerciseExecution.exercise_id).where(ExerciseExecution.workout_id == started.workout.id)
            )
            assert rows.all() == [second, second]
        await gym.history.delete(lifter, started.workout.id)


async def test_nothing_is_started_while_a_workout_is_open_even_from_that_one(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    earlier = await add_earlier(database, done(bench, 0, kg(100, 5)))
    open_id = await add_workout(database, started_at=MONDAY_EVENING)
    for workout_id in (earlier, open_id):
        with pytest.raises(AnotherOpenError) as refused:
            await gym.history.start_from(lifter, workout_id)
        assert refused.value.workout_id == open_id
    assert await how_many(database, Workout) == 2


async def test_twenty_starts_at_the_same_time_make_one_workout(
    database: Database, gym: Gym, lifter: int, bench: int
) -> None:
    earlier = await add_earlier(database, done(bench, 0, kg(100, 5)))
    starts = [gym.history.start_from(lifter, earlier) for _ in range(20)]
    answers = await asyncio.gather(*starts, return_exceptions=True)
    (started,) = [answer for answer in answers if isinstance(answer, Repeated)]
    refused = [answer.workout_id for answer in answers if isinstance(answer, AnotherOpenError)]
    assert refused == [started.workout.id] * 19
    assert [await how_many(database, model) for model in (Workout, ExerciseExecution, Change)] == [2, 2, 1]


async def test_who_has_not_chosen_a_unit_is_asked_first(database: Database, gym: Gym, bench: int) -> None:
    await add_lifter(database, unit=None)
    with pytest.raises(UnitNotChosenError):
        await gym.history.start_from(LIFTER, await add_earlier(database, done(bench, 0, kg(100, 5))))


async def test_what_the_database_refuses_for_another_reason_is_not_called_another_open_workout(
    gym: Gym, database: Database, lifter: int, bench: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = await add_earlier(database, done(bench, 0, kg(100, 5)))

    async def broken(*_: object) -> tuple[Workout, tuple[str, ...]]:
        twice = [done(bench, 0), done(bench, 0)]
        return Workout(user_id=lifter, started_at=MONDAY_EVENING, executions=twice), ()

    monkeypatch.setattr("training.history.repeated", broken)
    with pytest.raises(IntegrityError):
        await gym.history.start_from(lifter, earlier)
    assert await how_many(database, Workout) == 1

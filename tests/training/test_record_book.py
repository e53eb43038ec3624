"""The records of an exercise and the sets that hold them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text

from storage.database import Database
from storage.models import Exercise, ExerciseExecution, Set, User, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING
from tests.support.lifting import entries_of
from tests.support.plans import read_as_a_whole
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from tests.support.statements import counted
from training.errors import NotFoundError
from training.gym import Gym
from training.matches import Choice
from training.measuring import fault_of
from training.records import RecordKind, estimated_1rm, kinds_of
from training.volume import volume_mg

DAY = timedelta(days=1)
NEW_LIFTERS = count(20_000)
NEW_NAMES = count()

HISTORIES = st.tuples(st.sampled_from(Measure), st.sampled_from(Measure)).flatmap(
    lambda measures: st.tuples(
        st.just(measures[0]),
        st.lists(st.lists(st.one_of(entries_of(measures[0]), entries_of(measures[1])), max_size=5), max_size=4),
    )
)
"""A measure, and workouts with sets of it and of the one that it may have had before."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES)
async def test_the_records_are_those_that_a_plain_look_through_all_sets_finds(
    database: Database, gym: Gym, history: tuple[Measure, list[list[SetEntry]]]
) -> None:
    measure, workouts = history
    exercise_id = await add_exercise(database, f"Exercise {next(NEW_NAMES)}", measure=measure)
    lifter_id = await add_lifter(database, next(NEW_LIFTERS))
    for ago, entries in enumerate(workouts):  # the newest is written first
        began = MONDAY_EVENING - ago * DAY
        await add_workout(database, lifter_id, started_at=began, finished=True, performed={exercise_id: entries})
    book = await gym.record_book.of(lifter_id, exercise_id)
    fitting = [
        [entry for entry in entries if entry.kind is not SetKind.WARM_UP and fault_of(entry, measure) is None]
        for entries in reversed(workouts)
    ]
    lifted = [entry for entries in fitting for entry in entries]
    assert {kind: held.entry for kind, held in book.held.items()} == _recomputed(measure, lifted)
    if measure in {Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS}:
        by_reps = {reps: record.held.entry for record in book.by_reps for reps in range(record.least, record.most + 1)}
        expected = {reps: best for reps in range(1, 13) if (best := _heaviest_for(lifted, reps)) is not None}
        assert by_reps == expected
        volumes = [volume_mg(entries) for entries in fitting]
        assert (book.in_a_workout and book.in_a_workout.volume_mg) == (max(volumes, default=0) or None)
    else:
        assert book.by_reps == ()
        assert book.in_a_workout is None
    assert book.is_done == any(workouts)


def _recomputed(measure: Measure, lifted: Sequence[SetEntry]) -> dict[RecordKind, SetEntry]:
    worth: dict[RecordKind, Callable[[SetEntry], int | None]] = {
        RecordKind.HEAVIEST: lambda one: _load(one) if one.clean_reps or one.duration or _millimetres(one) else None,
        RecordKind.MOST_REPS: lambda one: one.clean_reps or None,
        RecordKind.ESTIMATED_1RM: estimated_1rm,
        RecordKind.SET_VOLUME: lambda one: max(_load(one), 0) * (one.clean_reps or 0) or None,
        RecordKind.LONGEST: lambda one: one.duration or None,
        RecordKind.FARTHEST: lambda one: _millimetres(one) or None,
    }
    found = {kind: best for kind in kinds_of(measure) if (best := _first_best(lifted, worth[kind])) is not None}
    if measure is Measure.DISTANCE_DURATION:
        # Over a distance, longer means slower: only the farthest may be the longest, and then it is said once.
        farthest = found.get(RecordKind.FARTHEST)
        found.pop(RecordKind.LONGEST, None)
        alone = _first_best(lifted, lambda one: None if _millimetres(one) else one.duration or None)
        if alone is not None and (farthest is None or (alone.duration or 0) > (farthest.duration or 0)):
            found[RecordKind.LONGEST] = alone
    return found


def _heaviest_for(lifted: Sequence[SetEntry], reps: int) -> SetEntry | None:
    return _first_best([one for one in lifted if (one.clean_reps or 0) >= reps], _load)


def _first_best(lifted: Sequence[SetEntry], worth: Callable[[SetEntry], int | None]) -> SetEntry | None:
    values = [(value, -place) for place, one in enumerate(lifted) if (value := worth(one)) is not None]
    return lifted[-max(values)[1]] if values else None


def _load(entry: SetEntry) -> int:
    return 0 if entry.weight is None else entry.weight.milligrams


def _millimetres(entry: SetEntry) -> int:
    return 0 if entry.distance is None else entry.distance.millimetres


async def test_who_lifted_more_for_more_reps_holds_the_record_for_fewer_too(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    pounds = SetEntry(weight=Weight.of(225, WeightUnit.LB), clean_reps=3)  # 102.06 kg
    helped = replace(kg(110, 1), forced_reps=9)
    warm_up = replace(kg(200, 5), kind=SetKind.WARM_UP)
    await add_workout(database, started_at=MONDAY_EVENING - DAY, finished=True, performed={bench: [kg(100, 5)]})
    await add_workout(database, finished=True, performed={bench: [pounds, kg(60, 20), helped, warm_up, kg(100, 5)]})
    book = await gym.record_book.of(LIFTER, bench)
    assert [(one.least, one.most, one.held.entry, one.held.on) for one in book.by_reps] == [
        (1, 1, helped, MONDAY_EVENING),
        (2, 3, pounds, MONDAY_EVENING),
        (4, 5, kg(100, 5), MONDAY_EVENING - DAY),
        (6, 12, kg(60, 20), MONDAY_EVENING),
    ]
    assert book.held[RecordKind.MOST_REPS].entry == kg(60, 20)


async def test_the_records_of_a_merged_exercise_are_those_of_its_successor_and_archived_ones_stay(
    gym: Gym, database: Database, lifter: int
) -> None:
    mine, other = [await add_exercise(database, name, owner=LIFTER) for name in ("Floor press", "Floor bench")]
    await add_workout(database, finished=True, performed={mine: [kg(100, 5)]})
    await gym.exercises.merge(LIFTER, mine, other)
    merged = await gym.record_book.of(LIFTER, mine)
    assert (merged.exercise, merged.held[RecordKind.HEAVIEST].entry) == (Choice(other, "Floor bench"), kg(100, 5))
    await gym.exercises.archive(LIFTER, other)
    archived = await gym.record_book.of(LIFTER, other)
    assert (archived.is_archived, archived.held) == (True, merged.held)
    assert (await gym.progress.find(LIFTER, "floor BENCH")).exact == Choice(other, "Floor bench")
    assert (await gym.progress.performed(LIFTER, 0)).choices == (Choice(other, "Floor bench"),)


async def test_what_fits_the_measure_no_more_holds_nothing(gym: Gym, database: Database, lifter: int) -> None:
    plank = await add_exercise(database, "Plank", owner=LIFTER)
    await add_workout(database, finished=True, performed={plank: [kg(20, 8), SetEntry(duration=90)]})
    async with database.writing() as session:
        (await session.get_one(Exercise, plank)).measure = Measure.DURATION
    book = await gym.record_book.of(LIFTER, plank)
    assert {kind: held.entry for kind, held in book.held.items()} == {RecordKind.LONGEST: SetEntry(duration=90)}


async def test_a_strangers_exercise_is_as_one_that_is_not_there_and_their_sets_hold_nothing_here(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    theirs, into = [await add_exercise(database, name, owner=STRANGER) for name in ("Floor press", "Floor bench")]
    await add_workout(database, STRANGER, finished=True, performed={bench: [kg(200, 5)], theirs: [kg(200, 5)]})
    await gym.exercises.merge(STRANGER, theirs, into)
    for exercise_id in (theirs, into, 404, -1):
        with pytest.raises(NotFoundError):
            await gym.record_book.of(LIFTER, exercise_id)
    book = await gym.record_book.of(LIFTER, bench)
    assert (book.is_done, book.held, book.by_reps, book.in_a_workout) == (False, {}, (), None)
    assert (await gym.progress.performed(LIFTER, 0)).choices == ()
    assert (await gym.progress.find(LIFTER, "Floor bench")).exact is None


async def test_looking_takes_few_statements_none_of_which_reads_a_table_as_a_whole(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    await _others_train(database, bench)
    for ago in range(20):
        began = MONDAY_EVENING - ago * DAY
        await add_workout(database, started_at=began, finished=True, performed={bench: [kg(100 + ago, 5)] * 4})
    with counted(database) as statements:
        found = await gym.record_book.of(LIFTER, bench)
        done = await gym.progress.performed(LIFTER, 0)
    assert (found.held[RecordKind.HEAVIEST].entry, len(done.choices)) == (kg(119, 5), 1)
    assert len(statements) <= 6, [statement.text for statement in statements]
    for statement in statements:
        read = await read_as_a_whole(database, statement, ["sets", "exercise_executions", "workouts"])
        assert not read, statement.text


async def _others_train(database: Database, exercise_id: int) -> None:
    """A hundred lifters do the exercise in thirty workouts each."""
    lifters_, workouts = range(1000, 1100), range(1000, 4000)
    common = {"user_id": 0, "started_at": MONDAY_EVENING, "finished_at": MONDAY_EVENING}
    whose = {number: lifters_[number % len(lifters_)] for number in workouts}
    execution = {"exercise_id": exercise_id, "position": 0, "focused_at": MONDAY_EVENING}
    lifted = {"kind": SetKind.WORKING, "weight": 100_000, "unit": WeightUnit.KG, "weight_mg": 10**8, "clean_reps": 5}
    async with database.writing() as session:
        people = [{"id": number, "name": "", "created_at": MONDAY_EVENING} for number in lifters_]
        await session.execute(insert(User), people)
        await session.execute(insert(Workout), [{**common, "id": no, "user_id": whose[no]} for no in workouts])
        done = [{**execution, "id": no, "workout_id": no, "user_id": whose[no]} for no in workouts]
        await session.execute(insert(ExerciseExecution), done)
        rows = [
            {**lifted, "execution_id": no, "position": place, "logged_at": MONDAY_EVENING}
            for no in workouts
            for place in range(2)
        ]
        await session.execute(insert(Set), rows)
        await session.execute(text("ANALYZE"))


GROWING = st.lists(st.lists(entries_of(Measure.WEIGHT_REPS), max_size=4), min_size=1, max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=GROWING, kind=st.sampled_from([RecordKind.ESTIMATED_1RM, RecordKind.HEAVIEST]))
async def test_growth_is_the_best_of_each_workout_of_the_last_months_up_to_this_one(
    database: Database, gym: Gym, history: list[list[SetEntry]], kind: RecordKind
) -> None:
    exercise_id = await add_exercise(database, f"Exercise {next(NEW_NAMES)}")
    lifter_id = await add_lifter(database, next(NEW_LIFTERS))
    far_away, done = [kg(999, 1)], list[int]()
    for ago, entries in enumerate(history):
        began = MONDAY_EVENING - ago * DAY
        done.append(
            await add_workout(database, lifter_id, started_at=began, finished=True, performed={exercise_id: entries})
        )
    for began in (MONDAY_EVENING + DAY, MONDAY_EVENING - 184 * DAY):
        await add_workout(database, lifter_id, started_at=began, finished=True, performed={exercise_id: far_away})
    expected: list[tuple[object, int]] = []
    for ago, entries in reversed(list(enumerate(history))):
        counted_ = [one for one in entries if one.kind is not SetKind.WARM_UP and one.clean_reps]
        worth = [estimated_1rm(one) if kind is RecordKind.ESTIMATED_1RM else _load(one) for one in counted_]
        if best := max((value for value in worth if value is not None), default=None):
            expected.append(((MONDAY_EVENING - ago * DAY).date(), best))
    grown = await gym.record_book.growth(lifter_id, exercise_id, kind, workout_id=done[0], revision=0)
    if len(expected) < 3:
        assert grown is None
    else:
        assert grown is not None
        assert [(one.on, one.value) for one in grown.marks] == expected


async def test_nothing_grows_of_a_workout_that_has_changed_since_or_is_somebody_elses(
    gym: Gym, database: Database, lifter: int, bench: int
) -> None:
    await add_lifter(database, STRANGER)
    for ago in (2, 1, 0):
        began = MONDAY_EVENING - ago * DAY
        done = await add_workout(database, started_at=began, finished=True, performed={bench: [kg(100, 5)]})
    kind = RecordKind.HEAVIEST
    assert await gym.record_book.growth(LIFTER, bench, kind, workout_id=done, revision=0) is not None
    assert await gym.record_book.growth(LIFTER, bench, kind, workout_id=done, revision=1) is None
    assert await gym.record_book.growth(STRANGER, bench, kind, workout_id=done, revision=0) is None
    assert await gym.record_book.growth(404, bench, kind, workout_id=done, revision=0) is None
    await gym.history.reopen(LIFTER, done)
    assert await gym.record_book.growth(LIFTER, bench, kind, workout_id=done, revision=1) is None

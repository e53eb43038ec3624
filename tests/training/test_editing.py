"""Editing the open workout, and taking each edit back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from storage.database import Database
from storage.models import ExerciseExecution, Set, Target, Workout
from storage.values.change import ChangeKind
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from tests.support.tables import contents
from tests.support.training import LAST_WEEK, told
from training.detail import WorkoutDetail
from training.edit import Edited, PlannedExercise
from training.errors import (
    FrozenError,
    InvalidSetError,
    InvalidValueError,
    MeasureMismatchError,
    NotFoundError,
    StaleButtonError,
)
from training.gym import Gym
from training.limits import MOST_EXECUTIONS, MOST_SETS
from training.measuring import LONGEST_NOTE, SetFault
from training.open_workout import RestMessage
from training.records import RecordKind

ONE, TWO, THREE = kg(100, 1), kg(100, 2), kg(100, 3)
NEW_LIFTERS = count(10_000)


@pytest.fixture
async def workout(database: Database, lifter: int, bench: int, squat: int) -> int:
    """An open workout: three sets of bench, then one of squat, which is the current exercise."""
    return await add_workout(database, performed={bench: [ONE, TWO, THREE], squat: [kg(140, 5)]})


@pytest.fixture
async def ids(database: Database, workout: int) -> dict[str, int]:
    """What the tests refer to: bench and squat are the executions, one, two and three the sets of bench."""
    async with database.reading() as session:
        done = (await session.scalars(select(ExerciseExecution.id).order_by(ExerciseExecution.position))).all()
        rows = (await session.scalars(select(Set.id).order_by(Set.execution_id, Set.position))).all()
    return dict(zip(("bench", "squat", "one", "two", "three", "heavy"), (*done, *rows), strict=True))


def shape(edited: Edited | WorkoutDetail) -> list[tuple[str, list[int | None]]]:
    """The exercises with the reps of their sets."""
    detail = edited.detail if isinstance(edited, Edited) else edited
    return [(done.name, [row.entry.clean_reps for row in done.sets]) for done in detail.executions]


async def test_sets_are_added_changed_moved_and_removed_one_at_a_time_and_stay_dense(
    database: Database, gym: Gym, lifter: int, ids: dict[str, int]
) -> None:
    edit = gym.editing
    before = [await contents(database)]
    for edited, reps, kind in (
        (edit.add_set(lifter, ids["bench"], kg(100, 4)), [1, 2, 3, 4], ChangeKind.LOGGED),
        (edit.add_set(lifter, ids["bench"], kg(100, 0), 0), [0, 1, 2, 3, 4], ChangeKind.LOGGED),
        (edit.add_set(lifter, ids["bench"], kg(100, 9), 99), [0, 1, 2, 3, 4, 9], ChangeKind.LOGGED),
        (edit.change_set(lifter, ids["two"], kg(100, 7)), [0, 1, 7, 3, 4, 9], ChangeKind.SET_CHANGED),
        (edit.move_set(lifter, ids["three"], 0), [3, 0, 1, 7, 4, 9], ChangeKind.SET_MOVED),
        (edit.move_set(lifter, ids["three"], 2), [0, 1, 3, 7, 4, 9], ChangeKind.SET_MOVED),
        (edit.remove_set(lifter, ids["one"]), [0, 3, 7, 4, 9], ChangeKind.SET_REMOVED),
        (edit.replace_sets(lifter, ids["bench"], [kg(100, 7), kg(100, 0)]), [7, 0], ChangeKind.SETS_REPLACED),
        (edit.replace_sets(lifter, ids["bench"], []), [], ChangeKind.SETS_REPLACED),
    ):
        assert shape(await edited) == [("Bench press", reps), ("Back squat", [5])]
        last = await gym.undo.latest(lifter)
        assert last is not None
        assert last.kind is kind
        await assert_dense(database)
        before.append(await contents(database))
    before.pop()
    for was in reversed(before):
        await gym.undo.undo(lifter)
        assert await contents(database) == was


async def assert_dense(database: Database) -> None:
    async with database.reading() as session:
        for parent, position in (
            (ExerciseExecution.workout_id, ExerciseExecution.position),
            (Set.execution_id, Set.position),
        ):
            places: dict[int, list[int]] = {}
            for owner, place in await session.execute(select(parent, position).order_by(parent, position)):
                places.setdefault(owner, []).append(place)
            assert all(found == list(range(len(found))) for found in places.values())


async def test_exercises_are_added_moved_swapped_noted_and_removed_and_stay_dense(
    database: Database, gym: Gym, lifter: int, workout: int, *, ids: dict[str, int], bench: int
) -> None:
    edit, curl = gym.editing, await add_exercise(database, "Curl")
    async with database.writing() as session:
        session.add(Target(execution_id=ids["bench"], position=0, entry=kg(100, 1)))
    before = [await contents(database)]
    for edited, names in (
        (edit.add_exercise(lifter, workout, curl, 1), ["Bench press", "Curl", "Back squat"]),
        (edit.add_exercise(lifter, workout, bench), ["Bench press", "Curl", "Back squat", "Bench press"]),
        (edit.move_exercise(lifter, ids["bench"], 2), ["Curl", "Back squat", "Bench press", "Bench press"]),
        (edit.move_exercise(lifter, ids["squat"], 0), ["Back squat", "Curl", "Bench press", "Bench press"]),
        (edit.note_exercise(lifter, ids["squat"], " deep "), ["Back squat", "Curl", "Bench press", "Bench press"]),
        (edit.swap_exercise(lifter, ids["bench"], curl), ["Back squat", "Curl", "Curl", "Bench press"]),
        (edit.remove_exercise(lifter, ids["squat"]), ["Curl", "Curl", "Bench press"]),
    ):
        assert [done.name for done in (await edited).detail.executions] == names
        await assert_dense(database)
        before.append(await contents(database))
    now = before.pop()
    swapped = now["exercise_executions", (ids["bench"],)]
    assert (swapped["exercise_id"], ("targets", (1,)) in now) == (curl, False)
    assert before[-1]["exercise_executions", (ids["squat"],)]["note"] == "deep"
    for was in reversed(before):
        await gym.undo.undo(lifter)
        assert await contents(database) == was


async def test_swapping_an_exercise_for_itself_keeps_its_targets(
    database: Database, gym: Gym, lifter: int, ids: dict[str, int], bench: int
) -> None:
    async with database.writing() as session:
        session.add(Target(execution_id=ids["bench"], position=0, entry=ONE))
    before = await contents(database)
    await gym.editing.swap_exercise(lifter, ids["bench"], bench)
    after = await contents(database)
    assert [after[row] for row in before if row[0] != "workouts"] == [
        before[row] for row in before if row[0] != "workouts"
    ]
    assert ("targets", (1,)) in after


async def test_a_set_that_is_removed_by_many_taps_at_once_goes_once(
    gym: Gym, lifter: int, workout: int, ids: dict[str, int]
) -> None:
    taps = [gym.editing.remove_set(lifter, ids["two"]) for _ in range(5)]
    ends = await asyncio.gather(*taps, return_exceptions=True)
    assert [type(end) for end in ends].count(NotFoundError) == 4
    (removed,) = (end for end in ends if isinstance(end, Edited))
    assert shape(removed) == [("Bench press", [1, 3]), ("Back squat", [5])]


async def test_an_added_exercise_is_the_current_one(
    gym: Gym, database: Database, lifter: int, workout: int, squat: int
) -> None:
    curl = await add_exercise(database, "Curl")
    await gym.editing.add_exercise(lifter, workout, curl, 0)
    assert await current(gym) == "Curl"
    await gym.editing.replace_exercises(lifter, workout, [PlannedExercise(squat), PlannedExercise(curl)])
    assert await current(gym) == "Curl"
    bench = await add_exercise(database, "Row")
    await gym.editing.replace_exercises(lifter, workout, [PlannedExercise(bench), PlannedExercise(squat)])
    assert await current(gym) == "Row"


async def test_an_exercise_that_replacing_adds_is_not_the_current_one_while_that_stays(
    gym: Gym, lifter: int, bench: int, squat: int
) -> None:
    card = await gym.workouts.add_exercise(lifter, bench)  # the workout starts at the moment in which it is picked
    await gym.editing.replace_exercises(lifter, card.workout_id, [PlannedExercise(bench), PlannedExercise(squat)])
    assert await current(gym) == "Bench press"


async def current(gym: Gym) -> str | None:
    card = await gym.workouts.card(LIFTER)
    return None if card.current is None else card.current.name


async def test_replacing_a_workouts_exercises_keeps_the_rows_of_what_stays(
    database: Database, gym: Gym, lifter: int, *, workout: int, ids: dict[str, int], bench: int, squat: int
) -> None:
    curl = await add_exercise(database, "Curl")
    before = await contents(database)
    plan = [
        PlannedExercise(curl, (kg(20, 8),), "slow", 2**40),
        PlannedExercise(bench, (THREE, ONE, kg(100, 9)), superset=2**40),
        PlannedExercise(bench, superset=6),
    ]
    edited = await gym.editing.replace_exercises(lifter, workout, plan)
    assert shape(edited) == [("Curl", [8]), ("Bench press", [3, 1, 9]), ("Bench press", [])]
    kept = edited.detail.executions[1]
    assert (kept.id, [row.id for row in kept.sets]) == (ids["bench"], [ids["three"], ids["one"], ids["two"]])
    assert [(done.note, done.superset) for done in edited.detail.executions] == [("slow", 1), ("", 1), ("", None)]
    await assert_dense(database)
    await gym.undo.undo(lifter)
    assert await contents(database) == before


async def test_supersets_are_grouped_and_one_exercise_alone_is_none(
    database: Database, gym: Gym, lifter: int, workout: int, ids: dict[str, int]
) -> None:
    curl = (await gym.editing.add_exercise(lifter, workout, await add_exercise(database, "Curl"))).detail.executions[2]

    async def numbers(edited: Awaitable[Edited]) -> list[int | None]:
        return [done.superset for done in (await edited).detail.executions]

    bench, squat = ids["bench"], ids["squat"]
    assert await numbers(gym.editing.group(lifter, [bench, squat])) == [1, 1, None]
    assert await numbers(gym.editing.group(lifter, [squat, curl.id])) == [None, 2, 2]
    assert await numbers(gym.editing.group(lifter, [bench, squat, curl.id])) == [3, 3, 3]
    assert await numbers(gym.editing.ungroup(lifter, squat)) == [3, None, 3]
    assert await numbers(gym.editing.remove_exercise(lifter, curl.id)) == [None, None]
    for lone in ([bench], [bench, bench], []):
        with pytest.raises(InvalidValueError):
            await gym.editing.group(lifter, lone)
    with pytest.raises(NotFoundError):
        await gym.editing.group(lifter, [bench, curl.id])


async def test_edits_say_which_records_the_added_and_changed_sets_break(
    database: Database, gym: Gym, lifter: int, *, workout: int, ids: dict[str, int], bench: int, squat: int
) -> None:
    assert (await gym.editing.add_set(lifter, ids["bench"], kg(100, 1))).records == ()  # the first time so far
    await add_workout(database, started_at=LAST_WEEK, finished=True, performed={bench: [kg(90, 1)], squat: [kg(60, 1)]})
    edited = await gym.editing.add_set(lifter, ids["bench"], kg(101, 1))
    (broken,) = edited.records
    assert broken.set_id == edited.detail.executions[0].sets[4].id
    assert [(record.kind, record.before) for record in broken.records] == [(RecordKind.HEAVIEST, 100_000_000)]
    edited = await gym.editing.change_set(lifter, broken.set_id, kg(100, 4))
    assert [record.kind for record in edited.records[0].records] == [
        RecordKind.MOST_REPS,
        RecordKind.ESTIMATED_1RM,
        RecordKind.SET_VOLUME,
    ]
    assert edited.records[0].records[0].before == 3
    assert (await gym.editing.move_set(lifter, ids["three"], 0)).records == ()
    edited = await gym.editing.replace_exercises(
        lifter, workout, [PlannedExercise(squat, (kg(140, 5), kg(150, 1))), PlannedExercise(bench, (THREE, kg(100, 4)))]
    )
    assert [row.set_id for row in edited.records] == [edited.detail.executions[0].sets[1].id]


async def test_what_can_not_be_is_refused_and_changes_nothing(
    database: Database, gym: Gym, lifter: int, *, workout: int, ids: dict[str, int], bench: int
) -> None:
    edit, plank = gym.editing, await add_exercise(database, "Plank", measure=Measure.DURATION)
    before = await contents(database)
    refused: list[tuple[Awaitable[Edited], Exception]] = [
        (
            edit.add_set(lifter, ids["bench"], SetEntry(duration=60)),
            InvalidSetError(SetFault.WEIGHT_MISSING, Measure.WEIGHT_REPS),
        ),
        (
            edit.change_set(lifter, ids["one"], SetEntry()),
            InvalidSetError(SetFault.WEIGHT_MISSING, Measure.WEIGHT_REPS),
        ),
        (
            edit.replace_sets(lifter, ids["bench"], [kg(-5, 5)]),
            InvalidSetError(SetFault.ASSISTANCE_NOT_HERE, Measure.WEIGHT_REPS),
        ),
        (edit.swap_exercise(lifter, ids["bench"], plank), MeasureMismatchError(Measure.WEIGHT_REPS, Measure.DURATION)),
        (edit.add_set(lifter, ids["bench"], ONE, -1), InvalidValueError("place", 0)),
        (edit.move_set(lifter, ids["one"], -1), InvalidValueError("place", 0)),
        (edit.move_exercise(lifter, ids["bench"], -1), InvalidValueError("place", 0)),
        (edit.note_exercise(lifter, ids["bench"], "x" * (LONGEST_NOTE + 1)), InvalidValueError("note", LONGEST_NOTE)),
        (edit.note_exercise(lifter, ids["bench"], "x\0"), InvalidValueError("note")),
        (edit.replace_exercises(lifter, workout, [PlannedExercise(bench, (), "\ud800")]), InvalidValueError("note")),
        (
            edit.add_set(lifter, ids["bench"], replace(ONE, note="\0")),
            InvalidSetError(SetFault.NOTE_NOT_STORABLE, Measure.WEIGHT_REPS),
        ),
        (edit.replace_sets(lifter, ids["bench"], [ONE] * (MOST_SETS + 1)), InvalidValueError("sets", MOST_SETS)),
        (
            edit.replace_exercises(lifter, workout, [PlannedExercise(bench)] * (MOST_EXECUTIONS + 1)),
            InvalidValueError("exercises", MOST_EXECUTIONS),
        ),
    ]
    for attempt, error in refused:
        with pytest.raises(type(error)) as raised:
            await attempt
        assert vars(raised.value) == vars(error)
    assert await contents(database) == before
    assert await gym.undo.latest(lifter) is None
    edited = await edit.replace_exercises(
        lifter, workout, [PlannedExercise(bench, (ONE,) * MOST_SETS), *[PlannedExercise(bench)] * (MOST_EXECUTIONS - 1)]
    )
    assert len(edited.detail.executions) == MOST_EXECUTIONS
    empty = edited.detail.executions[1].id
    assert (await edit.swap_exercise(lifter, empty, plank)).detail.executions[1].measure is Measure.DURATION


def every_edit(
    gym: Gym, lifter_id: int, *, workout: int, execution: int, row: int, exercise: int
) -> list[Callable[..., Awaitable[Edited]]]:
    edit = gym.editing
    return [
        lambda **at: edit.add_exercise(lifter_id, workout, exercise, **at),
        lambda **at: edit.swap_exercise(lifter_id, execution, exercise, **at),
        lambda **at: edit.remove_exercise(lifter_id, execution, **at),
        lambda **at: edit.move_exercise(lifter_id, execution, 1, **at),
        lambda **at: edit.note_exercise(lifter_id, execution, "note", **at),
        lambda **at: edit.group(lifter_id, [execution, execution + 1], **at),
        lambda **at: edit.ungroup(lifter_id, execution, **at),
        lambda **at: edit.add_set(lifter_id, execution, ONE, **at),
        lambda **at: edit.change_set(lifter_id, row, THREE, **at),
        lambda **at: edit.remove_set(lifter_id, row, **at),
        lambda **at: edit.move_set(lifter_id, row, 1, **at),
        lambda **at: edit.replace_sets(lifter_id, execution, [], **at),
        lambda **at: edit.replace_exercises(lifter_id, workout, [], **at),
    ]


async def test_no_edit_touches_what_is_finished_somebody_elses_missing_or_has_moved_on(
    database: Database, gym: Gym, lifter: int, *, workout: int, ids: dict[str, int], bench: int
) -> None:
    await add_lifter(database, STRANGER)
    theirs = {"workout": workout, "execution": ids["bench"], "row": ids["one"], "exercise": bench}
    before = await contents(database)
    for attempt in every_edit(gym, STRANGER, **theirs):
        with pytest.raises(NotFoundError):
            await attempt()
    for attempt in every_edit(gym, lifter, workout=404, execution=404, row=404, exercise=bench):
        with pytest.raises(NotFoundError):
            await attempt()
    for attempt in every_edit(gym, lifter, **theirs):
        with pytest.raises(StaleButtonError):
            await attempt(revision=7)
    private = await add_exercise(database, "Secret press", owner=STRANGER)
    archived = await add_exercise(database, "Old press", archived=True)
    for exercise_id in (private, archived, 404):
        for picking in (
            gym.editing.add_exercise(lifter, workout, exercise_id),
            gym.editing.swap_exercise(lifter, ids["bench"], exercise_id),
            gym.editing.replace_exercises(lifter, workout, [PlannedExercise(exercise_id)]),
        ):
            with pytest.raises(NotFoundError):
                await picking
    async with database.writing() as session:
        (await session.get_one(Workout, workout)).finished_at = MONDAY_EVENING
    for attempt in every_edit(gym, lifter, **theirs):
        with pytest.raises(FrozenError):
            await attempt()
    now = await contents(database)
    assert {key: row for key, row in now.items() if key[0] in {"sets", "exercise_executions"}} == {
        key: row for key, row in before.items() if key[0] in {"sets", "exercise_executions"}
    }


async def test_each_edit_counts_as_a_revision(gym: Gym, lifter: int, workout: int, ids: dict[str, int]) -> None:
    edited = await gym.editing.add_set(lifter, ids["bench"], ONE, revision=0)
    assert edited.detail.revision == 1
    assert (await gym.editing.remove_set(lifter, ids["one"], revision=1)).detail.revision == 2


async def test_removing_an_exercise_ends_its_rest_and_no_other(
    database: Database, gym: Gym, lifter: int, workout: int, ids: dict[str, int]
) -> None:
    await gym.notebook.write(lifter, "140x5")
    timer_id = await told(database, message_id=501)
    assert (await gym.editing.remove_exercise(lifter, ids["bench"])).outdated == ()
    assert (await gym.editing.remove_exercise(lifter, ids["squat"])).outdated == (RestMessage(timer_id, 501),)


async def test_twenty_edits_at_once_lose_nothing_and_leave_no_gap(
    database: Database, gym: Gym, lifter: int, workout: int, ids: dict[str, int]
) -> None:
    edit = gym.editing
    await asyncio.gather(
        *(edit.add_set(lifter, ids["bench"], kg(50, reps), 0) for reps in range(10, 15)),
        *(edit.move_set(lifter, ids["three"], place) for place in range(5)),
        *(edit.move_exercise(lifter, ids["squat"], place) for place in (0, 1, 0, 1, 0)),
        edit.remove_set(lifter, ids["one"]),
        *(edit.note_exercise(lifter, ids["bench"], str(number)) for number in range(4)),
    )
    await assert_dense(database)
    edited = await edit.ungroup(lifter, ids["bench"])
    reps = dict(shape(edited))["Bench press"]
    assert sorted(reps, key=str) == [10, 11, 12, 13, 14, 2, 3]
    assert edited.detail.revision == 21


ENTRIES = st.lists(st.builds(kg, st.sampled_from([60, 80]), st.integers(1, 3)), max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=ENTRIES, wanted=st.lists(ENTRIES, min_size=1, max_size=3), random=st.randoms(use_true_random=False))
async def test_replaced_sets_are_exactly_those_and_come_back(
    database: Database, gym: Gym, before: list[SetEntry], wanted: list[list[SetEntry]], random: Random
) -> None:
    lifter_id = await add_lifter(database, next(NEW_LIFTERS))
    exercise_id = await add_exercise(database, "Row", owner=lifter_id)
    workout_id = await add_workout(database, lifter_id, performed={exercise_id: before})
    was = await contents(database)
    for entries in wanted:
        plan = [PlannedExercise(exercise_id, tuple(entries)), PlannedExercise(exercise_id, tuple(entries[:2]))]
        random.shuffle(plan)
        edited = await gym.editing.replace_exercises(lifter_id, workout_id, plan)
        assert [tuple(row.entry for row in done.sets) for done in edited.detail.executions] == [
            planned.entries for planned in plan
        ]
    await assert_dense(database)
    while await gym.undo.latest(lifter_id) is not None:
        await gym.undo.undo(lifter_id)
    assert await contents(database) == was

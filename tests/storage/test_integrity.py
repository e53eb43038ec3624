"""The fuzz test stands on `wrongs`: here each wrong is made by hand, and has to be named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass

import pytest
from sqlalchemy import Update, make_url, select, update

from storage.database import Database
from storage.models import (
    ExerciseExecution,
    ExercisePreference,
    IdleWatch,
    JournalRow,
    PrivateAlias,
    RestTimer,
    Set,
    Target,
    User,
    Workout,
)
from storage.values.chat import JournalStatus, RestState, WatchState
from tests.support.clock import MONDAY_EVENING
from tests.support.integrity import belongings, wrongs
from tests.support.rows import (
    LIFTER,
    STRANGER,
    add_exercise,
    add_journal_row,
    add_lifter,
    add_rest,
    add_workout,
    kg,
)

MESSAGES = {LIFTER: {1, 2, 3}, STRANGER: {4, 5}}


@dataclass(frozen=True)
class Ids:
    """Of rows with which all is well."""

    journal: int
    workout: int
    before: int
    execution: int
    another: int
    earlier: int
    set: int
    target: int
    rest: int
    watch: int
    theirs: int
    strange: int
    """An exercise that is the stranger's own."""


@pytest.fixture
async def ids(database: Database) -> Ids:
    bench, squat = [await add_exercise(database, name) for name in ("Bench press", "Squat")]
    for lifter_id in MESSAGES:
        await add_lifter(database, lifter_id)
    strange = await add_exercise(database, "Strange curl", owner=STRANGER)
    sets = [kg(100, 5), kg(100, 4)]
    before = await add_workout(database, finished=True, performed={bench: sets})
    workout = await add_workout(database, performed={bench: sets, squat: sets})
    theirs = await add_workout(database, STRANGER, performed={strange: sets})
    async with database.reading() as session:
        found = (await session.execute(select(ExerciseExecution.workout_id, ExerciseExecution.id))).all()
        execution, another = sorted(row.id for row in found if row.workout_id == workout)
        (earlier,) = (row.id for row in found if row.workout_id == before)
        last_set = await session.scalar(select(Set.id).where(Set.execution_id == execution, Set.position == 1))
        assert last_set is not None
    target = Target(execution_id=execution, position=0, entry=kg(100, 5))
    watch = IdleWatch(
        user_id=LIFTER,
        workout_id=workout,
        revision=0,
        quiet_since=MONDAY_EVENING,
        due_at=MONDAY_EVENING,
        has_asked=False,
        state=WatchState.WATCHING,
    )
    async with database.writing() as session:
        session.add_all([target, watch])
        session.add(ExercisePreference(user_id=LIFTER, exercise_id=bench))
        session.add(PrivateAlias(user_id=LIFTER, exercise_id=bench, alias="Pressing", alias_key="pressing"))
        await session.execute(update(Workout).where(Workout.id == workout).values(card_message_id=2))
        await session.execute(update(Set).where(Set.id == last_set).values(message_id=1))
        together = ExerciseExecution.workout_id == workout
        await session.execute(update(ExerciseExecution).where(together).values(superset=1))
        await session.execute(update(User).where(User.id == LIFTER).values(step="noting_set:1"))
        await session.execute(update(User).where(User.id == STRANGER).values(step="picking_exercise"))
    return Ids(
        journal=await add_journal_row(database, status=JournalStatus.DONE),
        workout=workout,
        before=before,
        execution=execution,
        another=another,
        earlier=earlier,
        set=last_set,
        target=target.id,
        rest=await add_rest(database, execution, state=RestState.RUNG, message_id=3),
        watch=watch.id,
        theirs=theirs,
        strange=strange,
    )


def _journal(ids: Ids, status: JournalStatus) -> Update:
    return update(JournalRow).where(JournalRow.id == ids.journal).values(status=status)


def _done(execution_id: int) -> Update:
    return update(ExerciseExecution).where(ExerciseExecution.id == execution_id)


def _set(ids: Ids) -> Update:
    return update(Set).where(Set.id == ids.set)


def _rest(ids: Ids) -> Update:
    return update(RestTimer).where(RestTimer.id == ids.rest)


WRONGS: dict[str, list[Callable[[Ids], Update]]] = {
    "journal row {journal} is not done": [
        lambda ids: _journal(ids, JournalStatus.PENDING),
        lambda ids: _journal(ids, JournalStatus.APPLIED),
        lambda ids: _journal(ids, JournalStatus.SET_ASIDE),
    ],
    f"lifter {LIFTER} stands where no conversation can": [
        lambda _: update(User).where(User.id == LIFTER).values(step="noting_sets:1"),
        lambda _: update(User).where(User.id == LIFTER).values(step=""),
    ],
    "the card of workout {workout} is none of the messages in its lifter's chat": [
        lambda ids: update(Workout).where(Workout.id == ids.workout).values(card_message_id=4),
    ],
    "the executions of workout {workout} leave gaps": [
        lambda ids: _done(ids.another).values(position=2),
        lambda ids: _done(ids.execution).values(position=-1),
    ],
    "execution {another} is of a stranger's exercise": [
        lambda ids: _done(ids.another).values(exercise_id=ids.strange),
    ],
    "workout {workout} has a superset of one alone": [lambda ids: _done(ids.another).values(superset=None)],
    "the sets of execution {execution} leave gaps": [lambda ids: _set(ids).values(position=2)],
    "set {set} was typed in a message that its lifter never sent": [lambda ids: _set(ids).values(message_id=5)],
    "the targets of execution {execution} leave gaps": [
        lambda ids: update(Target).where(Target.id == ids.target).values(position=1),
    ],
    "rest {rest} is of a stranger's workout": [lambda ids: _rest(ids).values(user_id=STRANGER)],
    "rest {rest} is of another workout's execution": [lambda ids: _rest(ids).values(execution_id=ids.earlier)],
    "rest {rest} goes on though its workout is over": [
        lambda ids: update(Workout).where(Workout.id == ids.workout).values(finished_at=MONDAY_EVENING),
    ],
    "rest {rest} has ended, and its message is still there": [lambda ids: _rest(ids).values(state=RestState.ENDED)],
    "watch {watch} is over a stranger's workout": [
        lambda ids: update(IdleWatch).where(IdleWatch.id == ids.watch).values(workout_id=ids.theirs),
    ],
    "{strange} is a stranger's exercise, and one of a lifter's exercise_preferences": [
        lambda ids: update(ExercisePreference).values(exercise_id=ids.strange),
    ],
    "{strange} is a stranger's exercise, and one of a lifter's private_aliases": [
        lambda ids: update(PrivateAlias).values(exercise_id=ids.strange),
    ],
}


@pytest.mark.parametrize(
    ("words", "make"), [pytest.param(words, make, id=words) for words, makes in WRONGS.items() for make in makes]
)
async def test_what_is_wrong_is_named_and_nothing_else(
    database: Database, ids: Ids, words: str, make: Callable[[Ids], Update]
) -> None:
    assert await wrongs(database, MESSAGES) == []
    async with database.writing() as session:
        await session.execute(make(ids))
    assert await wrongs(database, MESSAGES) == [words.format_map(asdict(ids))]


async def test_what_is_wrong_with_others_is_not_asked_for(database: Database, ids: Ids) -> None:
    async with database.writing() as session:
        await session.execute(_journal(ids, JournalStatus.PENDING))
        await session.execute(_set(ids).values(position=2, message_id=5))
    assert await wrongs(database, {STRANGER: MESSAGES[STRANGER]}) == []


BROKEN = {
    "lifter 7 has several open workouts": [
        "DROP INDEX uq_workouts_open_user_id",
        "UPDATE workouts SET finished_at = NULL WHERE id = {before}",
    ],
    "execution {another} stands in a stranger's workout": [
        "UPDATE exercise_executions SET user_id = 8 WHERE id = {another}",
    ],
    "a key of row {set} dangles": ["UPDATE sets SET execution_id = 999 WHERE id = {set}"],
}


@pytest.mark.parametrize("words", BROKEN)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_a_constraint_forbids_is_named_too(
    database: Database, database_url: str, ids: Ids, words: str
) -> None:
    with closing(sqlite3.connect(make_url(database_url).database or "")) as connection:
        for statement in BROKEN[words]:
            connection.execute(statement.format_map(asdict(ids)))
        connection.commit()
    assert words.format_map(asdict(ids)) in await wrongs(database, MESSAGES)


@pytest.mark.parametrize(
    ("table", "make"),
    [
        ("users", lambda _: update(User).where(User.id == LIFTER).values(step=None)),
        ("workouts", lambda ids: update(Workout).where(Workout.id == ids.workout).values(revision=1)),
        ("exercise_executions", lambda ids: _done(ids.execution).values(note="Not theirs")),
        ("sets", lambda ids: _set(ids).values(note="Not theirs")),
        ("targets", lambda ids: update(Target).where(Target.id == ids.target).values(clean_reps=6)),
        ("rest_timers", lambda ids: _rest(ids).values(state=RestState.ENDED)),
        ("exercise_preferences", lambda _: update(ExercisePreference).values(rest=60)),
        ("private_aliases", lambda _: update(PrivateAlias).values(alias="pressing")),
    ],
)
async def test_a_change_of_what_somebody_has_is_seen_and_of_what_others_have_is_not(
    database: Database, ids: Ids, table: str, make: Callable[[Ids], Update]
) -> None:
    had, others_had = [await belongings(database, lifter_id) for lifter_id in (LIFTER, STRANGER)]
    async with database.writing() as session:
        await session.execute(make(ids))
    has = await belongings(database, LIFTER)
    assert [name for name in had if had[name] != has[name]] == [table]
    assert await belongings(database, STRANGER) == others_had

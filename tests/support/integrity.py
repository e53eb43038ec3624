"""What must hold of the data of lifters for whom nothing is left to be done, whatever they did."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    table,
    union_all,
)

from handlers.conversation import Step
from storage.database import Database
from storage.models import (
    AccountImport,
    Change,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    IdleWatch,
    ImportedWorkout,
    JournalRow,
    Paste,
    PrivateAlias,
    Reminder,
    ReminderPlan,
    RestHabit,
    RestTimer,
    Set,
    Target,
    Timer,
    User,
    Workout,
)
from storage.values.chat import JournalStatus, RestState

Messages = Mapping[int, Collection[int]]
"""For each lifter the ids of all messages that ever were in their chat."""


async def wrongs(database: Database, messages: Messages) -> list[str]:
    """What is wrong with the data of these lifters, in words."""
    async with database.reading() as session:
        on_sqlite = session.get_bind().dialect.name == "sqlite"
        found = await session.execute(_ALL_ON_SQLITE if on_sqlite else _ALL, {"lifters": list(messages)})
        return [
            words.format(wrong_id)
            for words, wrong_id, lifter_id, message_id in found
            if message_id is None or message_id not in messages[lifter_id]
        ]


async def rests_told(database: Database, lifter_id: int) -> set[int | None]:
    """The messages that tell the lifter of a rest that is over, as far as the bot will take them away."""
    async with database.reading() as session:
        return set(await session.scalars(select(RestTimer.message_id).where(RestTimer.user_id == lifter_id)))


async def belongings(database: Database, lifter_id: int) -> Mapping[str, Sequence[Row[Any]]]:
    """Everything of a lifter's that a stranger could wish to change, by table."""
    executions = select(ExerciseExecution.id).where(ExerciseExecution.user_id == lifter_id)
    own = select(Exercise.id).where(Exercise.user_id == lifter_id)
    tables = [
        (User, User.id == lifter_id),
        *((owned, owned.user_id == lifter_id) for owned in (Workout, ExerciseExecution, Exercise, RestTimer)),
        *((owned, owned.user_id == lifter_id) for owned in (Paste, Change, ExercisePreference, PrivateAlias)),
        *((owned, owned.user_id == lifter_id) for owned in (RestHabit, Timer, ReminderPlan, Reminder, AccountImport)),
        (ImportedWorkout, ImportedWorkout.workout_id.in_(select(Workout.id).where(Workout.user_id == lifter_id))),
        *((part, part.execution_id.in_(executions)) for part in (Set, Target)),
        (ExerciseAlias, ExerciseAlias.exercise_id.in_(own)),
    ]
    async with database.reading() as session:
        return {
            model.__tablename__: (
                await session.execute(select(model.__table__).where(theirs).order_by(*model.__table__.primary_key))
            ).all()
            for model, theirs in tables
        }


def _wrong(words: str, wrong_id: _Column, *conditions: ColumnElement[bool]) -> Select[Any]:
    """What is wrong where all of this is so; in the words `{}` stands for the id of what it is wrong with."""
    return _unless_in_chat(words, wrong_id, _NOTHING, _NOTHING).where(*conditions)


def _unless_in_chat(words: str, wrong_id: _Column, lifter_id: _Column, message_id: _Column) -> Select[Any]:
    """What is wrong if this message was never in the lifter's chat."""
    columns: list[_Column] = [literal(words), wrong_id, lifter_id, message_id]
    return select(*columns)


def _not_dense(words: str, parent_id: _Column, position: _Column) -> Select[Any]:
    """The children of a parent don't stand at 0, 1, …; no two are in one place, which is a constraint."""
    gap = or_(func.min(position) != 0, func.max(position) != func.count() - 1)
    return _wrong(words, parent_id).group_by(parent_id).having(gap)


def _known_step() -> ColumnElement[bool]:
    return or_(*(or_(User.step == step, User.step.startswith(f"{step}:", autoescape=True)) for step in Step))


def _looks() -> Sequence[Select[Any]]:
    done, rest, theirs = ExerciseExecution, RestTimer, Workout.user_id.in_(_LIFTERS)
    in_workouts, of_theirs = done.workout_id == Workout.id, done.user_id.in_(_LIFTERS)
    resting = and_(rest.user_id.in_(_LIFTERS), rest.workout_id == Workout.id, rest.execution_id == done.id)
    return [
        _wrong(
            "journal row {} is not done",
            JournalRow.id,
            JournalRow.user_id.in_(_LIFTERS),
            JournalRow.status != JournalStatus.DONE,
        ),
        _wrong("lifter {} stands where no conversation can", User.id, User.id.in_(_LIFTERS), not_(_known_step())),
        _wrong("lifter {} has several open workouts", Workout.user_id, theirs, Workout.finished_at.is_(None))
        .group_by(Workout.user_id)
        .having(func.count() > 1),
        _unless_in_chat(
            "the card of workout {} is none of the messages in its lifter's chat",
            *(Workout.id, Workout.user_id, Workout.card_message_id),
        ).where(theirs, Workout.card_message_id.is_not(None)),
        _not_dense("the executions of workout {} leave gaps", done.workout_id, done.position).where(of_theirs),
        _wrong(
            "execution {} stands in a stranger's workout", done.id, theirs, in_workouts, done.user_id != Workout.user_id
        ),
        _wrong(
            "execution {} is of a stranger's exercise",
            *(done.id, of_theirs, done.exercise_id == Exercise.id, Exercise.user_id != done.user_id),
        ),
        _wrong("workout {} has a superset of one alone", done.workout_id, of_theirs, done.superset.is_not(None))
        .group_by(done.workout_id, done.superset)
        .having(func.count() == 1),
        _not_dense("the sets of execution {} leave gaps", Set.execution_id, Set.position).where(
            Set.execution_id == done.id, of_theirs
        ),
        _unless_in_chat(
            "set {} was typed in a message that its lifter never sent", *(Set.id, done.user_id, Set.message_id)
        ).where(Set.execution_id == done.id, of_theirs, Set.message_id.is_not(None)),
        _not_dense("the targets of execution {} leave gaps", Target.execution_id, Target.position).where(
            Target.execution_id == done.id, of_theirs
        ),
        _wrong("rest {} is of a stranger's workout", rest.id, resting, Workout.user_id != rest.user_id),
        _wrong("rest {} is of another workout's execution", rest.id, resting, done.workout_id != rest.workout_id),
        _wrong(
            "rest {} goes on though its workout is over",
            *(rest.id, resting, Workout.finished_at.is_not(None), rest.state != RestState.ENDED),
        ),
        _wrong("rest {} has ended, and its message is still there", rest.id, resting, rest.state == RestState.ENDED),
        _wrong(
            "watch {} is over a stranger's workout",
            IdleWatch.id,
            IdleWatch.user_id.in_(_LIFTERS),
            IdleWatch.workout_id == Workout.id,
            Workout.user_id != IdleWatch.user_id,
        ),
        *(
            _wrong(
                f"{{}} is a stranger's exercise, and one of a lifter's {private.__tablename__}",
                Exercise.id,
                private.user_id.in_(_LIFTERS),
                private.exercise_id == Exercise.id,
                Exercise.user_id != private.user_id,
            )
            for private in (ExercisePreference, PrivateAlias)
        ),
    ]


_Column = Any
"""A column, or something like one."""

_LIFTERS: BindParameter[Sequence[int]] = bindparam("lifters", expanding=True)
_NOTHING = cast(null(), BigInteger)

_ALL = union_all(*_looks())
_KEYS = table("pragma_foreign_key_check", column("rowid"))
"""PostgreSQL lets no key dangle; SQLite is asked."""

_ALL_ON_SQLITE = union_all(*_looks(), _wrong("a key of row {} dangles", _KEYS.c.rowid))

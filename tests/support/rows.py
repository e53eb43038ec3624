"""Rows for tests, written straight into the tables. Each function returns what a test refers to later: an id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from storage.database import Database
from storage.models import Base, Exercise, ExerciseAlias, ExerciseExecution, JournalRow, RestTimer, Set, User, Workout
from storage.values.chat import JournalStatus, RestState, Source
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.lifted import SetEntry
from storage.values.name_key import name_key
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING

LIFTER = 7
STRANGER = 8
BOT = 4242


def kg(amount: str | int, reps: int | None = None) -> SetEntry:
    """A working set in kilograms."""
    return SetEntry(weight=Weight.of(Decimal(amount), WeightUnit.KG), clean_reps=reps)


async def add_lifter(
    database: Database, lifter_id: int = LIFTER, *, unit: WeightUnit | None = WeightUnit.KG, rest: int = 120
) -> int:
    async with database.writing() as session:
        session.add(
            User(id=lifter_id, name=f"Lifter {lifter_id}", unit=unit, default_rest=rest, created_at=MONDAY_EVENING)
        )
    return lifter_id


async def add_exercise(
    database: Database,
    name: str,
    *,
    owner: int | None = None,
    aliases: Sequence[str] = (),
    part: BodyPart = BodyPart.CHEST,
    measure: Measure = Measure.WEIGHT_REPS,
    rest: int | None = None,
    archived: bool = False,
) -> int:
    exercise = Exercise(
        user_id=owner,
        name=name,
        name_key=name_key(name),
        body_part=part,
        modality=Modality.BARBELL,
        measure=measure,
        default_rest=rest,
        archived_at=MONDAY_EVENING if archived else None,
        aliases=[ExerciseAlias(alias=alias, alias_key=name_key(alias)) for alias in aliases],
    )
    async with database.writing() as session:
        session.add(exercise)
    return exercise.id


async def add_workout(
    database: Database,
    lifter_id: int = LIFTER,
    *,
    started_at: datetime = MONDAY_EVENING,
    finished: bool = False,
    performed: Mapping[int, Sequence[SetEntry]] | None = None,
) -> int:
    """A workout of an hour, or an open one, with these sets for each exercise."""
    workout = Workout(
        user_id=lifter_id, started_at=started_at, finished_at=started_at + timedelta(hours=1) if finished else None
    )
    async with database.writing() as session:
        session.add(workout)
        await session.flush()
        for position, (exercise_id, entries) in enumerate((performed or {}).items()):
            session.add(
                ExerciseExecution(
                    workout_id=workout.id,
                    user_id=lifter_id,
                    exercise_id=exercise_id,
                    position=position,
                    focused_at=started_at + timedelta(seconds=position),
                    sets=[set_row(place, entry) for place, entry in enumerate(entries)],
                )
            )
    return workout.id


def set_row(position: int, entry: SetEntry, *, execution_id: int | None = None) -> Set:
    return Set(execution_id=execution_id, position=position, logged_at=MONDAY_EVENING, entry=entry)


async def add_execution(database: Database, lifter_id: int = LIFTER, name: str = "Bench press") -> int:
    """An execution in a finished workout, for what hangs on one."""
    exercise_id = await add_exercise(database, name)
    execution = ExerciseExecution(
        workout_id=await add_workout(database, lifter_id, finished=True),
        user_id=lifter_id,
        exercise_id=exercise_id,
        position=0,
        focused_at=MONDAY_EVENING,
    )
    async with database.writing() as session:
        session.add(execution)
    return execution.id


async def add_rest(
    database: Database,
    execution_id: int,
    lifter_id: int = LIFTER,
    *,
    due_at: datetime = MONDAY_EVENING,
    state: RestState = RestState.RUNNING,
    message_id: int | None = None,
    warns: bool = False,
    planned: int | None = None,
    wanted: int | None = None,
) -> int:
    async with database.writing() as session:
        execution = await session.get_one(ExerciseExecution, execution_id)
        timer = RestTimer(
            user_id=lifter_id,
            workout_id=execution.workout_id,
            execution_id=execution_id,
            started_at=MONDAY_EVENING,
            due_at=due_at,
            state=state,
            message_id=message_id,
            warns=warns,
            planned=planned,
            wanted=wanted,
        )
        session.add(timer)
    return timer.id


async def add_journal_row(
    database: Database,
    source_id: int = 1,
    *,
    lifter_id: int = LIFTER,
    bot_id: int = BOT,
    status: JournalStatus = JournalStatus.PENDING,
) -> int:
    row = JournalRow(
        bot_id=bot_id,
        source=Source.TELEGRAM,
        source_id=source_id,
        user_id=lifter_id,
        payload={"update_id": source_id},
        status=status,
        received_at=MONDAY_EVENING,
    )
    async with database.writing() as session:
        session.add(row)
    return row.id


async def how_many(database: Database, model: type[Base]) -> int | None:
    """How many rows the table has."""
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(model))

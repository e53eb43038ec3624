"""Fills a database with training history: the same rows every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Insert, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.models import Base, Exercise, ExerciseExecution, Set, User, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING

SETS_EACH = 3
EXERCISES_EACH = 5
SETS_A_WORKOUT = SETS_EACH * EXERCISES_EACH
PROGRAMME = 25
"""How many exercises one lifter uses."""

_AT_ONCE = 10_000


@dataclass(frozen=True)
class Filled:
    """Who is in the database: an ordinary lifter, and the one with the longest history."""

    sets: int
    ordinary: int
    busiest: int
    _exercises: dict[int, int]

    def exercise_of(self, lifter: int) -> int:
        """An exercise that the lifter uses."""
        return self._exercises[lifter]


async def fill(database: Database, histories: Sequence[int], today: datetime = MONDAY_EVENING) -> Filled:
    """One lifter for each number of sets; the last workout is yesterday's. Statistics are brought up to date."""
    async with database.reading() as session:
        query = select(Exercise.id).where(Exercise.measure == Measure.WEIGHT_REPS).order_by(Exercise.id)
        exercises = list(await session.scalars(query))
    rows = _Rows(exercises, histories, today)
    async with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SET transaction_timeout = 0"))  # no update takes as long as this does
        await _insert(connection, User, rows.users())
        await _insert(connection, Workout, rows.workouts())
        await _insert(connection, ExerciseExecution, rows.executions())
        await _insert(connection, Set, rows.sets())
        if connection.dialect.name == "postgresql":
            for model in (Workout, ExerciseExecution, Set):
                name = model.__tablename__
                await connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")  # noqa: S608 -- the names are the models'
                )
    async with database.engine.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await autocommit.execute(text("ANALYZE"))
    ordinary, busiest = len(histories) - 1, max(range(len(histories)), key=lambda place: histories[place])
    sets = sum(history // SETS_A_WORKOUT * SETS_A_WORKOUT for history in histories)
    used = {_lifter(place): rows.programme(place)[0] for place in (ordinary, busiest)}
    return Filled(sets, _lifter(ordinary), _lifter(busiest), used)


def _lifter(place: int) -> int:
    return 1_000_000 + place


@dataclass(frozen=True)
class _Rows:
    exercises: Sequence[int]
    histories: Sequence[int]
    today: datetime

    def programme(self, place: int) -> Sequence[int]:
        return Random(place).sample(self.exercises, PROGRAMME)  # noqa: S311 -- the same rows every time, no secret

    def users(self) -> Iterator[dict[str, Any]]:
        for place in range(len(self.histories)):
            name = f"Lifter {place}"
            yield {"id": _lifter(place), "name": name, "unit": WeightUnit.KG, "created_at": self.today}

    def workouts(self) -> Iterator[dict[str, Any]]:
        for number, (place, back) in enumerate(self._all_workouts(), start=1):
            started_at = self._started(back)
            yield {
                "id": number,
                "user_id": _lifter(place),
                "title": f"Day {back % 4 + 1}",
                "started_at": started_at,
                "finished_at": started_at + timedelta(hours=1),
            }

    def executions(self) -> Iterator[dict[str, Any]]:
        number = 0
        for workout, (place, back) in enumerate(self._all_workouts(), start=1):
            programme = self.programme(place)
            for position in range(EXERCISES_EACH):
                number += 1
                yield {
                    "id": number,
                    "workout_id": workout,
                    "user_id": _lifter(place),
                    "exercise_id": programme[(back * EXERCISES_EACH + position) % PROGRAMME],
                    "position": position,
                    "focused_at": self._started(back),
                }

    def sets(self) -> Iterator[dict[str, Any]]:
        random = Random(len(self.histories))  # noqa: S311 -- as above
        execution = 0
        for _, back in self._all_workouts():
            for _ in range(EXERCISES_EACH):
                execution += 1
                for position in range(SETS_EACH):
                    yield _set(execution, position, self._started(back), random)

    def _all_workouts(self) -> Iterator[tuple[int, int]]:
        """For each workout whose it is, and how many workouts ago."""
        for place, sets in enumerate(self.histories):
            for back in reversed(range(sets // SETS_A_WORKOUT)):
                yield place, back

    def _started(self, back: int) -> datetime:
        return self.today - timedelta(days=1 + 2 * back)


def _set(execution: int, position: int, at: datetime, random: Random) -> dict[str, Any]:
    entry = SetEntry(Weight.of(random.randrange(20, 160), WeightUnit.KG), random.randrange(3, 12))
    assert entry.weight is not None
    return {
        "execution_id": execution,
        "position": position,
        "logged_at": at,
        "kind": SetKind.WORKING,
        "weight": entry.weight.thousandths,
        "unit": entry.weight.unit,
        "weight_mg": entry.weight.milligrams,
        "clean_reps": entry.clean_reps,
    }


async def _insert(connection: AsyncConnection, model: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    statement: Insert = insert(model)
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            await connection.execute(statement, batch)
            batch = []
    if batch:
        await connection.execute(statement, batch)

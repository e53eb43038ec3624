"""Six lifters: who has done nothing, one set, a month, three years with pauses; in pounds; against the clock.

Every history ends on the same Thursday evening, and is the same whenever it is made.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import insert

from storage.database import Database
from storage.models import ExerciseExecution, Set, Workout
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import set_row

THURSDAY_EVENING = MONDAY_EVENING + timedelta(days=3, hours=2)
_MONDAY = MONDAY_EVENING.date()
_WEEK = timedelta(weeks=1)

BENCH, SQUAT, DEADLIFT = "Bench Press (Barbell)", "Squat (Barbell)", "Deadlift (Barbell)"
PRESS, ROW, CURL = "Overhead Press (Barbell)", "Bent-Over Row (Barbell)", "Hammer Curl (Dumbbell)"
ROMANIAN, LEG_CURL, PULL_UP = "Romanian Deadlift (Barbell)", "Lying Leg Curl (Machine)", "Pull-up"
LONG_NAME = "Single-Leg Romanian Deadlift (Kettlebell)"
PLANK, WEIGHTED_PLANK, RUNNING, CARRY = "Plank", "Plank (Weighted)", "Running", "Farmer's Walk (Handles)"


@dataclass(frozen=True, slots=True)
class Session:
    """A workout: when it began, and the sets of each exercise."""

    began: datetime
    performed: Mapping[str, Sequence[SetEntry]]


@dataclass(frozen=True, slots=True)
class History:
    """What a lifter has done, and in which unit they train."""

    unit: WeightUnit
    sessions: Sequence[Session]

    def of(self, exercise: str) -> Iterator[tuple[date, Sequence[SetEntry]]]:
        """Day by day what was done of it."""
        return ((one.began.date(), one.performed[exercise]) for one in self.sessions if exercise in one.performed)


async def add_history(database: Database, lifter_id: int, history: History, exercises: Mapping[str, int]) -> list[int]:
    """Puts it into the database, whose lifter and exercises are there; the ids of the workouts, oldest first."""
    columns = [one.name for one in Set.__table__.columns if one.name not in {"id", "message_id", "message_edited_at"}]
    ids = list(range(1, len(history.sessions) + 1))
    workouts: list[dict[str, object]] = []
    executions: list[dict[str, object]] = []
    sets: list[dict[str, object]] = []
    for workout_id, one in zip(ids, history.sessions, strict=True):
        ended = one.began + timedelta(hours=1)
        workouts.append({"id": workout_id, "user_id": lifter_id, "started_at": one.began, "finished_at": ended})
        for position, (name, entries) in enumerate(one.performed.items()):
            executions.append(
                {
                    "id": len(executions) + 1,
                    "workout_id": workout_id,
                    "user_id": lifter_id,
                    "exercise_id": exercises[name],
                    "position": position,
                    "focused_at": one.began + timedelta(seconds=position),
                }
            )
            for place, entry in enumerate(entries):
                row = set_row(place, entry, execution_id=len(executions))
                sets.append({column: getattr(row, column) for column in columns} | {"note": "", "logged_at": one.began})
    async with database.writing() as session:
        for model, rows in ((Workout, workouts), (ExerciseExecution, executions), (Set, sets)):
            if rows:
                await session.execute(insert(model), rows)
    return ids


def none() -> History:
    """Nothing yet."""
    return History(WeightUnit.KG, ())


def one_set() -> History:
    """The very first one, today."""
    return History(WeightUnit.KG, (Session(_at(_MONDAY, 3), {BENCH: (_lifted("60", 8, WeightUnit.KG),)}),))


def one_month() -> History:
    """A beginner: three times a week, more on the bar each time, pull-ups with a band."""
    sessions = []
    for number, (week, day) in enumerate((week, day) for week in range(-4, 1) for day in (0, 2, 4)):
        if (week, day) not in {(0, 2), (0, 4)}:
            bench, squat = Decimal(40) + Decimal("2.5") * (number // 2), Decimal(50) + 5 * (number // 2)
            performed = {
                SQUAT: _with_warm_up(squat, 5, 3, WeightUnit.KG),
                BENCH: _with_warm_up(bench, 5, 3, WeightUnit.KG),
                PULL_UP: [_lifted(str(-30 + 2 * number), 6, WeightUnit.KG)] * 3,
                LONG_NAME: [_lifted("16", 10, WeightUnit.KG)] * 2,
            }
            sessions.append(Session(_at(_MONDAY + week * _WEEK, day), performed))
    return History(WeightUnit.KG, sessions)


_PAUSES = ((28, 38), (104, 117))
"""Weeks without training, counted from the first: an injury, and a child."""


def three_years() -> History:
    """Four times a week for three years, fast progress at first and a plateau later, with two pauses of months."""
    chance, sessions, trained = Random(3), [], 0.0  # noqa: S311 -- the same every time
    for number in range(157):
        if any(begins <= number < ends for begins, ends in _PAUSES):
            trained = max(trained - 1.5, 0)
            continue
        trained += 1
        strength = 1 - math.exp(-trained / 45)
        heavy, reps = (0.88, 5) if number % 4 < 2 else (0.79, 8) if number % 4 == 2 else (0.93, 3)
        days: tuple[tuple[int, Mapping[str, float]], ...] = (
            (0, {SQUAT: 80 + 75 * strength, LEG_CURL: 35 + 30 * strength}),
            (1, {BENCH: 60 + 52 * strength, ROW: 55 + 45 * strength, CURL: 14 + 8 * strength}),
            (3, {DEADLIFT: 100 + 95 * strength, ROMANIAN: 80 + 50 * strength}),
            (5, {PRESS: 40 + 26 * strength, BENCH: 56 + 49 * strength, PULL_UP: 0}),
        )
        for day, best in days:
            began = _at(_MONDAY + (number - 156) * _WEEK, day)
            if began > THURSDAY_EVENING or chance.random() < 0.08:
                continue
            form = heavy * (1 + chance.uniform(-0.025, 0.02))
            performed = {
                name: _pull_ups(trained)
                if name == PULL_UP
                else _with_warm_up(_plates(most * form), reps, 3, WeightUnit.KG)
                for name, most in best.items()
            }
            sessions.append(Session(began, performed))
    return History(WeightUnit.KG, sessions)


def _pull_ups(trained: float) -> Sequence[SetEntry]:
    """With a machine's help at first, then without, then with a belt."""
    load = round(-25 + trained * 0.35) // 5 * 5
    return [
        _lifted(str(load), 8 - place, WeightUnit.KG) if load else SetEntry(clean_reps=8 - place) for place in range(3)
    ]


def in_pounds() -> History:
    """An American, three times a week for a year and a half; a name as long as they get."""
    chance, sessions = Random(4), []  # noqa: S311 -- the same every time
    for number in range(78):
        strength = 1 - math.exp(-number / 30)
        for day, (name, least, more) in ((0, (SQUAT, 185, 130)), (2, (BENCH, 135, 90)), (4, (DEADLIFT, 225, 180))):
            began = _at(_MONDAY + (number - 77) * _WEEK, day)
            if began > THURSDAY_EVENING or chance.random() < 0.1:
                continue
            load = 5 * round((least + more * strength) * (1 + chance.uniform(-0.03, 0.03)) / 5)
            performed = {
                name: _with_warm_up(Decimal(load), 5, 3, WeightUnit.LB),
                LONG_NAME: [_lifted("53", 10, WeightUnit.LB)] * 3,
            }
            sessions.append(Session(began, performed))
    return History(WeightUnit.LB, sessions)


def against_the_clock() -> History:
    """Half a year of planks, runs and carries: a long run on Sunday, two evenings in the gym."""
    chance, sessions = Random(5), []  # noqa: S311 -- the same every time
    for number in range(26):
        monday = _MONDAY + (number - 25) * _WEEK
        for day in (0, 2):
            performed: dict[str, Sequence[SetEntry]] = {
                PLANK: [SetEntry(duration=45 + 4 * number - 5 * place + chance.randrange(9)) for place in range(3)],
                WEIGHTED_PLANK: [
                    SetEntry(weight=Weight.of(5 + number // 6 * 5, WeightUnit.KG), duration=30 + number)
                    for _ in range(2)
                ],
                CARRY: [
                    SetEntry(
                        weight=Weight.of(40 + number // 4 * 4, WeightUnit.KG),
                        distance=Distance.of(30 + 5 * (number % 4), DistanceUnit.METRE),
                    )
                    for _ in range(3)
                ],
            }
            sessions.append(Session(_at(monday, day), performed))
        kilometres = Decimal(40 + number * 4 + chance.randrange(-5, 6)) / 10
        seconds = round(float(kilometres) * (372 - 2 * number))
        run = SetEntry(distance=Distance.of(kilometres, DistanceUnit.KILOMETRE), duration=seconds)
        sessions.append(Session(_at(monday, 6), {RUNNING: (run,)}))
    return History(WeightUnit.KG, [one for one in sessions if one.began <= THURSDAY_EVENING])


HISTORIES: Mapping[str, Callable[[], History]] = {
    "none": none,
    "one_set": one_set,
    "one_month": one_month,
    "three_years": three_years,
    "in_pounds": in_pounds,
    "against_the_clock": against_the_clock,
}


def _at(monday: date, day: int) -> datetime:
    return datetime.combine(monday + timedelta(days=day), MONDAY_EVENING.timetz())


def _plates(amount: float) -> Decimal:
    return Decimal(round(amount / 2.5)) * Decimal("2.5")


def _lifted(amount: str, reps: int, unit: WeightUnit, rpe: int | None = None) -> SetEntry:
    return SetEntry(weight=Weight.of(amount, unit), clean_reps=reps, rpe=None if rpe is None else Decimal(rpe) / 2)


def _with_warm_up(load: Decimal, reps: int, sets: int, unit: WeightUnit) -> list[SetEntry]:
    half = Weight.of(load / 2 // 5 * 5, unit)
    warm_up = SetEntry(weight=half, clean_reps=8, kind=SetKind.WARM_UP)
    return [warm_up, *(_lifted(str(load), reps, unit, rpe=14 + place) for place in range(sets))]

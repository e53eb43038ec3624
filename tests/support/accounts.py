"""Accounts as chance makes them, with all that a lifter can have: for what takes them away and brings them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from storage.database import Database
from storage.models import (
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    PrivateAlias,
    Reminder,
    ReminderPlan,
    RestHabit,
    Set,
    Target,
    User,
    Workout,
)
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.lifted import SetEntry, SetKind
from storage.values.name_key import name_key
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from storage.values.reminder import ReminderKind
from tests.support.clock import MONDAY_EVENING

_LETTERS = "abcXYZ äßłø½ ’'\"<&>;,=+-@|\\/{}[]:\n\t\U0001f3cb\u200d\u202e\ufeff中\u0301"
_ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu")
_WITH_WEIGHT = {Measure.WEIGHT_REPS, Measure.WEIGHT_DURATION, Measure.WEIGHT_DISTANCE}
_WITH_REPS = {Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.REPS}
_WITH_DURATION = {Measure.DURATION, Measure.WEIGHT_DURATION, Measure.DISTANCE_DURATION}
_WITH_DISTANCE = {Measure.WEIGHT_DISTANCE, Measure.DISTANCE_DURATION}


async def add_library(database: Database) -> Sequence[int]:
    """A system exercise of every measure, one of them archived, and one that was merged into another."""
    exercises = [
        _exercise(f"Library {measure} (Barbell)", None, measure, catalogue_key=f"library {measure}")
        for measure in Measure
    ]
    exercises[1].archived_at = MONDAY_EVENING
    gone = _exercise("Was merged", None, Measure.REPS, catalogue_key="was merged")
    async with database.writing() as session:
        session.add_all([*exercises, gone])
        await session.flush()
        gone.merged_into_id = exercises[2].id
    return [exercise.id for exercise in exercises]


async def add_account(database: Database, lifter_id: int, library: Sequence[int], random: Random) -> None:
    """A lifter with settings, exercises of every kind and workouts."""
    async with database.writing() as session:
        session.add(_user(lifter_id, random))
        await session.flush()
        session.add_all(_reminders(lifter_id, random))
        own = [_own(lifter_id, number, random) for number in range(random.randint(0, 4))]
        session.add_all(own)
        await session.flush()
        systems = [await session.get_one(Exercise, exercise_id) for exercise_id in library]
        for number, exercise in enumerate(random.sample(systems, random.randint(0, 3))):
            for alias in [f"Mine {number}", f"{_name(random)} mine {number}"][: random.randint(0, 2)]:
                session.add(
                    PrivateAlias(user_id=lifter_id, exercise_id=exercise.id, alias=alias, alias_key=name_key(alias))
                )
        if random.random() < 0.5:
            signpost = _own(lifter_id, 99, random)
            signpost.merged_into_id, signpost.archived_at = systems[0].id, MONDAY_EVENING
            session.add(signpost)
        for exercise in random.sample([*systems, *own], random.randint(0, 4)):
            session.add(_preference(lifter_id, exercise.id, random))
        for exercise in random.sample([*systems, *own], random.randint(0, 3)):
            offered = random.choice([None, 0, 90])
            session.add(
                RestHabit(
                    user_id=lifter_id,
                    exercise_id=exercise.id,
                    length=random.randint(0, 600),
                    times=random.randint(0, 5),
                    offered=offered,
                )
            )
        known = [*systems, *own]
        session.add_all(_workouts(lifter_id, known, random))


def _user(lifter_id: int, random: Random) -> User:
    unit = random.choice([None, *WeightUnit])
    return User(
        id=lifter_id,
        name=f"Lifter {lifter_id}",
        unit=unit,
        created_at=MONDAY_EVENING,
        time_zone=random.choice(_ZONES),
        default_rest=random.choice([0, 120, 3600]),
        warm_up_rest=random.choice([0, 30]),
        drop_rest=random.choice([0, 10]),
        weight_step=None if unit is None else random.choice([None, 1, 2_500, 1_000_000]),
        **{name: random.random() < 0.5 for name in ("asks_rpe", "cleans_messages", "rests_alike", "warns_of_rest")},
    )


def _reminders(lifter_id: int, random: Random) -> Sequence[Any]:
    if random.random() < 0.3:
        return []
    quiet = random.choice([(None, None), (1320, 420)])
    plan = ReminderPlan(user_id=lifter_id, training_at=0, summary_at=1439, quiet_from=quiet[0], quiet_until=quiet[1])
    days = random.sample([(kind, weekday) for kind in ReminderKind for weekday in range(7)], random.randint(0, 3))
    return [
        plan,
        *(
            Reminder(user_id=lifter_id, kind=kind, weekday=weekday, title=_line(random), due_at=MONDAY_EVENING)
            for kind, weekday in days
        ),
    ]


def _exercise(name: str, owner: int | None, measure: Measure, **more: Any) -> Exercise:
    return Exercise(
        user_id=owner,
        name=name,
        name_key=name_key(name),
        body_part=BodyPart.CHEST,
        modality=Modality.BARBELL,
        measure=measure,
        primary_muscles=[Muscle.CHEST.value],
        secondary_muscles=[],
        **more,
    )


def _own(lifter_id: int, number: int, random: Random) -> Exercise:
    step = random.choice([None, 1_250])
    exercise = _exercise(
        f"{_name(random)} own {number}",
        lifter_id,
        random.choice(list(Measure)),
        default_rest=random.choice([None, 0, 90]),
        how=_text(random).strip(),
        weight_step=step,
        weight_step_unit=None if step is None else random.choice(list(WeightUnit)),
        archived_at=random.choice([None, MONDAY_EVENING]),
    )
    aliases = [f"Alias {number} {which}" for which in random.sample("zxy", random.randint(0, 3))]
    exercise.aliases = [ExerciseAlias(alias=alias, alias_key=name_key(alias)) for alias in aliases]
    return exercise


def _preference(lifter_id: int, exercise_id: int, random: Random) -> ExercisePreference:
    return ExercisePreference(
        user_id=lifter_id,
        exercise_id=exercise_id,
        unit=random.choice([None, *WeightUnit]),
        weight_step=random.choice([None, 500]),
        rest=random.choice([None, 0, 75]),
        hidden=random.random() < 0.3,
    )


def _workouts(lifter_id: int, exercises: Sequence[Exercise], random: Random) -> Sequence[Workout]:
    workouts = []
    started_at = MONDAY_EVENING - timedelta(days=400)
    for _ in range(random.randint(0, 6)):
        # Two that were entered afterwards may begin at the same moment.
        started_at += timedelta(days=random.choice([0, 3]), microseconds=random.choice([0, 1, 250_000]))
        finished_at = started_at + timedelta(minutes=random.choice([0, 63, 120]))
        workouts.append(_workout(lifter_id, started_at, finished_at, exercises, random))
    if random.random() < 0.4:
        workouts.append(_workout(lifter_id, MONDAY_EVENING - timedelta(minutes=20), None, exercises, random))
        workouts[-1].ends_at = random.choice([None, MONDAY_EVENING])
        workouts[-1].finished_before = random.choice([None, MONDAY_EVENING])
    return workouts


def _workout(
    lifter_id: int, started_at: Any, finished_at: Any, exercises: Sequence[Exercise], random: Random
) -> Workout:
    performed = random.choices(exercises, k=random.randint(0, 5))
    joined = random.choice([None, 3]) if len(performed) > 1 else None
    return Workout(
        user_id=lifter_id,
        started_at=started_at,
        finished_at=finished_at,
        title=_line(random),
        note=_text(random).strip(),
        executions=[
            ExerciseExecution(
                user_id=lifter_id,
                exercise_id=exercise.id,
                position=place,
                note=_text(random).strip(),
                focused_at=started_at + timedelta(microseconds=place),
                superset=joined if place < 2 else None,
                sets=[
                    Set(position=number, logged_at=started_at, entry=_entry(exercise.measure, random))
                    for number in range(random.randint(0, 4))
                ],
                targets=[
                    Target(position=number, entry=_entry(exercise.measure, random))
                    for number in range(random.choice([0, 0, 2]))
                ],
            )
            for place, exercise in enumerate(performed)
        ],
    )


def _entry(measure: Measure, random: Random) -> SetEntry:
    weight = Weight(random.choice([1, 20_000, 102_500, 225_000]), random.choice(list(WeightUnit)))
    if measure is Measure.BODYWEIGHT_REPS:
        carried = random.choice([None, weight, Weight(-weight.thousandths, weight.unit)])
    else:
        carried = weight if measure in _WITH_WEIGHT else None
    distance = Distance(random.choice([0, 400_000, 5_125]), random.choice(list(DistanceUnit)))
    return SetEntry(
        weight=carried,
        clean_reps=random.randint(0, 15) if measure in _WITH_REPS else None,
        forced_reps=random.choice([0, 0, 2]) if measure in _WITH_REPS else 0,
        kind=random.choice(list(SetKind)),
        rpe=random.choice([None, Decimal(1), Decimal("8.5"), Decimal(10)]),
        duration=random.choice([0, 90]) if measure in _WITH_DURATION else None,
        distance=distance if measure in _WITH_DISTANCE else None,
        note=_text(random),
    )


def _text(random: Random) -> str:
    return "".join(random.choices(_LETTERS, k=random.choice([0, 0, 3, 12])))


def _line(random: Random) -> str:
    return " ".join(_text(random).split())


def _name(random: Random) -> str:
    return f"Lift {_line(random)}".strip()

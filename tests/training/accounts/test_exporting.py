"""What is in an export, and what isn't: decided for every column that there is."""

import csv
import gzip
import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.images import table_of
from storage.models import (
    Base,
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
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING
from tests.support.rows import LIFTER, STRANGER, add_exercise, add_lifter, add_workout, kg
from tests.support.statements import counted
from training.accounts.format import ExportKind
from training.accounts.rows_of_sets import COLUMNS, STRONG_COLUMNS
from training.gym import Gym

TAKEN: dict[type[Base], set[str]] = {
    User: {
        *("unit", "default_rest", "time_zone", "warm_up_rest", "weight_step", "asks_rpe", "cleans_messages"),
        *("rests_alike", "drop_rest", "warns_of_rest"),
    },
    Exercise: {
        *("user_id", "name", "catalogue_key", "body_part", "modality", "measure", "primary_muscles"),
        *("secondary_muscles", "default_rest", "how", "archived_at", "weight_step", "weight_step_unit"),
        "merged_into_id",  # as what it has become
    },
    ExerciseAlias: {"exercise_id", "alias"},
    PrivateAlias: {"exercise_id", "alias"},
    ExercisePreference: {"exercise_id", "unit", "weight_step", "rest", "hidden"},
    RestHabit: {"exercise_id", "length", "times", "offered"},
    ReminderPlan: {"training_at", "summary_at", "quiet_from", "quiet_until"},
    Reminder: {"kind", "weekday", "title"},
    Workout: {"title", "note", "started_at", "finished_at", "finished_before", "ends_at"},
    ExerciseExecution: {"workout_id", "exercise_id", "position", "note", "focused_at", "superset"},
    Set: {
        *("execution_id", "position", "logged_at", "kind", "weight", "unit", "clean_reps", "forced_reps", "rpe"),
        *("duration", "distance", "distance_unit", "note"),
    },
    Target: {
        *("execution_id", "position", "kind", "weight", "unit", "clean_reps", "forced_reps", "rpe"),
        *("duration", "distance", "distance_unit", "note"),
    },
}
"""What an export says."""

LEFT: dict[type[Base], set[str]] = {
    # Whose it is comes from Telegram, where they stand from the chat, whether they are an admin from the host.
    User: {"id", "name", "step", "unreachable_since", "created_at", "is_admin", "leaving_since"},
    Exercise: {"id", "name_key", "is_edited"},
    ExerciseAlias: {"id", "alias_key"},
    PrivateAlias: {"id", "user_id", "alias_key"},
    ExercisePreference: {"user_id"},
    RestHabit: {"user_id"},
    ReminderPlan: {"user_id"},
    Reminder: {"id", "user_id", "due_at"},
    Workout: {"id", "user_id", "revision", "card_message_id", "messages_below"},
    ExerciseExecution: {"id", "user_id", "turned"},
    Set: {"id", "message_id", "message_edited_at", "weight_mg", "distance_mm"},
    Target: {"id", "weight_mg", "distance_mm"},
}
"""What it leaves out of the same tables: keys, what follows from the rest, and what one chat shows."""

NOT_THEIRS_TO_TAKE = {
    # What is under way in one chat, or waits for an answer in it.
    *("journal", "lanes", "rest_timers", "timers", "idle_watches", "pastes", "library_documents", "account_imports"),
    # The way back, which refers to rows.
    *("changes", "imported_workouts"),
    # What is between a lifter and the admins of one host, and the host's own.
    *("proposals", "proposal_notices", "announcements", "deliveries", "audit", "replicas", "duties"),
}


def test_it_is_decided_for_every_column_whether_it_is_taken_away() -> None:
    decided = {model.__tablename__ for model in TAKEN} | NOT_THEIRS_TO_TAKE
    assert decided == set(Base.metadata.tables)
    for model, taken in TAKEN.items():
        assert sorted(column.name for column in table_of(model).columns) == sorted([*taken, *LEFT[model]]), model


async def test_nothing_of_anybody_elses_is_in_it(database: Database, gym: Gym) -> None:
    await add_lifter(database)
    await add_lifter(database, STRANGER)
    bench = await add_exercise(database, "Bench")
    theirs = await add_exercise(database, "Secret lift", owner=STRANGER)
    await add_workout(database, STRANGER, finished=True, performed={bench: [kg(66, 6)], theirs: [kg(77, 7)]})
    document = json.loads((await gym.exports.export(LIFTER, ExportKind.JSON, "Workout")).content)
    assert (document["exercises"], document["workouts"]) == ([], [])


async def test_a_long_history_is_read_in_few_queries_and_compressed_where_it_is_large(
    database: Database, gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_lifter(database)
    bench = await add_exercise(database, "Bench")
    for days in range(45):
        started_at = MONDAY_EVENING - timedelta(days=days)
        await add_workout(database, started_at=started_at, finished=True, performed={bench: [kg(100, 5)] * 3})
    told: list[tuple[int, int]] = []
    with counted(database) as statements:
        plain = await gym.exports.export(LIFTER, ExportKind.JSON, "Workout", lambda *said: told.append(said))
    assert len(statements) < 45
    # However long it takes, no server ends it, which would begin it again and again.
    is_unbound = any("set_config('transaction_timeout', '0', true)" in one.text for one in statements)
    assert is_unbound is (database.engine.dialect.name == "postgresql")
    assert told == [(10, 45), (20, 45), (30, 45), (40, 45), (45, 45)]
    assert plain.name == "spotter-2026-01-05.json"
    monkeypatch.setattr("training.accounts.exporting.COMPRESSED_FROM", 1_000)
    small = await gym.exports.export(LIFTER, ExportKind.JSON, "Workout")
    assert small.name == "spotter-2026-01-05.json.gz"
    assert gzip.decompress(small.content) == plain.content
    assert (await gym.exports.export(LIFTER, ExportKind.JSON, "Workout")) == small


async def test_of_workouts_with_much_in_them_fewer_are_read_at_once(
    database: Database, gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_lifter(database)
    bench = await add_exercise(database, "Bench")
    for days, sets in enumerate((3, 0, 3, 9, 1)):
        started_at = MONDAY_EVENING + timedelta(days=days)
        performed = {bench: [kg(100, 5)] * sets}
        workout_id = await add_workout(database, started_at=started_at, finished=True, performed=performed)
    whole = await gym.exports.export(LIFTER, ExportKind.JSON, "Workout")
    async with database.writing() as session:
        execution = await session.scalar(select(ExerciseExecution).where(ExerciseExecution.workout_id == workout_id))
        assert execution is not None
        session.add_all(Target(execution_id=execution.id, position=place, entry=kg(100, 5)) for place in range(5))
    monkeypatch.setattr("storage.taking_out._LIFTED_AT_ONCE", 6)
    told: list[int] = []
    more = await gym.exports.export(LIFTER, ExportKind.JSON, "Workout", lambda done, _: told.append(done))
    assert told == [3, 4, 5]
    assert [len(json.loads(one.content)["workouts"]) for one in (whole, more)] == [5, 5]


SETS = [
    SetEntry(Weight.of("102.5", WeightUnit.KG), 5, 2, SetKind.AMRAP, Decimal("8.5"), note='=HYPERLINK("x")'),
    SetEntry(Weight.of(225, WeightUnit.LB), 5, kind=SetKind.WARM_UP, note='say "hi"; go'),
]


@pytest.fixture
async def a_day(database: Database, gym: Gym) -> None:
    """A workout on a Sunday morning in Auckland: with signs of formulas, two units and a run."""
    await add_lifter(database)
    bench = await add_exercise(database, "@Bench")
    run = await add_exercise(database, "Run", measure=Measure.DISTANCE_DURATION)
    ran = SetEntry(distance=Distance.of("5.25", DistanceUnit.KILOMETRE), duration=1_500)
    workout_id = await add_workout(database, finished=True, performed={bench: SETS, run: [ran]})
    async with database.writing() as session:
        (await session.get_one(User, LIFTER)).time_zone = "Pacific/Auckland"
        workout = await session.get_one(Workout, workout_id)
        workout.note = "line\nbreak"
        workout.finished_at = MONDAY_EVENING + timedelta(minutes=65)


@pytest.mark.usefixtures("a_day")
async def test_the_csv_has_a_row_per_set_and_no_formula(gym: Gym) -> None:
    exported = await gym.exports.export(LIFTER, ExportKind.CSV, "Workout")
    assert exported.name == "spotter-csv-2026-01-06.csv"
    first, second, third = csv.DictReader(StringIO(exported.content.decode("utf-8-sig"), newline=""))
    assert tuple(first) == COLUMNS
    assert (first["workout_started_at"], first["workout_finished_at"]) == (
        "2026-01-06T07:00:00+13:00",
        "2026-01-06T08:05:00+13:00",
    )
    assert (first["exercise"], first["note"], first["workout_note"]) == ("'@Bench", '\'=HYPERLINK("x")', "line\nbreak")
    assert (first["weight"], first["weight_kg"], first["reps"], first["forced_reps"]) == ("102.5", "102.5", "5", "2")
    assert (first["kind"], first["rpe"], second["rpe"]) == ("amrap", "8.5", "")
    assert (second["set_number"], second["weight_unit"], second["weight_kg"]) == ("2", "lb", "102.058283")
    assert (third["exercise_number"], third["distance_m"], third["duration_seconds"]) == ("2", "5250", "1500")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\n", "'=", "\uff1d", "\uff20"])
async def test_no_sign_begins_a_formula(database: Database, gym: Gym, sign: str) -> None:
    await add_lifter(database)
    noted = SetEntry(Weight.of(100, WeightUnit.KG), 5, note=f"{sign}1+1")
    await add_workout(database, finished=True, performed={await add_exercise(database, "Bench"): [noted]})
    content = (await gym.exports.export(LIFTER, ExportKind.CSV, "Workout")).content.decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(content, newline=""))
    assert row["note"] == f"'{sign}1+1"


@pytest.mark.usefixtures("a_day")
async def test_the_layout_of_strong_is_what_its_readers_take(gym: Gym) -> None:
    exported = await gym.exports.export(LIFTER, ExportKind.STRONG, "Workout")
    lines = exported.content.decode().splitlines()
    assert lines[0] == ";".join(STRONG_COLUMNS)
    day = '2026-01-06 07:00:00;"Workout"'
    assert lines[1:] == [
        f'{day};"\'@Bench";1;102.5;kg;7;8.5;;;0;"amrap, 5+2, =HYPERLINK(""x"")";"line break";1h 5m',
        f'{day};"\'@Bench";2;225;lbs;5;;;;0;"warm-up, say ""hi""; go";"line break";1h 5m',
        f'{day};"Run";1;;;;;5.25;km;1500;"";"line break";1h 5m',
    ]
    assert len(next(csv.reader([lines[2]], delimiter=";"))) == len(STRONG_COLUMNS)


async def test_who_has_done_nothing_yet_gets_files_too(database: Database, gym: Gym) -> None:
    await add_lifter(database, unit=None)
    for kind in ExportKind:
        assert (await gym.exports.export(LIFTER, kind, "Workout")).workouts == 0

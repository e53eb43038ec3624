"""The page about a lifter's data as a file says what the code writes and takes."""

import re
from pathlib import Path

from storage.values.exercise import Measure
from storage.values.lifted import SetKind
from storage.values.quantity import DistanceUnit
from tests.support.clock import MONDAY_EVENING
from training.accounts import format as fields
from training.accounts.reading import read_account
from training.accounts.rows_of_sets import COLUMNS, STRONG_COLUMNS
from training.importing.ticking import Ticker

PAGE = (Path(__file__).parents[2] / "docs/export-format.md").read_text(encoding="utf-8")


def table(above: str) -> dict[str, str]:
    """What the first table below this line says of each field."""
    rows = PAGE.split(f"\n{above}\n", 1)[1].split("\n| --- | --- |\n", 1)[1].split("\n\n", 1)[0]
    lines = [line.split("|")[1:3] for line in rows.splitlines()]
    return {field: says for named, says in lines for field in re.findall(r"`(\w+)`", named)}


def test_every_field_is_there() -> None:
    for above, wanted in (
        ("### settings", fields.SETTINGS),
        ("### reminders", fields.REMINDERS),
        ("### exercises", fields.EXERCISE),
        ("### workouts", fields.WORKOUT),
        ("What was done of an exercise:", fields.PERFORMED),
        ("A set; a target has the same fields but `logged_at`:", fields.SET),
    ):
        assert sorted(table(above)) == sorted(wanted), above
    said = table("### exercises")
    assert re.findall(r"`(\w+)`", said["preference"]) == list(fields.PREFERENCE)
    assert re.findall(r"`(\w+)`", said["habit"]) == list(fields.HABIT)
    assert set(fields.DAY) <= set(re.findall(r"`(\w+)`", table("### reminders")["days"]))


def test_every_choice_is_there() -> None:
    lifted = table("A set; a target has the same fields but `logged_at`:")
    assert re.findall(r"`(\w+)`", lifted["kind"]) == list(SetKind)
    assert re.findall(r"`(\w+)`", lifted["distance_unit"]) == list(DistanceUnit)


def test_the_limits_are_those_that_hold() -> None:
    assert f"From {fields.COMPRESSED_FROM >> 20} MB on" in PAGE
    assert f"up to {fields.LARGEST_FILE >> 20} MB, up to {fields.LARGEST_TEXT >> 20} MB of text" in PAGE
    assert f"{fields.MOST_NAMES_IN_ALL:,} other names of exercises" in PAGE
    assert f"{fields.MOST_EXERCISES:,} exercises and {fields.MOST_WORKOUTS:,} workouts" in PAGE
    assert f"`version` is {fields.VERSION}." in PAGE


def test_the_example_can_be_imported() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    account = read_account(example.encode(), MONDAY_EVENING, Ticker())
    assert [exercise.measure for exercise in account.exercises] == [Measure.WEIGHT_REPS, Measure.WEIGHT_DISTANCE]
    assert [len(done.sets) for workout in account.workouts for done in workout.executions] == [2]


def test_the_columns_are_those_that_are_written() -> None:
    assert f"\n{','.join(COLUMNS)}\n" in PAGE
    assert f"\n{';'.join(STRONG_COLUMNS)}\n" in PAGE

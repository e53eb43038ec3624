"""A lifter's sets as CSV: our own columns, or the layout that Strong writes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from storage.models import Exercise
from storage.taking_out import WholeWorkout
from storage.values.lifted import SetKind
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from training.accounts.writing import amount_of, plain

COLUMNS = (
    "workout_started_at",
    "workout_finished_at",
    "workout_title",
    "workout_note",
    "exercise_number",
    "exercise",
    "exercise_note",
    "superset",
    "set_number",
    "logged_at",
    "kind",
    "weight",
    "weight_unit",
    "weight_kg",
    "reps",
    "forced_reps",
    "rpe",
    "duration_seconds",
    "distance",
    "distance_unit",
    "distance_m",
    "note",
)
STRONG_COLUMNS = (
    "Date",
    "Workout Name",
    "Exercise Name",
    "Set Order",
    "Weight",
    "Weight Unit",
    "Reps",
    "RPE",
    "Distance",
    "Distance Unit",
    "Seconds",
    "Notes",
    "Workout Notes",
    "Workout Duration",
)

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""The wide signs of East Asian keyboards count as the others do."""

_STRONG_WEIGHT = {WeightUnit.KG: "kg", WeightUnit.LB: "lbs"}
_STRONG_QUOTED = (1, 2, 11, 12)
"""The cells of texts stand in quotation marks, also empty ones, as in Strong's own files."""

Exercises = Mapping[int, Exercise]
"""By their ids."""


def csv_head() -> str:
    """The names of the columns, behind the mark by which spreadsheet programs know UTF-8."""
    return "\ufeff" + _line(COLUMNS)


def csv_rows(workout: WholeWorkout, exercises: Exercises, zone: ZoneInfo) -> str:
    """The workout's sets."""
    head = workout.head
    whole = [_local(head.started_at, zone), _local(head.finished_at, zone), _text(head.title), _text(head.note)]
    rows = []
    for number, done in enumerate(workout.executions, 1):
        name = _text(exercises[done.row.exercise_id].name)
        performed = [number, name, _text(done.row.note), done.row.superset]
        rows += [
            _line([*whole, *performed, place, _local(one.logged_at, zone), *_amounts(one), _text(one.note)])
            for place, one in enumerate(done.sets, 1)
        ]
    return "".join(rows)


def strong_head() -> str:
    """The names of the columns."""
    return ";".join(STRONG_COLUMNS) + "\n"


def strong_rows(workout: WholeWorkout, exercises: Exercises, zone: ZoneInfo, untitled: str) -> str:
    """The workout's sets. One without a title is called `untitled`, since Strong's workouts have names."""
    head = workout.head
    started_at = head.started_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    length = _length(head.started_at, head.finished_at)
    rows = []
    for done in workout.executions:
        exercise = exercises[done.row.exercise_id]
        for place, one in enumerate(done.sets, 1):
            weight, unit = amount_of(one.weight), None if one.unit is None else _STRONG_WEIGHT[one.unit]
            distance, distance_unit = amount_of(one.distance), one.distance_unit
            reps = None if one.clean_reps is None else one.clean_reps + one.forced_reps
            lifted = [weight, unit, reps, _rpe(one), distance, distance_unit, one.duration or 0]
            notes = [_strong_note(one, done.row.note if place == 1 else ""), head.note]
            rows.append(
                _strong_line([started_at, head.title or untitled, exercise.name, place, *lifted, *notes, length])
            )
    return "".join(rows)


def _amounts(row: Any) -> Iterator[Any]:
    yield row.kind.value
    yield amount_of(row.weight)
    yield row.unit
    yield None if row.weight is None else _kilograms(row.weight, row.unit)
    yield row.clean_reps
    yield row.forced_reps or None
    yield _rpe(row)
    yield row.duration
    yield amount_of(row.distance)
    yield row.distance_unit
    yield None if row.distance is None else _metres(row.distance, row.distance_unit)


def _kilograms(thousandths: int, unit: WeightUnit) -> str:
    return plain(Decimal(Weight(thousandths, unit).milligrams) / 1_000_000)


def _metres(thousandths: int, unit: DistanceUnit) -> str:
    return plain(Decimal(Distance(thousandths, unit).millimetres) / 1_000)


def _rpe(row: Any) -> str | None:
    return None if row.rpe is None else plain(row.rpe)


def _strong_note(row: Any, above: str) -> str:
    """What the layout has no column for comes first: the kind of the set, and which of its reps were forced."""
    kind = "" if row.kind is SetKind.WORKING else row.kind.value.replace("_", "-")
    forced = f"{row.clean_reps}+{row.forced_reps}" if row.forced_reps else ""
    return ", ".join(part for part in (kind, forced, row.note, above) if part)


def _length(started_at: datetime, finished_at: datetime | None) -> str:
    minutes = 0 if finished_at is None else int((finished_at - started_at).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours}h {rest}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"


def _local(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")


def _text(text: str) -> str:
    """What a spreadsheet program would take for a formula has an apostrophe in front."""
    return f"'{text}" if _FORMULA.match(text) else text


def _line(cells: Sequence[Any]) -> str:
    line = StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _strong_line(cells: Sequence[Any]) -> str:
    return ";".join(_strong_cell(place, cell) for place, cell in enumerate(cells)) + "\n"


def _strong_cell(place: int, cell: Any) -> str:
    if place not in _STRONG_QUOTED:
        return "" if cell is None else str(cell)
    # Readers of this layout take it line by line.
    text = _text(" ".join(cell.split()))
    return '"' + text.replace('"', '""') + '"'

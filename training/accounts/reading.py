"""Reading a lifter's file: all is checked as if it were typed, and of a file that is wrong nothing is taken."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from storage.taking_out import Performed, WholeWorkout
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.lifted import SetEntry, SetKind
from storage.values.name_key import name_key
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from storage.values.reminder import ReminderKind
from training.accounts import format as fields_of
from training.accounts.faults import Fault, UnreadableAccountError, Why
from training.accounts.format import (
    FORMAT,
    LARGEST_FILE,
    LARGEST_TEXT,
    MOST_EXERCISES,
    MOST_NAMES,
    MOST_NAMES_IN_ALL,
    MOST_WORKOUTS,
)
from training.accounts.parts import Part, wrong
from training.errors import InvalidValueError
from training.exercise_detail import LARGEST_STEP, LONGEST_HOW, LONGEST_REST
from training.importing.ticking import Ticker
from training.limits import LONGEST_TITLE, MOST_EXECUTIONS, MOST_SETS
from training.measuring import LONGEST_NOTE, LONGEST_SECONDS, LONGEST_SET_NOTE, MOST_REPS, fault_of
from training.naming import LONGEST_NAME, tidy_name
from training.occurrences import DAYS, MINUTES
from training.zones import known_zones

_MOST_OBJECTS = 500_000
_MOST_VALUES = 3_000_000
"""More than the largest export has; they would fill the memory."""

_LARGEST = 1_000_000_000
"""Such numbers are still counted on."""
_LONGEST_ZONE = 64
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class ReadExercise:
    """An exercise of the file. `columns` are what its row would say but for names, `names` are the lifter's alone."""

    name: str
    is_own: bool
    catalogue_key: str | None
    measure: Measure
    columns: Mapping[str, Any]
    aliases: Sequence[str]
    names: Sequence[str]
    preference: Mapping[str, Any] | None
    habit: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ReadReminders:
    """When the lifter wants to be reminded."""

    plan: Mapping[str, int | None]
    days: Sequence[tuple[ReminderKind, int, str]]


@dataclass(frozen=True, slots=True)
class Account:
    """All that is in a file. In its workouts the places of exercises stand where their ids would."""

    settings: Mapping[str, Any]
    reminders: ReadReminders | None
    exercises: Sequence[ReadExercise]
    workouts: Sequence[WholeWorkout]


@dataclass(slots=True)
class ReadHead:
    """As the row of a workout."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    ends_at: datetime | None
    finished_before: datetime | None
    title: str
    note: str


@dataclass(slots=True)
class ReadPerformed:
    """As the row of an execution; `exercise_id` is the place of its exercise in the file."""

    exercise_id: int
    superset: int | None
    note: str
    focused_at: datetime


@dataclass(slots=True)
class ReadLifted:
    """As the row of a set, or of a target, which was logged at no time."""

    entry: SetEntry
    logged_at: datetime | None
    kind: SetKind = field(init=False)
    weight: int | None = field(init=False)
    unit: WeightUnit | None = field(init=False)
    clean_reps: int | None = field(init=False)
    forced_reps: int = field(init=False)
    rpe: Decimal | None = field(init=False)
    duration: int | None = field(init=False)
    distance: int | None = field(init=False)
    distance_unit: DistanceUnit | None = field(init=False)
    note: str = field(init=False)

    def __post_init__(self) -> None:
        entry, weight, distance = self.entry, self.entry.weight, self.entry.distance
        self.kind, self.rpe, self.duration, self.note = entry.kind, entry.rpe, entry.duration, entry.note
        self.clean_reps, self.forced_reps = entry.clean_reps, entry.forced_reps
        self.weight, self.unit = (None, None) if weight is None else (weight.thousandths, weight.unit)
        self.distance, self.distance_unit = (None, None) if distance is None else (distance.thousandths, distance.unit)


def read_account(content: bytes, now: datetime, ticker: Ticker) -> Account:
    """What is in the file. Raises UnreadableAccountError."""
    value = _parsed(_text_of(content))
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise UnreadableAccountError(Fault.NOT_OURS)
    top = Part(value, "", tuple(value), now)
    version = top.required("version", 1, _LARGEST)
    if version > fields_of.VERSION:
        raise UnreadableAccountError(Fault.NEWER)
    top = Part(value, "", ("format", "version", "settings", "reminders", "exercises", "workouts"), now)
    exercises = [_exercise(part) for part in top.parts("exercises", fields_of.EXERCISE, MOST_EXERCISES)]
    if sum(len(one.aliases) + len(one.names) for one in exercises) > MOST_NAMES_IN_ALL:
        raise wrong("exercises", Why.TOO_MANY, limit=MOST_NAMES_IN_ALL)
    _require_single([(name_key(one.name), one.is_own) for one in exercises])
    workouts = []
    for part in top.parts("workouts", fields_of.WORKOUT, MOST_WORKOUTS):
        workouts.append(_workout(part, exercises))
        ticker.tick()
    if sum(workout.head.finished_at is None for workout in workouts) > 1:
        raise wrong("workouts", Why.SEVERAL_OPEN)
    return Account(
        _settings(top.part("settings", fields_of.SETTINGS)),
        _reminders(top.part("reminders", fields_of.REMINDERS)),
        exercises,
        workouts,
    )


def looks_like_export(content: bytes) -> bool:
    """Whether this is to be read as a lifter's own file: it begins as one, or is compressed as only those are."""
    start = content[:400].decode("utf-8", "replace")
    return content.startswith(_GZIP) or (f'"{FORMAT}"' in start and '"format"' in start)


def check_size(size: int) -> None:
    """Raises UnreadableAccountError if a file of so many bytes is too large."""
    if size > LARGEST_FILE:
        raise UnreadableAccountError(Fault.TOO_LARGE, limit=LARGEST_FILE)


def _text_of(content: bytes) -> str:
    check_size(len(content))
    if content.startswith(_GZIP):
        content = _unpacked(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableAccountError(Fault.NOT_TEXT) from None
    if not text.strip():
        raise UnreadableAccountError(Fault.EMPTY)
    if text.count("{") + text.count("[") > _MOST_OBJECTS or text.count(",") > _MOST_VALUES:
        raise UnreadableAccountError(Fault.TOO_MUCH)
    return text


def _unpacked(content: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacking.decompress(content, LARGEST_TEXT + 1)
    except zlib.error:
        raise UnreadableAccountError(Fault.BROKEN_GZIP) from None
    if len(unpacked) > LARGEST_TEXT:
        raise UnreadableAccountError(Fault.TOO_LARGE, limit=LARGEST_TEXT)
    if not unpacking.eof or unpacking.unused_data:
        raise UnreadableAccountError(Fault.BROKEN_GZIP)
    return unpacked


def _parsed(text: str) -> Any:
    # Each hook is a place where others get the interpreter.
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_whole, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise UnreadableAccountError(Fault.BROKEN_JSON, line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise UnreadableAccountError(Fault.TOO_DEEP) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise wrong(twice, Why.TWICE)
    return made


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else float("inf")  # which is no whole number, and refused as such


def _constant(name: str) -> Any:
    raise wrong(name, Why.KIND, said="number")


def _require_single(names: Sequence[tuple[str, bool]]) -> None:
    seen = set()
    for place, name in enumerate(names):
        if name in seen:
            raise wrong(f"exercises[{place}].name", Why.TWICE)
        seen.add(name)


def _settings(part: Part | None) -> Mapping[str, Any]:
    if part is None:
        return {}
    unit = part.choice("unit", WeightUnit)
    step = _step(part, "weight_step")
    if step is not None and unit is None:
        raise wrong(part.at("unit"), Why.MISSING)
    zone = part.text("time_zone", _LONGEST_ZONE)
    if zone not in known_zones():
        raise wrong(part.at("time_zone"), Why.CHOICE, said="Europe/Berlin, UTC, …")
    flags = ("rests_alike", "warns_of_rest", "asks_rpe", "cleans_messages")
    rests = ("default_rest", "warm_up_rest", "drop_rest")
    return {
        "unit": unit,
        "weight_step": step,
        "time_zone": zone,
        **{name: part.required(name, 0, LONGEST_REST) for name in rests},
        **{name: part.flag(name) for name in flags},
    }


def _reminders(part: Part | None) -> ReadReminders | None:
    if part is None:
        return None
    plan = {name: part.required(name, 0, MINUTES - 1) for name in ("training_at", "summary_at")}
    quiet = {name: part.number(name, 0, MINUTES - 1) for name in ("quiet_from", "quiet_until")}
    begins, ends = quiet["quiet_from"], quiet["quiet_until"]
    if (begins is None) is not (ends is None) or (begins is not None and begins == ends):
        raise wrong(part.at("quiet_until"), Why.TIME)
    days = [
        (day.chosen("kind", ReminderKind), day.required("weekday", 0, DAYS - 1), day.text("title", LONGEST_TITLE))
        for day in part.parts("days", fields_of.DAY, 2 * DAYS)
    ]
    if len({(kind, weekday) for kind, weekday, _ in days}) < len(days):
        raise wrong(part.at("days"), Why.TWICE)
    return ReadReminders({**plan, **quiet}, days)


def _exercise(part: Part) -> ReadExercise:
    measure = part.chosen("measure", Measure)
    step, step_unit = _step(part, "weight_step"), part.choice("weight_step_unit", WeightUnit)
    if (step is None) is not (step_unit is None):
        raise wrong(part.at("weight_step_unit"), Why.MISSING)
    primary, secondary = (_muscles(part, name) for name in ("primary", "secondary"))
    columns = {
        "body_part": part.chosen("body_part", BodyPart),
        "modality": part.chosen("modality", Modality),
        "measure": measure,
        "primary_muscles": primary,
        "secondary_muscles": secondary,
        "default_rest": part.number("rest", 0, LONGEST_REST),
        "weight_step": step,
        "weight_step_unit": step_unit,
        "how": part.text("how", LONGEST_HOW),
        "archived_at": part.time("archived_at"),
    }
    name = part.text("name", LONGEST_NAME)
    return ReadExercise(
        name=_name(name, part.at("name")),
        is_own=part.flag("own"),
        catalogue_key=part.text("catalogue_key", LONGEST_NAME * 4) or None,
        measure=measure,
        columns=columns,
        aliases=_names(part, "aliases"),
        names=_names(part, "names"),
        preference=_preference(part.part("preference", fields_of.PREFERENCE)),
        habit=_habit(part.part("habit", fields_of.HABIT)),
    )


def _names(part: Part, field_name: str) -> Sequence[str]:
    texts = part.texts(field_name, LONGEST_NAME, MOST_NAMES)
    names = [_name(text, f"{part.at(field_name)}[{place}]") for place, text in enumerate(texts)]
    if len({name_key(name) for name in names}) < len(names):
        raise wrong(part.at(field_name), Why.TWICE)
    return names


def _name(text: str, where: str) -> str:
    try:
        return tidy_name(text)
    except InvalidValueError:
        raise wrong(where, Why.TEXT) from None


def _muscles(part: Part, field_name: str) -> list[str]:
    texts = part.texts(field_name, LONGEST_NAME, len(Muscle))
    if unknown := next((text for text in texts if text not in set(Muscle)), None):
        raise wrong(f"{part.at(field_name)}[{texts.index(unknown)}]", Why.CHOICE, said=", ".join(Muscle))
    return texts


def _preference(part: Part | None) -> Mapping[str, Any] | None:
    if part is None:
        return None
    return {
        "unit": part.choice("unit", WeightUnit),
        "weight_step": _step(part, "weight_step"),
        "rest": part.number("rest", 0, LONGEST_REST),
        "hidden": part.flag("hidden"),
    }


def _habit(part: Part | None) -> Mapping[str, Any] | None:
    if part is None:
        return None
    most = {"length": LONGEST_SECONDS, "times": _LARGEST}
    required = {name: part.required(name, 0, limit) for name, limit in most.items()}
    return {**required, "offered": part.number("offered", 0, LONGEST_SECONDS)}


def _step(part: Part, field_name: str) -> int | None:
    step = part.amount(field_name)
    if step is not None and not 0 < step <= LARGEST_STEP * 1000:
        raise wrong(part.at(field_name), Why.RANGE, said="0.001", limit=LARGEST_STEP)
    return step


def _workout(part: Part, exercises: Sequence[ReadExercise]) -> WholeWorkout:
    started_at, finished_at = part.moment("started_at"), part.time("finished_at")
    ends_at, finished_before = part.time("ends_at"), part.time("finished_before")
    if finished_at is not None and finished_at < started_at:
        raise wrong(part.at("finished_at"), Why.ORDER)
    title, note = part.text("title", LONGEST_TITLE), part.text("note", LONGEST_NOTE)
    head = ReadHead(0, started_at, finished_at, ends_at, finished_before, title, note)
    workout = WholeWorkout(head)
    for place in part.parts("exercises", fields_of.PERFORMED, MOST_EXECUTIONS):
        workout.executions.append(_performed(place, exercises))
    supersets = Counter(done.row.superset for done in workout.executions if done.row.superset is not None)
    if 1 in supersets.values():
        raise wrong(part.at("exercises"), Why.ALONE)
    return workout


def _performed(part: Part, exercises: Sequence[ReadExercise]) -> Performed:
    place = part.required("exercise", 0, _LARGEST)
    if place >= len(exercises):
        raise wrong(part.at("exercise"), Why.NO_EXERCISE)
    measure, note = exercises[place].measure, part.text("note", LONGEST_NOTE)
    row = ReadPerformed(place, part.number("superset", 0, _LARGEST), note, part.moment("focused_at"))
    return Performed(
        row,
        [_lifted(one, measure, one.moment("logged_at")) for one in part.parts("sets", fields_of.SET, MOST_SETS)],
        [_lifted(one, measure, None) for one in part.parts("targets", fields_of.TARGET, MOST_SETS)],
    )


def _lifted(part: Part, measure: Measure, logged_at: datetime | None) -> Any:
    weight, unit = part.amount("weight"), part.choice("unit", WeightUnit)
    distance, distance_unit = part.amount("distance"), part.choice("distance_unit", DistanceUnit)
    for amount, its_unit, name in ((weight, unit, "unit"), (distance, distance_unit, "distance_unit")):
        if (amount is None) is not (its_unit is None):
            raise wrong(part.at(name), Why.MISSING)
    halves = part.amount("rpe")
    entry = SetEntry(
        weight=None if weight is None or unit is None else Weight(weight, unit),
        clean_reps=part.number("reps", 0, MOST_REPS),
        forced_reps=part.number("forced_reps", 0, MOST_REPS) or 0,
        kind=part.choice("kind", SetKind) or SetKind.WORKING,
        rpe=None if halves is None else Decimal(halves) / 1000,
        duration=part.number("duration", 0, LONGEST_SECONDS),
        distance=None if distance is None or distance_unit is None else Distance(distance, distance_unit),
        note=part.text("note", LONGEST_SET_NOTE),
    )
    if (fault := fault_of(entry, measure)) is not None:
        raise UnreadableAccountError(Fault.WRONG, part.where, Why.SET, set_fault=fault)
    return ReadLifted(entry, logged_at)

"""A file that isn't right is refused with a word that says where and what; nothing of it is taken."""

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.export.refusing import why_unreadable
from tests.support.clock import MONDAY_EVENING
from training.accounts.faults import Fault, UnreadableAccountError, Why
from training.accounts.format import LARGEST_FILE, LARGEST_TEXT
from training.accounts.reading import Account, read_account
from training.importing.ticking import Ticker
from training.measuring import SetFault

BENCH = {"name": "Bench", "body_part": "chest", "modality": "barbell", "measure": "weight_reps"}
SET = {"weight": "100", "unit": "kg", "reps": 5, "logged_at": "2026-01-05T17:00:00Z"}
WORKOUT = {
    "started_at": "2026-01-05T17:00:00Z",
    "finished_at": "2026-01-05T18:00:00Z",
    "exercises": [{"exercise": 0, "focused_at": "2026-01-05T17:00:00Z", "sets": [SET]}],
}


def a_file() -> dict[str, Any]:
    """One that is right."""
    return json.loads(  # type: ignore[no-any-return] # it is what was dumped
        json.dumps({"format": "spotter", "version": 1, "exercises": [BENCH], "workouts": [WORKOUT]})
    )


def read(content: bytes, now: datetime = MONDAY_EVENING) -> Account:
    return read_account(content, now, Ticker())


def refused(content: bytes) -> UnreadableAccountError:
    with pytest.raises(UnreadableAccountError) as refusal:
        read(content)
    return refusal.value


def test_what_is_right_is_read_compressed_or_not_and_with_a_mark_in_front() -> None:
    plain = json.dumps(a_file(), indent=2).encode()
    for content in (plain, gzip.compress(plain), b"\xef\xbb\xbf" + plain):
        (workout,) = read(content).workouts
        (lifted,) = workout.executions[0].sets
        assert (lifted.weight, lifted.clean_reps) == (100_000, 5)


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (lambda: b"", Fault.EMPTY),
        (lambda: b" \n", Fault.EMPTY),
        (lambda: b"\xff\xfe\x00", Fault.NOT_TEXT),
        (lambda: b"hello", Fault.BROKEN_JSON),
        (lambda: b"[" * 400_000, Fault.TOO_DEEP),
        (lambda: b"[" * 10_000_000, Fault.TOO_MUCH),
        (lambda: b"[" + b"0," * 3_000_001 + b"0]", Fault.TOO_MUCH),
        (lambda: b"[]", Fault.NOT_OURS),
        (lambda: b'{"format": "strong", "version": 1}', Fault.NOT_OURS),
        (lambda: b'{"format": "spotter", "version": 2, "news": []}', Fault.NEWER),
        (lambda: b" " * (LARGEST_FILE + 1), Fault.TOO_LARGE),
        (lambda: gzip.compress(b" " * (LARGEST_TEXT + 1), mtime=0), Fault.TOO_LARGE),
        (lambda: gzip.compress(json.dumps(a_file()).encode(), mtime=0)[:-9], Fault.BROKEN_GZIP),
        (lambda: b"\x1f\x8bnonsense", Fault.BROKEN_GZIP),
        (lambda: gzip.compress(b"{}", mtime=0) + b"more", Fault.BROKEN_GZIP),
    ],
    ids=lambda value: value if isinstance(value, Fault) else "",
)
def test_what_is_no_such_file_is_refused_as_a_whole(made: Callable[[], bytes], fault: Fault) -> None:
    assert refused(made()).fault is fault


@pytest.mark.parametrize("at", [1, 40, 150, 300])
def test_a_file_that_is_broken_off_is_refused_with_the_place(at: int) -> None:
    error = refused(json.dumps(a_file()).encode()[:at])
    assert (error.fault, error.line) == (Fault.BROKEN_JSON, 1)
    assert error.column > 0


def changed(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        there: Any = document
        for step in way:
            there = there[step]
        there[last] = value

    return change


A_SET = "workouts/0/exercises/0/sets/0"


@pytest.mark.parametrize(
    ("path", "value", "where", "why"),
    [
        ("workouts", {}, "workouts", Why.KIND),
        ("workouts/0", None, "workouts[0]", Why.KIND),
        ("settings", {"colour": "red"}, "settings.colour", Why.UNKNOWN),
        ("version", "1", "version", Why.KIND),
        ("version", True, "version", Why.KIND),
        ("version", None, "version", Why.MISSING),
        ("news", [], "news", Why.UNKNOWN),
        ("workouts/0/started_at", None, "workouts[0].started_at", Why.MISSING),
        ("workouts/0/started_at", "yesterday", "workouts[0].started_at", Why.TIME),
        ("workouts/0/started_at", "2026-01-05T17:00:00", "workouts[0].started_at", Why.TIME),
        ("workouts/0/started_at", "0001-01-01T00:00:00+14:00", "workouts[0].started_at", Why.TIME),
        ("workouts/0/started_at", "2126-01-05T17:00:00Z", "workouts[0].started_at", Why.FUTURE),
        ("workouts/0/finished_at", "2026-01-05T16:59:59Z", "workouts[0].finished_at", Why.ORDER),
        ("workouts/0/title", "x" * 101, "workouts[0].title", Why.TOO_LONG),
        ("workouts/0/title", "a\0b", "workouts[0].title", Why.TEXT),
        ("workouts/0/note", "\ud800", "workouts[0].note", Why.TEXT),
        ("workouts/0/note", 5, "workouts[0].note", Why.KIND),
        ("workouts/0/exercises", [{}] * 51, "workouts[0].exercises", Why.TOO_MANY),
        ("workouts/0/exercises/0/exercise", 1, "workouts[0].exercises[0].exercise", Why.NO_EXERCISE),
        ("workouts/0/exercises/0/exercise", -1, "workouts[0].exercises[0].exercise", Why.RANGE),
        ("workouts/0/exercises/0/superset", 1, "workouts[0].exercises", Why.ALONE),
        (f"{A_SET}/weight", 100, "workouts[0].exercises[0].sets[0].weight", Why.AMOUNT),
        (f"{A_SET}/weight", "NaN", "workouts[0].exercises[0].sets[0].weight", Why.AMOUNT),
        (f"{A_SET}/weight", "1e9", "workouts[0].exercises[0].sets[0].weight", Why.AMOUNT),
        (f"{A_SET}/weight", "1.0005", "workouts[0].exercises[0].sets[0].weight", Why.AMOUNT),
        (f"{A_SET}/unit", None, "workouts[0].exercises[0].sets[0].unit", Why.MISSING),
        (f"{A_SET}/unit", "stone", "workouts[0].exercises[0].sets[0].unit", Why.CHOICE),
        (f"{A_SET}/reps", 10**30, "workouts[0].exercises[0].sets[0].reps", Why.KIND),
        (f"{A_SET}/reps", 10_000, "workouts[0].exercises[0].sets[0].reps", Why.RANGE),
        (f"{A_SET}/reps", 1.5, "workouts[0].exercises[0].sets[0].reps", Why.KIND),
        (f"{A_SET}/kind", ["drop"], "workouts[0].exercises[0].sets[0].kind", Why.CHOICE),
        ("exercises/0/measure", "reps", "workouts[0].exercises[0].sets[0]", Why.SET),
        ("exercises/0/name", " ", "exercises[0].name", Why.TEXT),
        ("exercises/0/archived_at", 5, "exercises[0].archived_at", Why.TIME),
        ("exercises/0/primary", ["tail"], "exercises[0].primary[0]", Why.CHOICE),
        ("exercises/0/weight_step", "2.5", "exercises[0].weight_step_unit", Why.MISSING),
        ("exercises", [BENCH, BENCH], "exercises[1].name", Why.TWICE),
        ("workouts/0/exercises/0/superset", 2**31 - 1, "workouts[0].exercises[0].superset", Why.RANGE),
    ],
)
def test_what_can_not_be_so_is_refused_with_the_place(path: str, value: Any, where: str, why: Why) -> None:
    document = a_file()
    changed(path, value)(document)
    error = refused(json.dumps(document).encode())
    assert (error.fault, error.where, error.why) == (Fault.WRONG, where, why)


def test_settings_are_checked_as_if_they_were_chosen() -> None:
    settings = {"time_zone": "Mars/Olympus", "default_rest": 1, "warm_up_rest": 1, "drop_rest": 1}
    for change, where in (
        ({}, "settings.time_zone"),
        ({"time_zone": "UTC", "drop_rest": 3_601}, "settings.drop_rest"),
        ({"time_zone": "UTC", "weight_step": "2.5"}, "settings.unit"),
        ({"time_zone": "UTC", "asks_rpe": "no"}, "settings.asks_rpe"),
    ):
        assert refused(json.dumps(a_file() | {"settings": settings | change}).encode()).where == where
    for days in ([{"kind": "training", "weekday": 7}], [{"kind": "summary", "weekday": 1}] * 2):
        reminders = {"training_at": 0, "summary_at": 1, "days": days}
        assert refused(json.dumps(a_file() | {"reminders": reminders}).encode()).where.startswith("reminders.days")


def test_names_are_bounded_of_each_exercise_and_of_all() -> None:
    names = [f"Name {number}" for number in range(501)]
    document = a_file()
    document["exercises"][0]["names"] = names
    assert refused(json.dumps(document).encode()).where == "exercises[0].names"
    document["exercises"] = [BENCH | {"name": f"Lift {number}", "aliases": names[:500]} for number in range(11)]
    error = refused(json.dumps(document).encode())
    assert (error.where, error.limit) == ("exercises", 5_000)


def test_no_number_that_is_none_and_no_field_twice_gets_in() -> None:
    text = json.dumps(a_file())
    assert refused(text.replace('"reps": 5', '"reps": NaN').encode()).why is Why.KIND
    assert refused(text.replace('"reps": 5', f'"reps": {"9" * 5_000}').encode()).why is Why.KIND
    assert refused(text.replace('"reps": 5', '"reps": 5, "reps": 6').encode()).why is Why.TWICE


def test_what_begins_in_the_east_as_1970_does_is_read() -> None:
    document = a_file()
    document["workouts"][0]["started_at"] = "1970-01-01T00:00:00+14:00"
    assert len(read(json.dumps(document).encode()).workouts) == 1


def test_of_two_open_workouts_one_is_too_many() -> None:
    document = a_file()
    del document["workouts"][0]["finished_at"]
    assert len(read(json.dumps(document).encode()).workouts) == 1
    document["workouts"] *= 2
    assert refused(json.dumps(document).encode()).why is Why.SEVERAL_OPEN


def test_a_set_that_does_not_fit_says_why() -> None:
    document = a_file()
    del document["workouts"][0]["exercises"][0]["sets"][0]["reps"]
    assert refused(json.dumps(document).encode()).set_fault is SetFault.REPS_MISSING


NUMBERS = [0, -1, 2**31, 2**63, 10**25, 1.5, float("nan"), float("inf")]
TEXTS = ["", " ", "x", "100", "-5", "9" * 12, "lb", "reps", "drop", "\ud800", "a\0", "x" * 5_000]
TIMES = ["2026-01-05T17:00:00Z", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z"]
ANYTHING: list[Any] = [None, True, False, *NUMBERS, *TEXTS, *TIMES, [], {}, [[]], [{}], [None], {"a": 1}, [0, 0]]


def spoiled(value: Any, data: st.DataObject) -> Any:
    """The value with something else in one place of it, or without something."""
    if isinstance(value, dict | list) and value and data.draw(st.integers(0, 3)):
        places = sorted(value) if isinstance(value, dict) else list(range(len(value)))
        place = data.draw(st.sampled_from(places))
        if data.draw(st.integers(0, 5)):
            value[place] = spoiled(value[place], data)
        else:
            del value[place]
        return value
    return data.draw(st.sampled_from(ANYTHING))


@settings(max_examples=300)
@given(data=st.data())
def test_whatever_is_done_to_a_file_it_is_read_or_refused(data: st.DataObject) -> None:
    document = a_file()
    document["settings"] = {"unit": "kg", "weight_step": "2.5", "time_zone": "UTC", "asks_rpe": True}
    document["settings"] |= {"default_rest": 120, "warm_up_rest": 0, "drop_rest": 0}
    document["reminders"] = {"training_at": 1, "summary_at": 2, "quiet_from": 3, "quiet_until": 4}
    document["reminders"]["days"] = [{"kind": "training", "weekday": 0, "title": "Push"}]
    document["exercises"][0] |= {"names": ["B"], "preference": {"rest": 5}, "habit": {"length": 1, "times": 2}}
    assert len(read(json.dumps(document).encode()).exercises) == 1
    text = json.dumps(spoiled(document, data))
    cut = data.draw(st.none() | st.integers(0, len(text)))
    said = ""
    try:
        read(text[:cut].encode())
    except UnreadableAccountError as error:
        said = why_unreadable(error)
    assert said or cut in {None, len(text)}

"""What a document says is read exercise by exercise; what is wrong with it is said where it stands."""

import json
from typing import Any

import pytest

from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.quantity import WeightUnit
from training.importing.decoding import Encoding
from training.importing.entries import Entry, Reason, Unread, Why
from training.importing.faults import Fault, UnreadableDocumentError
from training.importing.reading import LARGEST, MOST_EXERCISES, Document, Format, read_document
from training.importing.ticking import Ticker

WHOLE = {
    "name": "  Zercher   squat ",
    "aliases": ["zercher", "ZERCHER", "elbow squat"],
    "body_part": "Legs",
    "modality": "barbell",
    "measure": "weight-reps",
    "primary": ["quads"],
    "secondary": ["upper back", "abs"],
    "rest": 180,
    "weight_step": "2.5 kg",
    "how": "Hold the bar in your elbows.",
    "archived": False,
    "replace": True,
}


def read(text: str) -> Document:
    return read_document(text.encode(), Ticker())


def only(text: str) -> Entry | Unread:
    (entry,) = read(text).entries
    return entry


def refused(text: str | bytes) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as error:
        read_document(text if isinstance(text, bytes) else text.encode(), Ticker())
    return error.value


def reason(**said: Any) -> Reason:
    entry = only(json.dumps([{"name": "Zercher squat", **said}]))
    assert isinstance(entry, Unread)
    return entry.reason


ZERCHER = Entry(
    place=1,
    name="Zercher squat",
    aliases=("zercher", "elbow squat"),
    about={
        "body_part": BodyPart.LEGS,
        "modality": Modality.BARBELL,
        "measure": Measure.WEIGHT_REPS,
        "primary_muscles": (Muscle.QUADS,),
        "secondary_muscles": (Muscle.UPPER_BACK, Muscle.ABS),
        "default_rest": 180,
        "weight_step": 2_500,
        "weight_step_unit": WeightUnit.KG,
        "how": "Hold the bar in your elbows.",
    },
    modality=Modality.BARBELL,
    archived=False,
    replaces=True,
)


@pytest.mark.parametrize("document", [[WHOLE], {"version": [1, {"exercises": []}], "exercises": [WHOLE]}])
def test_json_in_our_own_format_is_read_field_by_field(document: object) -> None:
    assert read(json.dumps(document, indent=1)) == Document(Format.JSON, Encoding.UTF_8, [ZERCHER])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_says_the_same_whatever_parts_its_cells(delimiter: str) -> None:
    header = ["Name", "aliases", "Body part", *list(WHOLE)[3:]]
    names = ["  Zercher   squat ", "zercher|ZERCHER | elbow squat"]
    kinds = ["legs", "barbell", "weight_reps", "quads", "upper_back | abs"]
    cells = [*names, *kinds, "180", '"2,5 KG"', "Hold the bar in your elbows.", "no", "yes"]
    text = "\r\n".join([delimiter.join(header), "", delimiter.join(cells), delimiter * (len(header) - 1)])
    entry = only(text)
    assert isinstance(entry, Entry)
    assert entry.place == 3
    assert (entry.name, entry.aliases, entry.about, entry.archived, entry.replaces) == (
        *(ZERCHER.name, ZERCHER.aliases, ZERCHER.about, False, True),
    )


def test_what_is_not_said_is_not_there_and_what_is_left_blank_is_nothing() -> None:
    silent, blank = only("name\nBench"), only("name,rest,weight_step,how,aliases\nBench,,,,")
    assert isinstance(silent, Entry)
    assert isinstance(blank, Entry)
    assert (silent.about, silent.archived) == ({}, None)
    assert blank.about == {"default_rest": None, "weight_step": None, "weight_step_unit": None, "how": ""}


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "@sum", "-15 curl", "+20 dip", "'=odd", "<b>Bold</b> & co", "\u202e flip"]
)
def test_formulas_and_html_are_text(name: str) -> None:
    entry = only(json.dumps([{"name": name}]))
    assert isinstance(entry, Entry)
    assert entry.name == name


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": None}, Reason(Why.NAMELESS)),
        ({"name": " \n"}, Reason(Why.NAMELESS)),
        ({"name": 5}, Reason(Why.UNKNOWN, "name", ("5",))),
        ({"name": "x" * 101}, Reason(Why.UNFIT, "name", limit=100)),
        ({"name": "nul\0"}, Reason(Why.UNFIT, "name")),
        ({"name": "\ud800"}, Reason(Why.UNFIT, "name")),
        ({"aliases": "bench"}, Reason(Why.UNKNOWN, "aliases", ("bench",))),
        ({"aliases": [None]}, Reason(Why.UNKNOWN, "aliases", ("None",))),
        ({"body_part": "tail"}, Reason(Why.UNKNOWN, "body_part", ("tail",))),
        ({"modality": ""}, Reason(Why.NEEDED, values=("modality",))),
        ({"measure": ["reps"]}, Reason(Why.UNKNOWN, "measure", ("['reps']",))),
        ({"primary": ["quads"], "secondary": ["quads"]}, Reason(Why.UNKNOWN, "secondary", ("['quads']",))),
        ({"rest": -1}, Reason(Why.UNFIT, "rest", limit=0)),
        ({"rest": 3601}, Reason(Why.UNFIT, "rest", limit=3600)),
        ({"rest": "1.5"}, Reason(Why.UNKNOWN, "rest", ("1.5",))),
        ({"rest": True}, Reason(Why.UNKNOWN, "rest", ("True",))),
        ({"rest": float("nan")}, Reason(Why.UNKNOWN, "rest", ("nan",))),
        ({"weight_step": "2.5"}, Reason(Why.UNKNOWN, "weight_step", ("2.5",))),
        ({"weight_step": "0 kg"}, Reason(Why.UNFIT, "weight_step", limit=0)),
        ({"how": "x" * 1001}, Reason(Why.UNFIT, "how", limit=1000)),
        ({"archived": "maybe"}, Reason(Why.UNKNOWN, "archived", ("maybe",))),
        ({"colour": "red", "age": 1}, Reason(Why.FIELDS, values=("age", "colour"))),
    ],
)
def test_an_exercise_that_can_not_be_is_refused_with_the_field_that_is_wrong(said: Any, why: Reason) -> None:
    assert reason(**said) == why


def test_one_wrong_exercise_does_not_spoil_the_others() -> None:
    document = read('[{"name": "Bench"}, 5, {"name": "Squat", "rest": "long"}, {"name": "Dip"}, ]')
    assert [entry.place for entry in document.entries] == [1, 2, 3, 4]
    assert [isinstance(entry, Unread) for entry in document.entries] == [False, True, True, False]


def test_a_row_of_another_length_is_refused_and_lines_are_counted_as_an_editor_does() -> None:
    document = read('name,how\n"Bench","one\ntwo"\nSquat,deep,wide\nDip\nRow,far\n')
    assert [entry.place for entry in document.entries] == [2, 4, 5, 6]
    wrong = [entry for entry in document.entries if isinstance(entry, Unread)]
    assert [(entry.name, entry.reason) for entry in wrong] == [
        ("Squat", Reason(Why.CELLS, values=("3",), limit=2)),
        ("Dip", Reason(Why.CELLS, values=("1",), limit=2)),
    ]


def test_columns_at_the_end_without_a_name_are_left_out_where_they_are_empty() -> None:
    document = read("name,how,, \nBench,Press.,,\nSquat,Sit.,,x\nDip,Down.\nRow,,,\n")
    assert [entry.place for entry in document.entries] == [2, 3, 4, 5]
    wrong = [(entry.name, entry.reason) for entry in document.entries if isinstance(entry, Unread)]
    assert wrong == [
        ("Squat", Reason(Why.CELLS, values=("4",), limit=2)),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ('[{"name": "Bench"},\n {"name": "Squat"', 2, 18, "Expecting ',' delimiter"),
        ('[{"name": "Bench"}\n {"name": "Squat"}]', 2, 2, "Expecting ',' delimiter"),
        ("[{\"name\": 'Bench'}]", 1, 11, "Expecting value"),
        ('{"exercises": [{"name": "Bench"}], }x', 1, 37, "Extra data"),
        ('{"exercises" [', 1, 14, "Expecting ':' delimiter"),
        ("{exercises: []}", 1, 2, "Expecting property name enclosed in double quotes"),
        ('[{"rest": ' + "9" * 5000 + "}]", 1, 2, "Expecting a shorter number"),
        ("[", 1, 2, "Expecting value"),
    ],
)
def test_broken_json_is_refused_with_the_position(text: str, line: int, column: int, said: str) -> None:
    error = refused(text)
    assert (error.fault, error.line, error.column, error.said) == (Fault.BROKEN_JSON, line, column, said)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.EMPTY),
        (" \r\n\t", Fault.EMPTY),
        ("[]", Fault.EMPTY),
        ("name,how\n\n", Fault.EMPTY),
        ('{"workouts": [1, {"exercises": []}]}', Fault.NO_LIST),
        ('{"exercises": {"name": "Bench"}}', Fault.NO_LIST),
        ("[" * 200_000, Fault.TOO_DEEP),
    ],
)
def test_what_holds_no_exercises_is_refused(text: str, fault: Fault) -> None:
    assert refused(text).fault is fault


def test_a_quote_that_does_not_end_is_refused_with_its_line() -> None:
    error = refused('name,how\nBench,"on and on\nSquat,deep\n')
    assert (error.fault, error.line) == (Fault.BROKEN_CSV, 2)


def test_columns_that_are_missing_unknown_or_there_twice_are_named() -> None:
    error = refused("Date;Workout Name;rest;Rest\n2024-01-01;Push;1;1\n")
    assert error.fault is Fault.COLUMNS
    assert (error.missing, error.unknown, error.twice) == (("name",), ("Date", "Workout Name"), ("rest",))


def test_too_much_is_refused_with_the_limit() -> None:
    large = refused(b"x" * (LARGEST + 1))
    many = refused("name\n" + "Bench\n" * (MOST_EXERCISES + 1))
    assert (large.fault, large.limit) == (Fault.TOO_LARGE, LARGEST)
    assert (many.fault, many.limit) == (Fault.TOO_MANY, MOST_EXERCISES)

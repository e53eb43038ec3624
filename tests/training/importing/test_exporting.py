"""What is exported says all there is, and imported again it changes nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.shelf import Shelved
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.name_key import name_key
from storage.values.quantity import WeightUnit
from storage.values.texts import is_storable
from tests.support.shelves import built_in_shelf, shelved
from training.errors import InvalidValueError
from training.importing.comparing import Verdict, compared
from training.importing.exporting import written
from training.importing.reading import Format, read_document
from training.importing.ticking import Ticker
from training.naming import tidy_name


def can_be_named(text: str) -> bool:
    try:
        tidy_name(text)
    except InvalidValueError:
        return False
    return bool(name_key(text))


ODD = st.sampled_from(
    ["=1+1", "'=1", "@a", "-15 dip", "+20 dip", "a|b", "a | b", '"', "a,b;c", "<b>&amp;", "½ squat", "'", "|"]
)
TEXTS = st.one_of(ODD, st.text(min_size=1, max_size=12))
NAMES = TEXTS.filter(can_be_named).map(tidy_name)
HOWS = st.one_of(ODD, st.text(max_size=30)).map(str.strip).filter(is_storable)
MUSCLES = st.lists(st.sampled_from([muscle.value for muscle in Muscle]), max_size=4, unique=True)


@st.composite
def libraries(draw: st.DrawFn) -> list[Shelved]:
    """As one may have become: every name leads to one exercise."""
    names = draw(st.lists(NAMES, max_size=12, unique_by=name_key))
    shelf: list[Shelved] = []
    while names:
        number = draw(st.integers(1, 4))
        mine, names = names[:number], names[number:]
        step = draw(st.one_of(st.none(), st.tuples(st.integers(1, 1_000_000), st.sampled_from(WeightUnit))))
        muscles = draw(MUSCLES)
        shelf.append(
            Shelved(
                id=len(shelf) + 1,
                name=mine[0],
                name_key=name_key(mine[0]),
                body_part=draw(st.sampled_from(BodyPart)),
                modality=draw(st.sampled_from(Modality)),
                measure=draw(st.sampled_from(Measure)),
                primary_muscles=tuple(muscles[:2]),
                secondary_muscles=tuple(muscles[2:]),
                default_rest=draw(st.one_of(st.none(), st.integers(0, 3600))),
                weight_step=step[0] if step else None,
                weight_step_unit=step[1] if step else None,
                how=draw(HOWS),
                is_archived=draw(st.booleans()),
                is_built_in=draw(st.booleans()),
                is_edited=draw(st.booleans()),
                aliases=tuple(mine[1:]),
            )
        )
    return shelf


@pytest.mark.parametrize("kind", Format)
@given(libraries())
def test_an_export_that_is_imported_changes_nothing_whatever_the_library_holds(
    kind: Format, shelf: list[Shelved]
) -> None:
    document = written(shelf, kind, Ticker())
    if shelf:
        entries = read_document(document, Ticker()).entries
        plan = compared(entries, shelf, frozenset(), Ticker())
        assert [finding.verdict for finding in plan.findings] == [Verdict.SAME] * len(shelf)
        assert not plan.does_something


@pytest.mark.parametrize("kind", Format)
@given(libraries())
def test_an_export_makes_the_same_library_where_there_is_none(kind: Format, shelf: list[Shelved]) -> None:
    entries = read_document(written(shelf, kind, Ticker()), Ticker()).entries if shelf else []
    made = compared(entries, [], frozenset(), Ticker()).made
    assert len(made) <= len(shelf)  # of two whose names mean the same only one is made
    by_name = {exercise.name: exercise for exercise in shelf}
    for exercise in made:
        was = by_name[exercise.columns["name"]]
        assert {column: getattr(was, column) for column in exercise.columns} == exercise.columns
        assert tuple(exercise.aliases.values()) == was.aliases


def test_the_built_in_library_comes_back_whole_from_both_formats() -> None:
    shelf = built_in_shelf()
    for kind in Format:
        plan = compared(read_document(written(shelf, kind, Ticker()), Ticker()).entries, [], frozenset(), Ticker())
        assert plan.figures()[Verdict.NEW] == len(shelf)
        assert [exercise.columns["name"] for exercise in plan.made] == [exercise.name for exercise in shelf]


def test_csv_is_for_spreadsheet_programs_and_json_for_programs() -> None:
    exercise = shelved(1, "=Bench", aliases=["bp", "b,p"], how='Say "up".', rest=90, primary=["chest"], archived=True)
    csv = written([exercise], Format.CSV, Ticker()).decode()
    assert csv.startswith("\ufeffname,aliases,body_part,")
    assert csv.splitlines()[1] == '\'=Bench,"bp | b,p",chest,barbell,weight_reps,chest,,90,,"Say ""up"".",yes'
    document: dict[str, Any] = json.loads(written([exercise], Format.JSON, Ticker()))
    assert document["exercises"][0] == {
        "name": "=Bench",
        "aliases": ["bp", "b,p"],
        "body_part": "chest",
        "modality": "barbell",
        "measure": "weight_reps",
        "primary": ["chest"],
        "secondary": [],
        "rest": 90,
        "weight_step": None,
        "how": 'Say "up".',
        "archived": True,
    }

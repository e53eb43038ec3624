import json
import re
import tomllib

import pytest

from storage.catalogue import CatalogueExercise, read_catalogue
from storage.values.exercise import BodyPart, Measure, Modality, Muscle

ROW = {
    "name": "Yates Row (Barbell)",
    "aliases": ["yates", "yates row"],
    "body_part": "back",
    "modality": "barbell",
    "measure": "weight_reps",
    "primary": ["upper_back", "lats"],
    "secondary": ["biceps"],
    "rest": 150,
    "how": "Stand a little bent over and pull the bar to the belly.",
}


def toml(*tables: dict[str, object]) -> str:
    # What JSON writes of these texts, numbers and lists is TOML as well.
    return "\n".join(
        "\n".join(["[[exercise]]", *(f"{field} = {json.dumps(value)}" for field, value in table.items())])
        for table in tables
    )


def test_what_is_written_is_read() -> None:
    assert read_catalogue(toml(ROW)) == (
        CatalogueExercise(
            name="Yates Row (Barbell)",
            aliases=("yates", "yates row"),
            body_part=BodyPart.BACK,
            modality=Modality.BARBELL,
            measure=Measure.WEIGHT_REPS,
            primary=(Muscle.UPPER_BACK, Muscle.LATS),
            secondary=(Muscle.BICEPS,),
            rest=150,
            how="Stand a little bent over and pull the bar to the belly.",
        ),
    )


def test_an_empty_text_lists_nothing() -> None:
    assert read_catalogue("") == ()


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("aliases", "yates", "aliases is a list, not 'yates'"),
        ("aliases", [3], "aliases is a trimmed text of 1 to 64 characters, not 3"),
        ("aliases", [""], "aliases is a trimmed text of 1 to 64 characters, not ''"),
        ("aliases", ["YATES", "yates!"], "aliases 'yates!' already leads to 'Yates Row (Barbell)'"),
        ("aliases", ["Yates row, barbell"], "aliases 'Yates row, barbell' already leads to 'Yates Row (Barbell)'"),
        ("body_part", "wing", "body_part is one of chest, back"),
        ("body_part", 1, "body_part is one of chest, back"),
        ("body_part", ["back"], "body_part is one of chest, back"),
        ("body_part", "cardio", "primary is empty for cardio and for nothing else"),
        ("modality", "Barbell", "modality is one of barbell, dumbbell"),
        ("measure", "weight", "measure is one of weight_reps"),
        ("primary", [], "primary is empty for cardio and for nothing else"),
        ("primary", ["back"], "primary is one of chest, lats"),
        ("primary", "lats", "primary is a list, not 'lats'"),
        ("primary", ["lats", "lats"], "secondary names a muscle that is named already"),
        ("secondary", ["lats"], "secondary names a muscle that is named already"),
        ("rest", -1, "rest is a whole number of seconds from 0 to 600, not -1"),
        ("rest", 601, "rest is a whole number of seconds from 0 to 600, not 601"),
        ("rest", 90.5, "rest is a whole number"),
        ("rest", True, "rest is a whole number"),
        ("rest", "90", "rest is a whole number"),
        ("how", "", "how is a trimmed text of 1 to 160 characters, not ''"),
        ("how", "Pull", "how ends in a full stop"),
        ("how", "x" * 160 + ".", "how is a trimmed text of 1 to 160 characters"),
        ("tempo", "3010", "tempo is no field of an exercise"),
    ],
)
def test_what_is_out_of_range_is_refused_by_exercise_and_field(field: str, value: object, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"exercise 'Yates Row (Barbell)': {problem}")):
        read_catalogue(toml({**ROW, field: value}))


@pytest.mark.parametrize("field", [field for field in ROW if field != "name"])
def test_a_missing_field_is_refused(field: str) -> None:
    table = {known: value for known, value in ROW.items() if known != field}
    with pytest.raises(ValueError, match=re.escape(f"exercise 'Yates Row (Barbell)': {field} is missing")):
        read_catalogue(toml(table))


@pytest.mark.parametrize("name", ["", " Row", "x" * 65, 3])
def test_a_name_out_of_range_is_refused(name: object) -> None:
    with pytest.raises(ValueError, match="name is a trimmed text of 1 to 64 characters"):
        read_catalogue(toml({**ROW, "name": name}))


def test_an_exercise_without_a_name_is_called_by_its_place() -> None:
    nameless = {field: value for field, value in ROW.items() if field != "name"}
    with pytest.raises(ValueError, match="exercise '2': name is missing"):
        read_catalogue(toml(ROW, nameless))


@pytest.mark.parametrize("shared", ["YATES", "Yates-Row (barbell)"])
def test_two_exercises_share_no_name(shared: str) -> None:
    other = {**ROW, "name": "Underhand Row", "aliases": [shared]}
    with pytest.raises(ValueError, match=r"'Underhand Row': aliases .* already leads to 'Yates Row \(Barbell\)'"):
        read_catalogue(toml(ROW, other))


def test_cardio_names_no_muscles() -> None:
    cardio = {**ROW, "body_part": "cardio", "primary": [], "secondary": []}
    assert read_catalogue(toml(cardio))[0].primary == ()
    with pytest.raises(ValueError, match="secondary is empty where primary is"):
        read_catalogue(toml({**cardio, "secondary": ["quads"]}))


@pytest.mark.parametrize("text", ["title = 'mine'", "exercise = 1", "exercise = [1]", "[exercise]\nname = 'Row'"])
def test_only_a_list_of_exercises_is_a_catalogue(text: str) -> None:
    with pytest.raises(ValueError, match="a catalogue holds"):
        read_catalogue(text)


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_catalogue("[[exercise")

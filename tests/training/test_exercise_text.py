"""What an admin writes about an exercise, and how it is read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.quantity import Weight, WeightUnit
from training.errors import UnreadableFieldError
from training.exercise_detail import NewExercise
from training.exercise_fields import ExerciseField
from training.exercise_text import read_changes, read_field, read_names, read_new, split_first

STEP = Weight.of("2.5", WeightUnit.KG)


def test_a_whole_exercise_is_written_in_one_line_or_in_several() -> None:
    line = (
        "Zercher Squat (Barbell); legs, barbell; rest: 3:00; step: 2,5 kg; muscles: quads, glutes; also: upper back; "
        "aliases: zercher, zs; how: Hold it in the elbows; sit down."
    )
    wanted = NewExercise(
        "Zercher Squat (Barbell)",
        BodyPart.LEGS,
        Modality.BARBELL,
        Measure.WEIGHT_REPS,
        aliases=("zercher", "zs"),
        default_rest=180,
        weight_step=STEP,
        primary=(Muscle.QUADS, Muscle.GLUTES),
        secondary=(Muscle.UPPER_BACK,),
        how="Hold it in the elbows; sit down.",
    )
    assert read_new(line).new() == wanted
    how = line.index("how")
    assert read_new(line[:how].replace(";", "\n") + line[how:]).new() == wanted


@pytest.mark.parametrize(
    ("text", "part", "modality", "measure"),
    [
        ("Run; cardio; cardio", BodyPart.CARDIO, Modality.CARDIO, Measure.DISTANCE_DURATION),
        ("X; body part: Full Body; equipment: KB", BodyPart.FULL_BODY, Modality.KETTLEBELL, Measure.WEIGHT_REPS),
        ("X; abs; bodyweight; time", BodyPart.CORE, Modality.BODYWEIGHT, Measure.DURATION),
        ("X; Chest; Smith machine", BodyPart.CHEST, Modality.MACHINE, Measure.WEIGHT_REPS),
        ("X; logged by: weight and time; back; db", BodyPart.BACK, Modality.DUMBBELL, Measure.WEIGHT_DURATION),
        ("X; full_body; other; reps", BodyPart.FULL_BODY, Modality.OTHER, Measure.REPS),
    ],
)
def test_body_part_equipment_and_measure_are_known_by_their_words(
    text: str, part: BodyPart, modality: Modality, measure: Measure
) -> None:
    new = read_new(text).new()
    assert (new.body_part, new.modality, new.measure) == (part, modality, measure)


def test_what_a_new_exercise_lacks_is_said() -> None:
    assert read_new("Zercher").missing is ExerciseField.PART
    assert read_new("Zercher; legs").missing is ExerciseField.MODALITY
    assert read_new("Zercher; barbell").missing is ExerciseField.PART
    assert read_new("Zercher; legs; barbell").missing is None


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("rest: 90", {"default_rest": 90}),
        ("rest:90s", {"default_rest": 90}),
        ("Rest : 2 min", {"default_rest": 120}),
        ("rest: 1:30", {"default_rest": 90}),
        ("rest: -", {"default_rest": None}),
        ("rest:", {"default_rest": None}),
        ("step: 5lb", {"weight_step": Weight.of(5, WeightUnit.LB)}),
        ("step: -", {"weight_step": None}),
        ("muscles: -; also: triceps, Triceps", {"primary": (), "secondary": (Muscle.TRICEPS,)}),
        ("how: -", {"how": ""}),
        ("how: rest: 90; and so on\n- or not", {"how": "rest: 90; and so on\n- or not"}),
        ("", {}),
        ("; ;\n", {}),
    ],
)
def test_fields_are_read_by_their_keys(text: str, changes: dict[str, Any]) -> None:
    read = read_changes(text)
    assert (read.name, read.changes) == (None, changes)


@pytest.mark.parametrize(
    ("text", "field", "quoted"),
    [
        ("rest: soon", ExerciseField.REST, "soon"),
        ("step: 5", ExerciseField.STEP, "5"),
        ("muscles: quads, elbow", ExerciseField.PRIMARY, "elbow"),
        ("with: barbel", ExerciseField.MODALITY, "barbel"),
        ("colour: red", None, "colour"),
        ("legs; red", None, "red"),
    ],
)
def test_what_can_not_be_read_is_said_with_its_field(text: str, field: ExerciseField | None, quoted: str) -> None:
    with pytest.raises(UnreadableFieldError) as refused:
        read_changes(text)
    assert (refused.value.field, refused.value.text) == (field, quoted)


def test_one_field_is_read_from_its_value_alone() -> None:
    assert read_field(ExerciseField.NAME, " Bench: flat; heavy ").name == "Bench: flat; heavy"
    assert read_field(ExerciseField.REST, "2m").changes == {"default_rest": 120}


def test_names_are_added_and_behind_a_minus_taken_away() -> None:
    assert read_names("flat bench, -bp\n- 21s; db, -, ") == (["flat bench", "db"], ["bp", "21s"])


def test_a_name_stands_before_the_first_separator() -> None:
    assert split_first(" Bench press ; rest: 90; how: x") == ("Bench press", "rest: 90; how: x")
    assert split_first("One > Two", ">;\n") == ("One", "Two")
    assert split_first("Bench") == ("Bench", "")


@given(st.text(alphabet="ab;:\n,-0159 .kgrest", max_size=60) | st.text(max_size=60))
def test_reading_raises_nothing_else(text: str) -> None:
    try:
        read_new(text)
        read_names(text)
    except UnreadableFieldError:
        pass

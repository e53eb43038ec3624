"""What the public data set says, in Spotter's words."""

from typing import Any

import pytest

from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from training.importing.entries import Entry, Reason, Unread, Why
from training.importing.free_exercise_db import entry_of

BENCH = {
    "name": "Barbell Bench Press",
    "force": "push",
    "level": "beginner",
    "mechanic": "compound",
    "equipment": "barbell",
    "primaryMuscles": ["chest"],
    "secondaryMuscles": ["shoulders", "triceps", "chest"],
    "instructions": ["Lie  down.", "Press\nup."],
    "category": "strength",
    "images": ["0.jpg"],
    "id": "Barbell_Bench_Press",
}


def read(**said: Any) -> Entry:
    entry = entry_of(1, BENCH | said)
    assert isinstance(entry, Entry)
    return entry


def about(**said: Any) -> tuple[object, ...]:
    columns = read(**said).about
    return tuple(columns.get(column) for column in ("body_part", "modality", "measure"))


def test_an_exercise_is_translated() -> None:
    entry = read()
    assert (entry.name, entry.aliases, entry.modality, entry.equipment, entry.is_ours) == (
        *("Barbell Bench Press", (), Modality.BARBELL, "Barbell", False),
    )
    assert entry.about == {
        "body_part": BodyPart.CHEST,
        "modality": Modality.BARBELL,
        "measure": Measure.WEIGHT_REPS,
        "primary_muscles": (Muscle.CHEST,),
        "secondary_muscles": (Muscle.FRONT_DELTS, Muscle.TRICEPS),
        "how": "Lie down. Press up.",
    }


@pytest.mark.parametrize(
    ("name", "equipment", "category", "modality"),
    [
        ("Dips - Chest Version", "other", "strength", Modality.BODYWEIGHT),
        ("Ring Dips", "other", "strength", Modality.BODYWEIGHT),
        ("Sled Push", "other", "strongman", Modality.OTHER),
        ("Trap Bar Deadlift", "other", "powerlifting", Modality.BARBELL),
        ("Smith Machine Shrug", None, "strength", Modality.MACHINE),
        ("Standing Cable Lift", None, "strength", Modality.CABLE),
        ("Side To Side Chins", None, "strength", Modality.BODYWEIGHT),
        ("Arm Circles", None, "stretching", Modality.BODYWEIGHT),
        ("Box Skip", "other", "plyometrics", Modality.BODYWEIGHT),
        ("Atlas Stones", None, "strongman", Modality.OTHER),
        ("Trail Running", None, "cardio", Modality.CARDIO),
        ("EZ-Bar Curl", "e-z curl bar", "strength", Modality.BARBELL),
        ("Medicine Ball Slam", "medicine ball", "plyometrics", Modality.OTHER),
        ("Kettlebell Swing", "kettlebells", "strength", Modality.KETTLEBELL),
        ("Band Pull Apart", "bands", "strength", Modality.BAND),
    ],
)
def test_equipment_that_is_missing_or_other_is_read_from_the_name(
    name: str, equipment: str | None, category: str, modality: Modality
) -> None:
    entry = read(name=name, equipment=equipment, category=category)
    assert entry.about["modality"] is modality
    assert (entry.modality is None) == (equipment in {None, "other"} and category != "cardio")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"category": "cardio", "equipment": "machine"},
            (BodyPart.CARDIO, Modality.CARDIO, Measure.DISTANCE_DURATION),
        ),
        ({"category": "stretching", "equipment": None}, (BodyPart.CHEST, Modality.BARBELL, Measure.DURATION)),
        ({"category": "plyometrics", "equipment": "body only"}, (BodyPart.CHEST, Modality.BODYWEIGHT, Measure.REPS)),
        ({"category": "olympic weightlifting"}, (BodyPart.FULL_BODY, Modality.BARBELL, Measure.WEIGHT_REPS)),
        ({"equipment": "body only"}, (BodyPart.CHEST, Modality.BODYWEIGHT, Measure.BODYWEIGHT_REPS)),
        ({"equipment": "bands"}, (BodyPart.CHEST, Modality.BAND, Measure.REPS)),
        (
            {"name": "Plank", "force": "static", "equipment": "body only", "primaryMuscles": ["abdominals"]},
            (BodyPart.CORE, Modality.BODYWEIGHT, Measure.DURATION),
        ),
        (
            {"name": "Plate Hold", "force": "static", "primaryMuscles": ["forearms"]},
            (BodyPart.FOREARMS, Modality.BARBELL, Measure.WEIGHT_DURATION),
        ),
        (
            {"name": "Yoke Walk", "category": "strongman", "equipment": "other", "primaryMuscles": ["quadriceps"]},
            (BodyPart.LEGS, Modality.OTHER, Measure.WEIGHT_DISTANCE),
        ),
        ({"primaryMuscles": []}, (None, Modality.BARBELL, Measure.WEIGHT_REPS)),
        ({"primaryMuscles": None, "category": None}, (None, Modality.BARBELL, Measure.WEIGHT_REPS)),
    ],
)
def test_what_the_data_set_does_not_know_follows_from_category_equipment_and_name(
    said: dict[str, Any], expected: tuple[object, ...]
) -> None:
    assert about(**said) == expected


@pytest.mark.parametrize(
    ("name", "muscle"),
    [
        ("Front Raise", Muscle.FRONT_DELTS),
        ("Side Lateral Raise", Muscle.SIDE_DELTS),
        ("Reverse Flyes", Muscle.REAR_DELTS),
        ("Seated Bent-Over Rear Delt Raise", Muscle.REAR_DELTS),
    ],
)
def test_which_part_of_the_shoulder_is_meant_is_read_from_the_name(name: str, muscle: Muscle) -> None:
    assert read(name=name, primaryMuscles=["shoulders"]).about["primary_muscles"] == (muscle,)


def test_cardio_names_no_muscles() -> None:
    assert "primary_muscles" not in read(category="cardio", primaryMuscles=["quadriceps"]).about


def test_long_instructions_end_with_a_whole_sentence() -> None:
    how = read(instructions=[f"This is step number {number}." for number in range(60)]).about["how"]
    assert 900 < len(how) <= 1000
    assert how.endswith(".")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": ""}, Reason(Why.NAMELESS)),
        ({"name": "x" * 101}, Reason(Why.UNFIT, "name", limit=100)),
        ({"equipment": "rope"}, Reason(Why.UNKNOWN, "equipment", ("rope",))),
        ({"category": 7}, Reason(Why.UNKNOWN, "category", ("7",))),
        ({"primaryMuscles": ["big toe"]}, Reason(Why.UNKNOWN, "primaryMuscles", ("big toe",))),
        ({"secondaryMuscles": "chest"}, Reason(Why.UNKNOWN, "secondaryMuscles", ("'chest'",))),
        ({"instructions": [1]}, Reason(Why.UNKNOWN, "instructions", ("[1]",))),
    ],
)
def test_what_is_no_exercise_is_refused_with_the_field_that_is_wrong(said: dict[str, Any], reason: Reason) -> None:
    entry = entry_of(1, BENCH | said)
    assert isinstance(entry, Unread)
    assert entry.reason == reason

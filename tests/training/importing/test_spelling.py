"""Names that mean the same are spelt the same, and names of different exercises are not."""

import pytest

from storage.catalogue import built_in
from training.importing.spelling import spelling


@pytest.mark.parametrize(
    "names",
    [
        [
            "Bench Press (Barbell)",
            "Barbell Bench Press",
            "barbell bench-presses",
            "BB Bench Press",
            "Press, Bench: Barbell",
        ],
        ["Pull-up", "pull up", "Pullups", "PULL-UPS"],
        ["Step-ups with Dumbbells", "Dumbbell Step Ups", "DB stepup"],
        ["Seated Cable Rows", "Seated Row (Cable)", "row seated cable"],
        ["EZ-Bar Curl", "E-Z Bar Curls", "Curl (EZ Bar)", "EZ Curl Bar Curl"],
        ["One-Arm Dumbbell Row", "Single Arm DB Rows"],
        ["Stiff-Legged Deadlift", "Stiff Leg Dead Lifts"],
        ["Smith Machine Squat", "Squats (Smith)"],
        ["Dumbbell Flyes", "Dumbbell Fly", "db flies"],
        ["Clean and Jerk", "Clean & Jerk"],
        ["Farmer's Walk", "Farmers Walks"],
        ["Calf Raise", "Calves Raises"],
        ["Hex Bar Deadlift", "Trap-Bar Deadlifts"],
        ["Cross-over (Cable)", "cable crossovers"],
        ["Barbell Full Squat", "Squat (Barbell)"],
        ["Leverage Chest Press", "Chest Press (Machine)"],
        ["Triceps Pushdown - Rope Attachment", "Rope Triceps Pushdown"],
        ["Dumbbell Rear Lunge", "Reverse Lunges (Dumbbell)"],
    ],
)
def test_ways_to_write_one_name_are_one_spelling(names: list[str]) -> None:
    assert len({spelling(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Front Squat", "Back Squat"),
        ("Bench Press (Barbell)", "Bench Press (Dumbbell)"),
        ("Seated Calf Raise", "Calf Raise"),
        ("Incline Bench Press", "Bench Press"),
        ("Leg Press", "Leg Presses 2"),
        ("High-to-Low Fly", "Low-to-High Fly"),
        ("5/3/1 Squat", "3/5/1 Squat"),
    ],
)
def test_different_exercises_are_spelt_differently(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)


def test_no_two_built_in_exercises_are_spelt_alike() -> None:
    assert len({spelling(exercise.name) for exercise in built_in()}) == len(built_in())


def test_a_name_of_nothing_but_little_words_is_still_a_name() -> None:
    assert spelling("The In And On") == "the in and on"
    assert spelling("???") == "???"

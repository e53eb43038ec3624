from collections import Counter

import pytest

from storage.catalogue import CatalogueExercise, built_in
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.name_key import name_key


@pytest.fixture(params=built_in(), ids=lambda exercise: exercise.name)
def exercise(request: pytest.FixtureRequest) -> CatalogueExercise:
    found: CatalogueExercise = request.param
    return found


def led_to(text: str) -> list[str]:
    return [found.name for found in built_in() if name_key(text) in map(name_key, (found.name, *found.aliases))]


def test_the_catalogue_is_large_enough_to_start_with() -> None:
    assert len(built_in()) >= 100


def test_it_is_read_once() -> None:
    assert built_in() is built_in()


def test_a_name_or_alias_leads_to_one_exercise() -> None:
    keys = Counter(name_key(name) for found in built_in() for name in (found.name, *found.aliases))
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_name_is_short_and_speaks(exercise: CatalogueExercise) -> None:
    assert 1 <= len(exercise.name) <= 64
    assert all(name_key(name) for name in (exercise.name, *exercise.aliases))


def test_what_it_is_comes_from_the_closed_sets(exercise: CatalogueExercise) -> None:
    assert isinstance(exercise.body_part, BodyPart)
    assert isinstance(exercise.modality, Modality)
    assert isinstance(exercise.measure, Measure)
    assert all(isinstance(muscle, Muscle) for muscle in (*exercise.primary, *exercise.secondary))


def test_muscles_are_named_unless_it_is_cardio(exercise: CatalogueExercise) -> None:
    assert bool(exercise.primary) is (exercise.body_part is not BodyPart.CARDIO)
    assert not set(exercise.primary) & set(exercise.secondary)


def test_rest_is_within_ten_minutes_and_none_for_cardio(exercise: CatalogueExercise) -> None:
    assert 0 <= exercise.rest <= 600
    assert (exercise.rest == 0) is (exercise.modality is Modality.CARDIO)


def test_how_is_one_sentence(exercise: CatalogueExercise) -> None:
    assert exercise.how.endswith(".")
    assert ". " not in exercise.how
    assert len(exercise.how) <= 160


@pytest.mark.parametrize("part", BodyPart)
def test_every_body_part_is_trained(part: BodyPart) -> None:
    assert any(found.body_part is part for found in built_in())


@pytest.mark.parametrize("modality", Modality)
def test_every_modality_is_used(modality: Modality) -> None:
    assert any(found.modality is modality for found in built_in())


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_is_used(measure: Measure) -> None:
    assert any(found.measure is measure for found in built_in())


@pytest.mark.parametrize("muscle", Muscle)
def test_every_muscle_has_an_exercise_of_its_own(muscle: Muscle) -> None:
    assert any(muscle in found.primary for found in built_in())


@pytest.mark.parametrize("word", ["row", "press", "curl", "fly", "raise", "extension", "shoulder press", "leg curl"])
def test_a_word_for_many_exercises_leads_to_none(word: str) -> None:
    assert led_to(word) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bench", "Bench Press (Barbell)"),
        ("BP", "Bench Press (Barbell)"),
        ("incline bench", "Incline Bench Press (Barbell)"),
        ("CGBP", "Close-Grip Bench Press (Barbell)"),
        ("db bench", "Bench Press (Dumbbell)"),
        ("incline DB press", "Incline Bench Press (Dumbbell)"),
        ("chest press", "Chest Press (Machine)"),
        ("pec dec", "Pec Deck (Machine)"),
        ("cable crossover", "Chest Fly (Cable)"),
        ("push ups", "Push-up"),
        ("pushup", "Push-up"),
        ("press-ups", "Push-up"),
        ("dips", "Dip"),
        ("weighted dips", "Dip"),
        ("squat", "Squat (Barbell)"),
        ("back squat", "Squat (Barbell)"),
        ("front squat", "Front Squat (Barbell)"),
        ("hack squat", "Hack Squat (Machine)"),
        ("BSS", "Bulgarian Split Squat (Dumbbell)"),
        ("leg press", "Leg Press (Machine)"),
        ("leg extensions", "Leg Extension (Machine)"),
        ("air squats", "Squat (Bodyweight)"),
        ("deadlift", "Deadlift (Barbell)"),
        ("DL", "Deadlift (Barbell)"),
        ("sumo", "Sumo Deadlift (Barbell)"),
        ("hex bar deadlift", "Deadlift (Trap Bar)"),
        ("RDL", "Romanian Deadlift (Barbell)"),
        ("db rdl", "Romanian Deadlift (Dumbbell)"),
        ("SLDL", "Stiff-Leg Deadlift (Barbell)"),
        ("45° back extension", "Back Extension"),
        ("OHP", "Overhead Press (Barbell)"),
        ("military press", "Overhead Press (Barbell)"),
        ("lateral raises", "Lateral Raise (Dumbbell)"),
        ("face pulls", "Face Pull (Cable)"),
        ("pullups", "Pull-up"),
        ("assisted pull-up", "Pull-up"),
        ("chin ups", "Chin-up"),
        ("lat pulldown", "Lat Pulldown (Cable)"),
        ("barbell row", "Bent-Over Row (Barbell)"),
        ("t-bar", "T-Bar Row"),
        ("cable row", "Seated Row (Cable)"),
        ("skullcrusher", "Skullcrusher (EZ Bar)"),
        ("skull crushers", "Skullcrusher (EZ Bar)"),
        ("tricep pushdown", "Triceps Pushdown (Cable)"),
        ("hammer curls", "Hammer Curl (Dumbbell)"),
        ("preacher curl", "Preacher Curl (EZ Bar)"),
        ("hip thrust", "Hip Thrust (Barbell)"),
        ("calf raise", "Standing Calf Raise (Machine)"),
        ("weighted plank", "Plank (Weighted)"),
        ("HLR", "Hanging Leg Raise"),
        ("T2B", "Hanging Leg Raise"),
        ("C&J", "Clean and Jerk (Barbell)"),
        ("kb swing", "Swing (Kettlebell)"),
        ("TGU", "Turkish Get-up (Kettlebell)"),
        ("farmers walk", "Farmer's Walk (Dumbbell)"),
        ("Farmer’s Carry", "Farmer's Walk (Dumbbell)"),
        ("treadmill", "Running (Treadmill)"),
        ("12-3-30", "Walking (Treadmill)"),
        ("erg", "Rowing Machine"),
        ("StairMaster", "Stair Climber"),
    ],
)
def test_what_lifters_write_leads_to_the_exercise(text: str, name: str) -> None:
    assert led_to(text) == [name]


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("Bench Press (Barbell)", Measure.WEIGHT_REPS),
        ("Pull-up", Measure.BODYWEIGHT_REPS),
        ("Dip", Measure.BODYWEIGHT_REPS),
        ("Push-up", Measure.BODYWEIGHT_REPS),
        ("Pull-Apart (Band)", Measure.REPS),
        ("Plank", Measure.DURATION),
        ("Plank (Weighted)", Measure.WEIGHT_DURATION),
        ("Rowing Machine", Measure.DISTANCE_DURATION),
        ("Stair Climber", Measure.DURATION),
        ("Farmer's Walk (Dumbbell)", Measure.WEIGHT_DISTANCE),
    ],
)
def test_sets_are_logged_as_the_exercise_asks(name: str, measure: Measure) -> None:
    assert [found.measure for found in built_in() if found.name == name] == [measure]

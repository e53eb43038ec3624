from collections import Counter
from collections.abc import Callable
from importlib import resources

import pytest

from storage.catalogue import CatalogueExercise, built_in, read_catalogue
from storage.values.exercise import BodyPart, Measure, Modality, Muscle
from storage.values.name_key import name_key


def led_to(text: str) -> list[str]:
    return [found.name for found in built_in() if name_key(text) in map(name_key, (found.name, *found.aliases))]


def unlike(is_right: Callable[[CatalogueExercise], bool]) -> list[str]:
    """The exercises of which this doesn't hold."""
    return [found.name for found in built_in() if not is_right(found)]


def test_the_catalogue_has_what_gyms_have() -> None:
    assert len(built_in()) >= 400


def test_it_is_read_once() -> None:
    assert built_in() is built_in()


def test_a_name_or_alias_leads_to_one_exercise() -> None:
    keys = Counter(name_key(name) for found in built_in() for name in (found.name, *found.aliases))
    assert [key for key, count in keys.items() if count > 1] == []


def test_names_are_short_and_speak() -> None:
    assert unlike(lambda it: 1 <= len(it.name) <= 64 and all(map(name_key, (it.name, *it.aliases)))) == []


def test_muscles_are_named_once_unless_it_is_cardio() -> None:
    assert unlike(lambda it: bool(it.primary) is (it.body_part is not BodyPart.CARDIO)) == []
    assert unlike(lambda it: len({*it.primary, *it.secondary}) == len(it.primary) + len(it.secondary)) == []


def test_rest_is_within_ten_minutes_and_none_for_cardio() -> None:
    assert unlike(lambda it: 0 <= it.rest <= 600 and (it.rest == 0) is (it.modality is Modality.CARDIO)) == []


def test_how_is_one_sentence_of_its_own() -> None:
    assert unlike(lambda it: it.how.endswith(".") and ". " not in it.how and len(it.how) <= 160) == []
    assert [how for how, count in Counter(found.how for found in built_in()).items() if count > 1] == []


def test_the_name_says_what_is_moved_where_that_is_a_thing() -> None:
    """A bracket and the modality agree."""
    modality_of = {
        "(Barbell)": Modality.BARBELL,
        "(EZ Bar)": Modality.BARBELL,
        "(Trap Bar)": Modality.BARBELL,
        "(Dumbbell)": Modality.DUMBBELL,
        "(Cable)": Modality.CABLE,
        "(Machine)": Modality.MACHINE,
        "(Smith Machine)": Modality.MACHINE,
        "(Kettlebell)": Modality.KETTLEBELL,
        "(Band)": Modality.BAND,
        "(Suspension)": Modality.BODYWEIGHT,
        "(Bodyweight)": Modality.BODYWEIGHT,
        "(Plate)": Modality.OTHER,
        "(Exercise Ball)": Modality.OTHER,
    }
    for bracket, modality in modality_of.items():
        named = [found for found in built_in() if found.name.endswith(bracket)]
        assert len(named) >= 3, bracket
        assert {found.modality for found in named} == {modality}, bracket


def test_what_is_logged_fits_what_it_is_done_with() -> None:
    weights = {Measure.WEIGHT_REPS, Measure.WEIGHT_DURATION, Measure.WEIGHT_DISTANCE}
    unweighted = {Measure.REPS, Measure.DURATION, Measure.BODYWEIGHT_REPS}
    fitting = {
        Modality.BARBELL: {*weights, Measure.REPS},  # what is only rolled
        Modality.DUMBBELL: weights,
        Modality.KETTLEBELL: weights,
        Modality.CABLE: {Measure.WEIGHT_REPS},
        Modality.MACHINE: {Measure.WEIGHT_REPS},
        Modality.BODYWEIGHT: {*unweighted, Measure.WEIGHT_DURATION},
        Modality.BAND: {Measure.REPS},
        Modality.CARDIO: {Measure.DURATION, Measure.DISTANCE_DURATION},
        Modality.OTHER: {*weights, *unweighted},
    }
    assert unlike(lambda it: it.measure in fitting[it.modality]) == []
    assert unlike(lambda it: (it.modality is Modality.CARDIO) is (it.body_part is BodyPart.CARDIO)) == []


def test_an_exercise_stands_where_it_trains_something() -> None:
    trained = {
        BodyPart.CHEST: {Muscle.CHEST},
        BodyPart.BACK: {Muscle.LATS, Muscle.UPPER_BACK, Muscle.LOWER_BACK, Muscle.TRAPS},
        BodyPart.SHOULDERS: {Muscle.FRONT_DELTS, Muscle.SIDE_DELTS, Muscle.REAR_DELTS, Muscle.TRAPS, Muscle.NECK},
        BodyPart.BICEPS: {Muscle.BICEPS},
        BodyPart.TRICEPS: {Muscle.TRICEPS},
        BodyPart.FOREARMS: {Muscle.FOREARMS},
        BodyPart.CORE: {Muscle.ABS, Muscle.OBLIQUES, Muscle.LOWER_BACK},
        BodyPart.LEGS: {Muscle.QUADS, Muscle.HAMSTRINGS, Muscle.ADDUCTORS, Muscle.HIP_FLEXORS},
        BodyPart.GLUTES: {Muscle.GLUTES, Muscle.ABDUCTORS},
        BodyPart.CALVES: {Muscle.CALVES},
        BodyPart.FULL_BODY: set(Muscle),
    }
    elsewhere = unlike(lambda it: it.body_part is BodyPart.CARDIO or bool(trained[it.body_part] & {*it.primary}))
    # Deadlifts of every kind stand together.
    assert [name for name in elsewhere if "Deadlift" not in name] == []


@pytest.mark.parametrize(
    ("lift", "equipment"),
    [
        ("Bench Press", "Barbell, Dumbbell, Smith Machine, Swiss Bar"),
        ("Incline Bench Press", "Barbell, Dumbbell, Smith Machine"),
        ("Chest Press", "Machine, Cable, Band"),
        ("Chest Fly", "Dumbbell, Cable, Band, Suspension"),
        ("Shoulder Press", "Dumbbell, Machine, Smith Machine, Kettlebell, Cable, Band"),
        ("Lateral Raise", "Dumbbell, Cable, Machine, Band, Kettlebell"),
        ("Bent-Over Row", "Barbell, Dumbbell, Smith Machine, EZ Bar, Kettlebell, Band"),
        ("Lat Pulldown", "Cable, Machine, Band"),
        ("Shrug", "Barbell, Dumbbell, Smith Machine, Trap Bar, Cable, Machine, Kettlebell"),
        ("Bicep Curl", "Barbell, EZ Bar, Dumbbell, Cable, Machine, Kettlebell, Band, Suspension"),
        ("Skullcrusher", "EZ Bar, Barbell, Dumbbell, Cable"),
        ("Squat", "Barbell, Smith Machine, Safety Bar, Trap Bar, Dumbbell, Band, Bodyweight"),
        ("Deadlift", "Barbell, Trap Bar, Dumbbell, Kettlebell, Smith Machine, Band"),
        ("Romanian Deadlift", "Barbell, Dumbbell, Smith Machine, Trap Bar, Kettlebell, Cable"),
        ("Lunge", "Barbell, Dumbbell, Smith Machine, Kettlebell, Bodyweight"),
        ("Bulgarian Split Squat", "Barbell, Dumbbell, Smith Machine, Bodyweight"),
        ("Hip Thrust", "Barbell, Dumbbell, Smith Machine, Machine, Band, Bodyweight"),
        ("Standing Calf Raise", "Machine, Barbell, Dumbbell, Smith Machine, Cable"),
    ],
)
def test_the_usual_lifts_are_there_with_the_usual_equipment(lift: str, equipment: str) -> None:
    wanted = {f"{lift} ({thing})" for thing in equipment.split(", ")}
    assert wanted - {found.name for found in built_in()} == set()


def test_every_file_holds_one_body_part() -> None:
    folder = resources.files("storage.catalogue")
    for part in BodyPart:
        listed = read_catalogue(folder.joinpath(f"{part}.toml").read_text(encoding="utf-8"))
        assert {found.body_part for found in listed} == {part}


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

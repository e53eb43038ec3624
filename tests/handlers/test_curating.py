"""Keeping the library by command: in one line, and asked step by step."""

from html import unescape

import pytest

from handlers.conversation import Step
from handlers.curating.buttons import Archive, MergeExercises, OpenEditor, SetField
from handlers.screen import LONGEST_TEXT
from storage.database import Database
from storage.models import AuditRow, Change, Set
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.quantity import WeightUnit
from tests.support.databases import SeededLibrary
from tests.support.phone import Phone, only
from tests.support.recording_request import Call
from tests.support.rows import add_exercise, add_workout, how_many, kg
from training.exercise_detail import ExerciseDetail
from training.exercise_fields import ExerciseField
from training.gym import Gym
from training.naming import MOST_ALIASES


@pytest.fixture
async def root(admin: Phone, gym: Gym, library: SeededLibrary, database_url: str) -> Phone:
    """An admin who lifts in kg, with a library."""
    library.copy_to(database_url)
    await admin.sends("/start")
    await gym.lifters.choose_unit(admin.lifter_id, WeightUnit.KG)
    await admin.sends("/cancel")
    return admin


@pytest.fixture
async def zeds(database: Database) -> None:
    """Two exercises of one name, nearly."""
    for name in ("Zed One", "Zed Two"):
        await add_exercise(database, name)


async def named(gym: Gym, root: Phone, name: str) -> ExerciseDetail:
    """The system exercise of that name, or fails."""
    found = (await gym.curating.find(root.lifter_id, name)).exact
    assert found is not None
    return await gym.exercises.get(root.lifter_id, found.id)


def answered(calls: list[Call]) -> str:
    return only(calls, "sendMessage").text


def data_of(calls: list[Call], words: str) -> str:
    """The data of the one button that says this."""
    (found,) = [button for call in calls for button in call.buttons if words in button["text"]]
    return found["callback_data"]


async def test_an_exercise_is_added_in_one_line(root: Phone, gym: Gym) -> None:
    said = answered(
        await root.sends("/exercise_add Steinborn; legs; barbell; rest: 3:00; aliases: st; how: Up & down.")
    )
    assert "✓ Added." in said
    assert "Up &amp; down." in said
    made = await named(gym, root, "st")
    assert (made.name, made.body_part, made.modality, made.rest) == ("Steinborn", BodyPart.LEGS, Modality.BARBELL, 180)
    assert made.is_system


async def test_an_exercise_is_added_step_by_step(root: Phone, gym: Gym) -> None:
    assert "What is the new exercise called?" in answered(await root.sends("/exercise_add"))
    asked = await root.sends("Steinborn; how: Up; down.")
    assert "Which body part" in answered(asked)
    asked = await root.presses_raw(data_of(asked, "Legs"))
    assert "What is it done with?" in only(asked, "editMessageText").text
    assert "✓ Added." in answered(await root.sends("barbell, time"))
    made = await named(gym, root, "Steinborn")
    assert (made.body_part, made.measure, made.how) == (BodyPart.LEGS, Measure.DURATION, "Up; down.")
    assert await root.step() is None


async def test_a_button_for_another_new_exercise_does_nothing(root: Phone, gym: Gym) -> None:
    before = data_of(await root.sends("/exercise_add Steinborn; barbell"), "Legs")
    await root.sends("/exercise_add Steinborn press; barbell")
    assert "isn't there any more" in only(await root.presses_raw(before), "editMessageText").text
    assert (await gym.curating.find(root.lifter_id, "steinborn")).choices == ()


async def test_a_name_that_is_taken_is_said_and_another_one_can_be_typed(root: Phone, gym: Gym) -> None:
    taken = answered(await root.sends("/exercise_add bench press barbell; chest; barbell"))
    assert "“bench press barbell” leads to <b>Bench Press (Barbell)</b> already" in taken
    assert "✓ Added." in answered(await root.sends("Another Bench; chest; barbell"))


async def test_an_exercise_is_edited_in_one_line(root: Phone, gym: Gym) -> None:
    fields = "rest: 90; name: Flat <Bench>; muscles: chest"
    said = answered(await root.sends(f"/exercise_edit bench press (barbell); {fields}"))
    assert "✓ Changed." in said
    assert "Flat &lt;Bench&gt;" in said
    edited = await named(gym, root, "flat bench")
    assert (edited.rest, len(edited.primary)) == (90, 1)
    await root.sends("/undo")
    assert (await named(gym, root, "bench press (barbell)")).rest != 90


async def test_an_exercise_is_edited_by_buttons_and_typing(root: Phone, gym: Gym, zeds: None) -> None:
    assert "Which exercise is to be changed?" in answered(await root.sends("/exercise_edit"))
    listed = await root.sends("zed")
    assert "Which one for “zed”?" in answered(listed)
    shown = await root.presses_raw(data_of(listed, "Zed Two"))
    assert "logged by weight and reps" in only(shown, "editMessageText").text
    asked = await root.presses_raw(data_of(shown, "Rest"))
    assert "How long is the rest?" in only(asked, "editMessageText").text
    assert "I can't read “soon”" in answered(await root.sends("soon"))
    assert "✓ Changed." in answered(await root.sends("2 min"))
    exercise = await named(gym, root, "zed two")
    assert exercise.rest == 120
    press = SetField(exercise.id, ExerciseField.MODALITY, Modality.KETTLEBELL)
    assert "Kettlebell" in only(await root.presses(press), "editMessageText").text
    assert await root.step() is None


async def test_what_was_to_be_changed_waits_until_it_is_known_of_which_exercise(
    root: Phone, gym: Gym, zeds: None
) -> None:
    asked = await root.sends("/exercise_edit zed; rest: 77; how: x; y")
    await root.presses_raw(data_of(asked, "Zed Two"))
    edited = await named(gym, root, "zed two")
    assert (edited.rest, edited.how) == (77, "x; y")
    again = only(await root.presses_raw(data_of(asked, "Zed One")), "editMessageText")
    assert "isn't there any more" in again.text
    assert (await named(gym, root, "zed one")).rest != 77


async def test_nothing_is_done_to_what_only_looks_like_the_name(root: Phone, gym: Gym) -> None:
    asked = await root.sends("/exercise_archive landmin")
    assert "Which one for “landmin”?" in answered(asked)
    assert not (await named(gym, root, "landmine row")).is_archived


async def test_an_exercise_is_named_by_its_number(root: Phone, gym: Gym) -> None:
    exercise = await named(gym, root, "bench press (barbell)")
    assert "✓ Changed." in answered(await root.sends(f"/exercise_edit #{exercise.id}; rest: 33"))
    assert (await gym.exercises.get(root.lifter_id, exercise.id)).rest == 33
    assert "isn't there any more" in answered(await root.sends("/exercise_edit #99999; rest: 33"))


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ("rest: soon", "I can't read “soon”"),
        ("rest: 99999", "default rest: at most 3600"),
        ("colour: red", "Fields look like"),
        ("name: squat barbell", "leads to <b>Squat (Barbell)</b> already"),
        ("name: ", "name: that can't be"),
        ("how: " + "x" * 1001, "how: at most 1000"),
        ("muscles: elbow", "Which muscles does it train?"),
    ],
)
async def test_what_can_not_be_is_said_and_nothing_changes(
    root: Phone, gym: Gym, fields: str, answer: str, database: Database
) -> None:
    before = await named(gym, root, "bench press (barbell)")
    assert answer in answered(await root.sends(f"/exercise_edit bench press (barbell); {fields}"))
    assert await named(gym, root, "bench press (barbell)") == before
    assert await how_many(database, AuditRow) == 0


async def test_a_measure_that_does_not_fit_the_sets_is_refused_in_words(
    root: Phone, gym: Gym, database: Database
) -> None:
    exercise = await named(gym, root, "bench press (barbell)")
    await add_workout(database, root.lifter_id, finished=True, performed={exercise.id: [kg(100, 5)]})
    press = SetField(exercise.id, ExerciseField.MEASURE, Measure.DURATION)
    said = only(await root.presses(press), "editMessageText").text
    assert "There are sets that are logged by weight and reps: time doesn't fit them." in said


async def test_names_are_added_and_taken_away_in_one_line_and_step_by_step(root: Phone, gym: Gym) -> None:
    await root.sends("/exercise_alias bench press (barbell); flat one, the bench thing")
    assert (await named(gym, root, "the bench thing")).name == "Bench Press (Barbell)"
    asked = await root.sends("/exercise_alias")
    assert "other names" in answered(asked)
    shown = await root.sends("flat one")
    assert "Type names to add" in answered(shown)
    shown = await root.presses_raw(data_of(shown, "‹ Page"))  # it has many, and what came last stands last
    gone = only(await root.presses_raw(data_of(shown, "the bench thing")), "editMessageText")
    assert "the bench thing" not in gone.text
    assert "third one" in answered(await root.sends("third one, -flat one"))
    names = (await named(gym, root, "third one")).aliases
    assert "third one" in names
    assert {"flat one", "the bench thing"}.isdisjoint(names)
    assert "isn't there any more" in answered(await root.sends("-no such"))


async def test_however_many_names_there_are_a_message_takes_them_page_by_page(
    root: Phone, gym: Gym, database: Database
) -> None:
    first, second = [[f"{letter}{number:02} {'&' * 90}" for number in range(MOST_ALIASES)] for letter in "ab"]
    one, two = [await add_exercise(database, name, aliases=its) for name, its in (("Ay", first), ("Bee", second))]
    await gym.exercises.merge(root.lifter_id, one, two)
    shown = only(await root.sends("/exercise_alias Bee"), "sendMessage")
    assert len(unescape(shown.text)) < LONGEST_TEXT
    assert len(shown.buttons) < 15
    turned = await root.presses_raw(data_of([shown], "Page"))
    gone = only(await root.presses_raw(data_of(turned, "✕ a49")), "editMessageText")
    assert "✕ a48" in [button["text"][:5] for button in gone.buttons]
    assert (await named(gym, root, "ay")).id == two
    assert "aliases: at most 50" in answered(await root.sends("one more"))


async def test_other_names_are_changed_in_the_line_that_edits_too(root: Phone, gym: Gym) -> None:
    before = await named(gym, root, "bench press (barbell)")
    gone = before.aliases[0]
    said = answered(await root.sends(f"/exercise_edit bench press (barbell); aliases: flat one, -{gone}; rest: 33"))
    assert "✓ Changed." in said
    assert "flat one" in said
    after = await named(gym, root, "flat one")
    assert (after.id, after.rest, set(after.aliases)) == (before.id, 33, {*before.aliases, "flat one"} - {gone})
    await root.sends("/undo")
    assert await named(gym, root, "bench press (barbell)") == before
    assert "leads to <b>Squat (Barbell)</b> already" in answered(
        await root.sends("/exercise_edit bench press (barbell); rest: 33; aliases: squat barbell")
    )
    assert await named(gym, root, "bench press (barbell)") == before


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/exercise_edit Zed One; rest: 33; aliases: zed uno", "It is so already"),
        ("/exercise_edit Zed One; ;", "Nothing was given"),
        ("/exercise_edit Zed One; aliases: -", "Nothing was given"),
        ("/exercise_alias Zed One; ZED UNO, zed one", "It is so already"),
        ("/exercise_alias Zed One; ;;", "Nothing was given"),
        ("/exercise_alias Zed One; -", "Nothing was given"),
    ],
)
async def test_nothing_is_said_to_have_changed_that_has_not(
    root: Phone, zeds: None, database: Database, line: str, answer: str
) -> None:
    await root.sends("/exercise_edit Zed One; rest: 33; aliases: zed uno")
    said = answered(await root.sends(line))
    assert answer in said
    assert "/undo" not in said
    assert await how_many(database, AuditRow) == await how_many(database, Change) == 1


async def test_an_exercise_is_archived_and_comes_back(root: Phone, gym: Gym) -> None:
    asked = await root.sends("/exercise_archive")
    assert "leave the lists" in answered(asked)
    gone = await root.sends("bench press (barbell)")
    assert "in no list any more" in answered(gone)
    assert (await named(gym, root, "bench press (barbell)")).is_archived
    assert "is archived already" in answered(await root.sends("/exercise_archive bench press (barbell)"))
    back = only(await root.presses_raw(data_of(gone, "Bring it back")), "editMessageText")
    assert "is back in the lists" in back.text
    assert not (await named(gym, root, "bench press (barbell)")).is_archived


@pytest.mark.parametrize("line", ["Old One > Squat (Barbell)", "old one; squat (barbell)", "old one\nsquat (barbell)"])
async def test_two_exercises_are_merged_after_asking(root: Phone, gym: Gym, database: Database, line: str) -> None:
    old = await add_exercise(database, "Old One")
    await add_workout(database, root.lifter_id, finished=True, performed={old: [kg(100, 5)]})
    asked = await root.sends(f"/exercise_merge {line}")
    assert "Merge Old One into Squat (Barbell)?" in answered(asked)
    assert "stands in a workout once" in answered(asked)
    assert (await named(gym, root, "old one")).id == old
    assert "✓ Merged." in only(await root.presses_raw(data_of(asked, "Merge")), "editMessageText").text
    assert (await named(gym, root, "old one")).name == "Squat (Barbell)"
    again = only(await root.presses_raw(data_of(asked, "Merge")), "editMessageText")
    assert "isn't there any more" in again.text


@pytest.mark.parametrize(
    ("into", "answer"),
    [
        ("Zed Two", "<b>Zed Two</b> is archived: bring it back"),
        ("Zed One", "can't be merged into itself"),
        ("Plank", "There are sets that are logged by weight and reps: time doesn't fit them."),
    ],
)
async def test_a_merging_that_can_not_be_is_not_asked_about(
    root: Phone, gym: Gym, database: Database, zeds: None, into: str, answer: str
) -> None:
    one = (await named(gym, root, "Zed One")).id
    await add_workout(database, root.lifter_id, finished=True, performed={one: [kg(100, 5)]})
    await root.sends("/exercise_archive Zed Two")
    asked = await root.sends(f"/exercise_merge Zed One > {into}")
    assert answer in answered(asked)
    assert "can't be taken back" not in answered(asked)


async def test_two_exercises_are_merged_step_by_step(root: Phone, gym: Gym, database: Database) -> None:
    await add_exercise(database, "Old One")
    assert "merged into another" in answered(await root.sends("/exercise_merge"))
    assert "take it over" in answered(await root.sends("old one"))
    asked = await root.sends("squat (barbell)")
    assert "Merge Old One into Squat (Barbell)?" in answered(asked)
    same = (await named(gym, root, "old one")).id
    refused = only(await root.presses(MergeExercises(same, same)), "editMessageText")
    assert "can't be merged into itself" in refused.text


async def test_the_admins_own_exercises_are_left_alone(root: Phone, gym: Gym, database: Database) -> None:
    own = await add_exercise(database, "My own", owner=root.lifter_id)
    presses = (OpenEditor(own), SetField(own, ExerciseField.REST, "5"), Archive(own), MergeExercises(own, 1))
    for message_id, press in enumerate(presses, start=700):
        assert "isn't there any more" in only(await root.presses(press, message_id), "editMessageText").text
    assert "Nothing in the library has “my own”" in answered(await root.sends("/exercise_edit my own"))
    mine = await gym.exercises.get(root.lifter_id, own)
    assert (mine.name, mine.is_archived, mine.rest) == ("My own", False, 120)


async def test_sets_are_logged_though_a_name_was_asked_for(root: Phone, gym: Gym, database: Database) -> None:
    await root.sends("/workout")
    await root.sends("bench press (barbell)")
    await root.sends("/exercise_edit")
    await root.sends("100x5")
    assert await how_many(database, Set) == 1


async def test_every_command_can_be_left(root: Phone) -> None:
    for command in ("exercise_add", "exercise_edit", "exercise_alias", "exercise_archive", "exercise_merge"):
        asked = await root.sends(f"/{command}")
        step = await root.step()
        assert (step or "").partition(":")[0] in {Step.ADDING_EXERCISE, Step.FINDING_EXERCISE}
        await root.presses_raw(data_of(asked, "✕ Close"))
        assert await root.step() is None


async def test_sets_typed_where_names_are_asked_for_are_not_taken_for_names(
    root: Phone, gym: Gym, database: Database
) -> None:
    bench = await add_exercise(database, "Zed One")
    await gym.workouts.start(root.lifter_id)
    await gym.workouts.add_exercise(root.lifter_id, bench)
    await root.sends(f"/exercise_alias #{bench}")
    assert "Is that a set, or the text you were asked for?" in str(await root.sends("100x5"))
    assert (await gym.exercises.get(root.lifter_id, bench)).aliases == ()
    await root.sends("/exercise_add")
    await root.sends("90x8")
    current = (await gym.workouts.card(root.lifter_id)).current
    assert current is not None
    assert len(current.today) == 1

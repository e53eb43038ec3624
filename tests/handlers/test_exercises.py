"""/exercises: browsing, searching, and looking at an exercise."""

from __future__ import annotations

import pytest

from handlers.conversation import Step
from handlers.exercises.buttons import BackToList, ListExercises, OpenExercise, OpenLibrary, list_exercises
from handlers.exercises.place import Place, Shelf
from handlers.picking.buttons import PickExercise
from storage.values.exercise import BodyPart, Measure, Modality
from tests.support.phone import Phone, labels, only, shown, tap
from tests.support.recording_request import BOT
from training.exercise_detail import NewExercise
from training.gym import Gym


async def exercise_id(gym: Gym, name: str) -> int:
    found = (await gym.library.find(7, name)).exact
    assert found is not None
    return found.id


async def test_the_library_begins_with_body_parts_and_what_is_ones_own(ready: Phone, gym: Gym) -> None:
    first = only(await ready.sends("/exercises"), "sendMessage")
    assert {"Chest", "Legs", "All", "By equipment ›", "➕ Make your own"} <= set(labels(first))
    assert "Archived" not in str(labels(first))
    await gym.exercises.create(7, NewExercise("Mine", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS))
    assert "Your own (1)" in labels(shown(await ready.presses(OpenLibrary())))


async def test_before_the_unit_is_chosen_that_is_asked(ann: Phone) -> None:
    assert "kilograms or pounds" in only(await ann.sends("/exercises"), "sendMessage").text


async def test_lists_page_and_are_narrowed_by_part_equipment_and_whose(ready: Phone, gym: Gym) -> None:
    own = NewExercise("Backyard press", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS)
    await gym.exercises.create(7, own)
    chest = await tap(ready, only(await ready.sends("/exercises"), "sendMessage"), "Chest")
    assert chest.text.startswith("<b>Chest</b> (")
    assert "‹ Page 1 of " in str(labels(chest))
    following = shown(await ready.presses_raw(chest.buttons[labels(chest).index("›")]["callback_data"]))
    assert "‹ Page 2 of " in str(labels(following))
    barbells = await tap(ready, await tap(ready, following, "Equipment ▾"), "Barbell")
    assert barbells.text.startswith("<b>Chest · Barbell</b> (")
    assert {"Bench Press (Barbell)", "Backyard press"} <= set(labels(barbells))
    mine = await tap(ready, await tap(ready, barbells, "Whose ▾"), "Your own")
    assert mine.text.startswith("<b>Chest · Barbell · Your own</b> (1)")
    anything = await tap(ready, await tap(ready, mine, "Chest ▾"), "Any")
    assert anything.text.startswith("<b>Barbell · Your own</b> (1)")


async def test_an_exercise_is_shown_with_all_that_is_known_of_it(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5, 110x3")
    card = await gym.workouts.card(7)
    await gym.workouts.finish(7, card.workout_id, card.revision)
    bench = await exercise_id(gym, "bench")
    page = shown(await lifting.presses(OpenExercise(bench)))
    for part in (
        "<b>Bench Press (Barbell)</b>",
        "Chest · Barbell · logged by weight and reps",
        "Muscles: Chest; also front delts, triceps",
        "Lie on a flat bench",
        "Also called: bench, bp",
        "110 kg × 3, estimated 1RM 116 kg",
        "100 kg × 5 · 110 kg × 3",
        "Rest: 3:00 · − and + turn by 2.5 kg · in kg",
    ):
        assert part in page.text
    assert labels(page)[0] == "💪 Start a workout with it"


async def test_one_tap_adds_it_to_the_open_workout(lifting: Phone, gym: Gym) -> None:
    page = shown(await lifting.presses(OpenExercise(await exercise_id(gym, "back squat"))))
    card = await tap(lifting, page, "➕ Add to the workout")
    assert "2 of 2" in card.text


async def test_what_is_typed_is_looked_for_where_one_is(ready: Phone) -> None:
    await ready.sends("/exercises")
    press = shown(await ready.sends("press"))
    assert press.text.startswith("<b>“press”</b> (")
    assert "➕ Create “press”" in labels(press)
    page = shown(await ready.sends("bench press"))
    assert "<b>Bench Press (Barbell)</b>" in page.text
    back = shown(await ready.presses(BackToList()))
    assert back.text.startswith("<b>“press”</b> (")
    legs = shown(await ready.presses(list_exercises(Place(part=BodyPart.LEGS))))
    assert "“press” · Legs" in shown(await ready.sends("press")).text
    assert legs.text.startswith("<b>Legs</b>")
    assert (await ready.step() or "").startswith(Step.BROWSING_LIBRARY)


async def test_what_is_not_here_is_offered_from_elsewhere_or_made(ready: Phone) -> None:
    await ready.presses(list_exercises(Place(part=BodyPart.CALVES)))
    elsewhere = shown(await ready.sends("curl"))
    assert "I know no exercise with “curl” in its name among Calves." in elsewhere.text
    assert "Bicep Curl (Dumbbell)" in labels(elsewhere)
    unknown = shown(await ready.sends("Qqqq"))
    assert "➕ Create “Qqqq”" in labels(unknown)


async def test_what_is_there_by_that_name_is_not_offered_to_be_made(ready: Phone) -> None:
    deadlifts = shown(await ready.presses(list_exercises(Place(part=BodyPart.BACK, text="deadlift"))))
    assert "Deadlift (Barbell)" in labels(deadlifts)
    assert "Create" not in str(labels(deadlifts))


async def test_a_set_is_logged_though_the_library_is_open(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("/exercises")
    await lifting.sends("100x5")
    assert (await gym.workouts.card(7)).sets == 1
    assert await lifting.step() is None


async def test_from_an_open_workout_the_library_stands_in_the_cards_place_and_leads_back(
    lifting: Phone, gym: Gym
) -> None:
    place = (await gym.workouts.card(7)).place.message_id
    first = only(await lifting.sends("/exercises"), "editMessageText")
    assert first.parameters["message_id"] == str(place)
    assert labels(first)[-1] == "‹ Back to the workout"
    assert "Type what you did" in (await tap(lifting, first, "‹ Back to the workout")).text


async def test_closed_it_leaves_no_step_behind(ready: Phone) -> None:
    first = only(await ready.sends("/exercises"), "sendMessage")
    ready.meets_a_new_process()
    assert "Ready when you are" in (await tap(ready, first, "✕ Close")).text
    assert await ready.step() is None


@pytest.mark.parametrize(
    "press",
    [
        ListExercises(Shelf.ALL, 99, -5, 10**6, ""),
        ListExercises(Shelf.ARCHIVED, 0, 0, 0, "x" * 30),
        OpenExercise(40_404),
        BackToList(),
    ],
)
async def test_a_forged_button_shows_what_there_is(ready: Phone, press: object) -> None:
    assert shown(await ready.presses(press)).buttons


async def test_somebody_elses_exercise_is_as_one_that_is_not_there(ready: Phone, admin: Phone, gym: Gym) -> None:
    await admin.sends("/start")
    theirs = NewExercise("Secret press", BodyPart.CHEST, Modality.BARBELL, Measure.WEIGHT_REPS)
    secret = (await gym.exercises.create(admin.lifter_id, theirs)).id
    for message_id, unseen in enumerate((secret, 40_404), start=700):
        calls = await ready.presses(OpenExercise(unseen), message_id)
        assert only(calls, "answerCallbackQuery").parameters["text"] == "That isn't there any more."
        assert shown(calls).text.startswith("<b>Exercises</b>")
    assert "Secret" not in shown(await ready.sends("secret press")).text.replace("“secret press”", "")


async def test_what_was_found_behind_the_bots_name_is_shown_and_not_read_as_a_line(lifting: Phone, gym: Gym) -> None:
    text = "Back Squat\nLegs"
    calls = await lifting.sends_message(text="Squat (Barbell)\nLegs · Barbell", via_bot=BOT)
    assert "<b>Squat (Barbell)</b>" in shown(calls).text
    assert (await gym.workouts.card(7)).exercises == 1
    other = {**BOT, "id": 5, "username": "other_bot"}
    assert "<b>Squat (Barbell)</b>" not in shown(await lifting.sends_message(text=text, via_bot=other)).text


async def test_a_name_of_any_length_and_kind_is_shown_as_text(ready: Phone, gym: Gym) -> None:
    name = "<b>&" + "ü" * 96
    made = await gym.exercises.create(
        7, NewExercise(name, BodyPart.CHEST, Modality.OTHER, Measure.DURATION, how="<i>" + "x" * 990)
    )
    page = shown(await ready.presses(OpenExercise(made.id)))
    assert "&lt;b&gt;&amp;" in page.text
    assert "turn by" not in page.text  # there is no weight
    listed = shown(await ready.presses(list_exercises(Place(Shelf.OWN))))
    assert len(listed.buttons[0]["text"]) <= 48
    await ready.presses(PickExercise(made.id))
    assert (await gym.workouts.card(7)).exercises == 1

import pytest

from handlers.callback_data import unpack
from handlers.creating.buttons import (
    AskMeasure,
    BringBack,
    ChooseMeasure,
    ChooseModality,
    ChoosePart,
    StartCreating,
    mark_of,
)
from handlers.picking.buttons import BrowseFound, OpenPicker, OpenSwapPicker, PickExercise, SwapFor
from storage.database import Database
from storage.models import User
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.finding import Owned, SearchFilter
from tests.support.phone import Phone, labels, only
from training.exercise_detail import ExerciseDetail, NewExercise
from training.gym import Gym

NAME = "Steinborn squat"
MARK = mark_of(NAME)
CREATE = ChooseModality(MARK, BodyPart.LEGS, Modality.BARBELL)


async def own(phone: Phone, gym: Gym) -> list[ExerciseDetail]:
    page = await gym.library.search(phone.lifter_id, "", SearchFilter(owned=Owned.OWN))
    return [await gym.exercises.get(phone.lifter_id, choice.id) for choice in page.choices]


async def make_own(gym: Gym, phone: Phone, name: str) -> int:
    new = NewExercise(name, BodyPart.LEGS, Modality.BARBELL, Measure.WEIGHT_REPS)
    return (await gym.exercises.create(phone.lifter_id, new)).id


async def current_name(phone: Phone, gym: Gym) -> str | None:
    card = await gym.workouts.card(phone.lifter_id)
    return None if card.current is None else card.current.name


async def test_two_taps_after_the_name_make_an_exercise_and_pick_it(lifting: Phone, gym: Gym) -> None:
    asked = only(await lifting.sends(NAME), "editMessageText")
    (create,) = [button for button in asked.buttons if "Create" in button["text"]]
    parts = only(await lifting.presses_raw(create["callback_data"]), "editMessageText")
    assert "New: Steinborn squat" in parts.text
    part = next(button for button in parts.buttons if button["text"] == "Legs")
    modalities = only(await lifting.presses_raw(part["callback_data"]), "editMessageText")
    modality = next(button for button in modalities.buttons if button["text"] == "Barbell")
    card = only(await lifting.presses_raw(modality["callback_data"]), "editMessageText")
    assert "✓ Created Steinborn squat (Legs, Barbell), logged by weight and reps." in card.text
    assert "2 of 2" in card.text
    assert "⚙ Log it another way" in labels(card)
    (made,) = await own(lifting, gym)
    assert (made.name, made.body_part, made.modality) == (NAME, BodyPart.LEGS, Modality.BARBELL)
    assert await current_name(lifting, gym) == NAME


async def test_without_a_workout_what_is_made_starts_one(ready: Phone, gym: Gym) -> None:
    await ready.presses(OpenPicker())
    await ready.sends(NAME)
    card = only(await ready.presses(CREATE), "sendMessage")
    assert "Created Steinborn squat" in card.text
    assert await current_name(ready, gym) == NAME


async def test_tapping_twice_makes_one(lifting: Phone, gym: Gym) -> None:
    await lifting.sends(NAME)
    await lifting.presses_at_once(CREATE, CREATE, CREATE)
    await lifting.takes_turns()
    assert len(await own(lifting, gym)) == 1
    assert (await gym.workouts.card(lifting.lifter_id)).exercises == 2


@pytest.mark.parametrize("press", [StartCreating(MARK), ChoosePart(MARK, BodyPart.LEGS), CREATE])
async def test_a_button_for_a_name_that_waits_no_more_shows_where_the_lifter_stands(
    lifting: Phone, gym: Gym, press: object
) -> None:
    for before in (None, "larsen bench"):
        if before is not None:
            await lifting.sends(before)
        calls = await lifting.presses(press)
        assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert await own(lifting, gym) == []


async def test_cancel_leaves_the_making(lifting: Phone, gym: Gym, database: Database) -> None:
    await lifting.sends(NAME)
    await lifting.presses(ChoosePart(MARK, BodyPart.LEGS))
    assert "Bench Press (Barbell)" in only(await lifting.sends("/cancel"), "sendMessage").text
    async with database.reading() as session:
        assert (await session.get_one(User, lifting.lifter_id)).step is None
    await lifting.presses(CREATE)
    assert await own(lifting, gym) == []


async def test_another_name_typed_meanwhile_is_looked_for(lifting: Phone, gym: Gym) -> None:
    await lifting.sends(NAME)
    await lifting.presses(ChoosePart(MARK, BodyPart.LEGS))
    await lifting.sends("ohp")
    assert await current_name(lifting, gym) == "Overhead Press (Barbell)"
    assert await own(lifting, gym) == []


async def test_a_name_with_colons_and_tags_is_kept_as_it_is(lifting: Phone, gym: Gym) -> None:
    name = "My: <b>press</b> & more: 🔥"
    asked = only(await lifting.sends(name), "editMessageText")
    assert "&lt;b&gt;" in asked.text
    card = only(await lifting.presses(ChooseModality(mark_of(name), BodyPart.BACK, Modality.BAND)), "editMessageText")
    assert "&lt;b&gt;press&lt;/b&gt; &amp; more" in card.text
    assert [made.name for made in await own(lifting, gym)] == [name]


async def test_the_longest_name_can_be_made(lifting: Phone, gym: Gym) -> None:
    name = "Steinborn " + "x" * 90
    asked = only(await lifting.sends(name), "editMessageText")
    assert all(len(text) <= 48 for text in labels(asked))
    await lifting.presses(ChooseModality(mark_of(name), BodyPart.BACK, Modality.BAND))
    assert [made.name for made in await own(lifting, gym)] == [name]


async def test_a_name_that_was_taken_meanwhile_is_offered(lifting: Phone, gym: Gym) -> None:
    await lifting.sends(NAME)
    taken = await make_own(gym, lifting, "STEINBORN squat")
    offered = only(await lifting.presses(CREATE), "editMessageText")
    assert "<b>STEINBORN squat</b> is there already" in offered.text
    press = unpack(offered.buttons[0]["callback_data"])
    assert press == PickExercise(taken)
    await lifting.presses(press)
    assert await current_name(lifting, gym) == "STEINBORN squat"


async def test_an_archived_one_of_that_name_can_be_brought_back(lifting: Phone, gym: Gym) -> None:
    archived = await make_own(gym, lifting, NAME)
    await gym.exercises.archive(lifting.lifter_id, archived)
    await lifting.sends(NAME)
    offered = only(await lifting.presses(CREATE), "editMessageText")
    assert "but it is archived" in offered.text
    back = only(await lifting.presses(BringBack(archived, 0, 0)), "editMessageText")
    assert unpack(back.buttons[0]["callback_data"]) == PickExercise(archived)
    assert [call.method for call in await lifting.presses(BringBack(archived, 0, 0))] == ["answerCallbackQuery"]
    await lifting.presses(PickExercise(archived))
    assert await current_name(lifting, gym) == NAME


async def test_what_is_made_in_the_swap_picker_takes_that_place(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    current = (await gym.workouts.card(lifting.lifter_id)).current
    assert current is not None
    await lifting.presses(OpenSwapPicker(current.execution_id))
    asked = only(await lifting.sends(NAME), "sendMessage")
    assert isinstance(unpack(asked.buttons[0]["callback_data"]), SwapFor)
    await lifting.presses(CREATE)
    card = await gym.workouts.card(lifting.lifter_id)
    assert (card.exercises, card.sets, await current_name(lifting, gym)) == (1, 1, NAME)


async def test_so_does_what_is_made_from_a_later_page_of_what_was_found(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    assert card.current is not None
    page = BrowseFound(1, card.current.execution_id, card.revision, "row")
    asked = only(await lifting.presses(page), "editMessageText")
    assert "➕ Create “row”" in labels(asked)
    await lifting.presses(ChooseModality(mark_of("row"), BodyPart.BACK, Modality.BARBELL))
    card = await gym.workouts.card(lifting.lifter_id)
    assert (card.exercises, card.sets, await current_name(lifting, gym)) == (1, 1, "row")


async def test_how_it_is_logged_can_be_changed_while_it_has_no_sets(lifting: Phone, gym: Gym) -> None:
    await lifting.sends(NAME)
    await lifting.presses(CREATE)
    (made,) = await own(lifting, gym)
    asked = only(await lifting.presses(AskMeasure(made.id)), "editMessageText")
    assert labels(asked) == [
        "✓ Weight and reps",
        "Bodyweight and reps",
        "Reps alone",
        "Time",
        "Weight and time",
        "Distance and time",
        "Weight and distance",
        "‹ Back to the workout",
    ]
    card = only(await lifting.presses(ChooseMeasure(made.id, Measure.DURATION)), "editMessageText")
    assert "✓ Steinborn squat is logged by time." in card.text
    await lifting.sends("1:30")
    calls = await lifting.presses(ChooseMeasure(made.id, Measure.REPS))
    assert "logged by time" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await own(lifting, gym))[0].measure is Measure.DURATION


async def test_only_what_is_ones_own_is_changed(lifting: Phone, admin: Phone, gym: Gym) -> None:
    await admin.sends("/start")
    system = (await gym.library.search(lifting.lifter_id, "ohp")).choices[0].id
    theirs = await make_own(gym, admin, "Theirs")
    for exercise_id in (system, theirs, 404):
        for press in (AskMeasure(exercise_id), ChooseMeasure(exercise_id, Measure.REPS), BringBack(exercise_id, 0, 0)):
            calls = await lifting.presses(press)
            assert "isn't there" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.exercises.get(admin.lifter_id, system)).measure is Measure.WEIGHT_REPS
    assert (await gym.exercises.get(admin.lifter_id, theirs)).measure is Measure.WEIGHT_REPS
    await admin.presses(ChooseMeasure(system, Measure.REPS))
    assert (await gym.exercises.get(admin.lifter_id, system)).measure is Measure.WEIGHT_REPS


async def test_choosing_how_to_log_without_a_workout_keeps_the_choice(ready: Phone, gym: Gym) -> None:
    made = await make_own(gym, ready, NAME)
    await ready.presses(ChooseMeasure(made, Measure.REPS))
    assert (await own(ready, gym))[0].measure is Measure.REPS

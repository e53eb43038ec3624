import pytest

from handlers.picking.buttons import Browse, OpenPicker, PickExercise
from handlers.workout.buttons import LogSuggested
from storage.database import Database
from storage.models import User
from storage.values.exercise import BodyPart
from tests.support.phone import Phone, only
from training.gym import Gym


async def test_the_picker_offers_body_parts_and_asks_for_a_name(ready: Phone) -> None:
    sent = only(await ready.sends("/workout"), "sendMessage")
    assert "Which exercise?" in sent.text
    assert {"Chest", "Back", "Legs"} <= {button["text"] for button in sent.buttons}


async def test_a_body_part_lists_its_exercises_page_by_page(ready: Phone) -> None:
    await ready.sends("/workout")
    first = only(await ready.presses(Browse(BodyPart.CHEST, 0)), "editMessageText")
    second = only(await ready.presses(Browse(BodyPart.CHEST, 1)), "editMessageText")
    assert "Page 1 of 2" in first.text
    assert "Page 2 of 2" in second.text
    assert not {button["text"] for button in first.buttons[:8]} & {button["text"] for button in second.buttons[:7]}


@pytest.mark.parametrize("page", [-5, 10**6])
async def test_a_page_that_is_not_there_shows_the_nearest(ready: Phone, page: int) -> None:
    await ready.sends("/workout")
    assert "Page" in only(await ready.presses(Browse(BodyPart.CHEST, page)), "editMessageText").text


async def test_a_pressed_exercise_becomes_the_current_one(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    choice = (await gym.library.browse(ready.lifter_id, BodyPart.CHEST, 0)).choices[0]
    assert choice.name in only(await ready.presses(PickExercise(choice.id)), "editMessageText").text


async def test_a_typed_name_becomes_the_current_one(ready: Phone) -> None:
    await ready.sends("/workout")
    assert "Overhead Press (Barbell)" in only(await ready.sends("OHP"), "editMessageText").text


async def test_a_name_that_many_have_offers_them_at_the_card(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    asked = only(await ready.sends("curl"), "editMessageText")
    assert "Which one for “curl”?" in asked.text
    assert any("Curl" in button["text"] for button in asked.buttons)
    assert (await gym.workouts.card(ready.lifter_id)).current is None


async def test_a_name_that_nothing_has_says_so_and_the_picker_stays_open(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    assert "no exercise with “quidditch”" in only(await ready.sends("quidditch"), "editMessageText").text
    await ready.sends("bench")
    current = (await gym.workouts.card(ready.lifter_id)).current
    assert current is not None
    assert current.name == "Bench Press (Barbell)"


async def test_a_long_name_with_tags_is_shown_as_text(ready: Phone) -> None:
    await ready.sends("/workout")
    answer = only(await ready.sends("<b>" + "x" * 197), "editMessageText")
    assert "&lt;b&gt;xxx" in answer.text
    assert "…" in answer.text


async def test_a_set_typed_while_the_picker_is_open_is_logged(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(OpenPicker())
    await lifting.sends("100x5")
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


async def test_a_number_typed_while_the_picker_is_open_is_reps_and_no_part_of_a_name(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    await lifting.presses(OpenPicker())
    await lifting.sends("12")
    card = await gym.workouts.card(lifting.lifter_id)
    assert (card.sets, card.exercises) == (2, 1)


async def test_a_stale_button_pressed_while_the_picker_is_open_leaves_it(
    lifting: Phone, gym: Gym, database: Database
) -> None:
    await lifting.presses(OpenPicker())
    card = await gym.workouts.card(lifting.lifter_id)
    await lifting.presses(LogSuggested(card.workout_id, card.revision - 1))
    async with database.reading() as session:
        assert (await session.get_one(User, lifting.lifter_id)).step is None


async def test_without_a_workout_a_picker_left_over_still_works(ready: Phone, gym: Gym) -> None:
    await ready.presses(Browse(BodyPart.CHEST, 0))
    assert "No workout is open" in only(await ready.sends("100x5"), "sendMessage").text
    assert "Which exercise?" in only(await ready.presses(OpenPicker()), "editMessageText").text
    await ready.sends("bench")
    assert (await gym.workouts.card(ready.lifter_id)).exercises == 1


async def test_an_exercise_that_does_not_exist_is_gone(lifting: Phone, gym: Gym) -> None:
    calls = await lifting.presses(PickExercise(10**9))
    assert "isn't there" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.workouts.card(lifting.lifter_id)).exercises == 1

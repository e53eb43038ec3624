"""Edited messages, by mocked updates."""

import pytest

from bot.turns import Turns
from handlers.amending.buttons import ReopenToAmend
from handlers.home.buttons import ChooseUnit
from handlers.screen import LONGEST_TEXT
from handlers.sets.buttons import AskForAllSets, OpenLastSet
from handlers.workout.buttons import Finish
from storage.values.quantity import WeightUnit
from tests.support.phone import Phone, only, shown
from tests.support.recording_request import RecordingRequest
from training.card import Card
from training.gym import Gym


async def today(phone: Phone, gym: Gym) -> list[str]:
    card = await gym.workouts.card(phone.lifter_id)
    executions = (await gym.history.detail(phone.lifter_id, card.workout_id)).executions
    return [
        f"{row.entry.weight and row.entry.weight.amount:g}x{row.entry.clean_reps}"
        for done in executions
        for row in done.sets
    ]


async def test_an_edit_amends_the_set_and_says_so_with_one_call(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    calls = await lifting.edits(lifting.last_sent, "105x5")
    assert "✎ Changed to 105 kg × 5." in only(calls, "editMessageText").text
    assert len(calls) == 1
    assert await today(lifting, gym) == ["105x5"]


async def test_an_edit_of_another_exercises_set_names_it(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    message_id = lifting.last_sent
    await lifting.sends("squat")
    card = shown(await lifting.edits(message_id, "105x5"))
    assert "✎ Changed to Bench Press (Barbell) 105 kg × 5." in card.text
    assert await today(lifting, gym) == ["105x5"]


async def test_an_edit_that_can_not_be_read_keeps_the_sets_and_says_so(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = only(await lifting.edits(lifting.last_sent, "<b>100,5"), "editMessageText")
    assert "Your sets stay as they were" in card.text
    assert "&lt;b&gt;100,5" in card.text
    assert await today(lifting, gym) == ["100x5"]


async def test_an_unclear_edit_shows_how_to_write_it(lifting: Phone) -> None:
    await lifting.sends("100x5")
    card = only(await lifting.edits(lifting.last_sent, "100,5"), "editMessageText")
    assert card.text.count("<code>100") >= 2


async def test_a_set_command_is_amended_too(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("/set 100x5")
    await lifting.edits(lifting.last_sent, "/set 110x5")
    assert await today(lifting, gym) == ["110x5"]
    await lifting.edits(lifting.last_sent, "/set squat 140x5")
    assert await today(lifting, gym) == ["140x5"]


async def test_edits_of_an_answered_question_amend_what_was_answered(lifting: Phone, gym: Gym) -> None:
    asked = shown(await lifting.sends("100,5"))
    message_id = lifting.last_sent
    await lifting.presses_raw(asked.buttons[0]["callback_data"])
    await lifting.edits(message_id, "102.5x5")
    assert await today(lifting, gym) == ["102.5x5"]


async def test_a_message_that_logged_nothing_can_be_logged_now(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x-5")
    message_id = lifting.last_sent
    offered = shown(await lifting.edits(message_id, "100x5"))
    assert "No set was logged by that message so far" in offered.text
    assert await today(lifting, gym) == []
    (data,) = [button["callback_data"] for button in offered.buttons if "✓ Log 100 kg × 5" in button["text"]]
    await lifting.presses_raw(data)
    await lifting.presses_raw(data)
    assert await today(lifting, gym) == ["100x5"]
    await lifting.edits(message_id, "100x6")
    assert await today(lifting, gym) == ["100x6"]


@pytest.mark.parametrize("text", ["squat", "/help", "what a day", "x" * 4096])
async def test_the_edit_of_any_other_message_is_answered_by_a_word(lifting: Phone, gym: Gym, text: str) -> None:
    await lifting.sends("hello")
    answer = shown(await lifting.edits(lifting.last_sent, text))
    assert "changes nothing" in answer.text
    assert len(answer.text) <= LONGEST_TEXT
    assert await today(lifting, gym) == []


async def test_without_a_workout_it_is_answered_too(ready: Phone) -> None:
    await ready.sends("hello")
    answer = shown(await ready.edits(ready.last_sent, "100x5"))
    assert "changes nothing" in answer.text
    assert [button["text"] for button in answer.buttons] == ["💪 Start workout"]


async def test_sets_of_a_finished_workout_stay_until_it_is_reopened(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    message_id = lifting.last_sent
    card = await gym.workouts.card(lifting.lifter_id)
    await lifting.presses(Finish(card.workout_id, card.revision))
    told = shown(await lifting.edits(message_id, "105x5"))
    assert "finished workout" in told.text
    await lifting.presses_raw(told.buttons[0]["callback_data"])
    await lifting.edits(message_id, "105x5")
    assert await today(lifting, gym) == ["105x5"]


async def test_while_another_workout_is_open_it_is_not_reopened(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    message_id = lifting.last_sent
    card = await gym.workouts.card(lifting.lifter_id)
    await lifting.presses(Finish(card.workout_id, card.revision))
    told = shown(await lifting.edits(message_id, "105x5"))
    await lifting.sends("/set squat 140x5")
    calls = await lifting.presses_raw(told.buttons[0]["callback_data"])
    assert "Finish the open workout first" in only(calls, "answerCallbackQuery").parameters["text"]
    assert await today(lifting, gym) == ["140x5"]


async def test_an_edit_in_a_group_is_left_alone(lifting: Phone) -> None:
    chat = {"id": -5, "type": "group", "title": "Gym"}
    person = {"id": lifting.lifter_id, "is_bot": False, "first_name": "Ann"}
    edited = {"message_id": 3, "date": 0, "edit_date": 1, "chat": chat, "from": person, "text": "100x6"}
    assert await lifting.gets({"update_id": 777, "edited_message": edited}) == []


async def test_an_edit_of_the_message_that_put_a_set_right_amends_that_set(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5,5,4")
    first = lifting.last_sent
    await lifting.presses(OpenLastSet())
    await lifting.sends("100x3")
    calls = await lifting.edits(lifting.last_sent, "100x2")
    assert "✎ Changed to 100 kg × 2." in shown(calls).text
    assert await today(lifting, gym) == ["100x5", "100x5", "100x2"]
    await lifting.edits(first, "105x5,5,4")
    assert await today(lifting, gym) == ["105x5", "105x5", "105x4"]


async def test_an_edit_of_the_message_that_wrote_all_sets_anew_amends_them(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5,5")
    execution = (await gym.retouching.look(lifting.lifter_id)).current
    assert execution is not None
    await lifting.presses(AskForAllSets(execution.id))
    await lifting.sends("100x5,4")
    await lifting.edits(lifting.last_sent, "90x5,4,3")
    assert await today(lifting, gym) == ["90x5", "90x4", "90x3"]


async def test_an_edit_of_an_answered_question_about_a_set_amends_that_set(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    await lifting.presses(OpenLastSet())
    asked = shown(await lifting.sends("102,5"))
    message_id = lifting.last_sent
    await lifting.presses_raw(asked.buttons[0]["callback_data"])
    await lifting.edits(message_id, "110x5")
    assert await today(lifting, gym) == ["110x5"]


async def test_a_workout_is_not_reopened_by_the_answer_to_an_edit_before_it_was_finished_anew(
    lifting: Phone, gym: Gym
) -> None:
    await lifting.sends("100x5")
    workout_id = (await gym.workouts.card(lifting.lifter_id)).workout_id
    await finish(lifting, gym)
    told = shown(await lifting.edits(lifting.last_sent, "105x5"))
    reopen = told.buttons[0]["callback_data"]
    for _ in range(2):
        await lifting.presses_raw(reopen, message_id=777)
        assert (await gym.workouts.card(lifting.lifter_id)).workout_id == workout_id
    await finish(lifting, gym)
    await lifting.presses_raw(reopen, message_id=777)
    assert (await gym.lifters.home(lifting.lifter_id)).card is None


async def test_nobody_reopens_what_is_not_theirs(
    lifting: Phone, gym: Gym, turns: Turns, telegram: RecordingRequest
) -> None:
    await lifting.sends("100x5")
    card = await finish(lifting, gym)
    bob = Phone(turns, telegram, 8, "Bob")
    await bob.sends("/start")
    await bob.presses(ChooseUnit(WeightUnit.KG))
    for press in (
        ReopenToAmend(card.workout_id, card.revision + 1),
        ReopenToAmend(2**62, 0),
        ReopenToAmend(-1, -1),
    ):
        calls = await bob.presses(press, message_id=777)
        assert "No workout is open" in only(calls, "answerCallbackQuery").parameters["text"]
    for phone in (bob, lifting):
        assert (await gym.lifters.home(phone.lifter_id)).card is None


async def finish(phone: Phone, gym: Gym) -> Card:
    """The card as it was before."""
    card = await gym.workouts.card(phone.lifter_id)
    await phone.presses(Finish(card.workout_id, card.revision))
    return card

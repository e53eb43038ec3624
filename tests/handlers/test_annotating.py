"""Remarks about sets, by mocked updates."""

from datetime import timedelta

import pytest

from handlers.annotating.buttons import Rate
from handlers.workout.buttons import Finish
from tests.support.clock import FakeClock
from tests.support.phone import Phone, only
from tests.support.recording_request import Call, RecordingRequest
from training.gym import Gym


async def remarks(phone: Phone, gym: Gym) -> list[tuple[str, str]]:
    current = (await gym.workouts.card(phone.lifter_id)).current
    assert current is not None
    return [("" if entry.rpe is None else f"{entry.rpe:g}", entry.note) for entry in current.today]


async def card_id(phone: Phone, gym: Gym) -> int:
    place = (await gym.workouts.card(phone.lifter_id)).place
    assert place.message_id is not None
    return place.message_id


async def test_a_reply_to_the_card_annotates_the_last_set_with_two_calls(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    await lifting.sends("/workout")
    calls = await lifting.replies("@8.5 slow", await card_id(lifting, gym))
    assert sorted(call.method for call in calls) == ["editMessageText", "setMessageReaction"]
    assert "✎ Bench Press (Barbell): 100 kg × 5 @8.5 (slow)" in only(calls, "editMessageText").text
    assert await remarks(lifting, gym) == [("8.5", "slow")]


async def test_a_reply_to_ones_own_message_annotates_its_set(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    first = lifting.last_sent
    await lifting.sends("95x6")
    await lifting.replies("<b>knee</b> 💪🏽", first, own=True)
    assert await remarks(lifting, gym) == [("", "<b>knee</b> 💪🏽"), ("", "")]


async def test_a_reply_to_the_end_of_a_rest_annotates_the_set_before_it(
    lifting: Phone, gym: Gym, clock: FakeClock, telegram: RecordingRequest
) -> None:
    await lifting.sends("100x5")
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(4242)
    await lifting.takes_turns()
    await lifting.replies("rpe 9", telegram.next_message_id)
    assert await remarks(lifting, gym) == [("9", "")]


async def test_a_reply_that_reads_as_a_set_is_logged(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    await lifting.replies("95x6", await card_id(lifting, gym))
    assert len(await remarks(lifting, gym)) == 2


async def test_a_reply_to_anything_else_is_a_line_like_any(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    calls = await lifting.replies("squat", 9999)
    assert any("Squat (Barbell)" in call.text for call in calls)


async def test_a_whole_workout_in_a_reply_is_previewed(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    calls = await lifting.replies("squat\n140x5", await card_id(lifting, gym))
    assert any("Log this?" in call.text for call in calls)


@pytest.mark.parametrize("text", ["@11", "rpe 8.3"])
async def test_an_rpe_that_there_is_not_is_answered_with_one_that_there_is(lifting: Phone, gym: Gym, text: str) -> None:
    await lifting.sends("100x5")
    answer = only(await lifting.replies(text, await card_id(lifting, gym)), "sendMessage")
    assert "RPE runs from 1 to 10 in halves" in answer.text
    assert await remarks(lifting, gym) == [("", "")]


async def test_a_note_as_long_as_a_message_is_kept_and_shown_cut(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    calls = await lifting.replies("ж" * 4096, await card_id(lifting, gym))
    assert any("✎" in call.text and len(call.text) < 2000 for call in calls)
    assert await remarks(lifting, gym) == [("", "ж" * 4096)]


async def finished(phone: Phone, gym: Gym) -> int:
    """A workout with one set, typed in the last message; its summary's message."""
    await phone.sends("100x5")
    card = await gym.workouts.card(phone.lifter_id)
    await phone.presses(Finish(card.workout_id, card.revision))
    assert card.place.message_id is not None
    return card.place.message_id


@pytest.mark.parametrize("own", [True, False])
async def test_a_set_of_a_finished_workout_is_annotated_once_that_is_reopened(
    lifting: Phone, gym: Gym, *, own: bool
) -> None:
    summary = await finished(lifting, gym)
    typed = lifting.last_sent
    told = only(await lifting.replies("slow", typed if own else summary, own=own), "sendMessage")
    assert "That workout is finished, so its sets stay as they are" in told.text
    reopen, see = (button["callback_data"] for button in told.buttons)
    assert "100 kg × 5" in only(await lifting.presses_raw(see, message_id=777), "editMessageText").text
    await lifting.presses_raw(reopen, message_id=777)
    await lifting.replies("slow", typed, own=True)
    assert await remarks(lifting, gym) == [("", "slow")]


async def test_beside_an_open_workout_the_finished_one_asks_before_it_is_reopened(lifting: Phone, gym: Gym) -> None:
    summary = await finished(lifting, gym)
    await lifting.sends("/set squat 140x5")
    told = only(await lifting.replies("@9", summary), "sendMessage")
    asked = only(await lifting.presses_raw(told.buttons[0]["callback_data"], message_id=777), "editMessageText")
    assert "Finish that, then reopen this" in asked.buttons[0]["text"]


async def test_a_set_in_reply_to_a_summary_is_kept_as_any(lifting: Phone, gym: Gym) -> None:
    calls = await lifting.replies("95x6", await finished(lifting, gym))
    assert "I keep <b>95x6</b>" in only(calls, "sendMessage").text


def rpe_row(call: Call) -> list[str]:
    return [button["text"] for button in call.buttons if button["callback_data"].startswith("1ye:")]


async def test_the_rpe_of_a_working_set_is_asked_for_by_one_row_and_answered_by_one_tap(
    lifting: Phone, gym: Gym
) -> None:
    await gym.lifters.change_settings(lifting.lifter_id, asks_rpe=True)
    card = only(await lifting.sends("100x5"), "editMessageText")
    assert rpe_row(card) == ["RPE 6", "7", "8", "9", "10"]
    (nine,) = [button["callback_data"] for button in card.buttons if button["text"] == "9"]
    rated = only(await lifting.presses_raw(nine), "editMessageText")
    assert rpe_row(rated) == []
    assert "@9" in rated.text
    calls = await lifting.presses_raw(nine)
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert await remarks(lifting, gym) == [("9", "")]


async def test_the_rpe_is_not_asked_for_by_itself(lifting: Phone) -> None:
    assert rpe_row(only(await lifting.sends("100x5"), "editMessageText")) == []


async def test_a_forged_rpe_is_refused(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    set_id = (await gym.history.detail(lifting.lifter_id, card.workout_id)).executions[0].sets[0].id
    await lifting.presses_raw(f"1ye:{set_id}:{card.revision}:99")
    assert await remarks(lifting, gym) == [("", "")]


async def test_an_old_button_for_the_rpe_changes_no_finished_workout(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    set_id = (await gym.history.detail(lifting.lifter_id, card.workout_id)).executions[0].sets[0].id
    await gym.workouts.finish(lifting.lifter_id, card.workout_id, card.revision)
    calls = await lifting.presses(Rate(set_id, card.revision, 8))
    assert "No workout is open" in only(calls, "answerCallbackQuery").parameters["text"]
    detail = await gym.history.detail(lifting.lifter_id, card.workout_id)
    assert detail.executions[0].sets[0].entry.rpe is None

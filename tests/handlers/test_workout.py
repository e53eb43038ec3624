import asyncio
from datetime import timedelta
from typing import Any

import pytest

from handlers.home.buttons import ChooseUnit, Repeat, StartAnother, StartWorkout
from handlers.workout.buttons import AskToFinish, Finish, LogSuggested, ShowCard
from storage.values.quantity import WeightUnit
from tests.support.clock import FakeClock
from tests.support.phone import BOT_ID, Phone, only, shown
from tests.support.recording_request import RecordingRequest
from training.card import Card
from training.gym import Gym


async def card_of(phone: Phone, gym: Gym) -> Card:
    return await gym.workouts.card(phone.lifter_id)


async def suggestion(phone: Phone, gym: Gym) -> LogSuggested:
    card = await card_of(phone, gym)
    return LogSuggested(card.workout_id, card.revision)


async def test_starting_turns_the_offer_into_the_picker(ready: Phone) -> None:
    calls = await ready.presses(StartWorkout(), message_id=444)
    assert "Which exercise?" in only(calls, "sendMessage").text
    assert "444" in str(only(calls, "deleteMessages").parameters["message_ids"])


async def test_starting_from_a_summary_leaves_it_standing(ready: Phone) -> None:
    calls = await ready.presses(StartAnother(), message_id=444)
    assert "Which exercise?" in only(calls, "sendMessage").text
    assert not [call for call in calls if call.method == "deleteMessages"]


async def test_starting_twice_comes_back_to_the_open_workout(lifting: Phone, gym: Gym) -> None:
    before = await card_of(lifting, gym)
    await lifting.presses(StartWorkout())
    assert (await card_of(lifting, gym)).workout_id == before.workout_id


async def test_a_logged_set_is_suggested_again_in_so_many_words(lifting: Phone) -> None:
    card = only(await lifting.sends("100x5"), "editMessageText")
    assert "Today: 100 kg × 5" in card.text
    assert "✓ Log 100 kg × 5" in [button["text"] for button in card.buttons]


async def test_the_suggestion_is_logged_by_one_tap(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    calls = await lifting.presses(await suggestion(lifting, gym))
    assert "Today: 100 kg × 5, 5" in only(calls, "editMessageText").text
    only(calls, "answerCallbackQuery")


async def test_the_card_does_not_wait_until_the_answer_to_the_press_has_arrived(
    lifting: Phone, gym: Gym, telegram: RecordingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lifting.sends("100x5")
    shown, make = asyncio.Event(), telegram.do_request

    async def make_in_order(url: str, *arguments: Any, **more: Any) -> tuple[int, bytes]:
        if url.endswith("answerCallbackQuery"):
            await shown.wait()
        made = await make(url, *arguments, **more)
        if url.endswith("editMessageText"):
            shown.set()
        return made

    monkeypatch.setattr(telegram, "do_request", make_in_order)
    async with asyncio.timeout(30):
        calls = await lifting.presses(await suggestion(lifting, gym))
    assert [call.method for call in calls] == ["editMessageText", "answerCallbackQuery"]


async def test_a_second_tap_on_the_same_button_logs_nothing(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    press = await suggestion(lifting, gym)
    await lifting.presses(press)
    calls = await lifting.presses(press)
    assert (await card_of(lifting, gym)).sets == 2
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]


async def test_the_rest_is_shown_counting_by_itself(lifting: Phone, clock: FakeClock) -> None:
    card = only(await lifting.sends("100x5"), "editMessageText")
    over = int((clock() + timedelta(seconds=180)).timestamp())
    assert f'<tg-time unix="{over}" format="r">' in card.text


async def test_the_end_of_a_rest_buzzes_with_the_next_set(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await lifting.sends("100x5")
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(4242)
    over = only(await lifting.takes_turns(), "sendMessage")
    assert "Rest is over" in over.text
    assert [button["text"] for button in over.buttons] == ["✓ Log 100 kg × 5", "✎ Change", "⏱ +30 s"]


async def test_the_rest_message_leaves_the_chat_when_the_next_set_is_logged(
    lifting: Phone, gym: Gym, clock: FakeClock, telegram: RecordingRequest
) -> None:
    await lifting.sends("100x5")
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(4242)
    await lifting.takes_turns()
    buzz = telegram.next_message_id
    calls = await lifting.presses(await suggestion(lifting, gym), message_id=buzz)
    assert [call.method for call in calls if call.method != "answerCallbackQuery"] == [
        "editMessageText",
        "deleteMessages",
    ]
    assert str(buzz) in str(only(calls, "deleteMessages").parameters["message_ids"])


async def test_a_rest_that_was_ended_meanwhile_is_not_told(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await lifting.sends("100x5")
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(4242)
    card = await card_of(lifting, gym)
    await gym.workouts.finish(lifting.lifter_id, card.workout_id, card.revision)
    assert await lifting.takes_turns() == []


async def test_the_card_is_sent_anew_once_three_messages_stand_below_it(lifting: Phone) -> None:
    only(await lifting.sends("100x5"), "editMessageText")  # below the card now: this, and the name of the exercise
    calls = await lifting.sends("100x5")
    assert "Today:" in only(calls, "sendMessage").text
    only(calls, "deleteMessages")


async def test_a_card_that_was_deleted_is_sent_anew(lifting: Phone, telegram: RecordingRequest) -> None:
    telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    assert "Today:" in only(await lifting.sends("100x5"), "sendMessage").text


async def test_a_card_that_stays_as_it_is_needs_no_answer(lifting: Phone, telegram: RecordingRequest) -> None:
    telegram.refuse("editMessageText", 400, "Bad Request: message is not modified: specified new message content")
    only(await lifting.presses(ShowCard()), "answerCallbackQuery")


async def test_a_long_note_of_a_set_leaves_the_other_sets_in_sight(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5 " + "slow and low " * 70)
    card = shown(await lifting.sends("90x8"))
    assert "Today: 100 kg × 5 (slow and low slow and low slow and low…) · 90 kg × 8\n" in card.text
    current = (await card_of(lifting, gym)).current
    assert current is not None
    assert len(current.today[0].note) > 40


async def test_the_plan_of_a_repeated_workout_shrinks_until_it_is_done(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    await lifting.sends("w 40x10\n80x5,5")
    await gym.notebook.write(lifting.lifter_id, "squat")
    await gym.notebook.write(lifting.lifter_id, "100x5")
    card = await card_of(lifting, gym)
    await lifting.presses(Finish(card.workout_id, card.revision))
    clock.advance(timedelta(days=3))
    assert "Plan: w 40 kg × 10 · 80 kg × 5, 5\n" in shown(await lifting.presses(Repeat(card.workout_id))).text
    for left in ("80 kg × 5, 5", "80 kg × 5", "all done ✓"):
        after = shown(await lifting.presses(await suggestion(lifting, gym)))
        assert f"Plan: {left}\n" in after.text
    first, *others = after.buttons
    assert first["text"] == "✓ One more: 80 kg × 5"
    assert [other["text"] for other in others if "style" in other] == ["Next ›"]
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(BOT_ID)
    over = only(await lifting.takes_turns(), "sendMessage")
    assert "Bench Press (Barbell): all planned sets are done" in over.text
    log, *others = over.buttons
    assert [button["text"] for button in others] == ["✓ One more: 80 kg × 5", "Next ›", "⏱ +30 s"]
    assert log["text"].endswith(": 100 kg × 5")
    assert "Plan: 100 kg × 5\n" in shown(await lifting.presses_raw(others[1]["callback_data"])).text
    await lifting.presses_raw(log["callback_data"])
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 3  # the message is of before


async def test_finishing_asks_first(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    asked = only(await lifting.presses(AskToFinish()), "editMessageText")
    assert "Finish the workout?" in asked.text
    assert [button["text"] for button in asked.buttons] == ["🏁 Finish", "Keep going"]
    assert (await card_of(lifting, gym)).sets == 1


async def test_the_summary_says_what_was_done(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await lifting.sends("100x5x3")
    clock.advance(timedelta(minutes=61))
    card = await card_of(lifting, gym)
    done = only(await lifting.presses(Finish(card.workout_id, card.revision)), "editMessageText")
    assert "1 h 1 min · 3 sets · 1,500 kg" in done.text
    assert "100 kg × 5, 5, 5" in done.text


async def test_a_workout_without_sets_is_not_kept(lifting: Phone, gym: Gym) -> None:
    card = await card_of(lifting, gym)
    done = only(await lifting.presses(Finish(card.workout_id, card.revision)), "editMessageText")
    assert "nothing to keep" in done.text


async def test_the_finish_of_an_older_card_changes_nothing(lifting: Phone, gym: Gym) -> None:
    card = await card_of(lifting, gym)
    await lifting.sends("100x5")
    await lifting.presses(Finish(card.workout_id, card.revision))
    assert (await card_of(lifting, gym)).sets == 1


async def test_a_second_press_of_finish_leaves_the_summary_alone(
    lifting: Phone, gym: Gym, telegram: RecordingRequest
) -> None:
    await lifting.sends("100x5")
    card, message_id = await card_of(lifting, gym), telegram.next_message_id
    finish = Finish(card.workout_id, card.revision)
    assert "Workout done" in only(await lifting.presses(finish, message_id), "editMessageText").text
    (answer,) = await lifting.presses(finish, message_id)
    assert answer.method == "answerCallbackQuery"


async def test_what_is_left_of_an_older_card_turns_into_what_can_be_started(
    lifting: Phone, gym: Gym, telegram: RecordingRequest
) -> None:
    await lifting.sends("100x5")
    yesterdays = telegram.next_message_id
    telegram.refuse("deleteMessages", 400, "Bad Request: message can't be deleted")
    await lifting.sends("100x5")
    assert telegram.next_message_id != yesterdays
    card = await card_of(lifting, gym)
    await lifting.presses(Finish(card.workout_id, card.revision), message_id=telegram.next_message_id)
    calls = await lifting.presses(LogSuggested(card.workout_id, card.revision - 1), message_id=yesterdays)
    assert "No workout is open" in only(calls, "answerCallbackQuery").parameters["text"]
    redrawn = only(calls, "editMessageText")
    assert redrawn.parameters["message_id"] == str(yesterdays)
    assert "Last workout" in redrawn.text
    assert await gym.workouts.is_summary(lifting.lifter_id, telegram.next_message_id)


async def test_a_second_press_on_a_message_that_the_first_one_removed_shows_the_card(
    lifting: Phone, telegram: RecordingRequest, gym: Gym
) -> None:
    await lifting.sends("100x5")
    card = await card_of(lifting, gym)
    telegram.refuse("editMessageReplyMarkup", 400, "Bad Request: message to edit not found")
    stale = LogSuggested(card.workout_id, card.revision - 1)
    lifting.meets_a_new_process()
    calls = await lifting.presses(stale, message_id=999)
    assert "Today: 100 kg × 5" in only(calls, "editMessageText").text
    assert [call.method for call in calls].count("sendMessage") == 0


async def test_a_button_read_in_another_unit_logs_nothing(lifting: Phone, gym: Gym) -> None:
    question = only(await lifting.sends("1200x5"), "editMessageText")
    data = next(button["callback_data"] for button in question.buttons if "1200 kg" in button["text"])
    await lifting.presses(ChooseUnit(WeightUnit.LB))
    await lifting.presses_raw(data)
    assert (await card_of(lifting, gym)).sets == 0


async def test_the_card_is_asked_for_without_a_workout(ready: Phone) -> None:
    calls = await ready.presses(ShowCard(), 77)
    assert "No workout is open" in only(calls, "answerCallbackQuery").parameters["text"]
    assert "Ready when you are" in only(calls, "editMessageText").text
    assert "No workout is open" in only(await ready.sends("/finish"), "sendMessage").text


async def test_another_lifters_card_can_be_neither_logged_on_nor_finished(
    lifting: Phone, admin: Phone, gym: Gym
) -> None:
    await lifting.sends("100x5")
    card = await card_of(lifting, gym)
    for press in (LogSuggested(card.workout_id, card.revision), Finish(card.workout_id, card.revision)):
        await admin.presses(press)
    assert (await card_of(lifting, gym)).sets == 1

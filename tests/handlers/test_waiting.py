"""Sets that are typed where there is nothing that they could go to are kept, and logged once their place is known."""

import json
from datetime import timedelta

import pytest

from handlers.home.buttons import ChooseUnit
from handlers.picking.buttons import ClosePicker, PickExercise
from handlers.waiting.buttons import StartWith
from handlers.workout.buttons import Finish
from storage.values.quantity import WeightUnit
from tests.support.clock import FakeClock
from tests.support.phone import Phone, data_of, labels, only, shown
from tests.support.recording_request import Call, RecordingRequest
from training.card import Card
from training.gym import Gym

LONG = "100x5 # good bar speed, felt light, more next time, my friend"


async def tap(phone: Phone, call: Call, label: str) -> Call:
    data = data_of(call, label)
    return shown(await phone.presses_raw(data, message_id=777))


async def card_of(phone: Phone, gym: Gym) -> Card:
    return await gym.workouts.card(phone.lifter_id)


async def trained(phone: Phone, gym: Gym, clock: FakeClock) -> None:
    """At the bench, long ago."""
    await phone.sends("/workout")
    await phone.sends("bench")
    await phone.sends("100x5")
    card = await card_of(phone, gym)
    await phone.presses(Finish(card.workout_id, card.revision))
    clock.advance(timedelta(days=3))


async def test_a_first_set_asks_for_its_exercise_and_is_logged_for_what_is_typed(ready: Phone) -> None:
    asked = only(await ready.sends("100x5"), "sendMessage")
    assert "Which exercise is <b>100x5</b> for?" in asked.text
    assert "Bench Press (Barbell)" in labels(asked)
    assert "Today: 100 kg × 5\n" in shown(await ready.sends("bench")).text
    amended = shown(await ready.edits(ready.last_sent - 1, "105x5"))
    assert "Today: 105 kg × 5\n" in amended.text


async def test_who_closes_the_question_is_told_that_the_set_is_not_logged(ready: Phone) -> None:
    await ready.sends("100x5")
    closed = await ready.presses(ClosePicker(), message_id=502)
    assert only(closed, "answerCallbackQuery").parameters["text"] == "100x5 is not logged."
    assert "Ready when you are" in shown(closed).text


@pytest.mark.parametrize("started", [False, True])
async def test_a_set_is_logged_for_the_exercise_that_is_tapped_once(ready: Phone, gym: Gym, *, started: bool) -> None:
    if started:
        await ready.sends("/workout")
    asked = shown(await ready.sends("100x5"))
    assert "Which exercise is <b>100x5</b> for?" in asked.text
    assert "Today: 100 kg × 5\n" in (await tap(ready, asked, "Bench Press (Barbell)")).text
    await tap(ready, asked, "Bench Press (Barbell)")
    assert (await card_of(ready, gym)).sets == 1


async def test_long_after_the_last_workout_a_tap_starts_one_with_its_exercise_and_the_set_once(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    await trained(ready, gym, clock)
    asked = only(await ready.sends("102.5x5"), "sendMessage")
    assert "I keep <b>102.5x5</b>" in asked.text
    assert labels(asked) == ["💪 Start & log: Bench Press (Barbell)", "➕ Another exercise"]
    await ready.sends("/history")  # whatever is done in between
    assert "Today: 102.5 kg × 5" in (await tap(ready, asked, "Start & log")).text
    card = await card_of(ready, gym)
    await tap(ready, asked, "Start & log")
    await ready.presses(Finish(card.workout_id, card.revision))
    await tap(ready, asked, "Start & log")
    assert (await gym.lifters.home(ready.lifter_id)).card is None


async def test_another_exercise_can_be_chosen_whatever_was_done_in_between(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    await trained(ready, gym, clock)
    asked = only(await ready.sends("140x5"), "sendMessage")
    await ready.sends("/history")
    picker = await tap(ready, asked, "Another exercise")
    assert "Which exercise is <b>140x5</b> for?" in picker.text
    assert "Today: 140 kg × 5\n" in shown(await ready.sends("squat (barbell)")).text
    assert (
        "changed meanwhile"
        in only(await ready.presses_raw(asked.buttons[-1]["callback_data"]), "answerCallbackQuery").parameters["text"]
    )


async def test_sets_that_come_one_after_the_other_wait_together(ready: Phone) -> None:
    await ready.sends("100x5")
    asked = shown(await ready.sends("95x6"))
    assert "100x5 · 95x6" in asked.text
    assert "Today: 100 kg × 5 · 95 kg × 6" in shown(await ready.sends("bench")).text


async def test_a_set_waits_while_the_workout_is_started_or_its_exercise_made(ready: Phone, gym: Gym) -> None:
    await ready.sends("100x5")
    assert "<b>100x5</b>" in shown(await ready.sends("/workout")).text
    asked = shown(await ready.sends("Zercher thing"))
    asked = await tap(ready, asked, "Create")
    asked = await tap(ready, asked, "Legs")
    assert "Today: 100 kg × 5\n" in (await tap(ready, asked, "Barbell")).text
    current = (await card_of(ready, gym)).current
    assert current is not None
    assert current.name == "Zercher thing"


async def test_what_does_not_fit_the_exercise_is_said_in_the_workout_that_was_started(ready: Phone, gym: Gym) -> None:
    asked = shown(await ready.sends("5km 25:00"))
    refused = await tap(ready, asked, "Bench Press (Barbell)")
    assert "without distance" in refused.text
    assert "Bench Press (Barbell)" in refused.text
    assert (await card_of(ready, gym)).sets == 0


async def test_what_can_be_read_in_two_ways_is_asked_about_in_the_workout_that_was_started(
    ready: Phone, gym: Gym
) -> None:
    question = await tap(ready, shown(await ready.sends("100,5")), "Bench Press (Barbell)")
    assert "more than one way" in question.text
    await ready.presses_raw(question.buttons[0]["callback_data"])
    assert (await card_of(ready, gym)).sets == 1


@pytest.mark.stocked
async def test_a_set_before_the_unit_is_known_is_asked_about_once_it_is(ann: Phone) -> None:
    greeting = shown(await ann.sends("225x5")).text
    assert "I keep <b>225x5</b>" in greeting
    assert "kilograms or pounds" in greeting
    asked = shown(await ann.presses(ChooseUnit(WeightUnit.LB)))
    assert "Which exercise is <b>225x5</b> for?" in asked.text
    assert "Today: 225 lb × 5\n" in shown(await ann.sends("bench press (barbell)")).text


async def test_sets_too_long_for_a_button_wait_all_the_same(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock)
    asked = only(await ready.sends(LONG), "sendMessage")
    assert "felt light" in (await tap(ready, asked, "Start & log")).text


async def test_cancel_gives_them_up(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock)
    asked = only(await ready.sends(LONG), "sendMessage")
    await ready.sends("/cancel")
    await tap(ready, asked, "Start & log")
    assert (await gym.lifters.home(ready.lifter_id)).card is None


async def test_forged_buttons_log_nothing(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock)
    for press in (StartWith(0, 1, 0, "100x5"), StartWith(404, 1, 0, "100x5"), StartWith(1, 10**6, 0, "100x5")):
        await ready.presses(press)
    assert (await gym.lifters.home(ready.lifter_id)).card is None


async def test_what_is_no_set_is_not_kept(ready: Phone, gym: Gym) -> None:
    await ready.sends("good morning to all")
    await ready.presses(PickExercise((await gym.library.search(ready.lifter_id, "bench press")).choices[0].id))
    assert (await card_of(ready, gym)).sets == 0


async def typed_reps(phone: Phone, gym: Gym) -> list[str]:
    current = (await card_of(phone, gym)).current
    assert current is not None
    return [f"{entry.weight and entry.weight.amount:g}x{entry.clean_reps}" for entry in current.today]


@pytest.mark.parametrize("tapped", [False, True])
async def test_each_of_several_messages_that_waited_amends_its_own_sets(
    ready: Phone, gym: Gym, *, tapped: bool
) -> None:
    await ready.sends("100x5,5")
    first = ready.last_sent
    await ready.sends("95x6\n8")
    asked = shown(await ready.sends("90x7"))
    last = ready.last_sent
    if tapped:
        await tap(ready, asked, "Bench Press (Barbell)")
    else:
        await ready.sends("bench")
    assert await typed_reps(ready, gym) == ["100x5", "100x5", "95x6", "95x8", "90x7"]
    await ready.edits(last, "90x9")
    await ready.edits(first, "105x5")
    assert await typed_reps(ready, gym) == ["105x5", "95x6", "95x8", "90x9"]


async def test_messages_whose_sets_a_tap_logged_in_a_new_workout_amend_them(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    await trained(ready, gym, clock)
    await ready.sends("100x5")
    first = ready.last_sent
    asked = shown(await ready.sends("95x6"))
    await tap(ready, asked, "Start & log")
    await ready.edits(first, "105x5")
    assert await typed_reps(ready, gym) == ["105x5", "95x6"]


@pytest.mark.parametrize("started", [False, True])
async def test_an_edit_while_the_sets_wait_changes_what_waits(ready: Phone, gym: Gym, *, started: bool) -> None:
    if started:
        await ready.sends("/workout")
    await ready.sends("100x5")
    await ready.sends("95x6")
    asked = shown(await ready.edits(ready.last_sent - 1, "105x5,4"))
    assert "105x5,4 · 95x6" in asked.text
    await ready.sends("bench")
    assert await typed_reps(ready, gym) == ["105x5", "105x4", "95x6"]


@pytest.mark.stocked
@pytest.mark.parametrize("said", ["/start", "hello", "/workout", "kilos or so"])
async def test_a_set_waits_for_the_unit_whatever_is_said_before_it_is_chosen(ann: Phone, said: str) -> None:
    await ann.sends("225x5")
    assert "I keep <b>225x5</b>" in shown(await ann.sends(said)).text
    await ann.sends("235x4")
    assert "<b>225x5 · 235x4</b>" in shown(await ann.sends("kg")).text


@pytest.mark.stocked
async def test_cancel_gives_up_what_waits_for_the_unit(ann: Phone) -> None:
    await ann.sends("225x5")
    assert "225x5" not in shown(await ann.sends("/cancel")).text
    assert "225x5" not in shown(await ann.sends("kg")).text


@pytest.mark.stocked
async def test_an_edit_while_the_unit_is_asked_for_changes_what_waits(ann: Phone) -> None:
    await ann.sends("225x5")
    await ann.edits(ann.last_sent, "235x5")
    assert "<b>235x5</b>" in shown(await ann.presses(ChooseUnit(WeightUnit.LB))).text


@pytest.mark.stocked
async def test_a_message_that_says_no_sets_any_more_keeps_none_waiting_for_the_unit(ann: Phone) -> None:
    await ann.sends("225x5")
    await ann.edits(ann.last_sent, "oops")
    assert "225x5" not in shown(await ann.presses(ChooseUnit(WeightUnit.LB))).text


def gone_from(calls: list[Call]) -> list[int]:
    """The messages that leave the chat."""
    return [
        message_id
        for call in calls
        if call.method == "deleteMessages"
        for message_id in json.loads(call.parameters["message_ids"])
    ]


@pytest.mark.parametrize("again", [False, True])
async def test_of_the_questions_about_waiting_sets_only_the_newest_stays_with_two_calls(
    ready: Phone, gym: Gym, clock: FakeClock, telegram: RecordingRequest, *, again: bool
) -> None:
    if again:
        await trained(ready, gym, clock)
    await ready.sends("100x5")
    for text in ("95x6", "90x7"):
        asked_in = telegram.next_message_id
        calls = await ready.sends(text)
        assert [call.method for call in calls] == ["sendMessage", "deleteMessages"]
        assert gone_from(calls) == [asked_in]
    asked_in = telegram.next_message_id
    edited = await ready.edits(ready.last_sent, "90x8")
    assert gone_from(edited) == [asked_in]
    assert "100x5 · 95x6 · 90x8" in shown(edited).text
    asked_in = telegram.next_message_id
    assert asked_in in gone_from(await ready.sends("bench"))


async def test_a_button_that_was_shown_before_an_edit_and_more_sets_came_is_for_all_of_them(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    await trained(ready, gym, clock)
    asked = shown(await ready.sends("102.5x5"))
    await ready.sends("95x6")
    await ready.edits(ready.last_sent - 1, "105x5")
    await tap(ready, asked, "Start & log")
    assert await typed_reps(ready, gym) == ["105x5", "95x6"]


async def test_reopening_with_a_button_that_was_shown_before_more_sets_came_logs_them_all(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    await trained(ready, gym, clock)
    clock.advance(timedelta(days=-3))
    asked = shown(await ready.sends("102.5x5"))
    await ready.sends("95x6")
    await tap(ready, asked, "Reopen & log")
    assert await typed_reps(ready, gym) == ["100x5", "102.5x5", "95x6"]


async def test_a_question_about_sets_that_no_other_is_about_stays(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock)
    asked = shown(await ready.sends("100x5"))
    await ready.sends("/history")
    assert gone_from(await ready.sends("95x6")) == []
    await tap(ready, asked, "Start & log")
    assert await typed_reps(ready, gym) == ["100x5"]
    await ready.sends("squat (barbell)")
    assert await typed_reps(ready, gym) == ["95x6"]


@pytest.mark.stocked
@pytest.mark.parametrize("said", ["/help", "/settings", "/history", "/exercises", "/reminders", "an edit"])
async def test_nothing_that_is_done_before_the_unit_is_chosen_loses_the_sets_that_wait_for_it(
    ann: Phone, said: str
) -> None:
    await ann.sends("hi")
    earlier = ann.last_sent
    await ann.sends("225x5")
    if said == "an edit":
        await ann.edits(earlier, "hi there")
    else:
        await ann.sends(said)
    assert "<b>225x5</b>" in shown(await ann.presses(ChooseUnit(WeightUnit.LB))).text


async def test_an_edit_of_another_message_loses_none_of_the_sets_that_wait(ready: Phone, gym: Gym) -> None:
    await ready.sends("hi")
    earlier = ready.last_sent
    await ready.sends("100x5")
    await ready.edits(earlier, "hi there")
    await ready.sends("bench")
    assert await typed_reps(ready, gym) == ["100x5"]


async def test_a_message_that_is_edited_until_it_says_no_sets_leaves_those_of_the_others(
    ready: Phone, gym: Gym
) -> None:
    await ready.sends("100x5")
    await ready.sends("95x6")
    asked = shown(await ready.edits(ready.last_sent - 1, "oops"))
    assert "for?" in asked.text
    assert "<b>95x6</b>" in asked.text
    await ready.sends("bench")
    assert await typed_reps(ready, gym) == ["95x6"]


@pytest.mark.stocked
async def test_of_the_questions_for_the_unit_only_the_newest_keeps_its_buttons(
    ann: Phone, telegram: RecordingRequest
) -> None:
    await ann.sends("/start")
    for text in ("225x5", "235x4"):
        asked_in = telegram.next_message_id
        calls = await ann.sends(text)
        assert [call.method for call in calls] == ["sendMessage", "editMessageReplyMarkup"]
        assert only(calls, "editMessageReplyMarkup").parameters["message_id"] == str(asked_in)
    asked_in = telegram.next_message_id
    bared = only(await ann.sends("lb"), "editMessageReplyMarkup")
    assert bared.parameters["message_id"] == str(asked_in)

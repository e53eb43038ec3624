"""/undo and its button: what is taken back, and what is said about it."""

from datetime import timedelta

import pytest

from handlers.home.buttons import StartAnother
from handlers.more.buttons import Discard
from handlers.sets.buttons import DeleteSet
from handlers.undo.views import taken_back
from handlers.workout.buttons import Finish, LogSuggested, TakeBack
from storage.values.change import ChangeKind
from tests.support.clock import FakeClock
from tests.support.phone import Phone, only, shown
from tests.support.recording_request import Call, RecordingRequest
from training.card import Card
from training.gym import Gym


async def card_of(phone: Phone, gym: Gym) -> Card:
    return await gym.workouts.card(phone.lifter_id)


async def press_of(phone: Phone, gym: Gym) -> TakeBack:
    card = await card_of(phone, gym)
    return TakeBack(card.workout_id, card.revision)


async def test_the_last_set_is_taken_back_by_one_tap(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = shown(await lifting.sends("100x4"))
    assert "↶ Undo" in [button["text"] for button in card.buttons]
    card = shown(await lifting.presses(await press_of(lifting, gym)))
    assert card.text.startswith("↶ Taken back: what you logged last.")
    assert "Today: 100 kg × 5\n" in card.text


async def test_a_second_tap_on_the_same_button_takes_nothing_back(lifting: Phone, gym: Gym) -> None:
    for line in ("100x5", "100x4"):
        await lifting.sends(line)
    press = await press_of(lifting, gym)
    await lifting.presses(press)
    calls = await lifting.presses(press)
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await card_of(lifting, gym)).sets == 1


async def test_the_command_goes_back_step_by_step_to_before_the_workout(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    said = [shown(await lifting.sends("/undo")).text for _ in range(3)]
    assert [text.split("\n")[0] for text in said] == [
        "↶ Taken back: what you logged last.",
        "↶ Taken back: the added exercise.",
        "↶ Taken back: the start of the workout.",
    ]
    assert "No workout is open." in said[-1]
    assert "nothing to take back" in shown(await lifting.sends("/undo")).text
    assert (await gym.lifters.home(lifting.lifter_id)).card is None


async def test_no_card_is_left_behind_by_a_workout_that_is_gone(lifting: Phone, gym: Gym) -> None:
    place = (await card_of(lifting, gym)).place
    await lifting.sends("/undo")
    calls = await lifting.sends("/undo")
    assert (await gym.lifters.home(lifting.lifter_id)).card is None
    used_or_removed = [call.parameters for call in calls if call.method in {"editMessageText", "deleteMessages"}]
    assert str(place.message_id) in str(used_or_removed)


async def test_the_finish_is_taken_back_days_later(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await lifting.sends("100x5")
    card = await card_of(lifting, gym)
    await lifting.presses(Finish(card.workout_id, card.revision))
    clock.advance(timedelta(days=3))
    card_again = shown(await lifting.sends("/undo"))
    assert card_again.text.startswith("↶ Taken back: the finish.")
    assert (await card_of(lifting, gym)).workout_id == card.workout_id


async def test_what_was_started_since_is_taken_back_before_the_finish(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await card_of(lifting, gym)
    await lifting.presses(Finish(card.workout_id, card.revision))
    await lifting.presses(StartAnother())
    assert "the start of the workout" in shown(await lifting.sends("/undo")).text
    assert "the finish" in shown(await lifting.sends("/undo")).text
    assert (await card_of(lifting, gym)).workout_id == card.workout_id


async def test_with_nothing_done_there_is_nothing_to_take_back(ready: Phone) -> None:
    assert "nothing to take back" in shown(await ready.sends("/undo")).text


async def undoes(phone: Phone, screen: Call) -> Call:
    (data,) = [button["callback_data"] for button in screen.buttons if button["text"] == "↶ Undo"]
    return shown(await phone.presses_raw(data))


async def test_the_first_exercise_is_taken_back_by_its_button(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    back = await undoes(ready, shown(await ready.sends("bench")))
    assert back.text.startswith("↶ Taken back: the added exercise.")
    assert (await card_of(ready, gym)).exercises == 0
    assert "the start of the workout" in (await undoes(ready, back)).text


async def test_the_only_set_comes_back_by_the_button_under_its_deletion(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await card_of(lifting, gym)
    (execution,) = (await gym.history.detail(lifting.lifter_id, card.workout_id)).executions
    deleted = shown(await lifting.presses(DeleteSet(execution.sets[0].id, card.revision)))
    assert (await card_of(lifting, gym)).sets == 0
    assert "Today: 100 kg × 5\n" in (await undoes(lifting, deleted)).text


@pytest.mark.parametrize("twice", [False, True])
async def test_a_discarded_workout_comes_back_by_the_button_under_its_end(
    lifting: Phone, gym: Gym, telegram: RecordingRequest, *, twice: bool
) -> None:
    await lifting.sends("100x5")
    card, here = await card_of(lifting, gym), telegram.next_message_id
    gone = shown(await lifting.presses(Discard(card.workout_id, card.revision), here))
    if twice:
        lifting.meets_a_new_process()
        gone = shown(await lifting.presses(Discard(card.workout_id, card.revision), here))
    assert "Workout discarded" in gone.text
    (data,) = [button["callback_data"] for button in gone.buttons if button["text"] == "↶ Undo"]
    calls = await lifting.presses_raw(data, here)
    assert only(calls, "deleteMessages").parameters["message_ids"] == f"[{here}]"
    back = shown(calls)
    assert "Today: 100 kg × 5\n" in back.text
    assert (await card_of(lifting, gym)).workout_id == card.workout_id


@pytest.mark.parametrize("twice", [False, True])
async def test_a_workout_that_ended_without_sets_comes_back_by_a_button(
    lifting: Phone, gym: Gym, telegram: RecordingRequest, *, twice: bool
) -> None:
    card, here = await card_of(lifting, gym), telegram.next_message_id
    closed = shown(await lifting.presses(Finish(card.workout_id, card.revision), here))
    if twice:
        lifting.meets_a_new_process()
        closed = shown(await lifting.presses(Finish(card.workout_id, card.revision), here))
    assert "nothing to keep" in closed.text
    assert "Bench Press" in (await undoes(lifting, closed)).text


async def test_with_nothing_open_the_way_further_back_is_a_button_too(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await card_of(lifting, gym)
    await lifting.presses(Finish(card.workout_id, card.revision))
    await lifting.presses(StartAnother())
    nothing_open = shown(await lifting.sends("/undo"))
    assert "No workout is open." in nothing_open.text
    press = nothing_open.buttons[0]["callback_data"]
    assert (await undoes(lifting, nothing_open)).text.startswith("↶ Taken back: the finish.")
    calls = await lifting.presses_raw(press)
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await card_of(lifting, gym)).sets == 1


async def test_a_forged_press_takes_nothing_back(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    for press in (TakeBack(404, 1), TakeBack((await card_of(lifting, gym)).workout_id, 10**6)):
        await lifting.presses(press)
    assert (await card_of(lifting, gym)).sets == 1


async def test_what_was_taken_back_is_said_until_the_next_thing_happens(lifting: Phone, gym: Gym) -> None:
    for line in ("100x5", "100x4"):
        await lifting.sends(line)
    await lifting.presses(await press_of(lifting, gym))
    card = await card_of(lifting, gym)
    assert "Taken back" not in shown(await lifting.presses(LogSuggested(card.workout_id, card.revision))).text


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_has_its_words(kind: ChangeKind) -> None:
    assert len(taken_back(kind)) > len("↶ Taken back: .")

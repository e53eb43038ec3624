"""/rest, the buttons for rests, what comes when one ends, and the marks of records."""

from datetime import timedelta

import pytest

from bot.lanes import Held
from bot.turns import Turns
from handlers.home.buttons import StartWorkout
from handlers.resting.buttons import ProlongRest, ShiftRest, SkipRest, StartRest
from handlers.settings.buttons import Flip, Switch
from handlers.workout.buttons import LogSuggested
from tests.support.clock import FakeClock
from tests.support.phone import BOT_ID, Phone, labels, only, shown
from tests.support.recording_request import Call, RecordingRequest
from training.gym import Gym


def edited(calls: list[Call]) -> Call:
    return only(calls, "editMessageText")


async def rest_over(phone: Phone, gym: Gym, clock: FakeClock, late: timedelta = timedelta(0)) -> Call:
    """The message that the rest of three minutes is over."""
    clock.advance(timedelta(seconds=180) + late)
    await gym.rests.ring(BOT_ID)
    return only(await phone.takes_turns(), "sendMessage")


async def test_the_rest_is_skipped_and_started_by_one_button(lifting: Phone, gym: Gym) -> None:
    card = edited(await lifting.sends("100x5"))
    assert "⏭ Skip" in labels(card)
    shown = await gym.workouts.card(lifting.lifter_id)
    skipped = edited(await lifting.presses(SkipRest(shown.workout_id)))
    assert "Next set" not in skipped.text
    assert "⏱ Rest" in labels(skipped)
    started = edited(await lifting.presses(StartRest(shown.workout_id)))
    assert "⏱ Next set" in started.text


async def test_a_rest_is_prolonged_from_the_card_and_from_the_message_that_it_is_over(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    card = edited(await lifting.sends("100x5"))
    assert "⏱ +15 s" in labels(card)
    shown = await gym.workouts.card(lifting.lifter_id)
    await lifting.presses_at_once(ProlongRest(shown.workout_id), ProlongRest(shown.workout_id))
    await lifting.takes_turns()
    longer = await gym.workouts.card(lifting.lifter_id)
    assert shown.rest_until is not None
    assert longer.rest_until == shown.rest_until + timedelta(minutes=1)
    clock.advance(timedelta(minutes=4))
    await gym.rests.ring(BOT_ID)
    over = only(await lifting.takes_turns(), "sendMessage")
    assert labels(over) == ["✓ Log 100 kg × 5", "✎ Change", "⏱ +30 s"]
    calls = await lifting.presses(ProlongRest(shown.workout_id))
    assert "⏱ Next set" in edited(calls).text
    assert only(calls, "deleteMessages").parameters["message_ids"] == "[503]"  # that the rest was over


async def test_the_log_button_fits_while_the_rest_is_changed(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    shown = await gym.workouts.card(lifting.lifter_id)
    await lifting.presses_at_once(SkipRest(shown.workout_id), LogSuggested(shown.workout_id, shown.revision))
    await lifting.takes_turns()
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 2


async def test_the_rest_button_of_another_workout_shows_how_things_stand(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    for press in (StartRest(404), ProlongRest(404), SkipRest(404)):
        calls = await lifting.presses(press)
        assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.workouts.card(lifting.lifter_id)).rest_until is not None


async def test_a_rest_is_started_by_command_and_shown_when_asked_for_again(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    started = edited(await lifting.sends("/rest"))
    assert "⏱ Next set" in started.text
    clock.advance(timedelta(seconds=30))
    again = only(await lifting.sends("/rest"), "sendMessage")
    assert again.text == started.text
    assert {"⏱ −15 s", "⏱ +15 s", "⏭ Skip"} <= set(labels(again))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("2:30", 150), ("2m", 120), ("1m30", 90), ("90 s", 90), ("2,5 min", 150), ("1h", 3600), ("5", 5)],
)
async def test_a_rest_of_that_length_begins(
    lifting: Phone, gym: Gym, clock: FakeClock, text: str, seconds: int
) -> None:
    await lifting.sends("100x5")
    clock.advance(timedelta(seconds=10))
    assert "⏱ Next set" in shown(await lifting.sends(f"/rest {text}")).text
    assert (await gym.workouts.card(lifting.lifter_id)).rest_until == clock() + timedelta(seconds=seconds)


NO_RESTS = ["abc", "0", "-5", "- 90", "99999", "9" * 99, "😀", "90 90", "100x5", "1:75", "4", "2.55 s", "off please"]


@pytest.mark.parametrize("text", NO_RESTS)
async def test_what_is_no_rest_is_answered_once_with_examples_and_changes_nothing(
    lifting: Phone, gym: Gym, text: str
) -> None:
    (answer,) = await lifting.sends(f"/rest {text}")
    assert "<code>/rest 2:30</code>" in answer.text
    card = await gym.workouts.card(lifting.lifter_id)
    assert (card.rest_until, card.sets) == (None, 0)


@pytest.mark.parametrize("text", ["/rest", "/rest 90", "/rest off"])
async def test_without_a_workout_there_is_one_to_start(ready: Phone, text: str) -> None:
    (answer,) = await ready.sends(text)
    assert "between the sets of a workout" in answer.text
    assert "/timer counts down without one." in answer.text
    assert labels(answer) == ["💪 Start workout"]
    (unread,) = await ready.sends("/rest abc")
    assert "/rest 2:30" in unread.text


async def test_without_an_exercise_one_is_asked_for_and_the_length_is_no_set_that_waits(ready: Phone, gym: Gym) -> None:
    await ready.sends("/workout")
    await ready.presses(StartWorkout())
    for text in ("/rest", "/rest 90"):
        assert await ready.sends(text)
    await ready.sends("bench")
    card = await gym.workouts.card(ready.lifter_id)
    assert (card.exercises, card.sets) == (1, 0)


async def test_a_rest_is_turned_off_and_where_none_runs_the_settings_are_shown(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    assert "Next set" not in shown(await lifting.sends("/rest off")).text
    nothing = shown(await lifting.sends("/rest OFF"))
    assert "No rest is running" in nothing.text
    assert labels(nothing) == ["⏱ Rests in the settings", "‹ Back to the workout"]
    settings = edited(await lifting.presses_raw(nothing.buttons[0]["callback_data"], 555))
    assert "How long do you rest between sets?" in settings.text


async def test_presses_that_make_a_rest_longer_and_shorter_all_count(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    await lifting.sends("100x5")
    workout_id = (await gym.workouts.card(lifting.lifter_id)).workout_id
    await lifting.presses_at_once(*(ShiftRest(workout_id, steps) for steps in (1, 1, -1, 1, 1)))
    await lifting.takes_turns()
    assert (await gym.workouts.card(lifting.lifter_id)).rest_until == clock() + timedelta(seconds=180 + 45)
    await lifting.presses_at_once(*(ShiftRest(workout_id, -1) for _ in range(20)))
    calls = await lifting.takes_turns()
    *_, last = (call for call in calls if call.method == "editMessageText")
    assert "Next set" not in last.text
    assert (await gym.workouts.card(lifting.lifter_id)).rest_until is None
    clock.advance(timedelta(minutes=5))
    await gym.rests.ring(BOT_ID)
    assert await lifting.takes_turns() == []


async def test_a_press_says_to_the_second_what_is_left_of_the_rest(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await lifting.sends("100x5")
    workout_id = (await gym.workouts.card(lifting.lifter_id)).workout_id
    clock.advance(timedelta(minutes=2, seconds=38))
    for steps, said in ((1, "⏱ 0:37"), (-1, "⏱ 0:22"), (-1, "⏱ 0:07"), (-1, "Rest is over.")):
        calls = await lifting.presses(ShiftRest(workout_id, steps))
        assert only(calls, "answerCallbackQuery").parameters["text"] == said


@pytest.mark.parametrize("steps", [0, 2, -240])
async def test_a_forged_step_changes_nothing(lifting: Phone, gym: Gym, steps: int) -> None:
    await lifting.sends("100x5")
    before = await gym.workouts.card(lifting.lifter_id)
    calls = await lifting.presses(ShiftRest(before.workout_id, steps))
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.workouts.card(lifting.lifter_id)).rest_until == before.rest_until


async def test_the_message_gives_way_to_the_card_where_the_next_set_is_changed(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    await lifting.sends("100x5")
    over = await rest_over(lifting, gym, clock)
    change = next(button["callback_data"] for button in over.buttons if button["text"] == "✎ Change")
    calls = await lifting.presses_raw(change, 503)
    assert {"✓ Log 100 kg × 5", "+2.5 kg", "⏱ Rest"} <= set(labels(edited(calls)))
    assert only(calls, "deleteMessages").parameters["message_ids"] == "[503]"
    assert await gym.rests.outdated(lifting.lifter_id) == ()


async def test_in_a_superset_the_message_names_the_exercise_whose_turn_it_is(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    await lifting.sends("100x5")
    await lifting.sends("barbell squat")
    await lifting.sends("140x5")
    detail = (await gym.retouching.look(lifting.lifter_id)).workout
    await gym.editing.group(lifting.lifter_id, [done.id for done in detail.executions])
    after_one = shown(await lifting.sends("140x5"))
    assert "Bench Press (Barbell)</b>" in after_one.text
    assert "Next set" not in after_one.text
    await lifting.sends("100x5")
    over = await rest_over(lifting, gym, clock)
    assert "Squat (Barbell): 140 kg × 5" in over.text
    assert labels(over)[0] == "✓ Log 140 kg × 5"


async def test_a_word_before_the_end_gives_way_to_the_end_and_leaves_no_trace(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    await lifting.presses(Flip(Switch.WARNING, 1))
    await lifting.sends("100x5")
    clock.advance(timedelta(seconds=170))
    await gym.rests.ring(BOT_ID)
    soon = only(await lifting.takes_turns(), "sendMessage")
    assert "⏳ Rest is over <tg-time" in soon.text
    assert labels(soon) == ["⏱ +30 s", "⏭ Skip"]
    clock.advance(timedelta(seconds=10))
    await gym.rests.ring(BOT_ID)
    calls = await lifting.takes_turns()
    assert [call.method for call in calls] == ["deleteMessages", "sendMessage"]
    assert calls[0].parameters["message_ids"] == "[503]"
    assert "⏰ <b>Rest is over.</b>" in calls[1].text
    card = await gym.workouts.card(lifting.lifter_id)
    below = card.place.messages_below
    calls = await lifting.presses(LogSuggested(card.workout_id, card.revision), 504)
    assert only(calls, "deleteMessages").parameters["message_ids"] == "[504]"
    assert (await gym.workouts.card(lifting.lifter_id)).place.messages_below == below - 1


async def test_a_rest_that_was_over_while_nothing_ran_says_since_when(
    lifting: Phone, gym: Gym, clock: FakeClock
) -> None:
    await lifting.sends("100x5")
    ended_at = clock() + timedelta(seconds=180)
    over = await rest_over(lifting, gym, clock, timedelta(minutes=5))
    assert f'Rest is over</b>, <tg-time unix="{int(ended_at.timestamp())}" format="r">' in over.text


async def test_a_rest_message_that_comes_too_soon_for_telegram_waits_as_told_and_nobody_else_does(
    lifting: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym, clock: FakeClock
) -> None:
    bob = Phone(turns, telegram, 8, "Bob")
    await bob.sends("/start")
    await lifting.sends("100x5")
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(BOT_ID)
    telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    await lifting.takes_turns()
    assert lifting.turn == Held(7.0)
    assert await bob.sends("/help")
    assert "Rest is over" in only(await lifting.takes_turns(), "sendMessage").text


@pytest.mark.parametrize(("later", "is_told"), [(timedelta(minutes=5), True), (timedelta(minutes=5, seconds=1), False)])
async def test_a_rest_message_that_can_not_be_sent_is_tried_again_while_it_is_of_use(
    lifting: Phone, telegram: RecordingRequest, gym: Gym, clock: FakeClock, later: timedelta, *, is_told: bool
) -> None:
    await lifting.sends("100x5")
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(BOT_ID)
    telegram.refuse("sendMessage", 502, "Bad Gateway")
    await lifting.takes_turns()
    assert isinstance(lifting.turn, Held)
    clock.advance(later)
    calls = await lifting.takes_turns()
    assert [call.method for call in calls] == (["sendMessage"] if is_told else [])


async def test_who_has_blocked_the_bot_is_told_of_rests_again_once_they_write(
    lifting: Phone, telegram: RecordingRequest, gym: Gym, clock: FakeClock
) -> None:
    await lifting.sends("100x5")
    telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await rest_over(lifting, gym, clock)
    await gym.resting.start(lifting.lifter_id)
    clock.advance(timedelta(seconds=180))
    await gym.rests.ring(BOT_ID)
    assert await lifting.takes_turns() == []
    await lifting.sends("100x5")
    assert "Rest is over" in (await rest_over(lifting, gym, clock)).text


async def test_a_length_that_is_chosen_again_and_again_is_offered_and_kept_by_one_tap(lifting: Phone, gym: Gym) -> None:
    workout_id = (await gym.workouts.card(lifting.lifter_id)).workout_id
    for _ in range(3):
        assert "from now on" not in str(labels(shown(await lifting.sends("100x5"))))
        await lifting.presses(ShiftRest(workout_id, -1))
        await lifting.presses(ShiftRest(workout_id, -1))
    offering = shown(await lifting.sends("100x5"))
    keep = next(button for button in offering.buttons if "from now on" in button["text"])
    assert keep["text"] == "⏱ 2:30 for Bench Press (Barbel… from now on"
    kept = shown(await lifting.presses_raw(keep["callback_data"], 502))
    assert "✓ Rest after Bench Press (Barbell): 2:30 from now on." in kept.text
    assert "from now on" not in str(labels(kept))


async def test_the_sets_that_broke_records_stay_marked(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    await gym.workouts.finish(lifting.lifter_id, card.workout_id, card.revision)
    await lifting.presses(StartWorkout())
    await lifting.sends("bench press (barbell)")
    await lifting.sends("105x5")
    await lifting.sends("60x3,2")
    shown = [call for call in await lifting.sends("/workout") if "Today" in call.text][-1]
    assert "Today: 105 kg × 5 🏆 · 60 kg × 3, 2" in shown.text

"""The card's buttons for the rest, and the marks of records."""

from datetime import timedelta

from handlers.home.buttons import StartWorkout
from handlers.resting.buttons import ProlongRest, SkipRest, StartRest
from handlers.workout.buttons import LogSuggested
from tests.support.clock import FakeClock
from tests.support.phone import BOT_ID, Phone, only
from tests.support.recording_request import Call
from training.gym import Gym


def edited(calls: list[Call]) -> Call:
    return only(calls, "editMessageText")


def labels(call: Call) -> list[str]:
    return [button["text"] for button in call.buttons]


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

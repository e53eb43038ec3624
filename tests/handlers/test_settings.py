"""/settings, by mocked updates: each setting changes what the bot does."""

import json
from datetime import timedelta

import pytest

from handlers.settings.buttons import (
    Flip,
    OpenRests,
    OpenSettings,
    OpenSteps,
    OpenZones,
    RestAfter,
    Switch,
    TakeRest,
    TakeStep,
    TakeUnit,
    TakeZone,
)
from handlers.workout.buttons import Finish
from storage.values.quantity import WeightUnit
from tests.support.clock import FakeClock
from tests.support.phone import Phone, only, shown
from tests.support.recording_request import Call
from training.gym import Gym


def data_of(call: Call, text: str) -> str:
    return next(button["callback_data"] for button in call.buttons if button["text"] == text)


async def exercise_id(phone: Phone, gym: Gym) -> int:
    current = (await gym.workouts.card(phone.lifter_id)).current
    assert current is not None
    return current.exercise_id


async def test_all_settings_are_one_message_edited_in_place(ready: Phone) -> None:
    first = only(await ready.sends("/settings"), "sendMessage")
    assert "Unit: kg" in first.text
    assert "Rest between sets: as each exercise says" in first.text
    for press in (OpenSteps(0), OpenSettings(), OpenRests(RestAfter.WORKING), OpenZones(), OpenSettings()):
        calls = await ready.presses(press, 520)
        assert only(calls, "editMessageText").parameters["message_id"] == "520"


async def test_before_the_unit_is_chosen_that_is_asked(ann: Phone) -> None:
    assert "kilograms or pounds" in shown(await ann.sends("/settings")).text


async def test_the_unit_holds_for_what_is_typed(lifting: Phone) -> None:
    await lifting.presses(TakeUnit(WeightUnit.LB))
    calls = await lifting.sends("225x5")
    assert "225 lb × 5" in shown(calls).text


async def test_the_step_is_what_the_buttons_turn_by(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(TakeStep(0, 5_000, WeightUnit.KG))
    card = shown(await lifting.sends("100x5"))
    assert "+5 kg" in [button["text"] for button in card.buttons]
    own = await exercise_id(lifting, gym)
    settings = shown(await lifting.presses(TakeStep(own, 1_250, WeightUnit.KG)))
    assert "Bench Press (Barbell): 1.25 kg" in settings.text
    card = shown(await lifting.sends("100x5"))
    assert "+1.25 kg" in [button["text"] for button in card.buttons]
    await lifting.presses(TakeStep(own, 0, WeightUnit.KG))
    card = shown(await lifting.sends("100x5"))
    assert "+5 kg" in [button["text"] for button in card.buttons]


async def test_a_step_of_the_unit_before_is_refused(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(TakeUnit(WeightUnit.LB))
    calls = await lifting.presses(TakeStep(0, 2_500, WeightUnit.KG))
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.lifters.get(lifting.lifter_id)).weight_step is None


async def test_steps_of_an_exercise_are_shown_while_it_is_the_current_one(lifting: Phone, gym: Gym) -> None:
    bench = await exercise_id(lifting, gym)
    assert "• 2.5 kg •" in [b["text"] for b in shown(await lifting.presses(OpenSteps(bench))).buttons]
    await lifting.sends("squat")
    calls = await lifting.presses(OpenSteps(bench))
    assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]


@pytest.mark.parametrize(("press", "seconds"), [(TakeRest(RestAfter.WORKING, 90), 90), (None, 180)])
async def test_the_rest_is_how_long_the_timer_runs(
    lifting: Phone, gym: Gym, clock: FakeClock, press: TakeRest | None, seconds: int
) -> None:
    await lifting.presses(TakeRest(RestAfter.WORKING, 60))
    await lifting.presses(press or TakeRest(RestAfter.WORKING, -1))
    await lifting.sends("100x5")
    assert (await gym.workouts.card(lifting.lifter_id)).rest_until == clock() + timedelta(seconds=seconds)


async def test_no_rest_is_no_timer(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(TakeRest(RestAfter.WORKING, 0))
    await lifting.sends("100x5")
    assert (await gym.workouts.card(lifting.lifter_id)).rest_until is None


async def test_a_warm_up_has_a_rest_of_its_own(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await lifting.presses(TakeRest(RestAfter.WARM_UP, 45))
    await lifting.sends("w 60x8")
    assert (await gym.workouts.card(lifting.lifter_id)).rest_until == clock() + timedelta(seconds=45)


async def test_a_rest_before_drop_sets_and_a_word_before_the_end_are_as_the_lifter_wants(
    ready: Phone, gym: Gym
) -> None:
    told = only(await ready.sends("/settings"), "sendMessage")
    assert "Rest before a drop set: none\nA word before a rest ends: no\n" in told.text
    for label in ("Before drops", "0:15", "A word before a rest ends"):
        told = shown(await ready.presses_raw(data_of(told, label), 520))
    assert "Rest before a drop set: 0:15\nA word before a rest ends: 10 s before\n" in told.text
    wishes = await gym.lifters.get(ready.lifter_id)
    assert (wishes.drop_rest, wishes.warns_of_rest) == (15, True)
    await ready.presses_raw(data_of(told, "No word before a rest ends"), 520)
    assert not (await gym.lifters.get(ready.lifter_id)).warns_of_rest


async def test_a_forged_rest_is_refused(lifting: Phone, gym: Gym) -> None:
    for after in RestAfter:
        calls = await lifting.presses(TakeRest(after, 99_999))
        assert "changed meanwhile" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.lifters.get(lifting.lifter_id)).default_rest == 120


async def test_the_time_zone_is_chosen_by_the_time_it_is_there(ready: Phone, gym: Gym) -> None:
    times = shown(await ready.presses(OpenZones()))  # it is 18:00 UTC, in winter
    # Five times in a row are cut off on a phone.
    widest = 4
    assert max(len(row) for row in json.loads(times.parameters["reply_markup"])["inline_keyboard"]) == widest
    zones = shown(await ready.presses_raw(data_of(times, "19:00")))
    settings = shown(await ready.presses_raw(data_of(zones, "Berlin")))
    assert "Europe/Berlin, 19:00 now" in settings.text
    assert (await gym.lifters.get(ready.lifter_id)).time_zone == "Europe/Berlin"


@pytest.mark.parametrize("typed", ["tokyo", "Asia/Tokyo"])
async def test_or_by_typing_a_city(ready: Phone, gym: Gym, typed: str) -> None:
    await ready.presses(OpenZones())
    assert "Asia/Tokyo, 03:00 now" in shown(await ready.sends(typed)).text
    assert (await gym.lifters.get(ready.lifter_id)).time_zone == "Asia/Tokyo"


async def test_a_place_that_is_not_known_is_asked_for_again(ready: Phone) -> None:
    await ready.presses(OpenZones())
    assert "I don't know “&lt;b&gt;Atlantis”" in shown(await ready.sends("<b>Atlantis")).text
    assert "Asia/Tokyo" in shown(await ready.sends("tokyo")).text


async def test_a_set_typed_meanwhile_is_logged(lifting: Phone, gym: Gym) -> None:
    await lifting.presses(OpenZones())
    await lifting.sends("100x5")
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


async def test_a_forged_zone_is_refused(ready: Phone, gym: Gym) -> None:
    await ready.presses(TakeZone("Mars/Phobos"))
    assert (await gym.lifters.get(ready.lifter_id)).time_zone == "UTC"


async def test_dates_are_those_of_the_zone(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await lifting.presses(TakeZone("Pacific/Kiritimati"))
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    await lifting.presses(Finish(card.workout_id, card.revision))
    clock.advance(timedelta(days=7))
    assert ">2026-01-06</tg-time>" in shown(await lifting.sends("/set bench 100x5")).text  # Monday evening in UTC


async def test_what_is_turned_on_is_on_and_off_again(lifting: Phone, gym: Gym) -> None:
    settings = shown(await lifting.presses(Flip(Switch.RPE, 1)))
    assert "Ask for the RPE: yes" in settings.text
    await lifting.presses(Flip(Switch.RPE, 1))  # twice is no harm
    assert any(b["text"] == "RPE 6" for b in shown(await lifting.sends("100x5")).buttons)
    await lifting.presses(Flip(Switch.RPE, 0))
    assert not any(b["text"] == "RPE 6" for b in shown(await lifting.sends("100x5")).buttons)


async def test_typed_sets_leave_the_chat_if_that_is_wanted(lifting: Phone) -> None:
    await lifting.presses(Flip(Switch.CLEANING, 1))
    calls = await lifting.sends("100x5")
    assert str(lifting.last_sent) in only(calls, "deleteMessages").parameters["message_ids"]
    await lifting.presses(Flip(Switch.CLEANING, 0))
    assert not any(call.method == "deleteMessages" for call in await lifting.sends("100x5"))


async def test_the_way_back_leads_to_the_card(lifting: Phone) -> None:
    settings = shown(await lifting.sends("/settings"))
    card = only(await lifting.presses_raw(data_of(settings, "‹ Back to the workout")), "editMessageText")
    assert "<b>Bench Press (Barbell)</b>" in card.text


async def test_without_a_workout_it_leads_to_the_start(ready: Phone) -> None:
    settings = shown(await ready.sends("/settings"))
    assert "Ready when you are" in shown(await ready.presses_raw(data_of(settings, "Done"), message_id=502)).text

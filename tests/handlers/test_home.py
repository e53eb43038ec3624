from datetime import timedelta

import pytest

from bot.turns import Turns
from handlers.home.buttons import ChooseUnit, OfferAgain, Repeat, ShowEarlier, ShowStart
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.quantity import WeightUnit
from tests.support.clock import FakeClock
from tests.support.phone import Phone, only
from tests.support.recording_request import RecordingRequest
from training.exercise_detail import NewExercise
from training.gym import Gym


async def test_start_greets_by_name_and_asks_for_the_unit_once(ann: Phone) -> None:
    sent = only(await ann.sends("/start"), "sendMessage")
    assert "Hi Ann!" in sent.text
    assert [button["text"] for button in sent.buttons] == ["Kilograms (kg)", "Pounds (lb)"]


async def test_a_name_is_shown_as_it_is_written(turns: Turns, telegram: RecordingRequest) -> None:
    sent = only(await Phone(turns, telegram, 8, "<b>Zoë</b> 💪").sends("/start"), "sendMessage")
    assert "Hi &lt;b&gt;Zoë&lt;/b&gt; 💪!" in sent.text


async def test_a_pressed_unit_is_kept_and_a_workout_offered(ann: Phone, gym: Gym) -> None:
    await ann.sends("/start")
    calls = await ann.presses(ChooseUnit(WeightUnit.LB))
    assert only(calls, "editMessageText").buttons[-1]["text"] == "💪 Start workout"
    only(calls, "answerCallbackQuery")
    assert (await gym.lifters.home(ann.lifter_id)).unit is WeightUnit.LB


@pytest.mark.parametrize(
    ("typed", "unit"), [("kg", WeightUnit.KG), (" LBS ", WeightUnit.LB), ("pounds", WeightUnit.LB)]
)
async def test_a_typed_unit_does_as_well(ann: Phone, gym: Gym, typed: str, unit: WeightUnit) -> None:
    await ann.sends("/start")
    await ann.sends(typed)
    assert (await gym.lifters.home(ann.lifter_id)).unit is unit


async def test_anything_else_typed_asks_for_the_unit_again(ann: Phone) -> None:
    await ann.sends("/start")
    assert "kilograms or pounds" in only(await ann.sends("100x5"), "sendMessage").text


async def test_start_comes_back_to_the_open_workout(lifting: Phone) -> None:
    calls = await lifting.sends("/start")
    assert "Bench Press (Barbell)" in only(calls, "sendMessage").text
    assert only(calls, "deleteMessages").parameters["message_ids"] == "[502]"


async def test_cancel_leaves_the_picker(ready: Phone) -> None:
    await ready.sends("/workout")
    calls = await ready.sends("/cancel")
    assert "Workout" in only(calls, "editMessageText").text
    assert "Which one" not in only(calls, "editMessageText").text


async def test_cancel_with_nothing_open_says_so(ready: Phone) -> None:
    assert "Nothing to cancel" in only(await ready.sends("/cancel"), "sendMessage").text


async def test_an_admin_gets_a_menu_of_their_own(admin: Phone, ann: Phone) -> None:
    menu = only(await admin.sends("/start"), "setMyCommands")
    assert "seed" in str(menu.parameters["commands"])
    assert not [call for call in await ann.sends("/start") if call.method == "setMyCommands"]


async def test_a_first_workout_begins_with_one_tap_on_a_popular_lift(ready: Phone, gym: Gym) -> None:
    home = only(await ready.sends("/start"), "sendMessage")
    assert [button["text"] for button in home.buttons] == [
        "Bench Press (Barbell)",
        "Squat (Barbell)",
        "Deadlift (Barbell)",
        "Overhead Press (Barbell)",
        "Lat Pulldown (Cable)",
        "Pull-up",
        "💪 Start workout",
    ]
    card = only(await ready.presses_raw(home.buttons[0]["callback_data"]), "sendMessage")
    assert "Bench Press (Barbell)" in card.text
    assert "<code>60x8</code>" in card.text


async def test_without_anything_to_repeat_a_workout_starts_at_once(ready: Phone, gym: Gym) -> None:
    assert "Which exercise?" in only(await ready.sends("/workout"), "sendMessage").text
    assert (await gym.workouts.card(ready.lifter_id)).sets == 0


async def trained(ann: Phone, gym: Gym, clock: FakeClock, title: str, *lines: str) -> int:
    card = await gym.workouts.start(ann.lifter_id)
    await gym.history.describe(ann.lifter_id, card.workout_id, title=title)
    for line in lines:
        await gym.notebook.write(ann.lifter_id, line)
    card = await gym.workouts.card(ann.lifter_id)
    clock.advance(timedelta(minutes=30))
    await gym.workouts.finish(ann.lifter_id, card.workout_id, card.revision)
    return card.workout_id


@pytest.mark.parametrize("command", ["/start", "/workout"])
async def test_what_was_done_lately_can_be_started_again(
    ready: Phone, gym: Gym, clock: FakeClock, command: str
) -> None:
    await trained(ready, gym, clock, "Push", "bench", "100x5")
    clock.advance(timedelta(days=1))
    await trained(ready, gym, clock, "Pull & <b>", "deadlift", "150x5")
    clock.advance(timedelta(days=1))
    pushed = await trained(ready, gym, clock, "push", "bench", "102.5x5", "ohp", "50x5")
    clock.advance(timedelta(days=3))
    home = only(await ready.sends(command), "sendMessage")
    assert "Last workout: <b>push</b>, 3 days ago · 2 sets" in home.text
    assert "Bench Press (Barbell), Overhead Press (Barbell)" in home.text
    assert [button["text"] for button in home.buttons] == [
        "↻ push · 3 days ago",
        "↻ Pull & <b> · 4 days ago",
        "🗂 From an earlier one",
        "📖 History",
        "📈 Progress",
        "💪 Start workout",
    ]
    calls = await ready.presses(Repeat(pushed), message_id=700)
    assert "Log 102.5 kg × 5" in str(only(calls, "sendMessage").buttons)
    assert only(calls, "deleteMessages").parameters["message_ids"] == "[700]"


async def test_from_a_summary_a_repeat_is_two_taps_away_and_the_summary_stays(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    pushed = await trained(ready, gym, clock, "Push", "bench", "100x5")
    clock.advance(timedelta(days=3))
    calls = await ready.presses(OfferAgain(), message_id=700)
    assert only(calls, "sendMessage").buttons[0]["text"] == "↻ Push · 3 days ago"
    assert {call.method for call in calls} == {"sendMessage", "answerCallbackQuery"}
    await ready.presses(Repeat(pushed), message_id=701)
    ready.meets_a_new_process()
    again = await ready.presses(OfferAgain(), message_id=700)
    assert "Log 100 kg × 5" in str(only(again, "editMessageText").buttons)  # the card of what is open now


async def test_an_unnamed_workout_is_called_by_what_was_done(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock, "", "bench", "100x5")
    home = only(await ready.sends("/start"), "sendMessage")
    assert home.buttons[0]["text"] == "↻ Bench Press (Barbell) · today"


async def test_an_old_offer_shows_the_workout_that_is_open(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    pushed = await trained(ready, gym, clock, "Push", "bench", "100x5")
    await ready.sends("/start")
    await ready.presses(Repeat(pushed))
    before = await gym.workouts.card(ready.lifter_id)
    calls = await ready.presses(Repeat(pushed), message_id=650)
    assert "open already" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.workouts.card(ready.lifter_id)).workout_id == before.workout_id


@pytest.mark.parametrize("number", [404, -1])
async def test_what_is_gone_can_not_be_started_again(ready: Phone, gym: Gym, clock: FakeClock, number: int) -> None:
    await trained(ready, gym, clock, "Push", "bench", "100x5")
    calls = await ready.presses(Repeat(number))
    assert "isn't there any more" in only(calls, "answerCallbackQuery").parameters["text"]
    assert "Last workout" in only(calls, "editMessageText").text


async def test_somebody_elses_workout_can_not_be_started(
    ready: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym, clock: FakeClock
) -> None:
    pushed = await trained(ready, gym, clock, "Push", "bench", "100x5")
    bob = Phone(turns, telegram, 8, "Bob")
    await bob.sends("/start")
    await bob.presses(ChooseUnit(WeightUnit.KG))
    calls = await bob.presses(Repeat(pushed))
    assert "isn't there any more" in only(calls, "answerCallbackQuery").parameters["text"]


async def test_earlier_workouts_are_listed_page_by_page(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    for number in range(7):
        await trained(ready, gym, clock, f"Day {number}", "bench", "100x5")
        clock.advance(timedelta(days=1))
    first = only(await ready.presses(ShowEarlier(0)), "editMessageText")
    assert [button["text"] for button in first.buttons] == [
        "↻ Day 6 · yesterday",
        *(f"↻ Day {number} · {7 - number} days ago" for number in (5, 4, 3, 2, 1)),
        "›",
        "‹ Back",
    ]
    second = only(await ready.presses(ShowEarlier(1)), "editMessageText")
    assert [button["text"] for button in second.buttons] == ["↻ Day 0 · 7 days ago", "‹", "‹ Back"]
    beyond = only(await ready.presses(ShowEarlier(99)), "editMessageText")
    assert "no more" in beyond.text
    assert "Last workout" in only(await ready.presses(ShowStart()), "editMessageText").text


async def test_who_comes_back_after_a_month_is_welcome(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    await trained(ready, gym, clock, "Push", "bench", "100x5")
    clock.advance(timedelta(days=33))
    home = only(await ready.sends("/start"), "sendMessage")
    assert "Good to see you, Ann." in home.text
    assert "<b>Push</b>, 4 weeks ago" in home.text
    assert home.buttons[0]["text"] == "↻ Push · 4 weeks ago"


async def test_what_left_the_library_is_left_out_and_named(ready: Phone, gym: Gym, clock: FakeClock) -> None:
    own = await gym.exercises.create(
        ready.lifter_id, NewExercise("Ladder lift", BodyPart.SHOULDERS, Modality.OTHER, Measure.WEIGHT_REPS)
    )
    pushed = await trained(ready, gym, clock, "Push", "bench", "100x5", "ladder lift", "60x5")
    await gym.exercises.archive(ready.lifter_id, own.id)
    assert "Without Ladder lift" in only(await ready.presses(Repeat(pushed)), "sendMessage").text

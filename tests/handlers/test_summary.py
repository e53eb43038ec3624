from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from handlers.idle.views import closed
from handlers.screen import LONGEST_TEXT, length_of
from handlers.summary.buttons import Reopen
from handlers.summary.views import summary
from handlers.workout.buttons import Finish
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.phone import Phone, only
from training.card import CardPlace
from training.facts import FirstTimes
from training.gym import Gym
from training.idle import ClosedIdle
from training.records import Record, RecordKind
from training.summary import Before, BrokenRecord, Performed, Summary
from training.workouts import Finished


async def finishes(phone: Phone, gym: Gym, message_id: int = 501) -> str:
    card = await gym.workouts.card(phone.lifter_id)
    calls = await phone.presses(Finish(card.workout_id, card.revision), message_id=message_id)
    return next(call.text for call in calls if call.method in {"editMessageText", "sendMessage"})


async def test_the_summary_says_what_was_best_what_is_a_record_and_how_it_compares(
    ready: Phone, gym: Gym, clock: FakeClock
) -> None:
    said = ""
    for load, minutes in (("100x5", 30), ("102.5x5", 42)):
        assert "🏆" not in said
        card = await gym.workouts.start(ready.lifter_id)
        await gym.history.describe(ready.lifter_id, card.workout_id, title="Push <3")
        for line in ("bench", "60x5", load):
            await gym.notebook.write(ready.lifter_id, line)
        clock.advance(timedelta(minutes=minutes))
        said = await finishes(ready, gym)
        clock.advance(timedelta(days=4))
    others = "estimated 1RM, 115 kg · most volume in a set, 512 kg"
    assert said.splitlines()[:5] == [
        "🏁 <b>Push &lt;3 done</b>",
        f"🏆 <b>Bench Press (Barbell)</b>: heaviest, 102.5 kg (+2.5 kg) · {others}",
        "",
        "42 min · 2 sets · 812 kg",
        said.splitlines()[4],
    ]
    assert "Against last Push &lt;3" in said
    assert "+12 kg · 12 min longer" in said
    assert said.count("🏆") == 1
    assert "<b>Bench Press (Barbell)</b> · best 102.5 kg × 5" in said


async def test_a_summary_says_once_how_a_set_felt_and_nothing_of_less_than_a_minute(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("95x5")
    await lifting.sends("100x5 @8 # belt")
    said = await finishes(lifting, gym)
    assert "· best 100 kg × 5\n95 kg × 5 · 100 kg × 5 @8 (belt)" in said
    assert "0 min" not in said


async def test_a_finish_is_taken_back_by_its_button_once(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    calls = await lifting.presses(Finish(card.workout_id, card.revision))
    undo, *following = only(calls, "editMessageText").buttons
    assert undo["text"] == "↶ Undo finish"
    assert [another["text"] for another in following] == ["💪 Start workout", "↻ Repeat a workout"]
    again = only(await lifting.presses_raw(undo["callback_data"]), "sendMessage")
    assert "Today: 100 kg × 5" in again.text
    await finishes(lifting, gym)
    await lifting.presses_raw(undo["callback_data"])
    assert (await gym.lifters.home(lifting.lifter_id)).card is None


async def test_a_finish_is_not_taken_back_while_another_workout_is_open(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    await finishes(lifting, gym)
    now = await gym.workouts.start(lifting.lifter_id)
    calls = await lifting.presses(Reopen(card.workout_id, card.revision + 1))
    assert "Finish the open workout first" in only(calls, "answerCallbackQuery").parameters["text"]
    assert (await gym.workouts.card(lifting.lifter_id)).workout_id == now.workout_id


def largest(exercises: int) -> Summary:
    entry = SetEntry(Weight.of(Decimal("102.125"), WeightUnit.KG), 5, 2, rpe=Decimal("8.5"), note="<b>" * 300)
    record = BrokenRecord(entry, Record(RecordKind.HEAVIEST, 102_125_000, 100_000_000))
    performed = Performed("&" * 100, Measure.WEIGHT_REPS, (entry,) * 100, entry, (record,) * 4)
    return Summary(
        workout_id=2**62,
        revision=2**31,
        title="<" * 100,
        started_at=MONDAY_EVENING,
        finished_at=MONDAY_EVENING + timedelta(hours=4),
        unit=WeightUnit.KG,
        sets=5000,
        volume_mg=10**15,
        performed=(performed,) * exercises,
        before=Before(MONDAY_EVENING, timedelta(hours=1), 3, 1),
        facts=(FirstTimes(("&" * 200,) * 50),),
    )


def test_the_largest_summary_fits_a_message() -> None:
    text = summary(largest(50)).text
    assert len(text.encode()) <= 32_768
    assert "and records in 41 more exercises" in text
    assert "more exercises" in text.splitlines()[-1]
    assert LONGEST_TEXT - 700 < length_of(text) <= LONGEST_TEXT


def test_the_largest_workout_left_idle_is_told_of_in_one_message() -> None:
    told = closed(ClosedIdle(1, Finished(largest(50), CardPlace(None, 0), ())))
    assert told.text.startswith("💤")
    assert LONGEST_TEXT - 700 < length_of(told.text) <= LONGEST_TEXT


def test_a_summary_of_ordinary_sets_fits_whatever_records_they_broke() -> None:
    done = largest(1)
    sets = tuple(SetEntry(Weight.of(Decimal(f"10{n}.125"), WeightUnit.KG), 10 + n) for n in range(9))
    performed = tuple(replace(done.performed[0], name=f"{n:0>100}", sets=sets, best=sets[-1]) for n in range(14))
    text = summary(replace(done, performed=performed)).text
    assert LONGEST_TEXT - 700 < length_of(text) <= LONGEST_TEXT


async def over(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    await finishes(lifting, gym)


@pytest.mark.parametrize("line", ["102.5x5", "/set 102.5x5"])
async def test_a_set_for_a_finished_workout_is_offered_a_way_in(lifting: Phone, gym: Gym, line: str) -> None:
    await over(lifting, gym)
    offered = only(await lifting.sends(line), "sendMessage")
    assert "No workout is open" in offered.text
    assert [button["text"] for button in offered.buttons] == [
        "↶ Reopen & log 102.5x5",
        "💪 Start & log: Bench Press (Barbell)",
        "➕ Another exercise",
    ]
    calls = await lifting.presses_raw(offered.buttons[0]["callback_data"], message_id=777)
    assert "Today: 100 kg × 5 · 102.5 kg × 5" in only(calls, "sendMessage").text
    assert "777" in only(calls, "deleteMessages").parameters["message_ids"]
    await lifting.presses_raw(offered.buttons[0]["callback_data"], message_id=777)
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 2


async def test_what_has_to_be_asked_about_is_asked_in_the_workout_that_is_open_again(lifting: Phone, gym: Gym) -> None:
    await over(lifting, gym)
    offered = only(await lifting.sends("102,5,5"), "sendMessage")
    calls = await lifting.presses_raw(offered.buttons[0]["callback_data"], message_id=777)
    asked = only(calls, "sendMessage")
    assert "more than one way" in asked.text
    assert "777" in only(calls, "deleteMessages").parameters["message_ids"]
    await lifting.presses_raw(asked.buttons[0]["callback_data"])
    assert (await gym.workouts.card(lifting.lifter_id)).sets > 1


async def test_a_line_too_long_for_a_button_is_logged_by_it_while_it_waits(lifting: Phone, gym: Gym) -> None:
    await over(lifting, gym)
    line = "102.5x5 # good bar speed, felt light, more next time, my friend"
    offered = only(await lifting.sends(line), "sendMessage")
    reopen = offered.buttons[0]["callback_data"]
    assert "felt light" in only(await lifting.presses_raw(reopen), "sendMessage").text
    assert "102.5 kg × 4" in only(await lifting.edits(lifting.last_sent, "102.5x4"), "editMessageText").text
    await finishes(lifting, gym)
    await lifting.sends(line)
    await lifting.sends("/cancel")
    await lifting.presses_raw(reopen)
    assert (await gym.lifters.home(lifting.lifter_id)).card is None


async def test_long_after_only_a_new_one_is_offered(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await over(lifting, gym)
    clock.advance(timedelta(days=1))
    offered = only(await lifting.sends("102.5x5"), "sendMessage")
    assert "↶" not in "".join(button["text"] for button in offered.buttons)


@pytest.mark.parametrize("line", ["102,5,5", "5km 25:00", "bench\nsquat", "what a day"])
async def test_what_can_not_be_logged_at_once_is_not_offered_to_be(lifting: Phone, gym: Gym, line: str) -> None:
    await over(lifting, gym)
    offered = only(await lifting.sends(line), "sendMessage")
    labels = [button["text"] for button in offered.buttons]
    assert labels[0] == "↶ Reopen it"
    assert not any("Reopen & log" in text for text in labels)
    await lifting.presses_raw(offered.buttons[0]["callback_data"], message_id=777)
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


async def test_words_that_come_after_a_workout_are_led_to_the_help_too(lifting: Phone, gym: Gym) -> None:
    await over(lifting, gym)
    assert "/help" in only(await lifting.sends("how do I see that?"), "sendMessage").text

"""Typing like in a notebook, over HTTP: what it costs in calls, and what becomes of it later."""

from collections.abc import Awaitable, Callable

import pytest

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.waiting import until

Calls = Callable[[], Awaitable[list[str]]]

WHOLE = "Bench\n100x5x3\n90x8\n\nSquat\n140x5\n140x5\n\nDeadlift: 180x3"


@pytest.fixture
async def lifting(ann: Lifter) -> Lifter:
    """Ann at the bench, with nothing logged."""
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.taps("Start workout")
    await ann.sees("Which exercise?")
    await ann.sends("bench")
    await ann.sees("Bench Press (Barbell)")
    return ann


@pytest.fixture
def calls(telegram: Simulator, spotter: Spotter) -> Calls:
    """The methods that were called since the last time, at least one, once everything is done."""
    seen = 0

    def made() -> list[str]:
        return [call.method for call in telegram.calls if not call.method.startswith("get")][seen:]

    async def anything() -> bool:
        return bool(made())

    async def calls() -> list[str]:
        nonlocal seen
        await until(anything)
        await spotter.lanes.idle()
        new = made()
        seen += len(new)
        return new

    return calls


async def test_a_typed_set_costs_two_calls_whether_or_not_the_card_has_scrolled(
    lifting: Lifter, calls: Calls, telegram: Simulator
) -> None:
    await calls()
    for reps in range(12, 2, -1):
        message = await lifting.sends(f"100x{reps}")
        made = await calls()
        assert len(made) == 2, made
        if "setMessageReaction" in made:
            await lifting.sees_reaction("✍", message)
        else:
            assert sorted(made) == ["deleteMessages", "sendMessage"]
            await lifting.sees(f"✓ Logged: 100 kg × {reps}")
        assert any("✓ Log 1" in button.label for message in lifting.chat[-3:] for button in message.buttons)
    assert not telegram.refusals


async def test_a_record_is_answered_by_a_cup(lifting: Lifter, telegram: Simulator) -> None:
    await lifting.sends("100x5")
    await lifting.sees("Today: 100 kg × 5")
    await lifting.taps("🏁 Finish")
    await lifting.sees("Finish the workout?")
    await lifting.taps("🏁 Finish")
    await lifting.sees("Workout done")
    await lifting.sends("/set bench 100x5")
    await lifting.sees("Today: 100 kg × 5")
    message = await lifting.sends("110x5")
    await lifting.sees_reaction("🏆", message)
    assert "Record" in (await lifting.sees("110 kg")).text
    assert not telegram.refusals


async def test_a_whole_workout_is_pasted_previewed_and_logged_with_one_tap(
    ann: Lifter, spotter: Spotter, telegram: Simulator
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.taps("Start workout")
    await ann.sees("Which exercise?")
    await ann.sends(WHOLE)
    await ann.sees("Log this? 3 exercises, 7 sets, today:")
    ann.does_not_see("✓ Logged")
    await ann.taps("✓ Log 3 exercises, 7 sets", times=2)
    await ann.sees("Deadlift (Barbell) · 3 of 3")
    await spotter.lanes.idle()
    await ann.sees("7 sets · 4,160 kg")
    await ann.sends("/undo")
    await ann.sees("Taken back: what you logged last")
    await spotter.lanes.idle()
    ann.does_not_see("Deadlift (Barbell) · 3 of 3")
    assert not telegram.refusals


async def test_unknown_names_of_a_pasted_workout_are_found_made_or_left_out(ann: Lifter, telegram: Simulator) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("Leg day <3\nSquatt\n140x5\nZorbler\n40x12\n100x-5")
    await ann.sees("Which exercise is “Leg day <3”?")
    await ann.taps("Leave it out")
    await ann.sees("Which exercise is “Squatt”?")
    await ann.taps("Squat (Barbell)")
    await ann.sees("Which exercise is “Zorbler”?")
    await ann.taps("Create “Zorbler”")
    await ann.taps("Legs")
    await ann.taps("Machine")
    await ann.sees("I can't read 100x-5 as a set")
    await ann.taps("Leave it out")
    await ann.taps("✓ Log 2 exercises, 2 sets")
    await ann.sees("Zorbler · 2 of 2")
    assert not telegram.refusals


async def test_editing_a_message_amends_its_sets_also_after_a_restart(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm
) -> None:
    ann = telegram.lifter("Ann")
    async with Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm).running():
        await ann.sends("/start")
        await ann.taps("Kilograms")
        message = await ann.sends("/set bench 100x5,4")
        await ann.sees("Today: 100 kg × 5, 4")
        await ann.edits(message, "/set bench 105x5")
        await ann.sees("✎ Changed to 105 kg × 5.")
    async with Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm).running():
        await ann.edits(message, "/set bench 110x3,3")
        await ann.sees("Today: 110 kg × 3, 3")
        await ann.edits(message, "no idea")
        await ann.sees("Your sets stay as they were")
        await ann.taps("🏁 Finish")
        await ann.sees("Finish the workout?")
        await ann.taps("🏁 Finish")
        await ann.sees("2 sets")
        await ann.edits(message, "/set bench 120x1")
        await ann.sees("finished workout")
        await ann.taps("Reopen that workout")
        await ann.sees("Reopened")
        await ann.edits(message, "/set bench 120x1")
        await ann.sees("Today: 120 kg × 1")


async def test_an_edit_that_is_quicker_than_the_bot_counts_in_the_end(lifting: Lifter, spotter: Spotter) -> None:
    message = await lifting.sends("100x5")
    await lifting.edits(message, "105x5")
    await lifting.edits(message, "107.5x5")
    await lifting.sees("✎ Changed to 107.5 kg × 5.")
    await spotter.lanes.idle()
    await lifting.sees("Today: 107.5 kg × 5")


async def test_replies_annotate_the_set_that_they_are_about(
    lifting: Lifter, spotter: Spotter, calls: Calls, telegram: Simulator
) -> None:
    await calls()
    first = await lifting.sends("100x5")
    await calls()
    await lifting.sends("95x6")
    await calls()
    await lifting.sends("belt 💪", reply_to=first)
    assert len(await calls()) == 2
    await lifting.sees("100 kg × 5 (belt 💪)")
    card = await lifting.sees("Today:")
    await lifting.sends("@8,5", reply_to=card.id)
    assert len(await calls()) == 2
    await lifting.sees("95 kg × 6 @8.5")
    assert not telegram.refusals


@pytest.mark.parametrize(
    "text",
    [
        "100x5\n" * 60,
        "100x5\n" * 680,
        "bench\n" + "100x5\n" * 60,
        "💪🏽\n" * 1000,
        "<b>\nשלום 100x5\n\N{RIGHT-TO-LEFT OVERRIDE}abc\n" * 100,
        "squat # <b>&amp;</b>\n" * 190,
    ],
)
async def test_as_much_as_a_message_holds_is_answered(
    lifting: Lifter, calls: Calls, telegram: Simulator, text: str
) -> None:
    await calls()
    message = await lifting.sends(text[:4096])
    assert {"sendMessage", "editMessageText"} & set(await calls())
    await lifting.edits(message, text[:4000])
    assert {"sendMessage", "editMessageText"} & set(await calls())
    await lifting.sends(text[:4096], reply_to=message)
    assert {"sendMessage", "editMessageText"} & set(await calls())
    assert not telegram.refusals


async def test_a_set_that_comes_before_anything_else_is_kept_until_it_has_a_place(
    ann: Lifter, spotter: Spotter, telegram: Simulator
) -> None:
    await ann.sends("225x5")
    await ann.sees("kilograms or pounds")
    await ann.taps("Pounds")
    await ann.sees("Which exercise is 225x5 for?")
    await ann.taps("Bench Press (Barbell)")
    await ann.sees("Today: 225 lb × 5")
    await ann.taps("🏁 Finish")
    await ann.taps("🏁 Finish")
    await ann.sees("done")
    await ann.sends("230x5")
    await ann.sees("I keep 230x5")
    await ann.taps("Start & log: Bench Press (Barbell)")
    await ann.sees("Today: 230 lb × 5")
    await spotter.lanes.idle()
    ann.does_not_see("I keep 230x5")
    assert not telegram.refusals


async def test_a_set_typed_where_a_note_is_asked_for_is_logged_by_one_tap(
    lifting: Lifter, spotter: Spotter, telegram: Simulator
) -> None:
    await lifting.sends("100x5")
    await lifting.sees("Today: 100 kg × 5")
    await lifting.taps("✎ Last set")
    await lifting.taps("📝 Note")
    await lifting.sees("Type the note")
    await lifting.sends("102.5x5")
    await lifting.sees("Is that a set, or the text you were asked for?")
    await lifting.taps("✓ Log 102.5x5")
    await lifting.sees("Today: 100 kg × 5 · 102.5 kg × 5")
    assert not telegram.refusals

"""What stands around a workout: coming in, starting again, leaving it alone, ending it, coming back."""

from datetime import timedelta

import pytest

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.seen import SeenMessage
from simulator.server import Simulator
from tests.support.clock import FakeClock
from training.idle import ASKED_AFTER, CLOSED_AFTER


class Hand:
    """A lifter's hand, whose taps and typed lines are counted."""

    def __init__(self, lifter: Lifter) -> None:
        self._lifter = lifter
        self.actions = 0

    async def taps(self, label: str) -> None:
        self.actions += 1
        await self._lifter.taps(label)

    async def sends(self, text: str) -> None:
        self.actions += 1
        await self._lifter.sends(text)


async def trains(ann: Lifter, spotter: Spotter, clock: FakeClock, *lines: str) -> SeenMessage:
    """A first workout of half an hour at the bench."""
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.taps("Bench Press (Barbell)")
    for line in lines:
        await ann.sends(line)
        await ann.sees("Today:")
        await spotter.lanes.idle()
    clock.advance(timedelta(minutes=30))
    return await finishes(ann)


async def finishes(ann: Lifter) -> SeenMessage:
    await ann.taps("🏁 Finish")
    await ann.sees("Finish the workout?")
    await ann.taps("🏁 Finish")
    return await ann.sees("Workout done")


async def test_the_first_set_takes_three_actions_after_start_without_reading_anything(
    ann: Lifter, spotter: Spotter, telegram: Simulator
) -> None:
    await ann.sends("/start")
    hand = Hand(ann)
    await hand.taps("Kilograms")
    await ann.sees("Tap what you do first")
    await hand.taps("Squat (Barbell)")
    card = await ann.sees("Type what you did")
    assert "60x8" in card.text
    await hand.sends("60x8")
    await ann.sees("Today: 60 kg × 8")
    assert hand.actions == 3  # five at most
    await spotter.lanes.idle()
    assert not telegram.refusals


async def test_by_body_part_the_first_set_takes_five_actions(ann: Lifter, spotter: Spotter) -> None:
    await ann.sends("/start")
    hand = Hand(ann)
    await hand.taps("Pounds")
    await hand.taps("Start workout")
    await hand.taps("Chest")
    await hand.taps("Bench Press (Barbell)")
    card = await ann.sees("Type what you did")
    assert "135x8" in card.text
    await hand.sends("135x8")
    await ann.sees("Today: 135 lb × 8")
    assert hand.actions == 5


async def test_a_workout_is_repeated_by_two_taps_and_its_first_set_by_a_third(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await trains(ann, spotter, clock, "100x5")
    clock.advance(timedelta(days=3))
    hand = Hand(ann)
    await hand.sends("/start")
    home = await ann.sees("Last workout: Bench Press (Barbell), 3 days ago · 1 set · 500 kg")
    await hand.taps("↻ Bench Press (Barbell) · 3 days ago")
    await ann.sees("Last time")
    assert hand.actions == 2
    await hand.taps("✓ Log 100 kg × 5")
    await ann.sees("Today: 100 kg × 5")
    await spotter.lanes.idle()
    assert home.id not in [message.id for message in ann.chat]
    await ann.sends("/start")
    await ann.sees("Today: 100 kg × 5")
    await spotter.lanes.idle()
    assert not telegram.refusals


async def test_one_from_long_ago_is_found_and_started(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await trains(ann, spotter, clock, "100x5")
    clock.advance(timedelta(days=33))
    hand = Hand(ann)
    await hand.sends("/workout")
    await ann.sees("Good to see you, Ann.")
    await hand.taps("From an earlier one")
    await ann.sees("Start from which one?")
    await hand.taps("‹ Back")
    await ann.sees("Good to see you, Ann.")
    await hand.taps("From an earlier one")
    await ann.sees("Start from which one?")
    await hand.taps("4 weeks ago")
    await ann.sees("Last time")
    await spotter.lanes.idle()
    assert not telegram.refusals


async def test_a_finish_is_taken_back_and_compared_with_the_time_before(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await trains(ann, spotter, clock, "100x5")
    clock.advance(timedelta(days=3))
    await ann.sends("/start")
    await ann.taps("↻ Bench Press (Barbell)")
    await ann.taps("✓ Log 100 kg × 5")
    await ann.sees("Today: 100 kg × 5")
    clock.advance(timedelta(minutes=35))
    await finishes(ann)
    await ann.taps("↶ Undo finish")
    await ann.sees("Open again, just as it was")
    await ann.sends("105x3")
    await ann.sees("105 kg × 3")
    done = await finishes(ann)
    assert "+315 kg · +1 set · 5 min longer" in done.text
    assert "🏆 Bench Press (Barbell): heaviest, 105 kg" in done.text
    assert "best 100 kg × 5" in done.text
    await spotter.lanes.idle()
    assert not telegram.refusals


async def left_alone(spotter: Spotter, clock: FakeClock, time: timedelta) -> None:
    await spotter.lanes.idle()
    clock.advance(time)
    await spotter.look_after_idle()
    await spotter.lanes.idle()


async def begins(ann: Lifter, spotter: Spotter, *lines: str) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.taps("Bench Press (Barbell)")
    await ann.sees("Type what you did")
    for line in lines:
        await ann.sends(line)
        await ann.sees("Today:")
    await spotter.lanes.idle()
    await spotter.look_after_idle()


async def test_a_workout_left_alone_is_asked_about_once_closed_and_opened_again(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await begins(ann, spotter, "100x5")
    await left_alone(spotter, clock, ASKED_AFTER)
    await ann.sees("Still training?")
    assert len(ann.chat) == len([message for message in ann.chat if "Type what you did" not in message.text])
    await left_alone(spotter, clock, ASKED_AFTER)
    assert sum("Still training?" in message.text for message in ann.chat) == 1
    await ann.taps("Still at it")
    await ann.sees("Today: 100 kg × 5")

    await left_alone(spotter, clock, ASKED_AFTER)
    await ann.sees("Still training?")
    await left_alone(spotter, clock, CLOSED_AFTER - ASKED_AFTER)
    await ann.sees("I've closed Workout")
    ann.does_not_see("Still training?")
    await ann.taps("Open it again")
    await ann.sees("Open again, just as it was")
    await ann.sends("/undo")
    await ann.sees("Taken back: the reopening")
    await spotter.lanes.idle()
    assert not telegram.refusals


async def test_an_empty_workout_left_alone_goes_with_a_word(ann: Lifter, spotter: Spotter, clock: FakeClock) -> None:
    await begins(ann, spotter)
    await left_alone(spotter, clock, ASKED_AFTER)
    await left_alone(spotter, clock, CLOSED_AFTER - ASKED_AFTER)
    await ann.sees("It had no sets")
    await ann.sends("/undo")
    await ann.sees("Bench Press (Barbell)")


async def test_who_had_blocked_the_bot_comes_back_and_finds_everything(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await begins(ann, spotter, "100x5")
    ann.blocks_bot()
    await left_alone(spotter, clock, ASKED_AFTER)
    await left_alone(spotter, clock, CLOSED_AFTER)
    messages = len(ann.chat)
    clock.advance(timedelta(days=30))
    ann.unblocks_bot()
    await ann.sends("/start")
    await ann.sees("Good to see you, Ann.")
    await ann.sees("Last workout: Bench Press (Barbell), 4 weeks ago · 1 set · 500 kg")
    assert len(ann.chat) == messages + 2
    await ann.taps("↻ Bench Press (Barbell)")
    await ann.taps("✓ Log 100 kg × 5")
    await ann.sees("Today: 100 kg × 5")


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_set_and_a_closing_do_not_cross(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await begins(ann, spotter, "100x5")
    await left_alone(spotter, clock, ASKED_AFTER)
    await ann.sees("Still training?")
    await ann.sends("102.5x5")
    await ann.sees("102.5 kg × 5")
    await left_alone(spotter, clock, CLOSED_AFTER - ASKED_AFTER)
    ann.does_not_see("closed")
    await ann.sends("105x5")
    await ann.sees("105 kg × 5")


async def test_a_set_for_a_workout_that_was_closed_goes_there_by_one_tap(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await begins(ann, spotter, "100x5")
    await left_alone(spotter, clock, ASKED_AFTER)
    await left_alone(spotter, clock, CLOSED_AFTER - ASKED_AFTER)
    await ann.sees("I've closed Workout")
    await ann.sends("102.5x5")
    await ann.sees("No workout is open")
    await ann.taps("Reopen & log 102.5x5")
    await ann.sees("Today: 100 kg × 5 · 102.5 kg × 5")
    await spotter.lanes.idle()
    ann.does_not_see("No workout is open")
    assert not telegram.refusals

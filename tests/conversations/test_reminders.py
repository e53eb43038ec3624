"""Reminders, over HTTP: chosen once, they come by themselves."""

from datetime import UTC, datetime, timedelta

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock

TUESDAY = datetime(2026, 1, 6, 17, tzinfo=UTC)
"""18:00 in Berlin."""
WEEK = timedelta(days=7)


async def finishes(ann: Lifter, says: str) -> None:
    await ann.sends("/finish")
    await ann.sees("Finish the workout?")
    await ann.taps("Finish")
    await ann.sees(says)


async def test_a_lifter_is_reminded_starts_with_one_tap_and_stops_it_with_another(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    async def comes(now: datetime) -> None:
        await spotter.lanes.idle()
        clock.now = now
        await spotter.remind()
        await spotter.lanes.idle()

    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/set bench 82.5x5, 82.5x5, 82.5x5")
    await ann.sees("82.5 kg × 5, 5, 5")
    await finishes(ann, "Workout done")

    await ann.sends("/reminders")
    await ann.taps("19:00")
    await ann.taps("Berlin")
    await ann.sees("tap the days on which you train")
    await ann.taps("Tue")
    await ann.sees("Training: Tuesday at 18:00")
    await ann.taps("Weekly summary")
    await ann.taps("Sun")
    await ann.sees("Sunday at 19:00")

    await comes(TUESDAY)
    reminder = await ann.sees("Tuesday, Bench Press (Barbell)")
    assert "Bench Press (Barbell): 82.5 kg × 5, 5, 5" in reminder.text
    await ann.taps("Start")
    await ann.taps("Log 82.5 kg × 5")
    await ann.sees("Today: 82.5 kg × 5")
    await spotter.lanes.idle()
    assert reminder.id not in [one.id for one in ann.chat]
    await finishes(ann, "Against last time")

    await comes(datetime(2026, 1, 11, 18, tzinfo=UTC))
    await ann.sees("2 workouts · 4 sets")
    await comes(TUESDAY + WEEK)
    reminder = await ann.sees("Tuesday, Bench Press (Barbell)")
    await ann.taps("Not today")
    await spotter.lanes.idle()
    assert reminder.id not in [one.id for one in ann.chat]

    await comes(TUESDAY + 2 * WEEK)
    await ann.taps("Stop these")
    await ann.sees("No more reminders to train")
    messages = len(ann.chat)
    await comes(TUESDAY + 3 * WEEK)
    assert len(ann.chat) == messages
    assert not telegram.refusals

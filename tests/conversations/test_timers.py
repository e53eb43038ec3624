"""Timers over HTTP: what a lifter sees while planking, and with which taps it is logged."""

from datetime import timedelta

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock, ManualAlarm


async def test_a_plank_by_countdown_is_logged_with_one_tap(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock, alarm: ManualAlarm
) -> None:
    async def later(seconds: int) -> None:
        await spotter.lanes.idle()
        clock.advance(timedelta(seconds=seconds))
        assert clock() in alarm.due
        await spotter.ring()

    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.taps("Start workout")
    await ann.sees("Which exercise?")
    await ann.sends("plank")
    await ann.sees("Type what you did")

    await ann.sends("/timer 45")
    await ann.sees("Get ready: Plank 0:45")
    await later(5)
    await ann.sees("Go! Plank 0:45")
    await later(22)
    await ann.sees("Half done: Plank 0:45")
    await later(23)
    await ann.sees("Done: Plank 0:45")
    await spotter.lanes.idle()
    ann.does_not_see("Half done")
    await ann.taps("✓ Log 0:45")
    await ann.sees("Today: 0:45")
    await spotter.lanes.idle()
    ann.does_not_see("Done: Plank")

    await ann.taps("▶ Start 0:45")
    await ann.sees("Get ready: Plank 0:45")
    await later(5)
    await ann.sees("Go! Plank 0:45")
    clock.advance(timedelta(seconds=30))
    await ann.taps("⏹ Stop")
    await ann.sees("Stopped after 0:30")
    await ann.taps("✓ Log 0:30")
    await ann.sees("Today: 0:45 · 0:30")
    await spotter.lanes.idle()
    ann.does_not_see("Stopped")
    assert not telegram.refusals

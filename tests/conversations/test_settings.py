"""/settings, over HTTP."""

from datetime import timedelta

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock, ManualAlarm


async def test_everything_is_set_in_one_message_and_holds(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock, alarm: ManualAlarm
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/settings")
    message = (await ann.sees("Settings")).id

    await ann.taps("Switch to lb")
    await ann.sees("Unit: lb")
    await ann.taps("− / + step")
    await ann.taps("10 lb")
    await ann.sees("− and + turn by: 10 lb")
    await ann.taps("Rest after warm-ups")
    await ann.taps("0:45")
    await ann.sees("Rest after a warm-up: 0:45")
    await ann.taps("Time zone")
    await ann.taps("19:00")
    await ann.taps("Berlin")
    await ann.sees("Europe/Berlin, 19:00 now")
    await ann.taps("Ask for the RPE")
    await ann.taps("Clean up the sets I type")
    assert (await ann.sees("Sets you type: leave the chat once logged")).id == message
    await ann.taps("Done")
    await ann.taps("Start workout")
    await ann.sees("Which exercise?")

    await ann.sends("bench")
    await ann.sees("Bench Press (Barbell)")
    typed = await ann.sends("225x5")
    await ann.sees("Today: 225 lb × 5")
    await spotter.lanes.idle()
    assert typed not in [one.id for one in ann.chat]
    await ann.taps("+10 lb")
    await ann.taps("Log 235 lb × 5")
    await ann.taps("8")
    await ann.sees("@8")
    await ann.sends("w 135x8")
    await ann.sees("w 135 lb × 8")
    await spotter.lanes.idle()
    assert alarm.due[-1] == clock() + timedelta(seconds=45)
    assert not telegram.refusals


async def test_settings_in_a_workout_stand_where_the_card_is(
    ann: Lifter, spotter: Spotter, telegram: Simulator
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/set bench 100x5")
    await ann.sees("Today: 100 kg × 5")
    await ann.sends("/settings")
    await ann.taps("Step: Bench Press (Barbell)")
    await ann.taps("1.25 kg")
    await ann.taps("Back to the workout")
    await ann.sees("Today: 100 kg × 5")
    await spotter.lanes.idle()
    ann.does_not_see("Settings")
    await ann.taps("+1.25 kg")
    await ann.sees("Today: 100 kg × 5")
    assert "✓ Log 101.25 kg × 5" in ann.buttons
    await ann.sends("/settings")
    await ann.taps("Time zone")
    await ann.sends("new york")
    await ann.sees("America/New_York")
    assert not telegram.refusals

"""Looking up records, over HTTP."""

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator


async def test_records_are_looked_up_by_tapping_and_by_typing(
    ann: Lifter, spotter: Spotter, telegram: Simulator
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.taps("Squat (Barbell)")
    await ann.sends("140x5")
    await ann.sees("Today:")
    await ann.sends("/set bench 100x5,8")
    await ann.sees("100 kg × 5, 8")
    await ann.sends("/records")
    await ann.sees("In which exercise?")
    await ann.taps("Squat (Barbell)")
    await ann.sees("Heaviest: 140 kg × 5")
    await ann.taps("All records")
    await ann.sees("In which exercise?")
    await ann.sends("bench")
    await ann.sees("1-5: 100 kg × 5")
    await ann.sees("6-8: 100 kg × 8")
    await spotter.lanes.idle()
    assert not telegram.refusals

"""Looking up records, over HTTP."""

from datetime import timedelta

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock


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


async def test_a_record_with_a_third_workout_is_followed_by_a_picture_and_the_finish_can_still_be_taken_back(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    for line in ("100x5", "102.5x5", "105x5"):
        clock.advance(timedelta(days=3))
        await ann.sends(f"/set bench {line}")
        await ann.sees("Today:")
        await ann.taps("🏁 Finish")
        await ann.sees("Finish the workout?")
        await ann.taps("🏁 Finish")
        await ann.sees("Workout done")
        await spotter.lanes.idle()
    seen = await ann.sees("Estimated 1RM: from 112 kg")
    assert telegram.called("sendPhoto")
    assert "over 3 workouts" in seen.text
    await ann.taps("↶ Undo finish")
    await ann.sees("Today: 105 kg × 5")
    await spotter.lanes.idle()
    assert not telegram.refusals

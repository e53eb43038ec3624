"""Looking at progress, over HTTP: a picture comes, and its buttons change it where it is."""

from datetime import timedelta

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock


async def test_a_lifter_looks_at_their_progress_and_goes_on_training(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/progress")
    await ann.sees("nothing to show yet")
    for line in ("/set bench 100x5", "/set bench 102.5x5"):
        await ann.sends(line)
        await ann.sees("Today: " + line.removeprefix("/set bench ").replace("x", " kg × "))
        await ann.sends("/finish")
        await ann.sees("Finish the workout?")
        await ann.taps("Finish")
        await ann.sees("Workout done")
        await spotter.lanes.idle()
        clock.advance(timedelta(days=7))

    await ann.sends("/progress bench")
    picture = await ann.sees("Estimated 1RM, last 3 months")
    assert picture.photo is not None
    assert "112 → 115 kg" in picture.text
    await ann.taps("1 yr")
    changed = await ann.sees("Estimated 1RM, last 12 months")
    assert (changed.id, changed.photo is not None) == (picture.id, True)
    await ann.taps("Heaviest")
    assert "100 → 102.5 kg" in (await ann.sees("Heaviest set, last 12 months")).text
    await ann.taps("‹ Progress")
    assert (await ann.sees("A usual week")).id == picture.id
    await ann.taps("Calendar")
    assert (await ann.sees("2 workouts")).id == picture.id

    await ann.taps("‹ Progress")
    await ann.taps("By exercise")
    await ann.sees("Which exercise?")
    await spotter.lanes.idle()
    assert picture.id not in [one.id for one in ann.chat]  # a picture can't become a text
    await ann.sends("bench")
    await ann.sees("Estimated 1RM, last 3 months")
    await ann.sends("/set bench 105x5")
    await ann.sees("Today: 105 kg × 5")
    assert not telegram.refusals

"""A lifter's data goes away as a file and comes back into an empty account, over HTTP as it runs."""

from functools import partial

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock, ManualAlarm


async def trains(lifter: Lifter) -> None:
    await lifter.sends("/start")
    await lifter.taps("Pounds")
    await lifter.sends("/set bench press barbell 225x5x3")
    await lifter.sees("Bench Press (Barbell)")
    await lifter.taps("🏁 Finish")
    await lifter.sees("Finish the workout?")
    await lifter.taps("🏁 Finish")
    await lifter.sees("Workout done")


async def test_what_one_account_gave_away_another_one_takes_in_and_gives_back_the_same(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm
) -> None:
    ann, ben = telegram.lifter("Ann"), telegram.lifter("Ben")
    bot = partial(Spotter, settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)
    async with bot().running():
        await trains(ann)
        await ann.sends("/export")
        await ann.taps("JSON")
        content = ann.file(await ann.sees("1 workout, and all that is yours."))
        await ben.sends("/start")
        await ben.taps("Kilograms")
        await ben.sends_document("spotter.json", content, "application/json")
        shown = await ben.sees("+ 1 workout with 3 sets")
        assert "+ your settings and reminders become those of the file" in shown.text
    async with bot().running():
        await ben.taps("✓ Import", times=2)
        await ben.sees("spotter.json is imported: 1 workout, your settings")
        await ben.sends("/export json")
        assert ben.file(await ben.sees("1 workout, and all that is yours.")) == content
        await ben.sends("/undo")
        await ben.sees("Taken back: the import")
        await ben.sends("/history")
        await ben.sees("No finished workout yet")
    assert telegram.refusals == []

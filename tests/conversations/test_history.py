"""Looking back and putting right, over HTTP."""

from datetime import timedelta

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock, ManualAlarm


async def trains(ann: Lifter, spotter: Spotter, clock: FakeClock, *lines: str) -> None:
    for line in lines:
        await ann.sends(line)
        await ann.sees("Today:")
        await spotter.lanes.idle()
    clock.advance(timedelta(minutes=45))
    await ann.taps("🏁 Finish")
    await ann.sees("Finish the workout?")
    await ann.taps("🏁 Finish")
    await ann.sees("Workout done")
    clock.advance(timedelta(days=2))


async def test_a_workout_is_found_seen_put_right_and_done_again(
    ann: Lifter, spotter: Spotter, clock: FakeClock, telegram: Simulator
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.taps("Squat (Barbell)")
    await trains(ann, spotter, clock, "140x5", "140x5")
    await ann.sends("/set bench 100x5")
    await trains(ann, spotter, clock, "100x5")

    await ann.sends("/history")
    await ann.sees("2 workouts")
    await ann.taps("By exercise")
    await ann.sends("squat")
    await ann.sees("1 workout")
    await ann.taps("· Squat (Barbell)")
    await ann.sees("140 kg × 5, 5")
    await ann.taps("As text")
    await ann.sees("Squat (Barbell)\n140x5x2")
    await ann.sends("Squat\n140x5\n145x3")
    await ann.sees("It had 1 exercise, 2 sets")
    await ann.taps("✓ Write it anew")
    await ann.sees("140 kg × 5 · 145 kg × 3")
    await ann.taps("Name")
    await ann.sends("Legs")
    await ann.sees("Legs ·")
    await ann.taps("Do it again")
    await ann.sees("Type what you did, like 140x5")
    assert "✓ Log 140 kg × 5" in ann.buttons
    await spotter.lanes.idle()
    assert not telegram.refusals


async def test_a_past_workout_is_entered_across_a_restart(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm
) -> None:
    ann = telegram.lifter("Ann")
    bot = Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)
    async with bot.running():
        await ann.sends("/start")
        await ann.taps("Kilograms")
        await ann.sees("Ready when you are")
        await ann.sends("/past")
        await ann.taps("Yesterday")
        await ann.sees("Now send what you did")
        await bot.lanes.idle()
    again = Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)
    async with again.running():
        await ann.sends("Bench\n80x8,8,7\nPull up\n10,8")
        await ann.taps("✓ Enter 2 exercises, 5 sets")
        await ann.sees("✓ Entered for")
        await ann.taps("Delete")
        await ann.taps("Delete it")
        await ann.sees("🗑 Deleted")
        await ann.sends("/undo")
        await ann.sees("Taken back: the deletion of a workout")
        await ann.sends("/history")
        await ann.sees("1 workout")
        await again.lanes.idle()
        assert not telegram.refusals

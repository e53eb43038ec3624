"""What common tasks cost, counted by the driver while they are done over HTTP: docs/taps.md says the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.clock import FakeClock
from tests.support.measuring import Measured

PAGE = Path(__file__).parents[2] / "docs/taps.md"

PROMISED = {
    "the suggested set": (1, 1),
    "with another weight": (2, 2),
    "any set, typed": (0, 2),
    "a set, typed after the card has scrolled away": (0, 2),
    "one rep less in the last set": (2, 2),
    "a typed set, by editing its message": (0, 1),
    "the next one in the workout": (2, 2),
    "one that you have used": (2, 2),
    "the last workout again, from its summary": (2, 3),
    "more rest, when it is over": (1, 2),
    "a plank, counted down": (2, 10),
    "the last weeks": (0, 1),
    "another figure of it, and another time": (2, 2),
}
"""At most so many taps and calls, whatever the page says."""

PASTED = "Bench\n100x5x3\nBarbell row\n80x8x3\nDips\n12,10"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is tapped and called doesn't depend on the database."""
    return sqlite_url


@pytest.fixture
def day(ann: Lifter, spotter: Spotter, telegram: Simulator) -> Measured:
    return Measured(ann, spotter, telegram)


def on_page(section: str) -> list[str]:
    """The rows of the table under this heading."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return [line for line in text.splitlines() if line.startswith("|")][2:]


def stands_on_page(day: Measured, section: str) -> None:
    for task in PROMISED.keys() & day.costs.keys():
        taps, calls = PROMISED[task]
        assert day.costs[task].taps <= taps, task
        assert day.costs[task].calls <= calls, task
    measured = [cost.row(task) for task, cost in day.costs.items()]
    assert on_page(section) == measured, "\n".join(["These were measured:", *measured])


async def lifting(day: Measured, *lines: str) -> None:
    """At the bench."""
    await day.types("/start")
    await day.taps("Kilograms", "Bench Press (Barbell)")
    await day.types(*lines)


async def test_logging_a_set(ann: Lifter, day: Measured, spotter: Spotter, clock: FakeClock) -> None:
    await lifting(day, "100x5")
    async with day.task("the suggested set"):
        await day.taps("✓ Log 100 kg × 5")
    async with day.task("with another weight"):
        await day.taps("+2.5 kg", "✓ Log 102.5 kg × 5")
    async with day.task("with other reps"):
        await day.taps("−1 rep", "✓ Log 102.5 kg × 4")
    async with day.task("as a warm-up"):
        await day.taps("Working set", "✓ Log w 102.5 kg × 4")
    await ann.sees("Today: 100 kg × 5, 5 · 102.5 kg × 5, 4 · w 102.5 kg × 4")

    async with day.task("any set, typed"):
        await day.types("105x3")
    async with day.task("the same weight again, typed"):
        await day.types("4")
    await day.types("/workout")
    async with day.task("three sets at once, typed"):
        await day.types("90x8x3")
    await day.types("/help")
    async with day.task("a set, typed after the card has scrolled away"):
        await day.types("85x12")
    await ann.sees("105 kg × 3, 4 · 90 kg × 8, 8, 8 · 85 kg × 12")

    clock.advance(timedelta(minutes=4))
    await spotter.ring()
    await ann.sees("Rest is over")
    async with day.task("the next set, when the rest is over"):
        await day.taps("✓ Log 85 kg × 12")
    ann.does_not_see("Rest is over")
    async with day.task("a set of another exercise, both in one line"):
        await day.types("/set pullups 8")
    await ann.sees("Today: BW × 8")
    async with day.task("a whole workout, pasted"):
        await day.types(PASTED)
        await day.taps("✓ Log 3 exercises, 8 sets")
    await ann.sees("Today: BW × 12, 10")
    stands_on_page(day, "Logging a set")


async def test_putting_it_right(ann: Lifter, day: Measured) -> None:
    await lifting(day)
    await day.types("100x5", "100x4")
    async with day.task("take the last set back"):
        await day.taps("↶ Undo")
    await ann.sees("Taken back")
    await day.types("/workout", "100x4")
    async with day.task("one rep less in the last set"):
        await day.taps("✎ Last set", "−1 rep")
    await ann.sees("100 kg × 3")
    await day.taps("‹ Back to the workout")
    typed = await day.types("95x8")
    async with day.task("a typed set, by editing its message"):
        await day.edits(typed, "97.5x8")
    await ann.sees("Changed to 97.5 kg × 8")
    async with day.task("an earlier set"):
        await day.taps("✎ Last set", "‹ All sets", "1. 100 kg × 5")
        await day.types("6")
    await ann.sees("Today: 100 kg × 6, 3")
    async with day.task("delete an earlier set"):
        await day.taps("✎ Last set", "‹ All sets", "1. 100 kg × 6", "🗑 Delete this set")
    await ann.sees("Today: 100 kg × 3 ·")
    async with day.task("RPE of the last set"):
        await day.taps("✎ Last set", "💪 RPE", "8.5")
    async with day.task("RPE, by replying to the card"):
        await day.types("@9", reply_to=card(ann))
    async with day.task("note on the last set"):
        await day.taps("✎ Last set", "📝 Note")
        await day.types("belt")
    async with day.task("note, by replying to the card"):
        await day.types("paused", reply_to=card(ann))
    await ann.sees("97.5 kg × 8 @9 (paused)")
    await day.taps("⋯ More", "⚙ Settings", "Ask for the RPE", "‹ Back to the workout", "✓ Log 97.5 kg × 8")
    async with day.task("RPE of the last set, if you have the settings ask for it"):
        await day.taps("8")
    await ann.sees("97.5 kg × 8 @8")
    stands_on_page(day, "Putting it right")


async def test_exercises(ann: Lifter, day: Measured) -> None:
    await lifting(day, "100x5")
    await day.taps("🏁 Finish", "🏁 Finish", "💪 Start workout", "Squat (Barbell)")
    async with day.task("one that you have used"):
        await day.taps("➕ Exercise", "Bench Press (Barbell)")
    await ann.sees("Bench Press (Barbell) · 2 of 2")
    async with day.task("one of a body part"):
        await day.taps("➕ Exercise", "Legs", "Leg Press (Machine)")
    await ann.sees("Leg Press (Machine) · 3 of 3")
    async with day.task("one by what lifters call it"):
        await day.types("ohp")
    await ann.sees("Overhead Press (Barbell) · 4 of 4")
    async with day.task("the one before in the workout"):
        await day.taps("‹ Previous")
    await ann.sees("Leg Press (Machine) · 3 of 4")
    async with day.task("the next one in the workout"):
        await day.taps("Next ›")
    async with day.task("one of your own"):
        await day.types("Larsen Zercher")
        await day.taps("➕ Create", "Legs", "Barbell")
    await ann.sees("✓ Created Larsen Zercher")
    async with day.task("a superset"):
        await day.taps("⋯ More", "⛓ Superset", "Bench Press (Barbell)")
    await ann.sees("In turn with Bench Press (Barbell)")
    async with day.task("another one in its place, sets and all"):
        await day.taps("⋯ More", "⇄ Swap exercise", "Romanian Deadlift (Barbell)")
    await ann.sees("Romanian Deadlift (Barbell) · 5 of 5")
    async with day.task("to the front of the order"):
        await day.taps("⋯ More", "↕ Reorder", "⤒ First")
    await ann.sees("is 1 of 5")
    stands_on_page(day, "Exercises")


async def test_around_the_workout(ann: Lifter, day: Measured, spotter: Spotter, clock: FakeClock) -> None:
    await day.types("/start")
    async with day.task("the first set ever, after `/start`"):
        await day.taps("Kilograms", "Squat (Barbell)")
        await day.types("60x8")
    await ann.sees("Today: 60 kg × 8")
    assert day.costs["the first set ever, after `/start`"].actions <= 5
    async with day.task("a little more rest"):
        await day.taps("⏱ +15 s")
    async with day.task("no more rest"):
        await day.taps("⏭ Skip")
    async with day.task("a rest by hand"):
        await day.taps("⏱ Rest")
    async with day.task("finish"):
        await day.taps("🏁 Finish", "🏁 Finish")
    await ann.sees("Workout done")
    async with day.task("take the finish back"):
        await day.taps("↶ Undo finish")
    await ann.sees("Open again")
    await day.taps("🏁 Finish", "🏁 Finish")
    clock.advance(timedelta(days=3))
    async with day.task("the last workout again, from its summary"):
        await day.taps("↻ Repeat a workout", "↻ Squat (Barbell)")
    await ann.sees("Last time")
    async with day.task("give the workout a name"):
        await day.taps("⋯ More", "🏷 Rename workout")
        await day.types("Legs")
    await ann.sees("Legs · started")
    async with day.task("pounds from now on"):
        await day.taps("⋯ More", "⚙ Settings", "Switch to lb")
    await ann.sees("Unit: lb")
    await day.taps("‹ Back to the workout")
    async with day.task("discard the workout"):
        await day.taps("⋯ More", "🗑 Discard workout", "🗑 Discard")
    await ann.sees("Workout discarded")
    async with day.task("a workout from nothing, and its first exercise"):
        await day.taps("💪 Start workout", "Bench Press (Barbell)")
    await day.taps("⋯ More", "🗑 Discard workout", "🗑 Discard")
    clock.advance(timedelta(days=30))
    async with day.task("a workout of weeks ago again"):
        await day.types("/start")
        await day.taps("🗂 From an earlier one", "↻ Squat (Barbell)")
    await ann.sees("Last time")
    stands_on_page(day, "Around the workout")


async def test_by_the_clock(ann: Lifter, day: Measured, spotter: Spotter, clock: FakeClock) -> None:
    async def later(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))
        await spotter.ring()
        await spotter.lanes.idle()

    await day.types("/start")
    await day.taps("Kilograms")
    await day.types("/set plank 1:00")
    await ann.sees("Today: 1:00")
    await later(90)
    await ann.sees("Rest is over")
    async with day.task("more rest, when it is over"):
        await day.taps("⏱ +30 s")
    await later(30)
    await ann.sees("Rest is over")
    async with day.task("to the dials, when the rest is over"):
        await day.taps("✎ Change")
    ann.does_not_see("Rest is over")
    async with day.task("a plank, counted down"):
        await day.taps("▶ Start 1:00")
        for seconds in (5, 30, 30):
            await later(seconds)
        await ann.sees("Done: Plank 1:00")
        await day.taps("✓ Log 1:00")
    await ann.sees("Today: 1:00 · 1:00")
    stands_on_page(day, "By the clock")


async def test_looking_at_progress(ann: Lifter, day: Measured, clock: FakeClock) -> None:
    await day.types("/start")
    await day.taps("Kilograms")
    await day.types("/set bench 100x5")
    await ann.sees("Today: 100 kg × 5")
    await day.types("/finish")
    await day.taps("Finish")
    clock.advance(timedelta(days=7))
    async with day.task("the last weeks"):
        await day.types("/progress")
    async with day.task("the days of the year"):
        await day.taps("📅 Calendar")
    await day.taps("‹ Progress")
    async with day.task("one of your exercises"):
        await day.taps("🏋 By exercise", "Bench Press (Barbell)")
    async with day.task("another figure of it, and another time"):
        await day.taps("Heaviest", "1 yr")
    await ann.sees("Heaviest set, last 12 months")
    async with day.task("an exercise by its name"):
        await day.types("/progress bench")
    stands_on_page(day, "Progress")


def test_what_is_promised_is_measured() -> None:
    sections = ("Logging a set", "Putting it right", "Exercises", "Around the workout", "By the clock", "Progress")
    tasks = {row.split("|")[1].strip() for section in sections for row in on_page(section)}
    assert tasks >= PROMISED.keys()
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(tasks) == len(rows) - 2 * len(sections)  # two lines head each table


def card(ann: Lifter) -> int:
    return next(message.id for message in reversed(ann.chat) if message.buttons)

"""What a lifter sees from /start to the summary, and what is in the database then."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.database import Database
from storage.models import Exercise, ExerciseExecution, JournalRow, RestTimer, Set, User, Workout
from storage.values.chat import JournalStatus
from storage.values.lifted import SetEntry
from storage.values.quantity import Weight, WeightUnit
from tests.support.clock import MONDAY_EVENING, FakeClock, ManualAlarm


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_from_start_to_summary(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock, alarm: ManualAlarm, database: Database
) -> None:
    await ann.sends("/start")
    await ann.sees("Hi Ann!")
    await ann.taps("Kilograms")
    await ann.taps("Start workout")
    await ann.sees("Which exercise?")
    await ann.taps("Chest")
    await ann.taps("Bench Press (Barbell)")
    await ann.sees("Type what you did")

    await ann.sends("100x5")
    await ann.sees("Today: 100 kg × 5")
    await ann.sends("/set 102.5x4")
    await ann.sees("Today: 100 kg × 5 · 102.5 kg × 4")

    await spotter.lanes.idle()
    clock.advance(timedelta(seconds=180))
    assert alarm.due[-1] == clock()
    await spotter.ring()
    await ann.sees("Rest is over")
    await ann.taps("Log 102.5 kg × 4")
    await ann.sees("Today: 100 kg × 5 · 102.5 kg × 4, 4")
    await spotter.lanes.idle()
    ann.does_not_see("Rest is over")

    clock.advance(timedelta(minutes=27))
    await ann.taps("🏁 Finish")
    await ann.sees("Finish the workout?")
    await ann.taps("🏁 Finish")
    await ann.sees("30 min · 3 sets · 1,320 kg")
    await spotter.lanes.idle()

    assert not telegram.refusals
    await _holds_what_was_done(database, ann.id)


async def test_a_workout_by_nothing_but_the_messages_that_the_rest_is_over(
    ann: Lifter, spotter: Spotter, telegram: Simulator, clock: FakeClock, database: Database
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sees("Ready when you are")
    await ann.sends("2026-01-04\nbench press (barbell) 100x5,5\nsquat (barbell) 140x5,5\nplank 60s")
    await ann.taps("✓ Enter")
    await spotter.lanes.idle()
    await ann.sends("/workout")
    await ann.taps("↻")
    await ann.taps("Log 100 kg × 5")  # the only one on the card
    for log in ("Log 100 kg × 5", "✓ Squat (Barbell): 140 kg × 5", "Log 140 kg × 5", "✓ Plank: 1:00"):
        await spotter.lanes.idle()
        clock.advance(timedelta(minutes=4))
        await spotter.ring()
        over = await ann.sees("Rest is over")
        ann.deeds.clear()
        await ann.taps(log, message=over.id)
        await spotter.lanes.idle()
        assert len(ann.deeds) == 1
        ann.does_not_see("Rest is over")
    assert not telegram.refusals
    async with database.reading() as session:
        sets = (await session.scalars(select(Set).order_by(Set.id))).all()
    assert [row.entry for row in sets[5:]] == [row.entry for row in sets[:5]]


async def _holds_what_was_done(database: Database, lifter_id: int) -> None:
    async with database.reading() as session:
        lifter = await session.get_one(User, lifter_id)
        assert (lifter.name, lifter.unit, lifter.step) == ("Ann", WeightUnit.KG, None)
        workout = (await session.scalars(select(Workout))).one()
        assert (workout.started_at, workout.finished_at) == (MONDAY_EVENING, MONDAY_EVENING + timedelta(minutes=30))
        execution = (await session.scalars(select(ExerciseExecution))).one()
        assert (await session.get_one(Exercise, execution.exercise_id)).name == "Bench Press (Barbell)"
        sets = (await session.scalars(select(Set).order_by(Set.position))).all()
        assert [row.entry for row in sets] == [
            SetEntry(Weight.of(100, WeightUnit.KG), 5),
            SetEntry(Weight.of("102.5", WeightUnit.KG), 4),
            SetEntry(Weight.of("102.5", WeightUnit.KG), 4),
        ]
        assert (await session.scalars(select(RestTimer))).all() == []
        assert set(await session.scalars(select(JournalRow.status))) == {JournalStatus.DONE}

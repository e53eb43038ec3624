"""kill -9 at any moment, then a restart: nothing acknowledged is lost, nothing is done twice."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from simulator.driver import Lifter
from simulator.server import Simulator
from storage.database import Database
from storage.models import RestTimer, Set, Workout
from tests.support.mortal_bot import MortalBot
from tests.support.waiting import until


async def ledger(database: Database) -> list[str]:
    """The notes of all sets in their order: each test writes a serial number into them."""
    async with database.reading() as session:
        return list(await session.scalars(select(Set.note).order_by(Set.position)))


async def until_logged(database: Database, sets: int) -> None:
    async def enough() -> bool:
        return len(await ledger(database)) >= sets

    await until(enough)


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_the_conversation_goes_on_where_it_was(ann: Lifter, bot: MortalBot, database: Database) -> None:
    await ann.sends("100x5 #1")
    await ann.sees("Today: 100 kg × 5")
    await bot.is_killed()
    await ann.sends("102.5x5 #2")  # into the silence
    await bot.starts()
    card = await ann.sees("102.5 kg × 5", within=60)
    assert "100 kg × 5" in card.text
    await ann.taps("✓ Log 102.5 kg × 5")
    await until_logged(database, 3)
    assert await ledger(database) == ["1", "2", ""]
    await ann.taps("🏁 Finish")
    await ann.sees("Finish the workout?")
    await ann.taps("🏁 Finish")
    await ann.sees("3 sets")


async def test_a_step_of_the_conversation_survives(ann: Lifter, bot: MortalBot) -> None:
    await ann.taps("➕ Exercise")
    await ann.sees("Which exercise?")
    await bot.is_killed()
    await bot.starts()
    await ann.sends("squat")
    await ann.sees("2 of 2", within=60)


async def test_a_set_whose_answer_was_lost_is_logged_once_and_shown(
    ann: Lifter, bot: MortalBot, telegram: Simulator, database: Database
) -> None:
    telegram.faults.delay(60, "editMessageText")
    await ann.sends("100x5 #1")
    await until_logged(database, 1)
    await bot.is_killed()  # between the commit and the answer
    telegram.faults.delay(0, "editMessageText")
    await bot.starts()
    await ann.sees("Today: 100 kg × 5", within=60)
    assert await ledger(database) == ["1"]


async def test_a_summary_that_was_lost_is_shown(
    ann: Lifter, bot: MortalBot, telegram: Simulator, database: Database
) -> None:
    await ann.sends("100x5")
    await ann.sees("Today:")
    await ann.taps("🏁 Finish")
    await ann.sees("Finish the workout?")
    telegram.faults.delay(60, "editMessageText")
    await ann.taps("🏁 Finish", answered=False)
    await until(lambda: is_finished(database))
    await bot.is_killed()
    telegram.faults.delay(0, "editMessageText")
    await bot.starts()
    await ann.sees("Workout done", within=60)


async def is_finished(database: Database) -> bool:
    async with database.reading() as session:
        return (await session.scalars(select(Workout.finished_at))).one() is not None


@pytest.mark.parametrize("way", ["polling", "webhook"])
@pytest.mark.parametrize("delays", [(0.0, 0.03, 0.1), (0.01, 0.06, 0.2)])
async def test_sets_sent_while_it_dies_again_and_again_are_each_logged_once_in_order(
    ann: Lifter, bot: MortalBot, database: Database, delays: tuple[float, ...]
) -> None:
    serials = iter(range(1, 100))
    sent = []
    for delay in delays:
        for _ in range(4):
            sent.append(str(next(serials)))
            await ann.sends(f"100x5 #{sent[-1]}")
        await asyncio.sleep(delay)  # the moment of death differs, what must hold does not
        await bot.is_killed()
        await bot.starts()
    await until_logged(database, len(sent))
    await ann.sees(f"{len(sent)} sets", within=60)
    assert await ledger(database) == sent


async def test_a_rest_that_ended_while_it_was_dead_is_told_at_once(
    ann: Lifter, bot: MortalBot, database: Database
) -> None:
    await ann.sends("100x5")
    await ann.sees("Today:")
    await bot.is_killed()
    await ends_rest(database, ago=timedelta(minutes=1))
    await bot.starts()
    await ann.sees("Rest is over", within=60)


async def test_a_rest_that_ended_long_ago_is_dropped_in_silence(
    ann: Lifter, bot: MortalBot, database: Database
) -> None:
    await ann.sends("100x5")
    await ann.sees("Today:")
    await bot.is_killed()
    await ends_rest(database, ago=timedelta(minutes=6))
    await bot.starts()
    await ann.sends("/help")
    await ann.sees("Log a set", within=60)
    ann.does_not_see("Rest is over")


async def ends_rest(database: Database, *, ago: timedelta) -> None:
    """Makes the running rest one that was over so long ago."""
    async with database.writing() as session:
        await session.execute(update(RestTimer).values(due_at=datetime.now(UTC) - ago))


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_told_to_stop_it_ends_what_is_under_way_and_says_so(
    ann: Lifter, bot: MortalBot, telegram: Simulator, database: Database
) -> None:
    telegram.faults.delay(0.5, "editMessageText")
    await ann.sends("100x5 #1")
    await until_logged(database, 1)
    ended = await bot.is_told_to_stop()
    assert ended.code == 0
    await ann.sees("Today: 100 kg × 5")
    assert "Traceback" not in ended.err

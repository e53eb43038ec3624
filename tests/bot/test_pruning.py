import asyncio
from datetime import timedelta

import pytest

from bot.pruning import prune_now_and_then
from storage.database import Database
from storage.models import JournalRow
from storage.values.chat import JournalStatus
from tests.support.clock import FakeClock
from tests.support.rows import add_journal_row, how_many


class Sleeps:
    """Sleeps that end at once, until an hour is asked for, which a test lets pass."""

    def __init__(self) -> None:
        self.hours = 0
        self.asleep = asyncio.Event()
        self.woken = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        if seconds < 3600:
            return
        self.hours += 1
        self.asleep.set()
        await self.woken.wait()
        self.woken.clear()

    async def until_asleep(self) -> None:
        async with asyncio.timeout(30):
            await self.asleep.wait()
        self.asleep.clear()


async def test_the_journal_keeps_three_days(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.journal._AT_ONCE", 2)
    for number in range(5):
        await add_journal_row(database, number, status=JournalStatus.DONE)
    sleeps = Sleeps()
    pruning = asyncio.create_task(prune_now_and_then(database, clock, sleeps))
    await sleeps.until_asleep()
    assert await how_many(database, JournalRow) == 5
    clock.advance(timedelta(days=3, seconds=1))
    sleeps.woken.set()
    await sleeps.until_asleep()
    assert await how_many(database, JournalRow) == 0
    pruning.cancel()


async def test_a_database_that_is_gone_is_tried_an_hour_later(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> int:
        raise OSError

    sleeps = Sleeps()
    with monkeypatch.context() as broken:
        broken.setattr("storage.journal.prune", fails)
        pruning = asyncio.create_task(prune_now_and_then(database, clock, sleeps))
        await sleeps.until_asleep()
    await add_journal_row(database, status=JournalStatus.DONE)
    clock.advance(timedelta(days=4))
    sleeps.woken.set()
    await sleeps.until_asleep()
    assert await how_many(database, JournalRow) == 0
    pruning.cancel()

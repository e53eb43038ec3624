import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from asyncpg import InterfaceError  # type: ignore[import-untyped] # ships without types
from sqlalchemy.exc import OperationalError

from bot.budget import Budget
from bot.replica import Calls, Replica
from bot.settings import Settings
from bot.spotter import Spotter
from simulator.server import Simulator
from storage import lanes, replicas
from storage.database import Database
from storage.models import Replica as LivingReplica
from tests.storage.test_replicas import falls_silent
from tests.support import one_lane
from tests.support.rows import BOT, LIFTER, add_journal_row
from tests.support.waiting import until


class Bot:
    """What a replica does by the rest of the bot, seen from there; its beats come when a test says so."""

    def __init__(self, database: Database, *, polls: bool = True) -> None:
        self.replica = Replica(database, self._sleep)
        self.polling = 0
        self.woken: list[int] = []
        self.heard: list[int] = []
        self.shared_by: list[int] = []
        self.speaks: list[bool] = []
        poll = self._poll if polls else None
        self._calls = Calls(self.woken.append, self.heard.append, self.shared_by.append, self.speaks.append, poll)
        self.bugs: list[Exception] = []
        self._beats = asyncio.Semaphore(0)
        self._between = False

    def living(self) -> AbstractAsyncContextManager[None]:
        return self.replica.living(BOT, self._calls)

    async def beats(self) -> None:
        """Lets the next beat come, and waits until it is over."""
        await until(self._rests)
        self._between = False
        self._beats.release()
        await until(self._rests)

    async def _rests(self) -> bool:
        return self._between

    async def _sleep(self, _: float) -> None:
        self._between = True
        await self._beats.acquire()

    async def _poll(self) -> None:
        if self.bugs:
            raise self.bugs.pop()
        self.polling += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.polling -= 1


@pytest.fixture
async def here(database: Database) -> Bot:
    return Bot(database)


async def test_whoever_lives_polls_and_stops_polling_when_told(here: Bot) -> None:
    async with here.living():
        await asyncio.sleep(0)
        assert here.polling == 1
        await here.replica.stop_polling()
        assert here.polling == 0
        await here.beats()
        assert here.polling == 0


async def test_a_poller_that_a_bug_has_ended_is_started_again(here: Bot) -> None:
    here.bugs = [ValueError("a bug")]
    async with here.living():
        await asyncio.sleep(0)
        assert here.polling == 0
        await here.beats()
        assert here.polling == 1


async def test_where_telegram_brings_updates_nobody_polls(database: Database) -> None:
    here = Bot(database, polls=False)
    async with here.living():
        await here.beats()
        assert here.polling == 0


async def test_what_waits_is_taken_up_at_the_start_and_with_every_beat(here: Bot, database: Database) -> None:
    await add_journal_row(database, 1)
    async with here.living():
        assert here.woken == [LIFTER]
        await add_journal_row(database, 2, lifter_id=8)
        await here.beats()
        assert sorted(here.woken) == [LIFTER, LIFTER, 8]


async def test_a_beat_that_fails_is_followed_by_the_next(here: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [OperationalError("", {}, Exception()), ValueError("a bug")]
    right = lanes.waiting

    async def waiting(*arguments: object) -> object:
        if failures:
            raise failures.pop()
        return await right(*arguments)  # type: ignore[arg-type] # passes on what it was given

    async with here.living():
        monkeypatch.setattr(lanes, "waiting", waiting)
        for _ in range(3):
            await here.beats()
        assert not failures


async def test_a_beat_that_hangs_is_given_up_for_the_next(here: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    right, hangs = lanes.waiting, [True]

    async def waiting(*arguments: object) -> object:
        if hangs:
            hangs.pop()
            await asyncio.Event().wait()
        return await right(*arguments)  # type: ignore[arg-type] # passes on what it was given

    async with here.living():
        monkeypatch.setattr(lanes, "waiting", waiting)
        monkeypatch.setattr(replicas, "LIVES_FOR", 200)
        while hangs:
            await here.beats()
        monkeypatch.undo()
        await here.beats()


async def test_what_it_owned_is_free_as_soon_as_it_has_ended(here: Bot, database: Database) -> None:
    async with here.living(), database.writing() as session:
        assert await one_lane.claim(session, BOT, LIFTER, here.replica.id) is not None
    async with database.writing() as session:
        assert await one_lane.claim(session, BOT, LIFTER, "another") is not None


async def test_sqlite_has_one_replica_whoever_was_killed_before(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    killed, next_one = Replica(database, asyncio.sleep), Bot(database)
    async with database.writing() as session:
        await replicas.live_alone(session, BOT, killed.id)
        await one_lane.claim(session, BOT, LIFTER, killed.id)
    async with next_one.living(), database.writing() as session:
        assert (next_one.shared_by, next_one.speaks) == ([1], [True])
        assert await one_lane.claim(session, BOT, LIFTER, next_one.replica.id) is not None
    await database.close()


@asynccontextmanager
async def two(url: str) -> AsyncIterator[tuple[Bot, Bot]]:
    databases = Database(url), Database(url)
    bots = Bot(databases[0]), Bot(databases[1])
    async with bots[0].living(), bots[1].living():
        yield bots
    for database in databases:
        await database.close()


async def test_of_several_one_polls_one_speaks_and_all_know_how_many_share(postgresql_url: str) -> None:
    async with two(postgresql_url) as (first, second):
        await first.beats()
        assert (first.polling, second.polling) == (1, 0)
        assert (first.speaks[-1], second.speaks[-1]) == (True, False)
        assert (first.shared_by[-1], second.shared_by[-1]) == (2, 2)
        await first.replica.stop_polling()
        await second.beats()
        assert (first.polling, second.polling) == (0, 1)
        await first.beats()
        assert (first.speaks[-1], second.speaks[-1]) == (False, True)


async def test_the_dead_ones_polling_is_taken_over_and_it_notices_when_it_comes_back(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    async with two(postgresql_url) as (first, second):
        await asyncio.sleep(0)
        await falls_silent(database, first.replica.id)
        await second.beats()
        assert (second.polling, second.shared_by[-1]) == (1, 1)
        await first.beats()
        assert (first.polling, first.shared_by[-1]) == (0, 2)
    await database.close()


async def test_a_replica_hears_others_again_whatever_went_wrong(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[Exception] = [OperationalError("", {}, Exception()), InterfaceError("connection is closed")]
    hears = asyncio.Event()

    async def hear(*_: object) -> None:
        if failures:
            raise failures.pop()
        hears.set()
        await asyncio.Event().wait()

    async def at_once(_: float) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("bot.replica.hear_of_lanes", hear)
    database = Database(postgresql_url)
    async with asyncio.timeout(60), Replica(database, at_once).living(BOT, Calls(print, print, print, print, None)):
        await hears.wait()
    await database.close()


async def test_the_owner_of_a_lane_hears_that_something_came_in_for_it_at_another_replica(postgresql_url: str) -> None:
    async with two(postgresql_url) as (first, _):
        there = Database(postgresql_url)
        async with there.writing() as session:
            assert await one_lane.claim(session, BOT, LIFTER, first.replica.id) is not None

        async def heard() -> bool:
            async with there.writing() as session:
                assert await one_lane.claim(session, BOT, LIFTER, "another") is None
            return LIFTER in first.heard

        await until(heard)
        assert LIFTER not in first.woken  # which makes no answer of what waits to be sent to them
        await there.close()


async def test_what_telegram_allows_a_bot_is_divided_by_the_replicas_that_live(postgresql_url: str) -> None:
    shares: list[int] = []

    class Watched(Budget):
        def share(self, replicas: int) -> None:
            shares.append(replicas)
            super().share(replicas)

    database = Database(postgresql_url)
    async with Simulator() as telegram:
        async with database.writing() as session:
            bot_id = int(telegram.token.partition(":")[0])
            session.add(LivingReplica(id="another", bot_id=bot_id, lives_until=None))
        given = {"database_url": postgresql_url, "bot_api_url": telegram.url, "listen": None}
        async with Spotter(Settings.model_validate(given), telegram.token, budget=Watched()).running():
            assert shares == [2]
    await database.close()

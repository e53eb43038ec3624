"""Whether updates are taken just now, whichever way they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from typing import Any

import pytest
from telegram.ext import ApplicationBuilder, ExtBot

from bot.metrics import Metrics
from bot.receiving import Receiving
from bot.settings import Settings
from bot.telegram_http import AiohttpRequest
from simulator.server import Simulator
from storage.database import Database
from tests.support.waiting import until


class Times:
    """Seconds that a test moves on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator() as running:
        yield running


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Only the lock asks for the engine, and that is tested on both kinds elsewhere."""
    return sqlite_url


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncIterator[ExtBot[None]]:
    builder = ApplicationBuilder().token(simulator.token).base_url(f"{simulator.url}/bot").updater(None)
    async with builder.job_queue(None).build().bot as bot:
        yield bot


@pytest.fixture
def times() -> Times:
    return Times()


def receiving(database: Database, times: Times, **given: Any) -> Receiving:
    settings = Settings.model_validate({"database_url": "sqlite:///never-opened.db", "listen": None, **given})
    return Receiving(settings, database.engine, AiohttpRequest(), Metrics(), times)


async def take(_: Sequence[dict[str, Any]]) -> Collection[int]:
    """Everything is written down."""
    return ()


async def test_a_poller_takes_updates_until_telegram_has_been_silent_for_long(
    simulator: Simulator, bot: ExtBot[None], database: Database, times: Times
) -> None:
    fetched = receiving(database, times, bot_api_url=simulator.url)
    assert fetched.endpoint is None
    assert not fetched.takes_updates()
    poll = fetched.polling(bot, take)
    assert poll is not None
    async with fetched.posted(bot, take):
        polling = asyncio.create_task(poll())
        await until(polled(simulator))
        assert fetched.takes_updates()
        times.now += 179
        assert fetched.takes_updates()
        times.now += 1
        assert not fetched.takes_updates()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        assert fetched.takes_updates()  # by another process, which has the polling now
    assert not fetched.takes_updates()


async def test_a_start_removes_the_webhook_and_who_takes_the_polling_over_later_leaves_what_others_have_set(
    simulator: Simulator, bot: ExtBot[None], database: Database, times: Times
) -> None:
    fetched = receiving(database, times, bot_api_url=simulator.url)
    poll = fetched.polling(bot, take)
    assert poll is not None
    async with fetched.posted(bot, take):
        assert len(simulator.called("deleteWebhook")) == 1
        await bot.set_webhook("https://spotter.example/by-a-replica-that-comes-after")
        polling = asyncio.create_task(poll())
        await until(refused(simulator))
        assert len(simulator.called("deleteWebhook")) == 1
        assert simulator.world.webhook.target is not None
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


async def test_nothing_is_fetched_before_the_webhook_is_removed(
    simulator: Simulator, bot: ExtBot[None], database: Database, times: Times
) -> None:
    fetched = receiving(database, times, bot_api_url=simulator.url)
    poll = fetched.polling(bot, take)
    assert poll is not None
    await bot.set_webhook("https://spotter.example/from-before")
    polling = asyncio.create_task(poll())
    for _ in range(3):  # whoever lives as a replica may poll before the bot has come so far
        await bot.get_me()
    async with fetched.posted(bot, take):
        await until(polled(simulator))
        assert not simulator.refusals
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


def refused(simulator: Simulator) -> Callable[[], Awaitable[bool]]:
    async def somebody_was_refused() -> bool:
        return any(call.status == 409 for call in simulator.refusals)

    return somebody_was_refused


def polled(simulator: Simulator) -> Callable[[], Awaitable[bool]]:
    async def somebody_waits() -> bool:
        return simulator.updates.polled

    return somebody_waits


@pytest.mark.parametrize(
    ("url", "path"), [("http://127.0.0.1:9/telegram/hook", "/telegram/hook"), ("http://127.0.0.1:9", "/")]
)
async def test_a_webhook_takes_updates_at_its_path_while_the_bot_works(
    simulator: Simulator, bot: ExtBot[None], database: Database, times: Times, url: str, path: str
) -> None:
    given = {"webhook_url": url, "webhook_secret": "secret", "listen": "127.0.0.1:9"}
    posted = receiving(database, times, **given)
    assert posted.endpoint is not None
    assert posted.endpoint[0] == path
    assert posted.polling(bot, take) is None
    assert not posted.takes_updates()
    async with posted.posted(bot, take):
        assert posted.takes_updates()
        assert not simulator.called("deleteWebhook")
    assert not posted.takes_updates()
    assert simulator.world.webhook.target is not None


async def test_the_webhook_takes_updates_before_telegram_is_told_of_it(
    simulator: Simulator, bot: ExtBot[None], database: Database, times: Times
) -> None:
    given = {"webhook_url": "http://127.0.0.1:9", "webhook_secret": "secret", "listen": "127.0.0.1:9"}
    posted = receiving(database, times, **given)

    async def works() -> None:
        async with posted.posted(bot, take):
            pass

    async def is_being_told() -> bool:
        return bool(simulator.called("setWebhook"))

    simulator.faults.delay(60, "setWebhook")
    working = asyncio.create_task(works())
    await until(is_being_told)
    assert posted.takes_updates()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)

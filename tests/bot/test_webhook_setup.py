"""Telling Telegram which way updates come, against the simulator and on real databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram.ext import ApplicationBuilder, ExtBot

from bot.asked_for import ASKED_FOR
from bot.start_error import StartError
from bot.telegram_http import AiohttpRequest
from bot.webhook_setup import WantedWebhook, deliveries_asked_for, fetching_allowed
from simulator.errors import ApiError
from simulator.server import Simulator
from storage.database import Database
from tests.bot.scripted_telegram import Pauses
from tests.support.clock import FakeClock

URL = "https://spotter.example/telegram"
WANTED = WantedWebhook(URL, "secret-one")


@pytest.fixture
async def simulator(clock: FakeClock) -> AsyncIterator[Simulator]:
    async with Simulator(clock=lambda: clock().timestamp()) as running:
        yield running


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncIterator[ExtBot[None]]:
    builder = ApplicationBuilder().token(simulator.token).base_url(f"{simulator.url}/bot").updater(None)
    request = AiohttpRequest(sleep=Pauses())
    bot = builder.request(request).get_updates_request(AiohttpRequest()).job_queue(None).build().bot
    async with bot:
        yield bot


async def set_again(
    simulator: Simulator, clock: FakeClock, bot: ExtBot[None], database: Database, wanted: WantedWebhook = WANTED
) -> bool:
    """Whether a later start tells Telegram anything."""
    before = len(simulator.called("setWebhook"))
    clock.advance(timedelta(seconds=1))
    await deliveries_asked_for(bot, database.engine, wanted)
    return len(simulator.called("setWebhook")) > before


async def test_the_webhook_is_set_as_wanted(simulator: Simulator, bot: ExtBot[None], database: Database) -> None:
    await deliveries_asked_for(bot, database.engine, WANTED)
    info = await bot.get_webhook_info()
    assert info.url.startswith(f"{URL}?version=")
    assert "secret-one" not in info.url
    assert set(info.allowed_updates) == set(ASKED_FOR)
    assert simulator.world.webhook.target is not None
    assert simulator.world.webhook.target.secret_token == "secret-one"


async def test_what_is_set_already_is_left_alone(
    simulator: Simulator, bot: ExtBot[None], database: Database, clock: FakeClock
) -> None:
    await deliveries_asked_for(bot, database.engine, WANTED)
    assert not await set_again(simulator, clock, bot, database)


@pytest.mark.parametrize("wanted", [WantedWebhook(f"{URL}/2", "secret-one"), WantedWebhook(URL, "secret-two")])
async def test_another_address_or_secret_is_set(
    simulator: Simulator, bot: ExtBot[None], database: Database, clock: FakeClock, wanted: WantedWebhook
) -> None:
    await deliveries_asked_for(bot, database.engine, WANTED)
    assert await set_again(simulator, clock, bot, database, wanted)
    assert simulator.world.webhook.target is not None
    assert simulator.world.webhook.target.secret_token == wanted.secret


@pytest.mark.parametrize("other", [{"allowed_updates": ["message"]}, {"max_connections": 1}])
async def test_what_somebody_else_has_set_otherwise_is_set_right(
    simulator: Simulator, bot: ExtBot[None], database: Database, clock: FakeClock, other: dict[str, object]
) -> None:
    given = {"allowed_updates": ASKED_FOR, "max_connections": 40, "secret_token": WANTED.secret, **other}
    await bot.set_webhook(WANTED.marked_url(simulator.token), **given)  # type: ignore[arg-type]  # of several types
    assert await set_again(simulator, clock, bot, database)
    assert not await set_again(simulator, clock, bot, database)


async def test_of_replicas_that_start_at_once_one_sets_it(
    simulator: Simulator, bot: ExtBot[None], postgresql_url: str
) -> None:
    databases = [Database(postgresql_url) for _ in range(3)]
    simulator.faults.delay(0.02, "setWebhook")
    await asyncio.gather(*(deliveries_asked_for(bot, one.engine, WANTED) for one in databases))
    assert len(simulator.called("setWebhook")) == 1
    for one in databases:
        await one.close()


async def test_an_address_that_telegram_refuses_is_the_hosts_to_mend(
    simulator: Simulator, bot: ExtBot[None], database: Database
) -> None:
    with pytest.raises(StartError, match=r"^WEBHOOK_URL: Telegram refuses it .*ports 80, 88, 443 or 8443"):
        await deliveries_asked_for(bot, database.engine, WantedWebhook("https://spotter.example:8080/hook", "s"))


async def test_a_telegram_in_trouble_is_waited_for(simulator: Simulator, bot: ExtBot[None], database: Database) -> None:
    simulator.faults.refuse("setWebhook", ApiError(502, "Bad Gateway"), times=4)
    simulator.faults.refuse("setWebhook", ApiError(429, "Too Many Requests", retry_after=7))
    pauses = Pauses()
    await deliveries_asked_for(bot, database.engine, WANTED, pauses)
    assert pauses == [1.0, 7.0]
    assert simulator.world.webhook.target is not None


async def test_for_fetching_the_webhook_is_removed_and_what_waits_stays(
    simulator: Simulator, bot: ExtBot[None], database: Database
) -> None:
    await deliveries_asked_for(bot, database.engine, WANTED)
    await simulator.lifter("Ann").sends("100x5")
    simulator.faults.refuse("deleteWebhook", ApiError(502, "Bad Gateway"), times=4)
    pauses = Pauses()
    await fetching_allowed(bot, pauses)
    assert pauses == [1.0]
    assert simulator.world.webhook.target is None
    assert len(simulator.updates) == 1


def test_the_secret_is_not_shown() -> None:
    assert "secret-one" not in repr(WANTED)

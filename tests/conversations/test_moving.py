"""A bot goes from SQLite to PostgreSQL in the middle of a workout, a rest, an announcement, and nobody notices."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.intake import Intake
from bot.metrics import Metrics
from bot.move_command import move
from bot.settings import Settings
from bot.spotter import Spotter
from simulator.server import Simulator
from storage.database import Database
from storage.models import Lane, Replica
from tests.conftest import ADMIN
from tests.conversations.test_admins_day import CLOSED, come_in, goes_on, how_often
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.databases import Postgresql


@pytest.fixture
def empty_postgresql_url(postgresql: Postgresql) -> Iterator[str]:
    """No library in it: the bot that is started there brings none of its own."""
    with postgresql.lent() as url:
        yield url


async def test_an_open_workout_goes_on_and_what_waited_is_handled_once_and_in_order(
    telegram: Simulator, sqlite_url: str, empty_postgresql_url: str, clock: FakeClock, alarm: ManualAlarm
) -> None:
    bot = partial(Spotter, token=telegram.token, clock=clock, make_alarm=lambda _: alarm)
    before, after = (
        Settings(bot_api_url=telegram.url, database_url=url, listen=None) for url in (sqlite_url, empty_postgresql_url)
    )
    ann = telegram.lifter("Ann")
    async with bot(before).running():
        await ann.sends("/start")
        await ann.taps("Kilograms")
        await ann.sends("/set bench press barbell 100x5")
        await ann.sees("Today: 100 kg × 5")
    await ann.sends("95x6")
    await ann.sends("90x7")
    await _die_after_writing_down(telegram, sqlite_url, ann.id, clock)
    moved, waiting = await move(after, Path(sqlite_url.removeprefix("sqlite:///")))
    assert "lifters 1, workouts 1, sets 1" in moved
    assert "updates 2" in waiting
    async with bot(after).running():
        await ann.sees("Today: 100 kg × 5 · 95 kg × 6 · 90 kg × 7")
        await ann.sends("85x8")
        await ann.sees("Today: 100 kg × 5 · 95 kg × 6 · 90 kg × 7 · 85 kg × 8")
        await ann.taps("🏁 Finish")
        await ann.sees("Finish the workout?")
        await ann.taps("🏁 Finish")
        await ann.sees("4 sets · 2,380 kg")
    assert not telegram.refusals


async def test_what_was_under_way_when_the_bot_was_killed_comes_to_its_end(
    telegram: Simulator,
    sqlite_url: str,
    empty_postgresql_url: str,
    clock: FakeClock,
    alarm: ManualAlarm,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("training.announcing.AT_ONCE", 1)
    bot = partial(Spotter, token=telegram.token, clock=clock, make_alarm=lambda _: alarm)
    before, after = (
        Settings(bot_api_url=telegram.url, database_url=url, listen=None, admin_ids=frozenset({ADMIN}))
        for url in (sqlite_url, empty_postgresql_url)
    )
    everybody = root, ann = telegram.lifter("Root", id=ADMIN), telegram.lifter("Ann")
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    killed = file.with_name("killed.db")
    async with (first := bot(before)).running():
        await come_in(everybody)
        await ann.sends("/set bench press barbell 100x5")
        await ann.sees("Today: 100 kg × 5")
        await root.sends(f"/announce {CLOSED}")
        await root.taps("Send to 2")
        await root.sees("0 of 2 have it.")
        await goes_on(first)
        assert sum(how_often(everybody, CLOSED)) == 1
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{file}{suffix}", f"{killed}{suffix}")
    clock.advance(timedelta(minutes=5))
    await move(after, killed)
    async with (second := bot(after)).running():
        await goes_on(second, times=2)
        await ann.sees("Rest is over, 18:03 UTC.")
        await root.sees("2 of 2 have it.")
        assert how_often(everybody, CLOSED) == [1, 1]
        await goes_on(second, times=2)
        assert sum("Rest is over" in message.text for message in ann.chat) == 1
    assert not telegram.refusals


async def _die_after_writing_down(telegram: Simulator, url: str, lifter_id: int, clock: FakeClock) -> None:
    """As a bot that has taken in what Telegram has, and then neither handled nor acknowledged it."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{telegram.url}/bot{telegram.token}/getUpdates") as answer,
    ):
        updates = (await answer.json())["result"]
    database, bot_id = Database(url), int(telegram.token.partition(":")[0])
    await Intake(database, bot_id, clock, lambda _: None, Metrics()).take(updates)
    async with database.writing() as writing:
        writing.add(Replica(id="dead", bot_id=bot_id))
        await writing.merge(Lane(bot_id=bot_id, user_id=lifter_id, owner="dead", epoch=3))
    await database.close()

"""Told to stop the bot ends in time, whatever it is waiting for; what was under way goes on after the next start."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import ending
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.url import engine_url
from tests.support.bot_process import Ended
from tests.support.mortal_bot import MortalBot
from tests.support.waiting import until
from tests.support.wire import wired

IN_TIME = 20.0
"""Seconds; twice what is promised, for a machine that has other things to do. Without the promise it would be a minute
or for ever.
"""


async def ends(bot: MortalBot) -> Ended:
    """Tells the bot to stop. Fails if it doesn't in time."""
    async with asyncio.timeout(IN_TIME):
        ended = await bot.is_told_to_stop()
    assert ended.code == 0, ended
    return ended


def test_all_parts_together_take_no_longer_than_the_whole_may() -> None:
    work = ending.TO_HANDLE + ending.TO_SHOW + 2 * ending.TO_GIVE_BACK
    assert work + 2 * ending.TO_SAY + ending.TO_ANSWER <= ending.IN_ALL < 10


@pytest.mark.parametrize(("method", "answer"), [("editMessageText", "Today: 100 kg × 5"), ("sendMessage", "Log a set")])
async def test_with_a_call_to_telegram_that_hangs(
    ann: Lifter, bot: MortalBot, telegram: Simulator, method: str, answer: str
) -> None:
    telegram.faults.delay(60, method)
    before = len(telegram.called(method))
    await ann.sends("100x5" if method == "editMessageText" else "/help")
    await until(lambda: called(telegram, method, before + 1))
    await ends(bot)
    telegram.faults.delay(0, method)
    await bot.starts()
    await ann.sees(answer, within=60)


async def called(telegram: Simulator, method: str, times: int) -> bool:
    return len(telegram.called(method)) >= times


async def test_with_a_lane_that_is_held(ann: Lifter, bot: MortalBot, telegram: Simulator) -> None:
    telegram.faults.flood("sendMessage", 3600)
    before = len(telegram.called("sendMessage"))
    await ann.sends("/help")
    await until(lambda: called(telegram, "sendMessage", before + 1))
    await ends(bot)
    await bot.starts()
    await ann.sees("Log a set", within=60)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a bot on PostgreSQL does otherwise has tests of its own."""
    return sqlite_url


@pytest.fixture
async def starting(telegram: Simulator, sqlite_url: str, tmp_path: Path) -> AsyncIterator[MortalBot]:
    """A bot that a test starts."""
    mortal = MortalBot(telegram, sqlite_url, tmp_path)
    yield mortal
    await mortal.is_killed()


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_while_it_starts(telegram: Simulator, starting: MortalBot, method: str) -> None:
    telegram.faults.delay(60, method)
    await starting.starts()
    await until(lambda: called(telegram, method, 1))
    await ends(starting)


async def test_while_it_starts_on_a_file_that_another_program_holds(starting: MortalBot, sqlite_url: str) -> None:
    with closing(held_file(sqlite_url)):
        await starting.starts()
        await until(lambda: has_claimed(sqlite_url))  # which is the last thing it does without writing
        await ends(starting)


async def test_with_a_file_that_another_program_holds(
    telegram: Simulator, starting: MortalBot, sqlite_url: str
) -> None:
    await starting.starts()
    ann = await lifter_who_was_answered(telegram)
    with closing(held_file(sqlite_url)):
        await ann.sends("/start")
        await until(lambda: polled_again(telegram))
        await ends(starting)
    await starting.starts()
    await ann.sees("kilograms or pounds", within=60)


@pytest.mark.parametrize("silent", [True, False])
async def test_with_a_database_server_that_is_gone(
    telegram: Simulator, postgresql_url: str, tmp_path: Path, silent: bool
) -> None:
    async with wired(postgresql_url) as wire:
        bot = MortalBot(telegram, wire.url, tmp_path)
        await bot.starts()
        ann = await lifter_who_was_answered(telegram)
        (wire.falls_silent if silent else wire.is_cut)()
        await ann.sends("/start")
        await until(lambda: polled_again(telegram))
        await ends(bot)
        wire.is_mended()
        await bot.starts()
        await ann.sees("kilograms or pounds", within=60)
        await bot.is_killed()


async def has_claimed(url: str) -> bool:
    """Whether a process has begun to keep others off the file, long after it has begun to listen to signals."""
    return file_of(url).with_name("spotter.db-lock") in file_of(url).parent.iterdir()


def file_of(url: str) -> Path:
    return Path(str(engine_url(url)[0].database))


def held_file(url: str) -> sqlite3.Connection:
    """The file, so that nobody else can write until this is closed."""
    holder = sqlite3.connect(file_of(url), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    return holder


async def lifter_who_was_answered(telegram: Simulator) -> Lifter:
    """Somebody at whose word the bot was up and running."""
    ann = telegram.lifter("Ann")
    await ann.sends("/help")
    await ann.sees("Log a set", within=60)
    return ann


async def polled_again(telegram: Simulator) -> bool:
    """Whether what was sent has been fetched, so that no poll is under way until it is written down."""
    return all(poll.ended for poll in telegram.called("getUpdates"))

"""The database is gone: nothing is acknowledged that isn't written down, and the lifter hears of it once."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.url import engine_url
from tests.support.mortal_bot import MortalBot
from tests.support.waiting import until
from tests.support.wire import wired

ONE_MOMENT = "One moment"


def asked_for_patience(lifter: Lifter) -> int:
    """How often the lifter was asked, by message or toast."""
    said = [message.text for message in lifter.chat if message.from_bot]
    return sum(ONE_MOMENT in text for text in [*said, *lifter.toasts])


async def at_the_bench(telegram: Simulator) -> Lifter:
    ann = telegram.lifter("Ann")
    await ann.sends("/start")
    await ann.taps("Kilograms", within=60)
    await ann.sends("/set bench press 100x5")
    await ann.sees("Today: 100 kg × 5", within=60)
    return ann


@pytest.mark.parametrize("silent", [True, False])
async def test_a_server_that_is_gone_is_waited_for_and_the_lifter_told_once(
    telegram: Simulator, postgresql_url: str, tmp_path: Path, silent: bool
) -> None:
    async with wired(postgresql_url) as wire:
        bot = MortalBot(telegram, wire.url, tmp_path)
        await bot.starts()
        ann = await at_the_bench(telegram)
        (wire.falls_silent if silent else wire.is_cut)()
        await ann.sends("100x4")
        await ann.sends("100x3")
        if not silent:
            await ann.sees(ONE_MOMENT, within=60)
        assert len(telegram.updates) == 2  # not acknowledged
        wire.is_mended()
        await ann.sees("100 kg × 5, 4, 3", within=60)
        assert asked_for_patience(ann) == (0 if silent else 1)
        await bot.is_killed()


@pytest.fixture
async def spotter(telegram: Simulator, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Spotter]:
    monkeypatch.setattr("storage.database._BUSY_TIMEOUT", 50)
    bot = Spotter(Settings(bot_api_url=telegram.url, database_url=sqlite_url, listen=None), telegram.token)
    async with bot.running():
        yield bot


async def test_a_file_that_another_program_holds_is_waited_for_and_the_lifter_told_once(
    telegram: Simulator, spotter: Spotter, sqlite_url: str
) -> None:
    ann = await at_the_bench(telegram)
    await spotter.lanes.idle()
    with closing(sqlite3.connect(str(engine_url(sqlite_url)[0].database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await ann.sends("100x4")
        await ann.sees(ONE_MOMENT)
        await ann.sends("100x3")
        await until(lambda: tried(telegram, 5))
        assert len(telegram.updates) == 2
    await ann.sees("100 kg × 5, 4, 3", within=60)
    assert asked_for_patience(ann) == 1


async def tried(telegram: Simulator, times: int) -> bool:
    """Whether what waits has been fetched so often."""
    last = telegram.called("getUpdates")[-1].arguments["offset"]
    return sum(call.arguments.get("offset") == last for call in telegram.called("getUpdates")) >= times


async def test_a_press_is_answered_with_the_words_and_done_when_the_file_is_free(
    telegram: Simulator, spotter: Spotter, sqlite_url: str
) -> None:
    ann = await at_the_bench(telegram)
    await spotter.lanes.idle()
    with closing(sqlite3.connect(str(engine_url(sqlite_url)[0].database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await ann.taps("✓ Log 100 kg × 5")
        assert asked_for_patience(ann) == 1
    await ann.sees("100 kg × 5, 5", within=60)
    assert asked_for_patience(ann) == 1


async def test_what_was_written_down_before_waits_too_and_its_lifter_is_told_once(
    telegram: Simulator, spotter: Spotter, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await at_the_bench(telegram)
    await spotter.lanes.idle()

    async def gone(*_: object, **__: object) -> None:
        raise OperationalError("UPDATE journal", {}, ConnectionResetError())

    with monkeypatch.context() as outage:
        outage.setattr("storage.journal.claim_next", gone)
        await ann.sends("100x4")
        await ann.sees(ONE_MOMENT)
        assert not telegram.updates
    await ann.sees("100 kg × 5, 4", within=60)
    assert asked_for_patience(ann) == 1


async def test_while_the_disk_is_full_nothing_is_acknowledged_and_afterwards_nothing_is_missing(
    telegram: Simulator, spotter: Spotter
) -> None:
    ann = await at_the_bench(telegram)
    await spotter.lanes.idle()
    pages = [1]  # which SQLite takes for as many as there are

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages[-1]}")

    event.listen(spotter.database.engine.sync_engine, "begin", fill)
    long_note = "x" * 4000  # needs a page of its own
    await ann.sends(f"100x4 # {long_note}")
    await ann.sees(ONE_MOMENT)
    assert len(telegram.updates) == 1
    pages.append(1 << 30)
    await ann.sees("2 sets", within=60)
    assert asked_for_patience(ann) == 1

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound

from bot.exporting import Exporting, ExportLostError
from storage.database import Database
from tests.support.clock import MONDAY_EVENING
from tests.support.processes import is_there
from tests.support.rows import LIFTER, add_exercise, add_lifter, add_workout, kg
from tests.support.waiting import until
from training.accounts.format import ExportKind
from training.gym import Gym

NAME = "Push 💪 <b>"


@pytest.fixture
async def lifted(database: Database) -> None:
    await add_lifter(database)
    exercise_id = await add_exercise(database, NAME)
    for day in range(45):
        started_at = MONDAY_EVENING - timedelta(days=day)
        await add_workout(database, started_at=started_at, finished=True, performed={exercise_id: [kg(100, 5)]})


@pytest.mark.usefixtures("lifted")
async def test_a_process_of_its_own_writes_what_this_one_would_and_says_how_far_it_is(
    gym: Gym, database_url: str
) -> None:
    said: list[tuple[int, int]] = []
    exported = await Exporting(database_url).export(LIFTER, ExportKind.JSON, "", lambda *done: said.append(done))
    assert exported.content == (await gym.exports.export(LIFTER, ExportKind.JSON, "")).content
    assert NAME.encode() in exported.content
    assert [of for _, of in said] == [45] * len(said)
    assert said[-1] == (45, 45)


@pytest.mark.usefixtures("database")
async def test_what_goes_wrong_there_is_raised_here(database_url: str) -> None:
    with pytest.raises(NoResultFound) as refused:
        await Exporting(database_url).export(LIFTER, ExportKind.JSON, "")
    assert "exporting.py" in "".join(refused.value.__notes__)


async def test_a_process_that_was_killed_is_replaced(
    gym: Gym, database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_lifter(database)
    with monkeypatch.context() as patched:
        process_ids = noted(patched)
        exporting = asyncio.create_task(Exporting(database_url).export(LIFTER, ExportKind.CSV, ""))
        await until(process_ids.there)
    os.kill(process_ids.found[0], signal.SIGKILL)
    assert (await exporting).content == (await gym.exports.export(LIFTER, ExportKind.CSV, "")).content


async def test_where_each_process_is_lost_that_is_said(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.exporting._SILENCE", 0.01)
    noted(monkeypatch)
    with pytest.raises(ExportLostError):
        await Exporting(sqlite_url).export(LIFTER, ExportKind.CSV, "")


async def test_cancelled_it_leaves_no_process_and_no_secret_reaches_one(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "4242:token")
    process_ids = noted(monkeypatch)
    exporting = asyncio.create_task(Exporting(sqlite_url).export(LIFTER, ExportKind.CSV, ""))
    await until(process_ids.there)
    (process_id,) = process_ids.found
    assert "4242:token" not in process_ids.environments[0].values()
    exporting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await exporting
    assert not is_there(process_id)


class Noted:
    """The processes that were started."""

    def __init__(self) -> None:
        self.found: list[int] = []
        self.environments: list[Mapping[str, str]] = []

    async def there(self) -> bool:
        return bool(self.found)


def noted(monkeypatch: pytest.MonkeyPatch) -> Noted:
    """From now on each process is noted and stands still before it has begun."""
    start, processes = asyncio.create_subprocess_exec, Noted()

    async def halted(*command: str, env: Mapping[str, str], **pipes: Any) -> asyncio.subprocess.Process:
        process = await start(*command, env=env, **pipes)
        processes.environments.append(env)
        os.kill(process.pid, signal.SIGSTOP)
        processes.found.append(process.pid)
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", halted)
    return processes

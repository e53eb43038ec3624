"""Exports, each written down by a process of its own: the bot only passes the file on, and nobody waits for it."""

from __future__ import annotations

import asyncio
import os
import pickle
from asyncio.subprocess import Process
from contextlib import suppress

import structlog

from bot.export import LENGTH, Done, Wanted, packed
from bot.lanes import worker_free
from bot.side_process import started
from training.accounts.exporting import Exported, Progress
from training.accounts.format import ExportKind

_log = structlog.stdlib.get_logger(__name__)

_SILENCE = 60.0
"""Seconds without a word after which the process is given up."""


_SECRET = frozenset({"BOT_TOKEN", "DATABASE_URL", "WEBHOOK_SECRET"})


class ExportLostError(Exception):
    """The process that writes has ended or says nothing any more."""


class Exporting:
    """Has data written down, one lifter's after the other: a process takes memory, and a core for a second or two."""

    def __init__(self, database_url: str) -> None:
        """Starts nothing yet."""
        self._database_url = database_url
        self._one_at_a_time = asyncio.Lock()

    async def export(
        self, lifter_id: int, kind: ExportKind, untitled: str, progress: Progress | None = None
    ) -> Exported:
        """As `Exports.export`. Raises what that raises, and ExportLostError where two processes in turn were lost.

        Cancelled, it ends the process.
        """
        wanted = packed(Wanted(self._database_url, lifter_id, kind, untitled))
        async with worker_free(), self._one_at_a_time:
            try:
                return await _by_a_process(wanted, progress)
            except ExportLostError as lost:
                _log.warning("the process that exports is lost", why=str(lost))
                return await _by_a_process(wanted, progress)


async def _by_a_process(wanted: bytes, progress: Progress | None) -> Exported:
    process = await _started()
    try:
        return await _written(process, wanted, progress)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.communicate())


async def _written(process: Process, wanted: bytes, progress: Progress | None) -> Exported:
    assert process.stdin is not None
    process.stdin.write(wanted)
    while True:
        said = await _next(process)
        if isinstance(said, Exported):
            return said
        if isinstance(said, Exception):
            raise said
        if progress is not None:
            progress(said.workouts, said.of)


async def _next(process: Process) -> Done | Exported | Exception:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_SILENCE):
            (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
            said: Done | Exported | Exception = pickle.loads(await process.stdout.readexactly(length))  # noqa: S301 -- from our own process
    except asyncio.IncompleteReadError:
        raise ExportLostError("it has ended") from None
    except TimeoutError:
        raise ExportLostError("it says nothing") from None
    return said


async def _started() -> Process:
    # What a database's driver may look for stands in the environment; what is secret in it is not passed on.
    environment = {name: value for name, value in os.environ.items() if name.upper() not in _SECRET}
    return await started("bot.export", environment)

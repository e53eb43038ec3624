"""A process among others that run the same bot on the same database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.ending import TO_SAY
from storage import lanes, replicas
from storage.database import Database, WriteSession
from storage.waking import hear_of_lanes

_log = structlog.stdlib.get_logger(__name__)

_BETWEEN = 2.0
"""Seconds between two signs of life. One that dies is found dead six seconds after its last one, and its lanes are
looked at two seconds later at the latest: in eight seconds others go on with its work."""

_POLLING = "polling"
_SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class Calls:
    """What a replica has done by the rest of the bot."""

    wake: Callable[[int], None]
    """Something may wait for this lifter."""
    hear_from: Callable[[int], None]
    """Something has come in for this lifter, whose lane is this replica's, at another one."""
    shared_by: Callable[[int], None]
    """So many replicas live, and share what Telegram allows the bot."""
    speaks: Callable[[bool], None]
    """Whether this replica is the one that speaks where none can know what the others have said."""
    poll: Callable[[], Coroutine[Any, Any, None]] | None
    """Fetches updates until cancelled, which only one replica may do; None where Telegram brings them."""


class Replica:
    """Lives within `living`: owns lanes, and polls if no other replica does."""

    def __init__(self, database: Database, sleep: Callable[[float], Awaitable[None]]) -> None:
        self.id = uuid4().hex
        self._database = database
        self._sleep = sleep
        self._is_alone = database.engine.dialect.name == "sqlite"
        self._polling: asyncio.Task[None] | None = None
        self._is_leaving = False

    @asynccontextmanager
    async def living(self, bot_id: int, calls: Calls) -> AsyncIterator[None]:
        """Within the block the replica's claims stand. At its end whatever it owns is free at once."""
        if self._is_alone:
            async with self._database.writing() as session:
                await replicas.live_alone(session, bot_id, self.id)
        await self._beat(bot_id, calls)
        tasks = [asyncio.create_task(self._go_on_beating(bot_id, calls), name="replica")]
        if not self._is_alone:
            tasks.append(asyncio.create_task(self._listen(bot_id, calls.hear_from), name="replica listens"))
        try:
            yield
        finally:
            await _ended(*tasks)
            await self.stop_polling()
            await self._said_within_reason(replicas.leave, self.id)

    async def stop_polling(self) -> None:
        """Fetches no more updates, which another replica may do from now on."""
        self._is_leaving = True
        if self._polling is not None:
            await _ended(self._polling)
            self._polling = None
            await self._said_within_reason(replicas.leave_duties, self.id)

    async def _go_on_beating(self, bot_id: int, calls: Calls) -> None:
        while True:
            await self._sleep(_BETWEEN)
            try:
                # One that hangs would keep the replica from noticing that others think it dead.
                async with asyncio.timeout(replicas.LIVES_FOR / 1000):
                    await self._beat(bot_id, calls)
            except (SQLAlchemyError, OSError) as error:
                _log.warning("a replica can't say that it lives", why=type(error).__name__)
            except Exception:  # noqa: BLE001 -- whatever it is, the next beat tries again
                _log.exception("a replica can't say that it lives")

    async def _beat(self, bot_id: int, calls: Calls) -> None:
        polls = calls.poll is not None and not self._is_leaving
        if self._is_alone:
            number, speaks = 1, True
        else:
            async with self._database.writing() as session:
                await replicas.beat(session, bot_id, self.id)
                polls = polls and await replicas.take_duty(session, bot_id, self.id, _POLLING)
                speaks = not self._is_leaving and await replicas.take_duty(session, bot_id, self.id, _SPEAKING)
                number = await replicas.how_many(session, bot_id)
        calls.shared_by(number)
        calls.speaks(speaks)
        async with self._database.reading() as session:
            left = await lanes.waiting(session, bot_id, self.id)
        for lifter_id in left:
            calls.wake(lifter_id)
        await self._poll(calls.poll if polls else None)

    async def _poll(self, poll: Callable[[], Coroutine[Any, Any, None]] | None) -> None:
        if self._polling is not None and self._polling.done():
            why = None if self._polling.cancelled() else self._polling.exception()
            _log.error("the poller has ended", exc_info=why)
            self._polling = None
        if poll is not None and self._polling is None and not self._is_leaving:
            self._polling = asyncio.create_task(poll(), name="poller")
        if poll is None and self._polling is not None:
            _log.warning("another replica polls by now")
            await _ended(self._polling)
            self._polling = None

    async def _listen(self, bot_id: int, hear_from: Callable[[int], None]) -> None:
        def heard(other_id: int, lifter_id: int) -> None:
            if other_id == bot_id:
                hear_from(lifter_id)

        while True:
            try:
                await hear_of_lanes(self._database, self.id, heard)
            except (SQLAlchemyError, OSError) as error:
                _log.warning("a replica can't listen to others", why=type(error).__name__)
            except Exception:  # noqa: BLE001 -- the driver has errors of its own; whatever it is, a deaf one is slow
                _log.exception("a replica can't listen to others")
            await self._sleep(_BETWEEN)

    async def _said_within_reason(self, what: Callable[[WriteSession, str], Awaitable[None]], replica_id: str) -> None:
        """At the end: what can't be said now the others find out by themselves."""
        try:
            async with asyncio.timeout(TO_SAY), self._database.writing() as session:
                await what(session, replica_id)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("a replica can't say that it leaves", why=type(error).__name__)


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

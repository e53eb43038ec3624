"""Lanes: one lifter's updates in their order, different lifters' at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum, auto

import structlog

from bot.places import Places

_log = structlog.stdlib.get_logger(__name__)

_WORKERS = 32
"""How many updates are handled at once; each lane asks anew for every one, so that none starves."""

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0


class Turn(Enum):
    """How a lane's turn ended."""

    HANDLED = auto()
    """More waits."""
    NOTHING_LEFT = auto()
    ELSEWHERE = auto()
    """Another replica has the lane, and knows that something waits."""


@dataclass(frozen=True, slots=True)
class Held:
    """Something that has nothing to do with the update is in the way. The lane waits at least `seconds`."""

    seconds: float = 0.0
    without_database: bool = False
    """Whether nothing could be read or written."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Nothing waits just now, but what was done is still being shown. The lane ends as `shown` does."""

    shown: asyncio.Task[Turn | Held]


TakeTurn = Callable[[int], Awaitable[Turn | Held | Showing]]
"""Handles the next update of a lifter."""


class _Worker:
    """A place among the few that work at once, given back while its turn waits for somebody else."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._has_place = False
        self._waits = 0
        self._is_over = False

    async def __aenter__(self) -> None:
        await self._take(coming_back=False)

    async def __aexit__(self, *_: object) -> None:
        self._is_over = True
        self._give_back()

    @asynccontextmanager
    async def waiting(self) -> AsyncIterator[None]:
        # A turn may make several calls at once; it goes on when the last has come back.
        self._waits += 1
        self._give_back()
        try:
            yield
        finally:
            self._waits -= 1
            if self._waits == 0:
                await self._come_back()

    async def _come_back(self) -> None:
        # A call that the turn has left under way may end after it.
        if not self._is_over:
            await self._take(coming_back=True)
        if self._is_over:
            self._give_back()

    async def _take(self, *, coming_back: bool) -> None:
        await self._places.take(coming_back=coming_back)
        self._has_place = True

    def _give_back(self) -> None:
        if self._has_place:
            self._has_place = False
            self._places.give_back()


_worker: ContextVar[_Worker | None] = ContextVar("worker", default=None)


@asynccontextmanager
async def worker_free() -> AsyncIterator[None]:
    """Within the block this task waits for Telegram, and somebody else may work in its place."""
    worker = _worker.get()
    if worker is None:
        yield
        return
    async with worker.waiting():
        yield


class Lanes:
    """Runs the lanes that have something to do."""

    def __init__(self, take_turn: TakeTurn, sleep: Callable[[float], Awaitable[object]]) -> None:
        self._take_turn = take_turn
        self._sleep = sleep
        self._places = Places(_WORKERS)
        self._running: dict[int, asyncio.Task[None]] = {}
        self._woken: dict[int, asyncio.Event] = {}
        self._waiting: set[int] = set()
        self._stopping = False

    def wake(self, lifter_id: int) -> None:
        """Something waits for this lifter."""
        if self._stopping:
            return
        if lifter_id in self._running:
            self._woken[lifter_id].set()
        else:
            self._woken[lifter_id] = asyncio.Event()
            self._running[lifter_id] = asyncio.create_task(self._run(lifter_id), name=f"lane {lifter_id}")

    async def idle(self) -> None:
        """Returns when no lane has anything left to do."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def stop(self, seconds: float) -> None:
        """Lets updates that are being handled come to their end, for at most that long; takes up no others."""
        self._stopping = True
        for lifter_id in self._waiting:
            self._running[lifter_id].cancel()
        tasks = list(self._running.values())
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=seconds)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _run(self, lifter_id: int) -> None:
        pause, woken = _FIRST_PAUSE, self._woken[lifter_id]
        try:
            while not self._stopping:
                woken.clear()
                turn = await self._turn(lifter_id)
                if isinstance(turn, Showing):
                    turn = await _shown(turn.shown, woken)
                if isinstance(turn, Held):
                    await self._wait(lifter_id, max(turn.seconds, pause))
                    pause = min(2 * pause, _LONGEST_PAUSE)
                elif turn is Turn.HANDLED:
                    pause = _FIRST_PAUSE
                elif not woken.is_set():  # else something came in while the lane looked
                    return
        finally:
            del self._running[lifter_id], self._woken[lifter_id]

    async def _turn(self, lifter_id: int) -> Turn | Held | Showing:
        worker = _Worker(self._places)
        async with worker:
            if self._stopping:
                return Turn.NOTHING_LEFT
            token = _worker.set(worker)
            try:
                return await self._take_turn(lifter_id)
            except Exception:  # noqa: BLE001 -- a lane must outlive any bug: its lifter would be met with silence until a restart
                _log.exception("a lane's turn failed", lifter_id=lifter_id)
                return Held()
            finally:
                _worker.reset(token)

    async def _wait(self, lifter_id: int, seconds: float) -> None:
        self._waiting.add(lifter_id)
        try:
            await self._sleep(seconds)
        finally:
            self._waiting.discard(lifter_id)


async def _shown(shown: asyncio.Task[Turn | Held], woken: asyncio.Event) -> Turn | Held:
    """How the showing ended, unless something comes in before: then that is handled meanwhile."""
    waking = asyncio.create_task(woken.wait())
    try:
        await asyncio.wait({shown, waking}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waking.cancel()
    return Turn.HANDLED if woken.is_set() else await shown

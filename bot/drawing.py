"""Pictures, drawn by a process of their own: no chart takes the event loop's time, and drawing holds nothing up."""

from __future__ import annotations

import asyncio
import os
import pickle
import time
from asyncio.subprocess import Process
from collections import OrderedDict
from contextlib import suppress
from contextvars import Context
from hashlib import sha256
from tempfile import TemporaryDirectory

import structlog

from bot.draw import LENGTH
from bot.lanes import worker_free
from bot.metrics import Metrics
from bot.side_process import started
from handlers.charts.chart import Chart

_log = structlog.stdlib.get_logger(__name__)

_PATIENCE = 4.0
"""Seconds that a lifter waits for a picture before the words come alone."""

_MOST_AT_ONCE = 24
"""Charts that are drawn or wait for it. At a tenth of a second each, a later one would hardly come in time."""

_TIME_LIMIT = 60.0
"""Seconds for one picture, with the start of the process; one that takes longer hangs, also on a busy machine."""

_IDLE = 300.0
"""Seconds without a chart after which the process ends, and its memory is free."""

_MOST_PICTURES = 500
"""After so many a new process begins, whatever the old one may have kept."""

_KEPT = 16 << 20
"""Bytes of pictures that are kept to be shown again."""

_PASSED_ON = frozenset({"LANG", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"})
"""Of the environment what Python needs, and no secrets."""


class _BrokenError(Exception):
    """The process has ended, or hangs."""


class Drawing:
    """Draws charts one after another, each once, in a process that is started for the first."""

    def __init__(self, metrics: Metrics, *, patience: float = _PATIENCE, idle: float = _IDLE) -> None:
        """Starts nothing yet."""
        self._metrics = metrics
        self._patience = patience
        self._pen = _Pen(idle)
        self._kept = _Kept(_KEPT)
        self._one_at_a_time = asyncio.Lock()
        self._under_way: dict[bytes, asyncio.Task[bytes | None]] = {}
        self._stopping = False

    @property
    def process_id(self) -> int | None:
        """That of the process that draws, if there is one."""
        return self._pen.process_id

    async def drawn(self, chart: Chart, *, somebody_waits: bool = True) -> bytes | None:
        """The chart as a PNG; None if it can't be drawn, or not soon where somebody waits: then it may be there when it
        is asked for again.
        """
        key = _key(chart)
        if (picture := self._kept.get(key)) is not None:
            self._metrics.pictured("cached")
            return picture
        drawing = self._under_way.get(key)
        if drawing is None:
            if self._stopping or len(self._under_way) >= _MOST_AT_ONCE:
                self._metrics.pictured("refused")
                return None
            # The picture is for whoever asks for it, and goes on when the first of them has lost patience.
            drawing = self._under_way[key] = Context().run(asyncio.create_task, self._draw(key, chart), name="drawing")
        async with worker_free():
            done, _ = await asyncio.wait({drawing}, timeout=self._patience if somebody_waits else None)
        if not done:
            self._metrics.pictured("late")
            return None
        return None if drawing.cancelled() else drawing.result()

    async def stop(self) -> None:
        """Ends the process, and gives up what is being drawn."""
        self._stopping = True
        drawing = list(self._under_way.values())
        for task in drawing:
            task.cancel()
        await asyncio.gather(*drawing, return_exceptions=True)
        await self._pen.put_away()

    async def _draw(self, key: bytes, chart: Chart) -> bytes | None:
        try:
            async with self._one_at_a_time:
                picture = await self._drawn(chart)
        finally:
            del self._under_way[key]
        if picture is not None:
            self._kept.put(key, picture)
        return picture

    async def _drawn(self, chart: Chart) -> bytes | None:
        pickled, began = pickle.dumps(chart), time.perf_counter()
        for _ in range(2):
            try:
                async with asyncio.timeout(_TIME_LIMIT):
                    picture = await self._pen.draw(pickled)
            except (_BrokenError, TimeoutError, OSError) as error:
                _log.warning("the process that draws is lost", why=str(error) or type(error).__name__)
                await self._pen.drop()
                if isinstance(error, TimeoutError):
                    break  # this chart would take as long again
            except asyncio.CancelledError:
                await self._pen.drop()  # what it would answer belongs to nobody
                raise
            else:
                self._metrics.pictured("drawn" if picture else "failed", time.perf_counter() - began)
                return picture or None
        self._metrics.pictured("failed", time.perf_counter() - began)
        return None


class _Pen:
    """The process. It is there from the first chart until none has come for some minutes."""

    def __init__(self, idle: float) -> None:
        self._idle = idle
        self._process: Process | None = None
        self._pictures = 0
        self._timer: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[object]] = set()
        self._fonts: TemporaryDirectory[str] | None = None

    @property
    def process_id(self) -> int | None:
        return None if self._process is None else self._process.pid

    async def draw(self, pickled: bytes) -> bytes:
        """What the process answers; empty if it can't draw this. Raises _BrokenError or OSError if it is no more."""
        if self._timer is not None:
            self._timer.cancel()
        if self._pictures >= _MOST_PICTURES or (self._process is not None and self._process.returncode is not None):
            self._put_down()
        process = self._process or await self._taken()
        self._pictures += 1
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(LENGTH.pack(len(pickled)) + pickled)
        try:
            await process.stdin.drain()
            (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
            picture = await process.stdout.readexactly(length)
        except asyncio.IncompleteReadError:
            raise _BrokenError("it has ended") from None
        self._timer = asyncio.get_running_loop().call_later(self._idle, self._put_down)
        return picture

    async def drop(self) -> None:
        """Ends the process at once, since it has nothing to lose, and returns when it is gone."""
        if self._timer is not None:
            self._timer.cancel()
        self._put_down()
        if self._ending:
            await asyncio.wait(self._ending)

    async def put_away(self) -> None:
        """As `drop`, for good."""
        await self.drop()
        if self._fonts is not None:
            self._fonts.cleanup()
            self._fonts = None

    async def _taken(self) -> Process:
        if self._fonts is None:
            self._fonts = TemporaryDirectory(prefix="spotter-")
        starting = asyncio.create_task(_started(self._fonts.name))
        try:
            self._process = await asyncio.shield(starting)
        except asyncio.CancelledError:
            self._process = await starting  # so that it is ended, too
            raise
        return self._process

    def _put_down(self) -> None:
        process, self._process, self._pictures = self._process, None, 0
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        ending: asyncio.Task[object] = asyncio.create_task(process.communicate())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)


class _Kept:
    """Pictures by their charts, those that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._pictures: OrderedDict[bytes, bytes] = OrderedDict()

    def get(self, key: bytes) -> bytes | None:
        if key in self._pictures:
            self._pictures.move_to_end(key)
        return self._pictures.get(key)

    def put(self, key: bytes, picture: bytes) -> None:
        self._pictures[key] = picture
        self._bytes += len(picture)
        while self._bytes > self._most:
            _, oldest = self._pictures.popitem(last=False)
            self._bytes -= len(oldest)


def _key(chart: Chart) -> bytes:
    """Equal for equal charts: what they are written as says all of them."""
    return sha256(repr(chart).encode()).digest()


async def _started(fonts: str) -> Process:
    """`fonts` is a folder in which matplotlib keeps what it has found out about fonts: that takes a while each time."""
    environment = {name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON}
    # One thread, and no memory for more.
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return await started("bot.draw", {**environment, **threads, "MPLBACKEND": "agg", "MPLCONFIGDIR": fonts})

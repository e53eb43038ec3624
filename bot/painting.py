"""Cards that handled updates have left to be shown: while one is on its way, of the next ones only the newest waits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from dataclasses import dataclass

import structlog

from bot.lanes import Held, Turn
from storage.at_hand import UpdateAtHand
from storage.journal import Claimed

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Handled:
    """A row that has had its effect, and what its handling has left behind."""

    row: Claimed
    hand: UpdateAtHand


class Painter:
    """Shows each lifter the card that was left last, and settles with it those whose place it has taken.

    A thumb can be faster than Telegram: ten presses within a second are ten changes, and two or three edits.
    """

    def __init__(self, paint: Callable[[Sequence[Handled]], Awaitable[Turn | Held]]) -> None:
        """`paint` shows the last of what it is given, and settles all of it."""
        self._paint = paint
        self._waiting: dict[int, list[Handled]] = {}
        self._running: dict[int, asyncio.Task[Turn | Held]] = {}
        self._rows: dict[int, list[int]] = {}

    def put(self, lifter_id: int, handled: Handled) -> None:
        """Has the card shown."""
        self._waiting.setdefault(lifter_id, []).append(handled)
        self._rows.setdefault(lifter_id, []).append(handled.row.id)
        if lifter_id not in self._running:
            # What painting does has nothing to do with the worker that the update was handled by.
            task = Context().run(asyncio.create_task, self._run(lifter_id), name=f"painter {lifter_id}")
            self._running[lifter_id] = task

    def painting(self, lifter_id: int) -> Sequence[int]:
        """The rows whose cards are being shown to this lifter, and those before that could not be."""
        return self._rows.get(lifter_id, ())

    def running(self, lifter_id: int) -> asyncio.Task[Turn | Held] | None:
        """What ends when this lifter has nothing left to be shown, as a lane's turn does."""
        return self._running.get(lifter_id)

    async def painted(self, lifter_id: int) -> None:
        """Returns when this lifter has nothing left to be shown, so that something else can be."""
        if (running := self._running.get(lifter_id)) is not None:
            await asyncio.wait({running})

    async def stop(self, seconds: float) -> None:
        """Lets what is on its way arrive, for at most that long; the rest is shown after the next start."""
        if tasks := list(self._running.values()):
            _, unfinished = await asyncio.wait(tasks, timeout=seconds)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _run(self, lifter_id: int) -> Turn | Held:
        try:
            while True:
                turn = await self._paint(self._waiting.pop(lifter_id))
                if lifter_id not in self._waiting:
                    return turn
        except Exception:  # noqa: BLE001 -- as with a lane's turn: whatever it is, the lane tries again
            _log.exception("a card could not be shown", lifter_id=lifter_id)
            return Held()
        finally:
            # Whatever is left after a bug is redrawn from the journal.
            self._waiting.pop(lifter_id, None)
            del self._running[lifter_id], self._rows[lifter_id]

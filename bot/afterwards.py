"""What may come into a chat once an update is handled and closed: beside the lane, and owed to nobody."""

from __future__ import annotations

import asyncio
from contextvars import Context

import structlog
from telegram.error import TelegramError

from bot.priority import Priority, sending_as
from storage.at_hand import UpdateAtHand, holding

_log = structlog.stdlib.get_logger(__name__)


class Afterwards:
    """What is on its way so."""

    def __init__(self) -> None:
        self._coming: set[asyncio.Task[None]] = set()

    def put(self, hand: UpdateAtHand) -> None:
        """Has it come, if the update has left something."""
        if hand.afterwards is not None:
            # It keeps neither the lifter's lane nor a worker.
            task = Context().run(asyncio.create_task, self._come(hand), name=f"afterwards {hand.journal_id}")
            self._coming.add(task)
            task.add_done_callback(self._coming.discard)

    async def stop(self, seconds: float) -> None:
        """Lets what is on its way arrive, for at most that long; the rest is left out."""
        if tasks := list(self._coming):
            _, unfinished = await asyncio.wait(tasks, timeout=seconds)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _come(self, hand: UpdateAtHand) -> None:
        assert hand.afterwards is not None
        with holding(hand), sending_as(Priority.REMINDER):
            try:
                await hand.afterwards()
            except TelegramError as error:
                _log.info("what was to come afterwards did not", lifter_id=hand.user_id, why=type(error).__name__)
            except Exception:  # noqa: BLE001 -- whatever it is, nobody awaits this
                _log.exception("what was to come afterwards did not", lifter_id=hand.user_id)

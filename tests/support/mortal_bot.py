"""A bot's process that dies and comes back."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from simulator.server import Simulator
from tests.support.bot_process import Ended
from tests.support.forked_bot import ForkedBot, fork_bot

_WITHIN = 60.0
"""Seconds after which a process that was told to end is a failure."""


class MortalBot:
    """`python -m bot run` on one database, started as often as it takes."""

    def __init__(self, telegram: Simulator, database_url: str, folder: Path, **more: str) -> None:
        """`more` are settings."""
        self._folder = folder
        self._settings = {
            "BOT_TOKEN": telegram.token,
            "BOT_API_URL": telegram.url,
            "DATABASE_URL": database_url,
            "LOG_LEVEL": "WARNING",
            **more,
        }
        self._process: ForkedBot | None = None

    @property
    def pid(self) -> int:
        """The process that was started last."""
        assert self._process is not None
        return self._process.pid

    async def starts(self) -> None:
        """Starts the process; it takes updates some time after."""
        self._process = await fork_bot(self._folder, "run", **self._settings)

    async def is_killed(self) -> Ended:
        """SIGKILL: no handler runs, nothing is flushed."""
        return await self._ends_by(signal.SIGKILL)

    async def is_told_to_stop(self, *, within: float = _WITHIN) -> Ended:
        """SIGTERM, as a container engine sends it. Fails if the process needs more seconds than that."""
        return await self._ends_by(signal.SIGTERM, within)

    def freezes(self) -> None:
        """SIGSTOP: the process does nothing until it `thaws`, and knows nothing of it."""
        self._signal(signal.SIGSTOP)

    def thaws(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def _ends_by(self, number: signal.Signals, within: float = _WITHIN) -> Ended:
        assert self._process is not None
        self._signal(number)
        try:
            return await asyncio.wait_for(self._process.end(), within)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            ended = await self._process.end()
            raise AssertionError(f"the bot did not end within {within:g} s:\n{ended.out}\n{ended.err}") from None

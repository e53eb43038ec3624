"""A bot's process that dies and comes back."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from simulator.server import Simulator
from tests.support.bot_process import Ended, end_of, start_bot


class MortalBot:
    """`python -m bot run` on one database, started as often as it takes."""

    def __init__(self, telegram: Simulator, database_url: str, folder: Path, **more: str) -> None:
        """`more` are settings besides those that every bot has."""
        self._folder = folder
        self._settings = {
            "BOT_TOKEN": telegram.token,
            "BOT_API_URL": telegram.url,
            "DATABASE_URL": database_url,
            "LOG_LEVEL": "WARNING",
            **more,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def starts(self) -> None:
        """Starts the process; it polls some time after."""
        self._process = await start_bot(self._folder, "run", **self._settings)

    async def is_killed(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        await self._ends_by(signal.SIGKILL)

    async def is_told_to_stop(self) -> Ended:
        """SIGTERM, as a container engine sends it."""
        return await self._ends_by(signal.SIGTERM)

    async def _ends_by(self, number: signal.Signals) -> Ended:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await end_of(self._process)

"""The bots that are compared, each in a process of its own, and the CPU time that it takes (on Linux)."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.support.bot_process import PROJECT

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Bot:
    """What is run, as `python -m` takes it."""

    name: str
    command: Sequence[str]


SPOTTER = Bot("Spotter", ("bot", "run"))
DEFAULT_BOT = Bot("default bot", ("tests.benchmarks.default_bot",))
BARE_LOOP = Bot("bare loop", ("tests.benchmarks.bare_loop",))


class Running:
    """A process under way."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    def cpu(self) -> float:
        """Seconds of CPU that it has taken so far."""
        assert self._process.returncode is None, "the bot has ended"
        return cpu_of(self._process.pid)

    def memory(self) -> int:
        """Bytes that it and what it has started and still runs have taken at most, each by itself."""
        assert self._process.returncode is None, "the bot has ended"
        return sum(map(memory_of, [self._process.pid, *children_of(self._process.pid)]))

    async def is_ready(self, port: int) -> bool:
        """Whether it says at this port that it takes updates."""
        assert self._process.returncode is None, "the bot has ended"
        try:
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as response:
                return response.ok
        except aiohttp.ClientError:
            return False


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process of this machine has taken so far, in user space and in the kernel."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / _TICKS


def memory_of(pid: int) -> int:
    """Bytes of memory that a process of this machine has taken at most."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) << 10


def children_of(pid: int) -> list[int]:
    """The processes that a process of this machine has started, while they run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        if parent == pid:
            found.append(int(stat.parent.name))
    return found


@asynccontextmanager
async def running(bot: Bot, folder: Path, **settings: str) -> AsyncIterator[Running]:
    """The process runs within the block and is killed at its end. Its log stands in the folder."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        "LOG_LEVEL": "WARNING",
        "MESSAGES_PER_SECOND": "1000",
        **settings,
    }
    with (folder / "bot.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *bot.command, cwd=folder, env=environment, stdout=log, stderr=log
        )
        try:
            yield Running(process)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

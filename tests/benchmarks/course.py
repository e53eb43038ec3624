"""Where bots are compared: a Telegram whose calls take a while, and lifters with an open card each."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from simulator.server import Simulator
from tests.benchmarks.given import given
from tests.benchmarks.prepared import Training, put_cards
from tests.benchmarks.processes import SPOTTER, Bot, Running, running
from tests.benchmarks.tapping import Tapping
from tests.support.balancer import balancing
from tests.support.waiting import until

LATENCY = 0.05
"""Seconds that a call to Telegram takes."""

RUNS = int(given("RUNS", 5))
"""How often each is measured; medians are told."""

SECONDS = given("SECONDS", 10)
"""How long each is measured."""

WARM_UP = 2.0
"""Seconds before."""

_HOUR = 3600.0
_SECRET = "between_Telegram-and-us"


@dataclass(frozen=True)
class Course:
    """A bot under way, in one process or several, and who taps."""

    telegram: Simulator
    processes: Sequence[Running]
    tapping: Tapping

    def cpu(self) -> float:
        """Seconds of CPU that the bot has taken so far."""
        return sum(process.cpu() for process in self.processes)

    def memory(self) -> int:
        """Bytes that the bot's processes, and what they have started, have taken at most, each by itself."""
        return sum(process.memory() for process in self.processes)


@asynccontextmanager
async def polling(bot: Bot, folder: Path, template: Path, trainings: Sequence[Training]) -> AsyncIterator[Course]:
    """The bot polls, on a copy of the SQLite database `template`, which `prepared.prepare` has filled."""
    url = f"sqlite:///{copied(template, folder)}"
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(_slow_telegram(trainings))
        process = await stack.enter_async_context(running(bot, folder, **_settings(telegram, url)))

        async def polled() -> bool:
            return telegram.updates.polled

        await until(polled)
        yield Course(telegram, [process], Tapping(telegram, trainings))


@asynccontextmanager
async def posting(
    folder: Path, database_url: str, trainings: Sequence[Training], ports: Sequence[int]
) -> AsyncIterator[Course]:
    """Updates are posted to as many replicas of Spotter as there are ports, through a balancer."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(_slow_telegram(trainings))
        address = await stack.enter_async_context(balancing(ports))
        common = {
            **_settings(telegram, database_url),
            "WEBHOOK_URL": f"{address}/telegram",
            "WEBHOOK_SECRET": _SECRET,
        }
        processes = [
            await stack.enter_async_context(running(SPOTTER, folder, **common, LISTEN=f"127.0.0.1:{port}"))
            for port in ports
        ]

        async def all_take_updates() -> bool:
            return all([await process.is_ready(port) for process, port in zip(processes, ports, strict=True)])

        await until(all_take_updates)
        yield Course(telegram, processes, Tapping(telegram, trainings))


@asynccontextmanager
async def _slow_telegram(trainings: Sequence[Training]) -> AsyncIterator[Simulator]:
    """Without limits for floods, and patient: who is slow is measured, not refused."""
    async with Simulator(strict_floods=False, answer_window=_HOUR) as telegram:
        put_cards(telegram, trainings)
        telegram.faults.delay(LATENCY)
        yield telegram


def _settings(telegram: Simulator, database_url: str) -> dict[str, str]:
    return {"BOT_TOKEN": telegram.token, "BOT_API_URL": telegram.url, "DATABASE_URL": database_url}


def copied(template: Path, folder: Path) -> Path:
    """A copy of the SQLite database in the folder, in place of an earlier one."""
    for left in folder.glob(f"{template.name}*"):  # with what SQLite puts beside it
        left.unlink()
    return shutil.copyfile(template, folder / template.name)

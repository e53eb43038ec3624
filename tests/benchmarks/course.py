"""Where bots are compared: a Telegram whose calls take a while, and lifters with an open card each."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from simulator.server import Simulator
from tests.benchmarks.prepared import Training, put_cards
from tests.benchmarks.processes import Bot, Running, running
from tests.benchmarks.tapping import Tapping
from tests.support.waiting import until

LATENCY = 0.05
"""Seconds that a call to Telegram takes."""

RUNS = int(os.environ.get("RUNS", "5"))
"""How often each is measured; medians are told."""

SECONDS = float(os.environ.get("SECONDS", "10"))
"""How long each is measured."""

WARM_UP = 2.0
"""Seconds before."""

_HOUR = 3600.0


@dataclass(frozen=True)
class Course:
    """A bot under way, what it costs, and who taps."""

    telegram: Simulator
    running: Running
    tapping: Tapping


@asynccontextmanager
async def slow_telegram(trainings: Sequence[Training]) -> AsyncIterator[Simulator]:
    """Without limits for floods, and patient: who is slow is measured, not refused."""
    async with Simulator(strict_floods=False, answer_window=_HOUR) as telegram:
        put_cards(telegram, trainings)
        telegram.faults.delay(LATENCY)
        yield telegram


@asynccontextmanager
async def polling(bot: Bot, folder: Path, template: Path, trainings: Sequence[Training]) -> AsyncIterator[Course]:
    """The bot polls, on a copy of the SQLite database `template`, which `prepared.prepare` has filled."""
    database = _copied(template, folder)
    async with slow_telegram(trainings) as telegram:
        settings = {
            "BOT_TOKEN": telegram.token,
            "BOT_API_URL": telegram.url,
            "DATABASE_URL": f"sqlite:///{database}",
        }
        async with running(bot, folder, **settings) as process:

            async def polled() -> bool:
                return telegram.updates.polled

            await until(polled)
            yield Course(telegram, process, Tapping(telegram, trainings))


def _copied(template: Path, folder: Path) -> Path:
    for left in folder.glob(f"{template.name}*"):  # with what SQLite puts beside it
        left.unlink()
    return shutil.copyfile(template, folder / template.name)

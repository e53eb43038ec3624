"""The bot as a process that can be killed, against a simulated Telegram that outlives it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.databases import SeededLibrary
from tests.support.mortal_bot import MortalBot


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator(repeat_pause=0.2, redelivery_pause=0.02) as simulator:
        yield simulator


@pytest.fixture
def fill(library: SeededLibrary) -> Callable[[str], None]:
    return library.copy_to


@pytest.fixture
def way() -> str:
    """How updates come: by `polling` or by `webhook`. A test that is for both says so."""
    return "polling"


@pytest.fixture
async def bot(
    telegram: Simulator, database_url: str, tmp_path_factory: pytest.TempPathFactory, way: str, unused_tcp_port: int
) -> AsyncIterator[MortalBot]:
    address = f"127.0.0.1:{unused_tcp_port}"
    webhook = {"WEBHOOK_URL": f"http://{address}/telegram", "WEBHOOK_SECRET": "secret", "LISTEN": address}
    more = webhook if way == "webhook" else {}
    mortal = MortalBot(telegram, database_url, tmp_path_factory.mktemp("bot"), **more)
    await mortal.starts()
    yield mortal
    await mortal.is_killed()


@pytest.fixture
async def ann(telegram: Simulator, bot: MortalBot) -> Lifter:
    """Ann at the bench, with nothing logged."""
    lifter = telegram.lifter("Ann")
    await lifter.sends("/start")
    await lifter.taps("Kilograms", within=60)  # the process has to start first
    await lifter.taps("Start workout")
    await lifter.sees("Which exercise?")
    await lifter.sends("bench")
    await lifter.sees("Bench Press (Barbell)")
    return lifter

"""The bot as it runs and a simulated Telegram, in one process, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial

import pytest

from bot.drawing import Drawing
from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.conftest import ADMIN
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.databases import SeededLibrary

SECRET = "between_Telegram-and-us"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no reason for words without their picture."""
    monkeypatch.setattr("bot.spotter.Drawing", partial(Drawing, patience=60))


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator(redelivery_pause=0.05) as simulator:
        yield simulator


@pytest.fixture
def fill(library: SeededLibrary) -> Callable[[str], None]:
    return library.copy_to


@pytest.fixture
def way() -> str:
    """How updates come: by `polling` or by `webhook`. A test that is for another way, or for both, says so."""
    return "polling"


@pytest.fixture
def settings(telegram: Simulator, database_url: str, way: str, unused_tcp_port: int) -> Settings:
    common = {"bot_api_url": telegram.url, "database_url": database_url, "admin_ids": frozenset({ADMIN})}
    if way == "polling":
        return Settings.model_validate({**common, "listen": None})
    address = f"127.0.0.1:{unused_tcp_port}"
    url = f"http://{address}/telegram/hook"
    return Settings.model_validate({**common, "listen": address, "webhook_url": url, "webhook_secret": SECRET})


@pytest.fixture
async def spotter(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm
) -> AsyncIterator[Spotter]:
    bot = Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)
    async with bot.running():
        yield bot


@pytest.fixture
async def ann(telegram: Simulator, spotter: Spotter) -> Lifter:
    return telegram.lifter("Ann")

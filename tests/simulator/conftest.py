"""A simulator whose time a test owns, and a bot that is nothing but calls."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from simulator.driver import Lifter
from simulator.server import Simulator
from tests.simulator.calling import Caller
from tests.support.clock import FakeClock

ANN = 7


@pytest.fixture
async def telegram(clock: FakeClock) -> AsyncIterator[Simulator]:
    async with Simulator(clock=lambda: clock().timestamp(), repeat_pause=0.25) as running:
        yield running


@pytest.fixture
async def call(telegram: Simulator) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(telegram, session)


@pytest.fixture
async def ann(telegram: Simulator) -> Lifter:
    """A person, id 7, who has written message 1."""
    lifter = telegram.lifter("Ann", id=ANN)
    await lifter.sends("hello")
    return lifter

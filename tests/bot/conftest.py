from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.telegram_http import AiohttpRequest
from tests.bot.scripted_telegram import Pauses, Telegram


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    telegram = Telegram()
    await telegram.server.start_server(shutdown_timeout=0.1)
    yield telegram
    await telegram.server.close()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
async def request_(pauses: Pauses) -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(sleep=pauses) as request:
        yield request


@pytest.fixture
def reserved() -> Iterator[socket.socket]:
    """Holds a port where nobody listens, so that nobody else can begin to meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held


@pytest.fixture
def closed_port(reserved: socket.socket) -> int:
    return int(reserved.getsockname()[1])

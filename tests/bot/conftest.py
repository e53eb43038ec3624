from __future__ import annotations

import socket
from collections.abc import AsyncIterator

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
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

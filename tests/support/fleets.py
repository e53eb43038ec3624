"""The two ways in which hosts run the bot: one process that fetches, or several behind a balancer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from simulator.server import Simulator
from tests.support.balancer import balancing
from tests.support.mortal_bot import MortalBot

Fleet = AbstractAsyncContextManager[Sequence[MortalBot]]


@asynccontextmanager
async def that_fetch(
    telegram: Simulator, database_url: str, folder: Path, *ports: int
) -> AsyncIterator[Sequence[MortalBot]]:
    """As many as there are ports, at which they tell how they are. One of them fetches updates for all."""
    bots = [MortalBot(telegram, database_url, folder, LISTEN=f"127.0.0.1:{port}") for port in ports]
    async with _running(bots):
        yield bots


@asynccontextmanager
async def behind_a_balancer(
    telegram: Simulator, database_url: str, folder: Path, *ports: int
) -> AsyncIterator[Sequence[MortalBot]]:
    """As many as there are ports, each with its own webhook, to which a balancer passes on what Telegram posts."""
    async with balancing(ports) as address:
        shared = {"WEBHOOK_URL": f"{address}/telegram", "WEBHOOK_SECRET": "between_Telegram-and-us"}
        bots = [MortalBot(telegram, database_url, folder, LISTEN=f"127.0.0.1:{port}", **shared) for port in ports]
        async with _running(bots):
            yield bots


def fleet(telegram: Simulator, database_url: str, folder: Path, unused_port: Callable[[], int]) -> Fleet:
    """How one would run it on this database: SQLite takes one process, PostgreSQL three."""
    if database_url.startswith("sqlite"):
        return that_fetch(telegram, database_url, folder, unused_port())
    return behind_a_balancer(telegram, database_url, folder, *(unused_port() for _ in range(3)))


@asynccontextmanager
async def _running(bots: Sequence[MortalBot]) -> AsyncIterator[None]:
    await asyncio.gather(*(bot.starts() for bot in bots))
    try:
        yield
    finally:
        await asyncio.gather(*(bot.is_killed() for bot in bots))

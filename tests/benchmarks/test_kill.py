"""kill -9 a hundred times while people train: `make kills` prints what became of their sets.

What is counted comes from the lifters' own books and from the chats, not from the bot; see `tests/support/audit.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simulator.server import Simulator
from storage.database import Database
from tests.benchmarks.given import given
from tests.support.fleets import fleet
from tests.support.killing import Kills, survived

KILLS = Kills(
    number=int(given("KILLS", 100)),
    seconds=8,
    rate=given("RATE", 20),
    lifters=int(given("LIFTERS", 50)),
    seed=int(given("SEED", 1)),
)

HEADINGS = (
    "kills",
    "sets typed",
    "sets tapped",
    "lost",
    "doubled",
    "out of order",
    "set aside",
    "lifters without the last answer",
)


async def test_a_hundred_kills(
    database_url: str, database: Database, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> None:
    async with (
        Simulator(redelivery_pause=0.2) as telegram,
        fleet(telegram, database_url, tmp_path, unused_tcp_port_factory) as bots,
    ):
        found = await survived(telegram, database, bots, KILLS)
        calls = len(telegram.calls)
    way = "SQLite, polling" if len(bots) == 1 else f"PostgreSQL, {len(bots)} replicas with webhooks"
    figures = (
        KILLS.number,
        found.typed,
        found.tapped,
        found.lost,
        found.doubled,
        found.out_of_order,
        found.set_aside,
        found.unanswered,
    )
    print(  # noqa: T201 -- what a benchmark is for
        f"\n| {KILLS.rate:g} sets a second, {KILLS.lifters} lifters | {' | '.join(HEADINGS)} |"
        f"\n| ---{' | --:' * len(HEADINGS)} |"
        f"\n| {way} | {' | '.join(f'{figure:,}' for figure in figures)} |"
        f"\n{calls:,} calls to Telegram"
    )
    assert found.faults() == {}

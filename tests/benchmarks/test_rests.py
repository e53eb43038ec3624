"""How late lifters are told that a rest is over: `make rests` prints the figures.

Telegram takes 50 ms for a call and refuses more than its limits. On SQLite one process polls, on PostgreSQL three
replicas share what the bot may send.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from simulator.server import Simulator
from storage.database import Database
from tests.benchmarks.course import LATENCY
from tests.benchmarks.given import given
from tests.benchmarks.prepared import prepare
from tests.benchmarks.resters import Heard, Resters
from tests.support.fleets import fleet
from tests.support.waiting import until

STARTED = 10.0
"""Seconds that the bot is given to start before the first rest is over."""

AT_MOST = 120.0
"""Seconds in which all have been told, however many there are."""

STANDING_STILL = 3.0
"""Seconds in which what is told twice would be."""

HEADINGS = ("missing", "told twice", "late, p50", "p99", "most", "overtaken by at most", "refused by Telegram")


@pytest.mark.parametrize(("number", "seconds"), [(1500, 60.0), (2000, 60.0), (200, 1.0)])
async def test_rests_that_are_over_within_some_seconds(
    database_url: str,
    database: Database,
    tmp_path: Path,
    unused_tcp_port_factory: Callable[[], int],
    number: int,
    seconds: float,
) -> None:
    trainings = await prepare(database_url, number)
    random = Random(int(given("SEED", 1)))  # noqa: S311 -- the same moments every time, no secret
    async with Simulator() as telegram:
        telegram.faults.delay(LATENCY)
        resters = Resters(telegram, database, trainings)
        first = time.time() + STARTED
        await resters.rest_until({lifter_id: first + random.uniform(0, seconds) for lifter_id in resters.ids})
        async with fleet(telegram, database_url, tmp_path, unused_tcp_port_factory) as bots:
            await until(resters.all_told, within=STARTED + seconds + AT_MOST)
            await asyncio.sleep(STANDING_STILL)
        heard = resters.heard()
        refused = sum(call.status == 429 for call in telegram.calls)
    way = "SQLite, one process" if len(bots) == 1 else f"PostgreSQL, {len(bots)} replicas"
    print(_table(f"{way}: {number:,} within {seconds:g} s", heard, refused))  # noqa: T201 -- what a benchmark is for
    assert (heard.missing, heard.doubled) == (0, 0)


def _table(what: str, heard: Heard, refused: int) -> str:
    figures = (
        f"{heard.missing:,}",
        f"{heard.doubled:,}",
        *(f"{heard.late(part):.2f} s" for part in (0.5, 0.99, 1)),
        f"{heard.overtaken_by:.2f} s",
        f"{refused:,}",
    )
    lines = (f"\n| rests over | {' | '.join(HEADINGS)} |", f"| ---{' | --:' * len(HEADINGS)} |")
    return "\n".join((*lines, f"| {what} | {' | '.join(figures)} |"))

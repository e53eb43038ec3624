"""What more replicas on one PostgreSQL bring, and cost: `make replicas` prints the figures."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import text

from storage.database import Database
from tests.benchmarks.course import LATENCY, RUNS, SECONDS, WARM_UP, posting
from tests.benchmarks.given import given
from tests.benchmarks.prepared import prepare
from tests.benchmarks.processes import cpu_of
from tests.support.databases import Postgresql

REPLICAS = (1, 2, 3)
ACTIVE = int(given("ACTIVE", 100))
SPARE = 400
"""Lifters who go on for those whose workout is full."""


@dataclass(frozen=True)
class Measured:
    """One run: seconds, but for sets a second. CPU is per logged set."""

    p50: float
    p99: float
    per_second: float
    replicas: float
    """CPU of all of them."""
    database: float
    """CPU of the server's processes that work for them."""
    around: float
    """CPU of Telegram, the balancer and the lifters, which share the machine."""


def test_replicas(postgresql: Postgresql, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]) -> None:
    runs: defaultdict[int, list[Measured]] = defaultdict(list)
    for _ in range(RUNS):
        for number in REPLICAS:
            ports = [unused_tcp_port_factory() for _ in range(number)]
            with postgresql.created() as url:
                runs[number].append(asyncio.run(_measured(url, tmp_path, ports)))
    print(_table({number: _middle(found) for number, found in runs.items()}))  # noqa: T201 -- what a benchmark is for


async def _measured(url: str, folder: Path, ports: Sequence[int]) -> Measured:
    trainings = await prepare(url, ACTIVE + SPARE)
    async with posting(folder, url, trainings, ports) as course:
        await course.tapping.begin(ACTIVE)
        await course.tapping.measure(WARM_UP)
        backends = await _backends(url)
        before = [course.cpu(), sum(map(cpu_of, backends)), time.process_time()]
        answered = await course.tapping.measure(SECONDS)
        after = [course.cpu(), sum(map(cpu_of, backends)), time.process_time()]
        sets = max(1, len(answered.waits))
        cpu = [(end - begin) / sets for begin, end in zip(before, after, strict=True)]
        return Measured(answered.quantile(0.5), answered.quantile(0.99), answered.per_second, *cpu)


async def _backends(url: str) -> Sequence[int]:
    """The server's processes for connections that the replicas keep open."""
    database = Database(url)
    try:
        async with database.reading() as session:
            others = text(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return (await session.scalars(others)).all()
    finally:
        await database.close()


def _middle(runs: Sequence[Measured]) -> Measured:
    return Measured(*map(median, zip(*map(astuple, runs), strict=True)))


def _table(medians: dict[int, Measured]) -> str:
    return "\n".join(
        [
            f"\nPostgreSQL, {LATENCY * 1000:.0f} ms a call, {ACTIVE} lifters, medians of {RUNS} runs of {SECONDS:g} s",
            "| replicas | sets a second | p50 | p99 | CPU a set: replicas | database | all around |",
            "| --: | --: | --: | --: | --: | --: | --: |",
            *(_row(number, run) for number, run in medians.items()),
        ]
    )


def _row(number: int, run: Measured) -> str:
    times = " | ".join(f"{seconds * 1000:.1f} ms" for seconds in (run.replicas, run.database, run.around))
    return f"| {number} | {run.per_second:.1f} | {run.p50 * 1000:.0f} ms | {run.p99 * 1000:.0f} ms | {times} |"

"""Half an hour of people who come, train and go, under restarts and faults: `make soak` prints what it left behind."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
from sqlalchemy import text

from simulator.faults import Breaks, Faults
from simulator.server import Simulator
from storage.database import Database
from tests.benchmarks.given import given
from tests.support.audit import audit
from tests.support.fleets import fleet
from tests.support.mortal_bot import MortalBot
from tests.support.regulars import Crowd, Regular

SECONDS = 60 * given("MINUTES", 30)
RATE = given("RATE", 10)
LIFTERS = int(given("LIFTERS", 30))
SEED = int(given("SEED", 1))

RESTARTS = 5
SETS_EACH = 20
"""After so many somebody finishes, and somebody new comes."""

BETWEEN_FAULTS = 5.0
BETWEEN_SAMPLES = 2.0
"""Seconds."""

WARMING_UP = min(300.0, SECONDS / 6)
"""Seconds after its start in which a process grows because it has only begun: the databases' caches fill with pages."""

RESTARTING = SECONDS / 2
"""Seconds in which processes end and start again. Those that are left live long enough to tell a leak from a cache."""

MOST_GROWTH = 200.0
"""KiB a minute that a process may grow, once it has run long enough for its caches to be full."""

STRUCK = ("sendMessage", "editMessageText", "deleteMessages", "answerCallbackQuery")
LONG_ENOUGH = 600.0
"""Seconds after which the slope says something."""

MOST_TASKS = 15
"""Of one process that has nothing to do: what beats, listens, serves and wakes up now and then."""

MOST_CONNECTIONS = 16
"""To PostgreSQL, of one process: thirteen for its work, two to beat and to listen, one of the process that exports."""


@dataclass(frozen=True)
class Sample:
    """How much memory, in KiB, a process had so many minutes after its start."""

    pid: int
    minutes: float
    resident: float


@dataclass
class Watch:
    """Looks at the processes from outside."""

    bots: Sequence[MortalBot]
    samples: list[Sample] = field(default_factory=list)
    _since: dict[int, float] = field(default_factory=dict)

    async def runs(self) -> None:
        """Until cancelled."""
        while True:
            now = asyncio.get_running_loop().time()
            for pid in (bot.pid for bot in self.bots):
                age = now - self._since.setdefault(pid, now)
                if age >= WARMING_UP and (resident := resident_memory(pid)) is not None:
                    self.samples.append(Sample(pid, age / 60, resident))
            await asyncio.sleep(BETWEEN_SAMPLES)

    def growth(self) -> float:
        """KiB a minute by least squares: one slope for all lives, each of which may begin at a height of its own."""
        shared = spread = 0.0
        for _, life in groupby(sorted(self.samples, key=lambda sample: sample.pid), key=lambda sample: sample.pid):
            points = [(sample.minutes, sample.resident) for sample in life]
            middle = sum(x for x, _ in points) / len(points)
            height = sum(y for _, y in points) / len(points)
            shared += sum((x - middle) * (y - height) for x, y in points)
            spread += sum((x - middle) ** 2 for x, _ in points)
        return shared / spread if spread else 0.0


def resident_memory(pid: int) -> float | None:
    """KiB; None if the process is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    return float(found[1]) if found else None


async def comes_and_goes(telegram: Simulator, crowd: Crowd, number: int) -> None:
    """One after the other comes, trains and goes, until cancelled while somebody trains."""
    while True:
        regular = Regular(telegram, f"Lifter {len(crowd.everybody)}", is_hasty=number % 2 == 0)
        await crowd.welcomes([regular])
        await regular.sees(SETS_EACH)
        crowd.present.remove(regular)
        await regular.finishes()


async def strikes(faults: Faults, random: Random) -> None:
    """Something goes wrong between the bot and Telegram every few seconds, until cancelled."""
    while True:
        await asyncio.sleep(random.uniform(0, 2 * BETWEEN_FAULTS))
        method = random.choice(STRUCK)
        match random.randrange(4):
            case 0:
                faults.flood(method, random.randint(1, 3))
            case 1:
                faults.fail(method, random.choice([500, 502, 503, 504]))
            case 2:
                faults.drop(method, Breaks.BEFORE)
            case _:
                faults.drop(method, Breaks.AFTER)


async def restarts(bots: Sequence[MortalBot], random: Random) -> None:
    """Some are killed, some are told to stop; all of them start again."""
    started = asyncio.get_running_loop().time()

    async def until_then(moment: float) -> None:
        await asyncio.sleep(started + moment - asyncio.get_running_loop().time())

    for moment in sorted(random.uniform(0, RESTARTING) for _ in range(RESTARTS)):
        await until_then(moment)
        bot = random.choice(bots)
        ended = await random.choice([bot.is_killed, bot.is_told_to_stop])()
        await bot.starts()
        # Told to stop while Python still starts, a process ends by the signal.
        assert ended.code in {0, -signal.SIGKILL, -signal.SIGTERM}, ended.err
    await until_then(SECONDS)


@asynccontextmanager
async def meanwhile(*what: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """These run within the block. Raises what one of them raises."""
    tasks = [asyncio.create_task(one) for one in what]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    if failures := [one for one in ended if isinstance(one, Exception)]:
        raise ExceptionGroup("what went on meanwhile failed", failures)


async def tasks_of(port: int) -> int:
    """How many tasks the process at this port has, by its own metrics: nobody else can know."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as response:
        found = re.search(r"^spotter_tasks (\d+)", await response.text(), re.MULTILINE)
    assert found
    return int(found[1])


async def connections(database: Database) -> int:
    """How many others have to the database; none where it is a file."""
    if database.engine.dialect.name == "sqlite":
        return 0
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
    async with database.reading() as session:
        return await session.scalar(text(others)) or 0


async def test_half_an_hour(
    database_url: str, database: Database, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> None:
    ports: list[int] = []

    def port() -> int:
        ports.append(unused_tcp_port_factory())
        return ports[-1]

    random = Random(SEED)  # noqa: S311 -- the same moments every time, no secret
    crowd = Crowd(random)
    async with (
        Simulator(redelivery_pause=0.2, repeat_pause=0.2) as telegram,
        fleet(telegram, database_url, tmp_path, port) as bots,
    ):
        watch = Watch(bots)
        async with meanwhile(
            watch.runs(),
            strikes(telegram.faults, random),
            crowd.trains(RATE),
            *(comes_and_goes(telegram, crowd, number) for number in range(LIFTERS)),
        ):
            await restarts(bots, random)
        await crowd.sees_all()
        found = await audit(database, crowd.everybody)
        tasks = max([await tasks_of(port) for port in ports])
        most = await connections(database)
    way = "SQLite, polling" if len(bots) == 1 else f"PostgreSQL, {len(bots)} replicas with webhooks"
    growth = watch.growth()
    print(  # noqa: T201 -- what a benchmark is for
        f"\n{way}: {SECONDS / 60:g} minutes, {found.typed + found.tapped:,} sets of {len(crowd.everybody)} lifters, "
        f"{RESTARTS} restarts, {sum(call.planned for call in telegram.calls)} faults: memory {growth:+.1f} KiB/min "
        f"({len(watch.samples):,} samples), {tasks} tasks at most, {most} connections, {found}"
    )
    assert found.faults() == {}
    assert tasks <= MOST_TASKS
    assert most <= MOST_CONNECTIONS * len(bots)
    if SECONDS >= LONG_ENOUGH:
        assert growth < MOST_GROWTH

"""How what a lifter does slows down with everybody's history: `make bench` prints the figures.

Medians are of samples taken in turn from a small and a large database in one run. Every statement's plan is looked at
on the large one, filled and analysed.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest

from storage import workouts
from storage.database import Database
from storage.values.history import HistoryFilter
from tests.benchmarks.filling import Filled, fill
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.databases import Postgresql, Sqlite
from tests.support.plans import read_as_a_whole
from tests.support.statements import Statement, counted
from training.gym import Gym, open_gym

ORDINARY = 990
"""Sets of an ordinary lifter."""

SMALL = [ORDINARY] * 10
LARGE = [20_000, *[ORDINARY] * 990]

TIMES = 60
MOST_GROWTH = 1.5
BIG_TABLES = ("sets", "exercise_executions", "workouts")

Operation = Callable[["Bench", int], Awaitable[object]]


@dataclass(frozen=True)
class Bench:
    """A filled database, and what trains on it."""

    database: Database
    gym: Gym
    filled: Filled


async def log_a_set(bench: Bench, lifter: int) -> object:
    return await bench.gym.notebook.write(lifter, "100x5")


async def open_the_card(bench: Bench, lifter: int) -> object:
    return await bench.gym.workouts.card(lifter)


async def search_exercises(bench: Bench, lifter: int) -> object:
    return await bench.gym.library.search(lifter, "press")


async def search_with_a_slip(bench: Bench, lifter: int) -> object:
    return await bench.gym.library.search(lifter, "dealdift")


async def page_the_history(bench: Bench, lifter: int) -> object:
    return await bench.gym.history.page(lifter, HistoryFilter(), 2)


async def look_up_last_time(bench: Bench, lifter: int) -> object:
    async with bench.database.reading() as session:
        return await workouts.last_performance(session, lifter, bench.filled.exercise_of(lifter))


OPERATIONS: tuple[Operation, ...] = (
    log_a_set,
    open_the_card,
    search_exercises,
    search_with_a_slip,
    page_the_history,
    look_up_last_time,
)


@asynccontextmanager
async def filled(url: str, histories: Sequence[int]) -> AsyncIterator[Bench]:
    """A database with these histories; every measured lifter is in the middle of a workout."""
    database = Database(url)
    try:
        gym = open_gym(database, FakeClock(), ManualAlarm(), admin_ids=[])
        await gym.library.seed_built_in()
        bench = Bench(database, gym, await fill(database, histories))
        for lifter in {bench.filled.ordinary, bench.filled.busiest}:
            await gym.workouts.add_exercise(lifter, bench.filled.exercise_of(lifter))
        yield bench
    finally:
        await database.close()


async def seconds_of(operation: Operation, bench: Bench, lifter: int) -> float:
    started = time.perf_counter()
    await operation(bench, lifter)
    seconds = time.perf_counter() - started
    if operation is log_a_set:
        await bench.gym.undo.undo(lifter)
    return seconds


async def medians_of(operation: Operation, *places: tuple[Bench, int]) -> list[float]:
    """Milliseconds in each place, sampled in turn."""
    samples: list[list[float]] = [[] for _ in places]
    for _ in range(TIMES):
        for taken, place in zip(samples, places, strict=True):
            taken.append(await seconds_of(operation, *place))
    return [1000 * median(taken) for taken in samples]


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sequence[str]]:
    """Two migrated databases of one kind."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            files: Sqlite = request.getfixturevalue("sqlite")
            yield [files.create(Path(stack.enter_context(TemporaryDirectory(dir=tmp_path)))) for _ in range(2)]
        else:
            server: Postgresql = request.getfixturevalue("postgresql")
            yield [stack.enter_context(server.created()) for _ in range(2)]


async def test_a_million_sets(urls: Sequence[str]) -> None:
    async with AsyncExitStack() as stack:
        small = await stack.enter_async_context(filled(urls[0], SMALL))
        large = await stack.enter_async_context(filled(urls[1], LARGE))
        kind = large.database.engine.dialect.name
        report = [f"{kind}: {small.filled.sets:,} and {large.filled.sets:,} sets; medians of {TIMES} in ms"]
        grown: dict[str, float] = {}
        for operation in OPERATIONS:
            places = ((small, small.filled.ordinary), (large, large.filled.ordinary), (large, large.filled.busiest))
            before, after, busiest = await medians_of(operation, *places)
            name = operation.__name__.replace("_", " ")
            grown[name] = after / before
            report.append(f"  {name}: {before:.2f} -> {after:.2f}, x {after / before:.2f}; 20,000 sets: {busiest:.2f}")
        print("\n" + "\n".join(report))  # noqa: T201 -- what a benchmark is for
        assert {name: growth for name, growth in grown.items() if growth > MOST_GROWTH} == {}
        careless = Statement("SELECT max(weight) FROM sets", ())
        assert await read_as_a_whole(large.database, careless, BIG_TABLES) == {"sets"}
        for operation in OPERATIONS:
            with counted(large.database) as statements:
                await operation(large, large.filled.busiest)
            whole = {
                statement.text: tables
                for statement in statements
                if (tables := await read_as_a_whole(large.database, statement, BIG_TABLES))
            }
            assert whole == {}, operation.__name__

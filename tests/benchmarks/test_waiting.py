"""How long a lifter waits for the card, and how many sets a second are logged: `make waiting` prints the figures."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.course import LATENCY, RUNS, SECONDS, WARM_UP, Course, copied, polling, posting
from tests.benchmarks.prepared import Training, prepare
from tests.benchmarks.processes import BARE_LOOP, DEFAULT_BOT, SPOTTER, Bot
from tests.benchmarks.tapping import Answered
from tests.support.databases import Sqlite

ACTIVE = tuple(map(int, os.environ.get("LIFTERS", "1 50 200 1000").split()))
SPARE = 400
"""Lifters who go on for those whose workout is full."""

BOTS = (SPOTTER, DEFAULT_BOT, BARE_LOOP)

IDLE, STEADY = 1, 200
"""How many lifters an idle bot has, and one under a steady load."""

PART_OF_SATURATION = 0.65


@dataclass(frozen=True)
class Measured:
    """One run: seconds, but for sets a second."""

    p50: float
    p99: float
    per_second: float
    cpu: float
    """Per logged set."""

    @classmethod
    def of(cls, answered: Answered, cpu: float) -> Measured:
        """`cpu` is what the whole run took."""
        sets = max(1, len(answered.waits))
        return cls(answered.quantile(0.5), answered.quantile(0.99), answered.per_second, cpu / sets)


def middle(runs: Sequence[Measured]) -> Measured:
    """The median of each figure."""
    return Measured(*(median(getattr(run, name) for run in runs) for name in ("p50", "p99", "per_second", "cpu")))


class Bench:
    """Measures on copies of one prepared database."""

    def __init__(self, folder: Path, template: Path, trainings: Sequence[Training], port: int) -> None:
        self._folder = folder
        self._template = template
        self._trainings = trainings
        self._port = port

    def _start(self, bot: Bot, way: str) -> AbstractAsyncContextManager[Course]:
        if way == "polling":
            return polling(bot, self._folder, self._template, self._trainings)
        return posting(self._folder, f"sqlite:///{copied(self._template, self._folder)}", self._trainings, [self._port])

    async def saturated(self, bot: Bot, active: int, way: str = "polling") -> Measured:
        """Each of the lifters taps again as soon as the card has come. Only Spotter can be posted to."""
        async with self._start(bot, way) as course:
            await course.tapping.begin(active)
            await course.tapping.measure(WARM_UP)
            before = course.cpu()
            answered = await course.tapping.measure(SECONDS)
            return Measured.of(answered, course.cpu() - before)

    async def steady(self, per_second: float, way: str) -> Measured:
        """So many taps a second of `STEADY` lifters."""
        async with self._start(SPOTTER, way) as course:
            await course.tapping.tap_steadily(per_second, STEADY, WARM_UP)
            before = course.cpu()
            answered = await course.tapping.tap_steadily(per_second, STEADY, SECONDS)
            return Measured.of(answered, course.cpu() - before)


async def test_waiting(sqlite: Sqlite, tmp_path: Path, unused_tcp_port: int) -> None:
    url = sqlite.create(tmp_path)
    trainings = await prepare(url, max(ACTIVE) + SPARE)
    bench = Bench(tmp_path / "run", tmp_path / "spotter.db", trainings, unused_tcp_port)
    (tmp_path / "run").mkdir()
    runs: defaultdict[tuple[Bot, int], list[Measured]] = defaultdict(list)
    for _ in range(RUNS):
        for active in ACTIVE:
            for bot in BOTS:
                runs[bot, active].append(await bench.saturated(bot, active))
    medians = {which: middle(found) for which, found in runs.items()}
    reached = {"polling": max(medians[SPOTTER, active].per_second for active in ACTIVE)}
    posted = [await bench.saturated(SPOTTER, STEADY, "webhook") for _ in range(RUNS)]
    reached["webhook"] = middle(posted).per_second
    rates = {way: PART_OF_SATURATION * per_second for way, per_second in reached.items()}
    idle, loaded = defaultdict[str, list[Measured]](list), defaultdict[str, list[Measured]](list)
    for _ in range(RUNS):
        for way, rate in rates.items():
            idle[way].append(await bench.saturated(SPOTTER, IDLE, way))
            loaded[way].append(await bench.steady(rate, way))
    print(_table(medians))  # noqa: T201 -- what a benchmark is for
    for way, rate in rates.items():
        print(_loaded(way, middle(idle[way]), middle(loaded[way]), rate))  # noqa: T201 -- as above
    assert all(run.per_second > 0 for run in medians.values())


def _table(medians: dict[tuple[Bot, int], Measured]) -> str:
    lines = [
        f"\nSQLite, {LATENCY * 1000:.0f} ms a call, medians of {RUNS} runs of {SECONDS:g} s",
        "| bot | active lifters | p50 | p99 | sets a second | CPU a set |",
        "| --- | --: | --: | --: | --: | --: |",
        *(_row(bot.name, active, run) for (bot, active), run in medians.items()),
    ]
    for active in ACTIVE:
        spotter, default, bare = (medians[bot, active] for bot in BOTS)
        lines.append(
            f"{active} lifters: {spotter.per_second / default.per_second:.1f} × the default bot's sets a second, "
            f"{spotter.cpu / bare.cpu:.2f} × the bare loop's CPU a set"
        )
    return "\n".join(lines)


def _loaded(way: str, idle: Measured, loaded: Measured, rate: float) -> str:
    return (
        f"{way}, {rate:.0f} taps a second, {PART_OF_SATURATION:.0%} of saturation: p50 {loaded.p50 * 1000:.0f} ms, p99 "
        f"{loaded.p99 * 1000:.0f} ms, {loaded.p99 / idle.p50:.2f} × the idle bot's p50 of {idle.p50 * 1000:.0f} ms"
    )


def _row(name: str, active: int, run: Measured) -> str:
    return (
        f"| {name} | {active:,} | {run.p50 * 1000:.0f} ms | {run.p99 * 1000:.0f} ms | {run.per_second:.1f} | "
        f"{run.cpu * 1000:.1f} ms |"
    )

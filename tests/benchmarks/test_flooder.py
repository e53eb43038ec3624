"""What 5,000 messages of one lifter do to the others: `make flooder` prints the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from statistics import median

import pytest

from simulator.driver import Lifter
from tests.benchmarks.course import LATENCY, RUNS, WARM_UP, Course, copied, polling, posting
from tests.benchmarks.given import given
from tests.benchmarks.prepared import Training, prepare
from tests.benchmarks.processes import SPOTTER
from tests.benchmarks.tapping import Answered
from tests.support.databases import Sqlite

MESSAGES = int(given("MESSAGES", 5000))
SECONDS = given("SECONDS", 60)
OTHERS = 100
TAPS = given("TAPS", 10)
"""A second, of all others together: each logs a set every ten seconds."""

SPARE = OTHERS
"""Those who warm up, and are others than those who are measured."""

Start = Callable[[], AbstractAsyncContextManager[Course]]


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_flooder(sqlite: Sqlite, tmp_path: Path, unused_tcp_port: int, way: str) -> None:
    trainings = await prepare(sqlite.create(tmp_path), OTHERS + SPARE + 1)
    template, folder = tmp_path / "spotter.db", tmp_path / "run"
    folder.mkdir()

    def start() -> AbstractAsyncContextManager[Course]:
        if way == "polling":
            return polling(SPOTTER, folder, template, trainings)
        return posting(folder, f"sqlite:///{copied(template, folder)}", trainings, [unused_tcp_port])

    calm, flooded = [], []
    for _ in range(RUNS):
        calm.append(await minute(start, trainings, messages=0))
        flooded.append(await minute(start, trainings, messages=MESSAGES))
    print(_table(way, calm, flooded))  # noqa: T201 -- what a benchmark is for


async def minute(start: Start, trainings: Sequence[Training], messages: int) -> Answered:
    """The waits of the others while the last of the lifters sends so many messages at once."""
    async with start() as course:
        await course.tapping.tap_steadily(TAPS, SPARE, WARM_UP)
        flooder = Lifter(course.telegram.people, trainings[-1].lifter_id)
        for _ in range(messages):
            await flooder.sends("hello")
        return await course.tapping.tap_steadily(TAPS, OTHERS, SECONDS)


def _table(way: str, calm: Sequence[Answered], flooded: Sequence[Answered]) -> str:
    what = f"{OTHERS} others, {TAPS:g} taps a second, medians of {RUNS} runs of {SECONDS:g} s"
    change = _middle(flooded, 0.99) / _middle(calm, 0.99) - 1
    return "\n".join(
        [
            f"\n{way}, SQLite, {LATENCY * 1000:.0f} ms a call, {what}",
            "| | p50 | p99 |",
            "| --- | --: | --: |",
            _row("alone", calm),
            _row(f"beside {MESSAGES:,} messages", flooded),
            f"p99: {change:+.0%}",
        ]
    )


def _row(name: str, runs: Sequence[Answered]) -> str:
    return f"| {name} | {_middle(runs, 0.5) * 1000:.0f} ms | {_middle(runs, 0.99) * 1000:.0f} ms |"


def _middle(runs: Sequence[Answered], part: float) -> float:
    return median(run.quantile(part) for run in runs)

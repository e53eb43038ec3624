"""What charts and exports cost, whoever asks for them and whoever logs meanwhile: `make progress` prints the figures.

Among 1,000,000 sets four lifters have 20,000 each. One process polls, on SQLite.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import select

from storage.database import Database
from storage.models import ExerciseExecution
from tests.benchmarks.course import LATENCY, RUNS, WARM_UP, Course, polling
from tests.benchmarks.filling import fill
from tests.benchmarks.given import given
from tests.benchmarks.lookers import Exporter, Looker
from tests.benchmarks.prepared import Training, prepare
from tests.benchmarks.processes import SPOTTER
from tests.benchmarks.tapping import Answered
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.databases import Sqlite
from training.clock import utc_now
from training.gym import open_gym

LONG, ORDINARY = 20_000, 990
"""Sets of one lifter."""

EXPORTERS, LOOKERS, OTHERS = 3, 20, 100
HISTORIES = [LONG] * (1 + EXPORTERS) + [ORDINARY] * 930

PICTURES = int(given("PICTURES", 200))
SECONDS = given("SECONDS", 20)
TAPS = given("TAPS", 20)
"""A second, of all others together: each logs a set every five seconds."""


@dataclass(frozen=True)
class Minute:
    """How long the others waited for their sets, and what was asked for meanwhile."""

    logged: Answered
    pictures: int = 0
    exports: int = 0
    memory: int = 0
    """The most that the bot and what it has started have taken, each for itself, in bytes."""


class Bench:
    """Measures on copies of one prepared database."""

    def __init__(
        self, folder: Path, template: Path, trainings: Sequence[Training], exercises: Mapping[int, Sequence[int]]
    ) -> None:
        """`exercises` are those of the lifters with a history, the longest first."""
        self._folder = folder
        self._template = template
        self._trainings = trainings
        self._exercises = exercises

    async def looked(self) -> Sequence[float]:
        """How long the lifter with 20,000 sets waits for one picture after the other; the very first comes first."""
        async with polling(SPOTTER, self._folder, self._template, self._trainings) as course:
            looker = self._lookers(course)[0]
            for _ in range(1 + PICTURES):
                await looker.asks()
            return looker.waits

    async def logged(self, *, busy: bool) -> Minute:
        """The others log; if it is busy, 20 lifters look at charts and 3 take their data away all the time."""
        async with polling(SPOTTER, self._folder, self._template, self._trainings) as course:
            lookers = self._lookers(course)[1 + EXPORTERS :][:LOOKERS]
            exporters = [Exporter(course.telegram, lifter_id) for lifter_id in list(self._exercises)[1 : 1 + EXPORTERS]]
            await course.tapping.tap_steadily(TAPS, OTHERS, WARM_UP)
            if not busy:
                return Minute(await course.tapping.tap_steadily(TAPS, OTHERS, SECONDS))
            await asyncio.gather(*(looker.asks() for looker in lookers))  # the first picture takes longer
            end = asyncio.Event()
            asking = [asyncio.create_task(asker.goes_on(end)) for asker in (*lookers, *exporters)]
            await course.tapping.tap_steadily(TAPS, OTHERS, WARM_UP)
            for asker in (*lookers, *exporters):
                asker.waits.clear()
            logged = await course.tapping.tap_steadily(TAPS, OTHERS, SECONDS)
            pictures, exports = (sum(len(asker.waits) for asker in askers) for askers in (lookers, exporters))
            end.set()
            await asyncio.gather(*asking)
            return Minute(logged, pictures, exports, course.memory())

    def _lookers(self, course: Course) -> list[Looker]:
        return [Looker(course.telegram, lifter_id, done) for lifter_id, done in self._exercises.items()]


async def test_progress(sqlite: Sqlite, tmp_path: Path) -> None:
    url = sqlite.create(tmp_path)
    exercises = await _filled(url)
    trainings = await prepare(url, 2 * OTHERS)
    bench = Bench(tmp_path / "run", tmp_path / "spotter.db", trainings, exercises)
    (tmp_path / "run").mkdir()
    first, *waits = await bench.looked()
    calm, busy = [], []
    for _ in range(RUNS):
        calm.append(await bench.logged(busy=False))
        busy.append(await bench.logged(busy=True))
    print(_table(first, Answered(waits, sum(waits)), calm, busy))  # noqa: T201 -- what a benchmark is for
    assert all(minute.pictures and minute.exports for minute in busy)


async def _filled(url: str) -> dict[int, list[int]]:
    """Fills the database; what each lifter whom this needs has done."""
    database = Database(url)
    try:
        await open_gym(database, FakeClock(), ManualAlarm(), admin_ids=[]).library.seed_built_in()
        filled = await fill(database, HISTORIES, utc_now())
        async with database.reading() as session:
            wanted = range(filled.busiest, filled.busiest + 1 + EXPORTERS + LOOKERS)
            query = select(ExerciseExecution.user_id, ExerciseExecution.exercise_id).distinct()
            rows = await session.execute(query.where(ExerciseExecution.user_id.in_(wanted)))
            done: dict[int, list[int]] = {lifter_id: [] for lifter_id in wanted}
            for lifter_id, exercise_id in rows:
                done[lifter_id].append(exercise_id)
            return done
    finally:
        await database.close()


def _table(first: float, looked: Answered, calm: Sequence[Minute], busy: Sequence[Minute]) -> str:
    what = f"{OTHERS} others, {TAPS:g} taps a second, medians of {RUNS} runs of {SECONDS:g} s"
    ratio = _middle(busy, 0.99) / _middle(calm, 0.99)
    return "\n".join(
        [
            f"\nSQLite, {LATENCY * 1000:.0f} ms a call; {len(looked.waits)} pictures for who has {LONG:,} sets:",
            _waits(looked),
            f"the very first: {first * 1000:.0f} ms",
            f"\n{what}",
            "| | p50 | p99 |",
            "| --- | --: | --: |",
            _row("alone", calm),
            _row(f"beside {LOOKERS} who look at charts and {EXPORTERS} who export", busy),
            f"p99: × {ratio:.2f}",
            f"meanwhile: {_median(busy, 'pictures'):.0f} pictures, {_median(busy, 'exports'):.0f} exports",
            f"memory: at most {max(one.memory for one in busy) >> 20} MiB",
        ]
    )


def _row(name: str, minutes: Sequence[Minute]) -> str:
    return f"| {name} | {_middle(minutes, 0.5) * 1000:.0f} ms | {_middle(minutes, 0.99) * 1000:.0f} ms |"


def _waits(looked: Answered) -> str:
    return f"p50 {looked.quantile(0.5) * 1000:.0f} ms, p99 {looked.quantile(0.99) * 1000:.0f} ms"


def _median(minutes: Sequence[Minute], name: str) -> float:
    figures: list[float] = [getattr(minute, name) for minute in minutes]
    return median(figures)


def _middle(minutes: Sequence[Minute], part: float) -> float:
    return median(minute.logged.quantile(part) for minute in minutes)

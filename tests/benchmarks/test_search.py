"""How long a search takes among 5,000 exercises, and how long comparing the text with every name takes: `make search`
prints the figures.

Both are medians of samples taken in turn in one run, in the process that runs the bot. Merely reading every name is
taken too: no comparing in the process can be quicker.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from itertools import islice, product
from statistics import median

from sqlalchemy import insert, text

from storage import finding
from storage.catalogue import built_in
from storage.database import Database
from storage.models import Exercise, ExerciseAlias
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.name_key import name_key
from tests.benchmarks.given import given
from tests.support.rows import LIFTER, add_lifter
from tests.support.scanning import names_seen, scanned
from training.gym import Gym

EXERCISES = 5000
OWN = 300
SAMPLES = int(given("SAMPLES", 9))

TEXTS = {
    "an alias": "ohp",
    "a name": "Bench Press (Dumbbell)",
    "a word of many": "press",
    "words in another order": "row cable seated",
    "abbreviations and plurals": "incline db flies",
    "a slip": "romainian deadlift",
    "a slip in one word": "sqaut",
    "nothing known": "where is my towel",
}

_WAYS = ("Tempo", "Paused", "Wide-Grip", "Close-Grip", "Deficit", "Slow", "Explosive", "Isometric", "Offset", "Cluster")
_BODIES = ("Standing", "Seated", "Kneeling", "Half-Kneeling", "Incline", "Decline", "Lying", "Single-Arm", "Single-Leg")
_LIFTS = (
    "Press",
    "Row",
    "Curl",
    "Raise",
    "Fly",
    "Squat",
    "Lunge",
    "Deadlift",
    "Pulldown",
    "Extension",
    "Shrug",
    "Chop",
)
_THINGS = ("Barbell", "Dumbbell", "Cable", "Machine", "Band", "Kettlebell", "Landmine", "Suspension")


def _made_up() -> Iterator[tuple[str, str, str]]:
    """Names as libraries have them, each with two aliases."""
    known = {entry.name for entry in built_in()}
    for way, body, lift, thing in product(_WAYS, _BODIES, _LIFTS, _THINGS):
        name = f"{way} {body} {lift} ({thing})"
        if name not in known:
            yield name, f"{thing} {way} {body} {lift}", f"{way} {lift} {body} with {thing}"


async def _fill(database: Database, gym: Gym) -> None:
    await gym.library.seed_built_in()
    await add_lifter(database)
    first = 1_000_000
    made_up = list(islice(_made_up(), EXERCISES - len(built_in())))
    exercises: list[Mapping[str, object]] = [
        {
            "id": first + place,
            "user_id": LIFTER if place < OWN else None,
            "name": name,
            "name_key": name_key(name),
            "body_part": BodyPart.BACK,
            "modality": Modality.OTHER,
            "measure": Measure.WEIGHT_REPS,
        }
        for place, (name, *_) in enumerate(made_up)
    ]
    aliases: list[Mapping[str, object]] = [
        {"exercise_id": first + place, "alias": alias, "alias_key": name_key(alias)}
        for place, (_, *others) in enumerate(made_up)
        for alias in others
    ]
    async with database.writing() as session:
        await session.execute(insert(Exercise), exercises)
        await session.execute(insert(ExerciseAlias), aliases)


async def _milliseconds(*operations: Callable[[], Awaitable[object]]) -> list[float]:
    """The median of each, sampled in turn."""
    samples: list[list[float]] = [[] for _ in operations]
    for _ in range(SAMPLES):
        for taken, operation in zip(samples, operations, strict=True):
            started = time.perf_counter()
            await operation()
            taken.append(1000 * (time.perf_counter() - started))
    return [median(taken) for taken in samples]


async def test_a_search_among_thousands_is_quicker_than_comparing_with_every_name(database: Database, gym: Gym) -> None:
    await _fill(database, gym)

    async def read() -> int:
        async with database.reading() as session:
            return len(await names_seen(session, LIFTER))

    async def scan(key: str) -> list[str]:
        async with database.reading() as session:
            names = await names_seen(session, LIFTER)
            return [name.name for name in scanned(key, names, await finding.uses(session, LIFTER))]

    report = [
        f"{database.engine.dialect.name}: {EXERCISES:,} exercises, {await read():,} names; medians of {SAMPLES} in ms",
        f"{'':<28}{'search':>9}{'scan':>9}{'ratio':>8}{'reading':>9}{'ratio':>8}",
    ]
    slower = {}
    for analysed in (False, True):
        if analysed:
            async with database.engine.connect() as connection:
                autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await autocommit.execute(text("ANALYZE"))
        report.append("after ANALYZE" if analysed else "right after they were inserted")
        for kind, written in TEXTS.items():
            expected = await scan(name_key(written))
            page = await gym.library.search(LIFTER, written)
            assert page.total == len(expected), written
            assert [choice.name for choice in page.choices][:1] == expected[:1], written
            ours, scanning, reading = await _milliseconds(
                partial(gym.library.search, LIFTER, written), partial(scan, name_key(written)), read
            )
            report.append(
                f"  {kind:<26}{ours:>9.2f}{scanning:>9.2f}{scanning / ours:>8.1f}{reading:>9.2f}{reading / ours:>8.1f}"
            )
            if ours >= scanning:
                slower[kind] = (ours, scanning)
    print("\n" + "\n".join(report))  # noqa: T201 -- what a benchmark is for
    assert slower == {}

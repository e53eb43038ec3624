"""Every picture of six histories is drawn, and its numbers are what a plain look at the sets comes to.

CHARTS=folder in the environment keeps all the pictures there, to be looked at, with their captions; EXAMPLES=folder
those that the docs show.
"""

from __future__ import annotations

import io
import os
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from handlers.charts.chart import Bars, Chart, Trend
from handlers.charts.drawing import drawn
from handlers.charts.paper import WIDTH
from handlers.progress import charts, views
from handlers.progress.buttons import OfWeeks
from handlers.reminders import views as reminders
from handlers.screen import LONGEST_CAPTION, Screen, length_of
from handlers.summary import growth
from storage import lifters
from storage.database import Database
from storage.models import Exercise
from storage.values.figure import Figure
from storage.values.lifted import SetEntry, SetKind
from tests.hosting.dockerfile import ROOT
from tests.support.clock import MONDAY_EVENING, FakeClock
from tests.support.databases import SeededLibrary
from tests.support.histories import (
    BENCH,
    CARRY,
    HISTORIES,
    LONG_NAME,
    PLANK,
    PULL_UP,
    RUNNING,
    SQUAT,
    THURSDAY_EVENING,
    WEIGHTED_PLANK,
    History,
    add_history,
)
from tests.support.rows import LIFTER, add_lifter
from training.gym import Gym
from training.trends import FIGURES, Span
from training.week import week_of

FOLLOWED = (BENCH, SQUAT, PULL_UP, LONG_NAME, PLANK, WEIGHTED_PLANK, RUNNING, CARRY)
EXAMPLES = {
    ("three_years", "weeks sets"): "weeks",
    ("three_years", f"{BENCH} e a"): "years",
    ("in_pounds", f"{BENCH} e y"): "pounds",
    ("against_the_clock", f"{RUNNING} f a"): "distance",
    ("three_years", "parts"): "parts",
    ("three_years", "year"): "calendar",
}
"""The pictures that the docs show, and how they are called there."""


QUARTER_AGO = date(2025, 10, 8)
KEEPS = "CHARTS" in os.environ or "EXAMPLES" in os.environ
LATE = 40
"""Workouts among which a record is looked for."""

SUNDAY_EVENING = MONDAY_EVENING - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen with its picture, if it has one."""

    name: str
    chart: Chart | None
    screen: Screen


@pytest.fixture(params=HISTORIES)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def history(kind: str) -> History:
    return HISTORIES[kind]()


@pytest.fixture
async def seen(
    history: History, database: Database, database_url: str, library: SeededLibrary, gym: Gym, clock: FakeClock
) -> Mapping[str, Seen]:
    """Every screen of progress that the lifter can get, and the pictures that come by themselves."""
    library.copy_to(database_url)
    clock.now = THURSDAY_EVENING
    await add_lifter(database, unit=history.unit)
    async with database.reading() as session:
        ids = {name: number for number, name in await session.execute(select(Exercise.id, Exercise.name))}
    workouts = await add_history(database, LIFTER, history, ids)
    found = [*await looked_at(gym, history, ids), *await came_by_themselves(database, gym, workouts)]
    return {one.name: one for one in found}


async def looked_at(gym: Gym, history: History, ids: Mapping[str, int]) -> Sequence[Seen]:
    overview = await gym.progress.overview(LIFTER)
    found = [
        Seen(f"weeks {drawn.name.lower()}", charts.weeks(overview, drawn), views.overview(overview, drawn))
        for drawn in OfWeeks
    ]
    for name in FOLLOWED:
        if history.sessions and not any(history.of(name)):
            continue
        exercise = await gym.progress.exercise(LIFTER, ids[name])
        found.append(Seen(f"{name} opened", charts.trend(exercise), views.exercise(exercise)))
        for figure in FIGURES[exercise.measure]:
            for span in Span if KEEPS else (Span.QUARTER, Span.ALL):
                one = await gym.progress.exercise(LIFTER, ids[name], figure, span)
                found.append(Seen(f"{name} {figure} {span}", charts.trend(one), views.exercise(one)))
    parts = await gym.progress.parts(LIFTER)
    found.append(Seen("parts", charts.parts(parts), views.parts(parts)))
    for year in (None, 2025):
        days = await gym.progress.year(LIFTER, year)
        found.append(Seen("year" if year is None else str(year), charts.year(days), views.year(days)))
    return found


async def came_by_themselves(database: Database, gym: Gym, workouts: Sequence[int]) -> Sequence[Seen]:
    """What follows a summary with a record, the latest that there is, and the weekly summary of last Sunday."""
    found = []
    for workout_id in workouts[:-LATE:-1]:
        done = (await gym.workouts.finished(LIFTER, workout_id)).summary
        if done is not None and done.grown is not None:
            performed, kind = done.grown
            grown = await gym.record_book.growth(
                LIFTER, performed.exercise_id, kind, workout_id=workout_id, revision=done.revision
            )
            if grown is not None:
                found.append(Seen("growth", growth.chart(grown), growth.caption(grown)))
                break
    async with database.reading() as session:
        week = await week_of(session, await lifters.by_id(session, LIFTER), SUNDAY_EVENING)
    if week is not None:
        found.append(Seen("weekly summary", reminders.weeks_chart(week), reminders.week(week)))
    return found


def in_every_run(seen: Mapping[str, Seen]) -> set[str]:
    """What is drawn in every run: of each figure one exercise of all time, and all that is of no exercise."""
    found, drawn_figures = set(), set()
    for name in seen:
        figure = name[-3:] if name.startswith(FOLLOWED) else name
        is_whole = not name.startswith(FOLLOWED) or name.endswith(f" {Span.ALL}")
        if is_whole and figure not in drawn_figures:
            drawn_figures.add(figure)
            found.add(name)
    return found


def test_every_picture_of_a_history_is_drawn_and_has_the_numbers_of_its_sets(
    kind: str, history: History, seen: Mapping[str, Seen]
) -> None:
    draws_all(kind, seen)
    if not history.sessions:
        for one in seen.values():
            assert one.chart is None, one.name
            assert re.search(r"\b(no|not|nothing)\b", one.screen.text.lower()), one.name
        return
    has_the_lines_of_its_sets(history, seen)
    has_the_weeks_of_its_sets(history, seen)


def draws_all(kind: str, seen: Mapping[str, Seen]) -> None:
    everything, examples = os.environ.get("CHARTS"), os.environ.get("EXAMPLES")
    chosen = seen.keys() if KEEPS else in_every_run(seen)
    for one in seen.values():
        assert length_of(one.screen.text) <= LONGEST_CAPTION
        if one.chart is None or one.name not in chosen:
            continue
        picture = drawn(one.chart)
        width, height = Image.open(io.BytesIO(picture)).size
        assert width == WIDTH
        assert WIDTH / 3 < height < WIDTH * 1.2, one.name
        if everything:
            keep(picture, everything, f"{kind} {one.name}")
            Path(everything, f"{kind} {one.name}.txt").write_text(described(one.screen))
        if examples and (kind, one.name) in EXAMPLES:
            keep(picture, examples, EXAMPLES[kind, one.name])


def keep(picture: bytes, folder: str, name: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, f"{name}.png").write_bytes(picture)


def described(screen: Screen) -> str:
    return "\n".join([screen.text, *(" | ".join(button.text for button in row) for row in screen.rows)])


def has_the_lines_of_its_sets(history: History, seen: Mapping[str, Seen]) -> None:
    for name in FOLLOWED:
        for figure, plain in PLAIN.items():
            one = seen.get(f"{name} {figure} {Span.QUARTER}")
            if one is None:
                continue
            days = [(on, plain(entries)) for on, entries in history.of(name) if on >= QUARTER_AGO]
            expected = [(on, float(value)) for on, value in days if value is not None]
            points = one.chart.points if isinstance(one.chart, Trend) else ()
            assert [(point.on, point.value) for point in points] == expected, one.name


def counted(entries: Sequence[SetEntry]) -> Sequence[SetEntry]:
    return [one for one in entries if one.kind is not SetKind.WARM_UP]


def heaviest(entries: Sequence[SetEntry]) -> Decimal | None:
    return max((one.weight.amount for one in counted(entries) if one.weight is not None), default=None)


def most_reps(entries: Sequence[SetEntry]) -> int | None:
    return max((one.clean_reps for one in counted(entries) if one.clean_reps is not None), default=None)


def longest(entries: Sequence[SetEntry]) -> int | None:
    return max((one.duration for one in counted(entries) if one.duration is not None), default=None)


def all_time(entries: Sequence[SetEntry]) -> int | None:
    return sum(one.duration or 0 for one in counted(entries)) or None


def volume(entries: Sequence[SetEntry]) -> Decimal | int | None:
    lifted = [one.weight.amount * (one.clean_reps or 0) for one in counted(entries) if one.weight is not None]
    return sum(one for one in lifted if one > 0) or None


def distances(entries: Sequence[SetEntry]) -> Sequence[Decimal]:
    return [one.distance.amount for one in counted(entries) if one.distance is not None]


PLAIN: Mapping[Figure, Callable[[Sequence[SetEntry]], Decimal | int | None]] = {
    Figure.HEAVIEST: heaviest,
    Figure.VOLUME: volume,
    Figure.MOST_REPS: most_reps,
    Figure.REPS: lambda entries: sum(one.clean_reps or 0 for one in counted(entries)) or None,
    Figure.LONGEST: longest,
    Figure.TIME: all_time,
    Figure.FARTHEST: lambda entries: max(distances(entries), default=None),
    Figure.DISTANCE: lambda entries: sum(distances(entries)) or None,
}
"""In the units in which it was lifted and is shown, all of it in the same."""


def has_the_weeks_of_its_sets(history: History, seen: Mapping[str, Seen]) -> None:
    shown = seen["weeks sets"].chart
    assert isinstance(shown, Bars)
    monday = MONDAY_EVENING.date()
    sets: dict[int, int] = defaultdict(int)
    for session in history.sessions:
        weeks_ago = -((session.began.date() - monday).days // 7)
        sets[weeks_ago] += sum(len(counted(entries)) for entries in session.performed.values())
    assert [bar.value for bar in shown.bars] == [sets[ago] for ago in reversed(range(len(shown.bars)))]
    assert [bar.text for bar in shown.bars] == [str(round(bar.value)) for bar in shown.bars]


def test_the_docs_show_the_examples() -> None:
    page = (ROOT / "docs" / "progress.md").read_text()
    assert sorted(re.findall(r'src="pictures/progress/(\w+)\.png"', page)) == sorted(EXAMPLES.values())
    for name in EXAMPLES.values():
        with Image.open(ROOT / "docs" / "pictures" / "progress" / f"{name}.png") as picture:
            assert picture.width == WIDTH

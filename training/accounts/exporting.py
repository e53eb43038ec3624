"""Everything that is a lifter's as a file: all of one moment, read page by page.

It keeps whoever runs it busy for as long as it takes: the bot has it done by a process of its own.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from storage import lifters, reminders, taking_out, workouts
from storage.database import Database, ReadSession
from storage.models import User
from storage.taking_out import KnownExercise, WholeWorkout
from training.accounts.format import COMPRESSED_FROM, ExportKind
from training.accounts.rows_of_sets import csv_head, csv_rows, strong_head, strong_rows
from training.accounts.writing import exercise_of, head, reminders_of, settings_of, text_of, workout_of
from training.clock import Clock

_AT_ONCE = 10
"""Workouts that are read and written at a time."""

Progress = Callable[[int, int], None]
"""Is told how many of how many workouts are done. A transaction is open: it may only take note of it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file with the lifter's data, and how many workouts are in it."""

    name: str
    content: bytes
    workouts: int


class Export(Protocol):
    """Who writes a lifter's data down; see `Exports.export`."""

    async def export(
        self, lifter_id: int, kind: ExportKind, untitled: str, progress: Progress | None = None
    ) -> Exported:
        """All that is the lifter's."""


class Exports:
    """What a lifter takes away, written down in this process. Nothing is changed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def export(
        self, lifter_id: int, kind: ExportKind, untitled: str, progress: Progress | None = None
    ) -> Exported:
        """All that is the lifter's: the same content as long as nothing changes. A large file is compressed.

        `untitled` is what workouts without a title are called in Strong's layout. `progress` is told how many of how
        many workouts are done. All of it is of one moment: one transaction is open, which only reads.
        """
        parts: list[str] = []
        async with self._database.reading_long() as session:
            user = await lifters.by_id(session, lifter_id)
            total = await workouts.count(session, lifter_id)
            known = await taking_out.exercises(session, lifter_id)
            writer = await _writer(session, user, known, kind, untitled)
            parts.append(writer.begins)
            done, after = 0, None
            while page := await taking_out.page(session, lifter_id, after, _AT_ONCE):
                parts += [writer.before_first if after is None else writer.between, writer.page(page)]
                done, after = done + len(page), page[-1]
                if progress is not None:
                    progress(done, total)
            parts.append(writer.ends)
        now = self._clock().astimezone(ZoneInfo(user.time_zone))
        name = f"spotter-{now:%Y-%m-%d}.json" if kind is ExportKind.JSON else f"spotter-{kind}-{now:%Y-%m-%d}.csv"
        return _packed(name, "".join(parts).encode(), done)


def _packed(name: str, content: bytes, workouts: int) -> Exported:
    if len(content) < COMPRESSED_FROM:
        return Exported(name, content, workouts)
    return Exported(f"{name}.gz", gzip.compress(content, mtime=0), workouts)


@dataclass(frozen=True, slots=True)
class _Writer:
    """How a file begins and ends, what a page of workouts is in it, and what stands before the first and the others."""

    begins: str
    page: Callable[[Sequence[WholeWorkout]], str]
    before_first: str = ""
    between: str = ""
    ends: str = ""


async def _writer(
    session: ReadSession, user: User, known: Sequence[KnownExercise], kind: ExportKind, untitled: str
) -> _Writer:
    zone = ZoneInfo(user.time_zone)
    exercises = {one.exercise.id: one.exercise for one in known}

    def as_json(page: Sequence[WholeWorkout]) -> str:
        return ",\n".join(text_of(workout_of(workout, places)) for workout in page)

    def as_csv(page: Sequence[WholeWorkout]) -> str:
        return "".join(csv_rows(workout, exercises, zone) for workout in page)

    def as_strong(page: Sequence[WholeWorkout]) -> str:
        return "".join(strong_rows(workout, exercises, zone, untitled) for workout in page)

    match kind:
        case ExportKind.CSV:
            return _Writer(csv_head(), as_csv)
        case ExportKind.STRONG:
            return _Writer(strong_head(), as_strong)
        case ExportKind.JSON:
            places = {one.exercise.id: place for place, one in enumerate(known)}
            plan = await reminders.plan_of(session, user.id)
            wanted = reminders_of(plan, await reminders.of_lifter(session, user.id))
            listed = ",\n".join(text_of(exercise_of(one)) for one in known)
            begins = (
                f'{head()},\n"settings": {text_of(settings_of(user))},\n"reminders": {text_of(wanted)},\n'
                f'"exercises": [{_on_lines(listed)}],\n"workouts": ['
            )
            return _Writer(begins, as_json, before_first="\n", between=",\n", ends="\n]\n}\n")


def _on_lines(listed: str) -> str:
    return f"\n{listed}\n" if listed else ""

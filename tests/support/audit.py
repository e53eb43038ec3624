"""The bot's data held against what its lifters remember."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise

from sqlalchemy import func, select

from storage.database import Database
from storage.models import ExerciseExecution, JournalRow, Set, Workout
from storage.values.chat import WAITING, JournalStatus
from tests.support.regulars import Entry, Regular
from tests.support.waiting import until


@dataclass(frozen=True)
class Audit:
    """What was found. Only the first two may be anything but nothing."""

    typed: int
    tapped: int
    lost: int
    doubled: int
    out_of_order: int
    unanswered: int
    """Lifters in whose chat no message shows everything."""
    set_aside: int

    def faults(self) -> dict[str, int]:
        """What should not be, by name."""
        found = zip((field.name for field in fields(self)), astuple(self), strict=True)
        return {name: number for name, number in found if number and name not in {"typed", "tapped"}}


async def audit(database: Database, regulars: Sequence[Regular]) -> Audit:
    """Waits until the journal has nothing left to be done, and counts."""
    await until(lambda: _nothing_waits(database))
    data = await _logged(database)
    remembered = {regular.lifter.id: regular.logged for regular in regulars}
    entries = [entry for logged in remembered.values() for entry in logged]
    typed = sum(entry.is_typed for entry in entries)
    found = {lifter_id: data.get(lifter_id, []) for lifter_id in remembered}
    return Audit(
        typed=typed,
        tapped=len(entries) - typed,
        lost=sum(_more(remembered[one], found[one]) for one in remembered),
        doubled=sum(_more(found[one], remembered[one]) for one in remembered),
        out_of_order=sum(map(_descents, found.values())),
        unanswered=sum(not regular.finds_all_in_chat() for regular in regulars),
        set_aside=await _how_many(database, JournalStatus.SET_ASIDE),
    )


async def _logged(database: Database) -> dict[int, list[Entry]]:
    """Everybody's sets in their order."""
    ordered = (
        select(Workout.user_id, Set)
        .join(ExerciseExecution, ExerciseExecution.workout_id == Workout.id)
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .order_by(Workout.id, ExerciseExecution.position, Set.position)
    )
    found: dict[int, list[Entry]] = {}
    async with database.reading() as session:
        for lifter_id, row in await session.execute(ordered):
            assert row.entry.weight is not None
            found.setdefault(lifter_id, []).append(Entry(int(row.entry.weight.amount), row.entry.note))
    return found


async def _nothing_waits(database: Database) -> bool:
    return not await _how_many(database, *WAITING)


async def _how_many(database: Database, *statuses: JournalStatus) -> int:
    async with database.reading() as session:
        counted = select(func.count()).select_from(JournalRow).where(JournalRow.status.in_(statuses))
        return await session.scalar(counted) or 0


def _more(these: Sequence[Entry], those: Sequence[Entry]) -> int:
    """How many of these there are beyond those."""
    return (Counter(these) - Counter(those)).total()


def _descents(entries: Sequence[Entry]) -> int:
    """How often a set stands behind one that was logged after it: weights rise, and taps repeat what was typed."""
    ranks = [(entry.weight, not entry.is_typed) for entry in entries]
    return sum(later < earlier for earlier, later in pairwise(ranks))

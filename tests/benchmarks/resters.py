"""Lifters whose rests are set straight in the database, and what their chats are told of it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import select

from simulator.feeds import Event
from simulator.server import Simulator
from storage.database import Database
from storage.models import ExerciseExecution, RestTimer, Workout
from storage.values.chat import RestState
from tests.benchmarks.prepared import Training, put_cards

_LENGTH = timedelta(minutes=2)


@dataclass(frozen=True)
class Rest:
    """A rest that was to end at `due`, and when its lifter was told so: seconds since the epoch."""

    due: float
    told: tuple[float, ...]

    @property
    def late(self) -> float:
        """Seconds from its end until its lifter was told first."""
        return self.told[0] - self.due


@dataclass(frozen=True)
class Heard:
    """What has become of rests."""

    rests: Sequence[Rest]

    @property
    def missing(self) -> int:
        """Rests whose end nobody was told."""
        return sum(not rest.told for rest in self.rests)

    @property
    def doubled(self) -> int:
        """Rests whose end was told more than once."""
        return sum(len(rest.told) > 1 for rest in self.rests)

    def late(self, part: float) -> float:
        """Seconds within which that part was told."""
        ordered = sorted(rest.late for rest in self.rests if rest.told)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")

    @property
    def overtaken_by(self) -> float:
        """By how many seconds at most a rest was due before another whose end was told earlier."""
        latest = most = 0.0
        for rest in sorted((rest for rest in self.rests if rest.told), key=lambda rest: rest.told[0]):
            latest = max(latest, rest.due)
            most = max(most, latest - rest.due)
        return most


class Resters:
    """Each of the lifters is in a workout, and is told of nothing but of rests."""

    def __init__(self, telegram: Simulator, database: Database, trainings: Sequence[Training]) -> None:
        put_cards(telegram, trainings)
        self.ids = [training.lifter_id for training in trainings]
        self._database = database
        self._due: dict[int, float] = {}
        self._told: defaultdict[int, list[float]] = defaultdict(list)
        for lifter_id in self.ids:
            telegram.people.listen(lifter_id, partial(self._hears, lifter_id))

    async def rest_until(self, due: Mapping[int, float]) -> None:
        """More rests, of these lifters, end at these times, in seconds since the epoch. A lifter has one."""
        self._due.update(due)
        where = (
            select(ExerciseExecution.user_id, ExerciseExecution.workout_id, ExerciseExecution.id)
            .join(Workout)
            .where(Workout.finished_at.is_(None), Workout.user_id.in_(due))
        )
        async with self._database.writing() as session:
            opened = {lifter_id: ids for lifter_id, *ids in await session.execute(where)}
            for lifter_id, at in due.items():
                workout_id, execution_id = opened[lifter_id]
                due_at = datetime.fromtimestamp(at, UTC)
                session.add(
                    RestTimer(
                        user_id=lifter_id,
                        workout_id=workout_id,
                        execution_id=execution_id,
                        started_at=due_at - _LENGTH,
                        due_at=due_at,
                        state=RestState.RUNNING,
                    )
                )

    async def all_told(self) -> bool:
        """Whether every one of these rests has been told."""
        return self._told.keys() >= self._due.keys()

    def heard(self) -> Heard:
        """What has become of them so far."""
        return Heard([Rest(at, tuple(self._told.get(lifter_id, ()))) for lifter_id, at in self._due.items()])

    def _hears(self, lifter_id: int, event: Event) -> None:
        if event["type"] == "message":
            self._told[lifter_id].append(time.time())

"""What comes next on the card: which exercise, and how its suggested set is turned. Each press counts, none logs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from storage import performing
from storage.database import Database, WriteSession
from storage.values.lifted import SetEntry
from training.card import Card, OpenWorkout, card_of, read_open, rest_until, suggestion_of
from training.clock import Clock
from training.dials import Dial, Turned, as_turned, is_possible, kind_after, with_turned
from training.errors import NoOpenWorkoutError, NothingToLogError, StaleButtonError
from training.open_workout import focus_time
from training.preferring import step_of


class NextSet:
    """Turns the set that the card suggests. What is done here is no change to take back: nothing was lifted."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def turn(self, lifter_id: int, execution_id: int, dial: Dial, steps: int) -> Card:
        """Turns a dial of the suggested set by so many steps, as far as a set goes: a step too far changes nothing.

        Raises NoOpenWorkoutError, StaleButtonError where another exercise is the current one, and NothingToLogError.
        """
        async with self._opened(lifter_id) as (session, opened):
            await _turn(session, opened, execution_id, lambda turned, _: turned.by(dial, steps))
            return await card_of(session, opened, await rest_until(session, lifter_id))

    async def change_kind(self, lifter_id: int, execution_id: int) -> Card:
        """Makes the suggested set one of the next kind: working, warm-up, drop, AMRAP, and around again.

        Raises as `turn` does.
        """
        async with self._opened(lifter_id) as (session, opened):
            await _turn(
                session, opened, execution_id, lambda turned, shown: replace(turned, kind=kind_after(shown.kind))
            )
            return await card_of(session, opened, await rest_until(session, lifter_id))

    async def go_to(self, lifter_id: int, execution_id: int) -> Card:
        """Makes this execution of the open workout the current one.

        Raises NoOpenWorkoutError, and StaleButtonError if the workout has no such execution (any more).
        """
        async with self._opened(lifter_id) as (session, opened):
            wanted = next((done for done in opened.executions if done.id == execution_id), None)
            current = opened.current
            if wanted is None or current is None:
                raise StaleButtonError
            if wanted is not current:
                wanted.focused_at = focus_time(opened, self._clock())
                opened.workout.revision += 1
                await session.flush()
            return await card_of(session, opened, await rest_until(session, lifter_id))

    @asynccontextmanager
    async def _opened(self, lifter_id: int) -> AsyncIterator[tuple[WriteSession, OpenWorkout]]:
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            if found is None:
                raise NoOpenWorkoutError
            yield session, await read_open(session, *found)


async def _turn(
    session: WriteSession, opened: OpenWorkout, execution_id: int, turn: Callable[[Turned, SetEntry], Turned]
) -> None:
    """Turns what is shown, if it leaves a set. What the button on an older card would log stands there no more."""
    current = opened.current
    if current is None or current.id != execution_id:
        raise StaleButtonError
    suggestion = await suggestion_of(session, opened, current)
    if suggestion is None:
        raise NothingToLogError
    exercise = current.exercise
    step = step_of(opened.user, exercise, opened.preferences[exercise.id])
    shown = as_turned(suggestion, exercise.measure, current.turned, step)
    turned = turn(Turned.read(current.turned), shown)
    changed = with_turned(suggestion, exercise.measure, turned, step)
    if changed != shown and is_possible(changed, exercise.measure):
        current.turned = turned.stored()
        opened.workout.revision += 1
        await session.flush()

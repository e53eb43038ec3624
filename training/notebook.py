"""Lines typed in the chat, as in a paper notebook: sets and exercise names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from storage import changes, lifters, performing
from storage.database import Database
from storage.values.change import ChangeKind
from training.alike import latest_finished
from training.clock import Alarm, Clock
from training.errors import (
    Asked,
    ChoiceNeededError,
    NoExerciseError,
    StaleButtonError,
    TrainingError,
    UndecidedSetError,
    UnitNotChosenError,
    UnknownExerciseError,
    UnreadableSetError,
)
from training.library import search
from training.matches import Matches
from training.open_workout import Logged
from training.swapping import InsteadOf
from training.typed_line import Line, NotLookedForError, Waiting, Written
from training.workouts import set_alarm

_REFUSALS = (ChoiceNeededError, NoExerciseError, UndecidedSetError, UnknownExerciseError, UnreadableSetError)
"""Of a line that can't be written as it stands: its lifter can say what is meant."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A workout was opened again for a line that can't be written in it as it stands; why it can't."""

    refusal: TrainingError


class Notebook:
    """Understands what a lifter types, and does it.

    What can't be done as it stands is raised, and changes nothing: ChoiceNeededError where several exercises are meant,
    UndecidedSetError where a set can be read in several ways, UnreadableSetError, UnknownExerciseError, NoExerciseError
    and NoOpenWorkoutError where something is missing, UnitNotChosenError before the first workout.

    `message_id` is the lifter's message with the text: editing it amends the sets.
    """

    def __init__(self, database: Database, clock: Clock, alarm: Alarm) -> None:
        self._database = database
        self._clock = clock
        self._alarm = alarm

    async def write(self, lifter_id: int, text: str, message_id: int | None = None) -> Written:
        """Sets are logged, an exact exercise name picks it, part of a name offers what has it.

        Whatever an exercise is called: what reads as nothing but sets of the current one is sets.
        Without an open workout an exercise is offered, not picked: a chat message alone starts nothing. Numbers and
        symbols alone are no part of a name: 1:30 is meant as a time, wherever it is refused.
        """
        try:
            async with self._line(lifter_id, text, message_id) as line:
                return await line.write()
        except NotLookedForError as name:
            raise ChoiceNeededError(await self._looked_for(lifter_id, name)) from None

    async def pick(
        self,
        lifter_id: int,
        text: str,
        message_id: int | None = None,
        instead_of: InsteadOf | None = None,
        waiting: Waiting | None = None,
    ) -> Written:
        """While an exercise is being picked: the one that the text names, wholly or as the only one.

        With `instead_of` it takes that place, and what `Picking.swap` refuses is refused; what is `waiting` for it is
        logged, as by `write_for`. What is no whole name but reads as a set of the current exercise is logged: the
        picker was left open. What would be a set of another exercise, without a letter in it, is refused as a set.
        """
        try:
            async with self._line(lifter_id, text, message_id) as line:
                return await line.write_or_pick(instead_of, waiting)
        except NotLookedForError as name:
            exercise_id = await self._only_found(lifter_id, name)
        async with self._line(lifter_id, text, message_id) as line:
            return await line.pick(exercise_id, instead_of, waiting)

    async def write_for(self, lifter_id: int, exercise_id: int, waiting: Waiting) -> Written:
        """Picks the exercise and logs what waited for it, starting a workout if need be: that is one change.

        What can't be logged as it stands waits no more: the exercise is Picked alone. Raises NotFoundError.
        """
        async with self._line(lifter_id, waiting.text, None) as line:
            return await line.pick(exercise_id, waiting=waiting)

    async def write_new(self, lifter_id: int, latest_id: int, exercise_id: int, waiting: Waiting) -> Written:
        """As `write_for`, in a new workout, once: StaleButtonError if one has been begun after the latest one."""
        async with self._line(lifter_id, waiting.text, None) as line:
            past = await latest_finished(line.session, lifter_id, limit=1)
            if line.workout is not None or (past[0].workout.id if past else 0) != latest_id:
                raise StaleButtonError
            return await line.pick(exercise_id, waiting=waiting)

    async def write_set(self, lifter_id: int, text: str, message_id: int | None = None) -> Written:
        """Logs sets of the current exercise, or of the one named first, starting a workout for it if need be.

        A name alone picks the exercise; before sets one that is written otherwise will do, if it says what is meant.
        """
        try:
            async with self._line(lifter_id, text, message_id) as line:
                return await line.write_set(await line.named_first())
        except NotLookedForError as name:
            named = await self._only_found(lifter_id, name), name.followed_by
        async with self._line(lifter_id, text, message_id) as line:
            return await line.write_set(named)

    async def write_answer(self, lifter_id: int, asked: Asked, text: str) -> Logged:
        """Logs the reading that the lifter chose of a line that had several, picking the exercise that it named.

        Raises StaleButtonError, and NotFoundError if the exercise is gone.
        """
        async with self._line(lifter_id, text, asked.message_id) as line:
            if replace(line.asked, exercise_id=asked.exercise_id) != asked:
                raise StaleButtonError
            if asked.exercise_id is not None:
                await line.focus(asked.exercise_id)
            read = await line.read()
            if line.workout is None:  # nobody is asked about a line that could go nowhere
                raise StaleButtonError
            if read is None:
                raise NoExerciseError
            return await line.log(read)

    async def write_late(self, lifter_id: int, workout_id: int, revision: int, waiting: Waiting) -> Written | Unwritten:
        """Opens the workout again that was finished meanwhile, and writes the line, as `write`: that is one change.

        What can't be written as it stands opens it all the same, and is Unwritten: the lifter is asked about it there.
        Raises StaleButtonError if a workout is open by now or this one has changed, NotFoundError if it is gone.
        """
        async with self._line(lifter_id, waiting.text, waiting.message_id) as line:
            line.parts = waiting.parts
            await line.open_again(workout_id, revision)
            try:
                return await line.write()
            except _REFUSALS as refusal:
                line.change.kind = ChangeKind.REOPENED
                return Unwritten(refusal)
            except NotLookedForError as error:
                line.change.kind = ChangeKind.REOPENED
                name = error
        try:
            return Unwritten(ChoiceNeededError(await self._looked_for(lifter_id, name)))
        except _REFUSALS as refusal:
            return Unwritten(refusal)

    async def _looked_for(self, lifter_id: int, name: NotLookedForError) -> Matches:
        """What the name finds. Raises what the line is refused with if that is nothing."""
        async with self._database.reading() as session:
            found = await search(session, lifter_id, name.text)
        if not found.choices:
            raise name.refusal from None
        return found

    async def _only_found(self, lifter_id: int, name: NotLookedForError) -> int:
        """The exercise that is meant. As `_looked_for`; raises ChoiceNeededError if several may be."""
        found = await self._looked_for(lifter_id, name)
        if found.exact is None:
            raise ChoiceNeededError(found, name.followed_by) from None
        return found.exact.id

    @asynccontextmanager
    async def _line(self, lifter_id: int, text: str, message_id: int | None) -> AsyncIterator[Line]:
        now = self._clock()
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            user, workout = found or (await lifters.by_id(session, lifter_id), None)
            if user.unit is None:
                raise UnitNotChosenError
            async with changes.recording(session, lifter_id, ChangeKind.LOGGED, now) as change:
                of = (0, 0) if workout is None else (workout.id, workout.revision)
                asked = Asked(*of, message_id=message_id)
                line = Line(session, user, workout, text, message_id, now, change, asked)
                yield line
        if line.logged is not None:
            set_alarm(self._alarm, line.logged.card)

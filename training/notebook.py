"""Lines typed in the chat, as in a paper notebook: sets and exercise names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from storage import changes, exercises, lifters, performing, workouts
from storage.changes import Recording
from storage.database import Database, WriteSession
from storage.models import Exercise, User, Workout
from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry
from storage.values.name_key import name_key
from training.alike import latest_finished
from training.card import Card, OpenWorkout, card_of, current_exercise, read_open, rest_until
from training.clock import Alarm, Clock
from training.errors import (
    Asked,
    ChoiceNeededError,
    NoExerciseError,
    NoOpenWorkoutError,
    NotFoundError,
    StaleButtonError,
    TrainingError,
    UndecidedSetError,
    UnitNotChosenError,
    UnknownExerciseError,
    UnreadableSetError,
)
from training.history import one_open, open_again
from training.library import choices_of, search
from training.matches import Matches
from training.naming import may_be_name
from training.notation import (
    LineContext,
    Question,
    Reading,
    Sets,
    are_sets_alone,
    examples_for,
    may_be_sets,
    name_splits,
    read_lines,
)
from training.open_workout import Logged, focus_on, log, open_or_start
from training.swapping import InsteadOf, swap
from training.workouts import set_alarm

_REFUSALS = (ChoiceNeededError, NoExerciseError, UndecidedSetError, UnknownExerciseError, UnreadableSetError)
"""Of a line that can't be written as it stands: its lifter can say what is meant."""

_LONGEST_LINE = 256
"""Characters; in a longer line no part of a name is looked for, which takes a reading for every word."""

_MOST_WORDS = 12
"""Of a name, before the sets."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Sets that were typed before it was known of which exercise, and the message with them, if it is one.

    Of several messages `parts` has what each says; their texts are the lines of the whole.
    """

    text: str
    message_id: int | None = None
    parts: tuple[Waiting, ...] = ()

    @property
    def each(self) -> tuple[Waiting, ...]:
        """What each message says."""
        return self.parts or (self,)

    def joined_by(self, more: Waiting) -> Waiting:
        """Both, one after the other."""
        return _together((*self.each, *more.each))

    def said_anew(self, message_id: int, text: str) -> Waiting | None:
        """The same with this text in that message; None if nothing of it stood there."""
        if all(part.message_id != message_id for part in self.each):
            return None
        return _together([Waiting(text, message_id) if part.message_id == message_id else part for part in self.each])

    def without(self, message_id: int) -> Waiting | None:
        """What the other messages say; None if there are none."""
        left = [part for part in self.each if part.message_id != message_id]
        return _together(left) if left else None


def _together(parts: Sequence[Waiting]) -> Waiting:
    if len(parts) == 1:
        return parts[0]
    return Waiting("\n".join(part.text for part in parts), parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class Picked:
    """An exercise was made the current one."""

    card: Card


Written = Logged | Picked


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
        except _NotLookedForError as name:
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
        except _NotLookedForError as name:
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
        except _NotLookedForError as name:
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
            except _NotLookedForError as error:
                line.change.kind = ChangeKind.REOPENED
                name = error
        try:
            return Unwritten(ChoiceNeededError(await self._looked_for(lifter_id, name)))
        except _REFUSALS as refusal:
            return Unwritten(refusal)

    async def _looked_for(self, lifter_id: int, name: _NotLookedForError) -> Matches:
        """What the name finds. Raises what the line is refused with if that is nothing."""
        async with self._database.reading() as session:
            found = await search(session, lifter_id, name.text)
        if not found.choices:
            raise name.refusal from None
        return found

    async def _only_found(self, lifter_id: int, name: _NotLookedForError) -> int:
        """The exercise that is meant. As `_looked_for`; raises ChoiceNeededError if several may be."""
        found = await self._looked_for(lifter_id, name)
        if found.exact is None:
            raise ChoiceNeededError(found, name.followed_by) from None
        return found.exact.id

    @asynccontextmanager
    async def _line(self, lifter_id: int, text: str, message_id: int | None) -> AsyncIterator[_Line]:
        now = self._clock()
        async with self._database.writing() as session:
            found = await performing.lifter_and_workout(session, lifter_id)
            user, workout = found or (await lifters.by_id(session, lifter_id), None)
            if user.unit is None:
                raise UnitNotChosenError
            async with changes.recording(session, lifter_id, ChangeKind.LOGGED, now) as change:
                of = (0, 0) if workout is None else (workout.id, workout.revision)
                asked = Asked(*of, message_id=message_id)
                line = _Line(session, user, workout, text, message_id, now, change, asked)
                yield line
        if line.logged is not None:
            set_alarm(self._alarm, line.logged.card)


class _NotLookedForError(Exception):
    """What may name an exercise otherwise than it is called has yet to be looked for.

    To search takes long, and while a line is being written nobody else can write to SQLite: it ends with this, having
    changed nothing. If nothing is found, the line is refused with `refusal`.
    """

    def __init__(self, text: str, refusal: TrainingError, followed_by: str = "") -> None:
        super().__init__()  # with no words of the lifter's, as a traceback goes to the log
        self.text = text
        self.refusal = refusal
        self.followed_by = followed_by


@dataclass(frozen=True)
class _Read:
    """How a line reads as sets of the current exercise."""

    opened: OpenWorkout
    context: LineContext
    reading: Reading

    @property
    def speaks_of_sets(self) -> bool:
        return isinstance(self.reading, Sets | Question)


@dataclass
class _Line:
    """A line being understood, in its transaction."""

    session: WriteSession
    user: User
    workout: Workout | None
    text: str
    message_id: int | None
    now: datetime
    change: Recording
    asked: Asked
    """What a question about the line would refer to."""
    parts: Sequence[Waiting] = ()
    """What each of several messages says of it."""
    opened: OpenWorkout | None = None
    logged: Logged | None = None

    @property
    def is_of_numbers(self) -> bool:
        """Whether the text has no letter."""
        return not any(map(str.isalpha, self.text))

    async def open_again(self, workout_id: int, revision: int) -> None:
        """Writes in this workout, which was finished. Raises StaleButtonError and NotFoundError."""
        if self.workout is not None:
            raise StaleButtonError
        finished = await workouts.finished_ones(self.session, self.user.id, [workout_id])
        if not finished:
            raise NotFoundError
        (self.workout,) = finished
        if self.workout.revision != revision:
            raise StaleButtonError
        async with one_open(self.session, self.user.id):
            open_again(self.workout)
        self.asked = replace(self.asked, workout_id=workout_id, revision=self.workout.revision)
        self.opened = await read_open(self.session, self.user, self.workout)

    async def write(self) -> Written:
        """Does what the line says, or raises why it can't be done, or that it has to be looked for."""
        read = await self.read()
        if read is not None and are_sets_alone(read.reading):
            return await self.log(read)
        if self.workout is not None and (named := await self.exactly_named()):
            return await self.pick(_only(self.text, named).id)
        if read is not None and read.speaks_of_sets:
            return await self.log(read)
        refusal = self.refusal(read)
        raise refusal if self.is_of_numbers else _NotLookedForError(self.text, refusal)

    async def write_or_pick(self, instead_of: InsteadOf | None, waiting: Waiting | None) -> Written:
        """As `write` while an exercise is being picked."""
        read = await self.read()
        if read is not None and are_sets_alone(read.reading):
            return await self.log(read)
        if named := await self.exactly_named():
            return await self.pick(_only(self.text, named).id, instead_of, waiting)
        if read is not None and read.speaks_of_sets:
            return await self.log(read)
        says_sets = may_be_sets(self.text)
        if read is not None and self.is_of_numbers and says_sets:
            raise self.refusal(read)
        raise _NotLookedForError(self.text, self.refusal(read) if says_sets else UnknownExerciseError(self.text))

    async def write_set(self, named: tuple[int, str] | None) -> Written:
        """Logs what follows the name of the exercise, or sets of the current one if none is named."""
        if named is None:
            self.require_no_part_of_a_name()
        else:
            exercise_id, self.text = named
            await self.focus(exercise_id)
            if not self.text:
                return await self.picked()
        read = await self.read()
        if read is None:
            raise self.refusal(read)
        return await self.log(read)

    async def exactly_named(self) -> Sequence[Exercise]:
        return await exercises.exactly_named(self.session, self.user.id, name_key(self.text))

    async def named_first(self) -> tuple[int, str] | None:
        """The exercise with the longest name that the text begins with, and what follows it."""
        splits = name_splits(self.text)
        found = await exercises.by_exact_keys(self.session, self.user.id, [name_key(name) for name, _ in splits])
        for name, rest in splits:
            if named := found.get(name_key(name)):
                return _only(name, named).id, rest
        return None

    def require_no_part_of_a_name(self) -> None:
        """Raises that the words which stand before the first sets have to be looked for, if there are any."""
        if len(self.text) > _LONGEST_LINE or may_be_sets(self.text):
            return
        splits = sorted(name_splits(self.text), key=lambda split: len(split[0]))
        for name, rest in splits[:_MOST_WORDS]:
            if rest and any(map(str.isalpha, name)) and may_be_sets(rest):
                raise _NotLookedForError(name, UnknownExerciseError(name, rest), rest)

    async def pick(
        self, exercise_id: int, instead_of: InsteadOf | None = None, waiting: Waiting | None = None
    ) -> Written:
        if instead_of is None:
            await self.focus(exercise_id)
        else:
            self.change.kind = ChangeKind.EXERCISE_CHANGED
            self.opened = await swap(self.session, self.user, instead_of, exercise_id, self.now)
        if waiting is not None:
            self.text, self.message_id, self.parts = waiting.text, waiting.message_id, waiting.parts
            read = await self.read()
            if read is not None and isinstance(read.reading, Sets):
                return await self.log(read)
        return await self.picked()

    async def focus(self, exercise_id: int) -> None:
        """Makes the exercise the current one. Raises NotFoundError if it may not be picked, or no more."""
        self.change.kind = ChangeKind.EXERCISE_ADDED
        self.opened = await open_or_start(self.session, self.user, self.now, self.change)
        self.workout = self.opened.workout
        exercise = await exercises.visible(self.session, self.user.id, exercise_id)
        if exercise is None:
            raise NotFoundError
        self.asked = replace(self.asked, exercise_id=exercise_id)
        await focus_on(self.session, self.opened, exercise, self.now)

    async def picked(self) -> Picked:
        assert self.opened is not None
        return Picked(await card_of(self.session, self.opened, await rest_until(self.session, self.user.id)))

    async def read(self) -> _Read | None:
        """The line as sets of the current exercise; None if there is none."""
        if self.opened is None and self.workout is not None:
            self.opened = await read_open(self.session, self.user, self.workout)
        if self.opened is None or self.opened.current is None:
            return None
        context = (await current_exercise(self.session, self.opened, self.opened.current)).context
        return _Read(self.opened, context, read_lines(self.text, context))

    async def log(self, read: _Read) -> Logged:
        match read.reading:
            case Sets(entries):
                self.change.kind = ChangeKind.LOGGED
                self.logged = await log(self.session, read.opened, entries, self.now, self._said_in(read, entries))
                return self.logged
            case Question() as question:
                raise UndecidedSetError(self.text, question, read.context.measure, self.asked)
            case unreadable:
                raise UnreadableSetError(self.text, unreadable, read.context.measure, examples_for(read.context))

    def _said_in(self, read: _Read, entries: Sequence[SetEntry]) -> Sequence[int | None]:
        """For each set the message that says it, as far as that is known."""
        if not self.parts:
            return [self.message_id] * len(entries)
        said_in: list[int | None] = []
        for number, part in enumerate(self.parts, 1):
            so_far = read_lines("\n".join(part.text for part in self.parts[:number]), read.context)
            if not isinstance(so_far, Sets):
                return [None] * len(entries)
            said_in += [part.message_id] * (len(so_far.entries) - len(said_in))
        return said_in

    def refusal(self, read: _Read | None) -> TrainingError:
        """Why the line is neither a set nor a name here."""
        if self.workout is None:
            return NoOpenWorkoutError()
        if read is None:
            return NoExerciseError() if may_be_sets(self.text) else UnknownExerciseError(self.text)
        assert not isinstance(read.reading, Sets | Question)
        if not read.reading.understood and may_be_name(self.text):
            return UnknownExerciseError(self.text)
        return UnreadableSetError(self.text, read.reading, read.context.measure, examples_for(read.context))


def _only(text: str, named: Sequence[Exercise]) -> Exercise:
    """The exercise that is meant. Raises ChoiceNeededError if several have that name."""
    if len(named) > 1:
        raise ChoiceNeededError(Matches(text, choices_of(named), 0, None))
    return named[0]

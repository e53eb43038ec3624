"""A typed line being understood, in its transaction, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from storage import exercises, workouts
from storage.changes import Recording
from storage.database import WriteSession
from storage.models import Exercise, User, Workout
from storage.values.change import ChangeKind
from storage.values.lifted import SetEntry
from storage.values.name_key import name_key
from training.card import Card, OpenWorkout, card_of, current_exercise, read_open, rest_until
from training.errors import (
    Asked,
    ChoiceNeededError,
    NoExerciseError,
    NoOpenWorkoutError,
    NotFoundError,
    StaleButtonError,
    TrainingError,
    UndecidedSetError,
    UnknownExerciseError,
    UnreadableSetError,
)
from training.history import one_open, open_again
from training.library import choices_of
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


class NotLookedForError(Exception):
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
class Line:
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
    def _is_of_numbers(self) -> bool:
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
        if self.workout is not None and (named := await self._exactly_named()):
            return await self.pick(_only(self.text, named).id)
        if read is not None and read.speaks_of_sets:
            return await self.log(read)
        refusal = self._refusal(read)
        raise refusal if self._is_of_numbers else NotLookedForError(self.text, refusal)

    async def write_or_pick(self, instead_of: InsteadOf | None, waiting: Waiting | None) -> Written:
        """As `write` while an exercise is being picked."""
        read = await self.read()
        if read is not None and are_sets_alone(read.reading):
            return await self.log(read)
        if named := await self._exactly_named():
            return await self.pick(_only(self.text, named).id, instead_of, waiting)
        if read is not None and read.speaks_of_sets:
            return await self.log(read)
        says_sets = may_be_sets(self.text)
        if read is not None and self._is_of_numbers and says_sets:
            raise self._refusal(read)
        raise NotLookedForError(self.text, self._refusal(read) if says_sets else UnknownExerciseError(self.text))

    async def write_set(self, named: tuple[int, str] | None) -> Written:
        """Logs what follows the name of the exercise, or sets of the current one if none is named."""
        if named is None:
            self._require_no_part_of_a_name()
        else:
            exercise_id, self.text = named
            await self.focus(exercise_id)
            if not self.text:
                return await self._picked()
        read = await self.read()
        if read is None:
            raise self._refusal(read)
        return await self.log(read)

    async def _exactly_named(self) -> Sequence[Exercise]:
        return await exercises.exactly_named(self.session, self.user.id, name_key(self.text))

    async def named_first(self) -> tuple[int, str] | None:
        """The exercise with the longest name that the text begins with, and what follows it."""
        splits = name_splits(self.text)
        found = await exercises.by_exact_keys(self.session, self.user.id, [name_key(name) for name, _ in splits])
        for name, rest in splits:
            if named := found.get(name_key(name)):
                return _only(name, named).id, rest
        return None

    def _require_no_part_of_a_name(self) -> None:
        """Raises that the words which stand before the first sets have to be looked for, if there are any."""
        if len(self.text) > _LONGEST_LINE or may_be_sets(self.text):
            return
        splits = sorted(name_splits(self.text), key=lambda split: len(split[0]))
        for name, rest in splits[:_MOST_WORDS]:
            if rest and any(map(str.isalpha, name)) and may_be_sets(rest):
                raise NotLookedForError(name, UnknownExerciseError(name, rest), rest)

    async def pick(
        self, exercise_id: int, instead_of: InsteadOf | None = None, waiting: Waiting | None = None
    ) -> Written:
        """Makes the exercise the current one, or has it take that place, and logs what was waiting for it."""
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
        return await self._picked()

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

    async def _picked(self) -> Picked:
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
        """Logs the sets. Raises UndecidedSetError and UnreadableSetError."""
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

    def _refusal(self, read: _Read | None) -> TrainingError:
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

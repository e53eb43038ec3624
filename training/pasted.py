"""Reading a text that names exercises and says sets of them: a workout as it stands in a notebook.

An exercise's name stands on a line of its own, with its sets below, or in front of them. Whatever can't be read is a
problem of its own, so that the lifter can settle one after the other; the rest is read all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from storage import exercises, keeping, workouts
from storage.database import ReadSession
from storage.models import Exercise, ExerciseExecution, User
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry
from storage.values.name_key import name_key
from training.card import OpenWorkout, line_context
from training.days import Day, read_day, read_day_asked_for
from training.library import choices_of, search
from training.matches import Matches
from training.notation import (
    LineContext,
    Question,
    Reading,
    Sets,
    Unreadable,
    examples_for,
    may_be_sets,
    name_splits,
    print_sets,
    read_lines,
)
from training.preferring import unit_of

LEFT_OUT = 0
"""The answer that a name means no exercise: its sets are left out."""

_LONGEST_NAME = 100
_LONGEST_LINE = 256
_MOST_WORDS = 12

_MOST_WORDS_OF_DAY = 6
"""With its times: 3 November 2025, 18:00 - 19:15."""

MOST_LINES = 300
"""Of a text that is read for names: more than any workout has, few enough to be read in no time."""

_MOST_SEARCHED = 3
"""Unknown names that are searched for at a time, as only the first is asked about."""


@dataclass(frozen=True, slots=True)
class PastedExercise:
    """What the text says of one exercise, wherever in the text it stands."""

    exercise_id: int
    name: str
    measure: Measure
    entries: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class UnknownName:
    """No exercise has just this name; `matches` are those that may be meant."""

    name: str
    matches: Matches


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line, counted from 0, that is no set of the exercise above it, or not clearly one.

    `said` is the part that should be sets, without a name in front. `examples` fit the exercise; where there is none
    above, there are none, and no `reading`.
    """

    number: int
    said: str
    reading: Question | Unreadable | None
    measure: Measure | None = None
    examples: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class UnclearDay:
    """A line, counted from 0, that dates the workout: on one of these days, or none that can be.

    `again` is whether a line before it has done so.
    """

    number: int
    said: str
    days: tuple[Day, ...]
    again: bool = False


Problem = UnknownName | UnreadLine | UnclearDay


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text says. `names` is whether it names any exercise, known or not, `says_sets` whether it has any sets.

    `day` is when that was; None: today.
    """

    exercises: tuple[PastedExercise, ...]
    problems: tuple[Problem, ...]
    names: bool
    says_sets: bool
    day: Day | None = None

    @property
    def sets(self) -> int:
        """How many sets were read."""
        return sum(len(done.entries) for done in self.exercises)


def looks_pasted(text: str) -> bool:
    """Whether the text may name exercises beside sets, by its looks alone."""
    lines = lines_of(text)
    if len(lines) == 1:
        return _partly_named(lines[0]) is not None
    if len(lines) > MOST_LINES:
        return False
    return says_day(text) or any(_begins_as_name(line) and not may_be_sets(line) for line in lines)


def says_day(text: str) -> bool:
    """Whether a line of several says of which day the text is."""
    lines = lines_of(text)
    return 1 < len(lines) <= MOST_LINES and any(
        days_meant(lines, number, date.max) is not None for number in range(len(lines))
    )


def days_meant(lines: Sequence[str], number: int, today: date) -> tuple[Day, ...] | None:
    """The days that this line may mean; None if it is no date. A short one stands on top, and a name below it."""
    on_top = number == 0 and len(lines) > 1 and _begins_as_name(lines[1]) and not may_be_sets(lines[1])
    return read_day(lines[number], today, short=on_top)


def day_apart(text: str, today: date) -> str:
    """The text with the day on a line of its own that its first line is or begins with, if a name follows it there.

    One that is told from today on, as Friday or 2 days ago, becomes a date.
    """
    first, *others = lines_of(text) or [""]
    words = first.split()
    for number in range(min(len(words), _MOST_WORDS_OF_DAY), 0, -1):
        day, rest = " ".join(words[:number]), " ".join(words[number:])
        below = [rest, *others] if rest else others
        if not below or not _begins_as_name(below[0]):
            continue
        if read_day(day, today, short=True):
            return "\n".join([day, *below]) if rest else text
        if _is_told_from_today(day, alone=not rest) and len(days := read_day_asked_for(day, today) or ()) == 1:
            return "\n".join([str(days[0]), *below])
    return text


def _is_told_from_today(day: str, *, alone: bool) -> bool:
    """Whether it may be one: on a line with an exercise the Sun of a salutation is none."""
    return alone or day.casefold().endswith(("day", "ago"))


def lines_of(text: str) -> list[str]:
    """The lines that say something."""
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


async def read_pasted(  # noqa: PLR0913 -- a text is read against all of it
    session: ReadSession,
    user: User,
    text: str,
    opened: OpenWorkout | None = None,
    *,
    answers: Mapping[str, int] | None = None,
    without_message: int | None = None,
    today: date | None = None,
    also: Sequence[Exercise] = (),
) -> Pasted:
    """Reads the text for this lifter, its first sets as the open workout's current exercise if it names none before.

    `answers` say for the key of a name which exercise is meant. Sets of the open workout that were typed in
    `without_message` count as not done. Lines that are dates say a day if `today` is given. `also` are exercises that
    are known by their names whether they can be picked or not.
    """
    reader = _Reader(session, user, opened, _Known(answers or {}, without_message, today))
    await reader.read(lines_of(text), {name_key(exercise.name): [exercise] for exercise in also})
    return reader.result()


async def print_exercises(session: ReadSession, user: User, done: Sequence[ExerciseExecution]) -> str:
    """The exercises that have sets, with these, as text that reads back as the same."""
    reader = _Reader(session, user, None, _Known())
    return "\n\n".join([await reader.printed(execution) for execution in done if execution.sets])


@dataclass
class _Block:
    """An exercise and what was read of it so far."""

    exercise: Exercise
    context: LineContext
    before: Sequence[SetEntry]
    last_time: Sequence[SetEntry]
    entries: list[SetEntry] = field(default_factory=list)

    def read(self, line: str) -> Reading:
        done = [*self.before, *self.entries]
        context = line_context(self.context.measure, self.context.unit, done, self.last_time)
        return read_lines(line, context)


@dataclass(frozen=True)
class _Known:
    """What is known beside the text."""

    answers: Mapping[str, int] = field(default_factory=dict)
    without_message: int | None = None
    today: date | None = None


class _Reader:
    def __init__(self, session: ReadSession, user: User, opened: OpenWorkout | None, known: _Known) -> None:
        self._session = session
        self._user = user
        self._opened = opened
        self._answers = known.answers
        self._without = known.without_message
        self._today = known.today
        self._day: Day | None = None
        self._blocks: dict[int, _Block] = {}
        self._problems: list[Problem] = []
        self._named: dict[str, list[Exercise]] = {}
        self._also: Mapping[str, list[Exercise]] = {}
        self._asked: set[str] = set()
        self._block: _Block | None = None
        self._left_out = False
        self._names = self._says_sets = False

    async def read(self, lines: Sequence[str], also: Mapping[str, list[Exercise]]) -> None:
        self._also = also
        keys = {name_key(name) for line in lines for name, _ in _splits(line)}
        if keys:
            self._named = {**await exercises.by_exact_keys(self._session, self._user.id, keys), **also}
        if self._opened is not None and self._opened.current is not None:
            self._block = await self._block_of(self._opened.current.exercise)
        for number, line in enumerate(lines):
            days = None if self._today is None else days_meant(lines, number, self._today)
            if days is None:
                await self._read_line(number, line)
            else:
                self._date(number, line, days)

    def result(self) -> Pasted:
        return Pasted(
            tuple(
                PastedExercise(key, block.exercise.name, block.exercise.measure, tuple(block.entries))
                for key, block in self._blocks.items()
                if block.entries
            ),
            tuple(self._problems),
            self._names,
            self._says_sets,
            self._day,
        )

    async def printed(self, execution: ExerciseExecution) -> str:
        """The exercise's name, and below it its sets."""
        block = await self._block_of(execution.exercise)
        return f"{block.exercise.name}\n{print_sets([row.entry for row in execution.sets], block.context)}"

    async def _read_line(self, number: int, line: str) -> None:
        reading = None if self._block is None or self._left_out else self._block.read(line)
        whole = self._named.get(name_key(_as_name(line)), [])
        is_time = isinstance(reading, Sets) and reading.entries[0].duration is not None
        if whole and (name_key(_as_name(line)) in self._also or not is_time):
            await self._begin(line, whole)
        elif isinstance(reading, Sets | Question):
            self._take(number, line, reading)
        elif (named := self._first_named(line) or _partly_named(line)) is not None:
            name, rest = named
            await self._begin(name, self._named.get(name_key(name), []))
            self._says_sets = True
            if self._block is not None:
                self._take(number, rest, self._block.read(rest))
        elif _begins_as_name(line) and len(line) <= _LONGEST_NAME:
            await self._begin(line, [])
        elif self._left_out:
            self._says_sets = self._says_sets or may_be_sets(line)
        else:
            self._take(number, line, reading)

    def _date(self, number: int, line: str, days: tuple[Day, ...]) -> None:
        """The workout was on this day."""
        dates = (problem for problem in self._problems if isinstance(problem, UnclearDay))
        again = self._day is not None or any(dates)
        if again or len(days) != 1:
            self._problems.append(UnclearDay(number, line, () if again else days, again))
        elif days[0].date != self._today or days[0].began is not None:
            self._day = days[0]

    def _first_named(self, line: str) -> tuple[str, str] | None:
        """The longest known name that sets stand behind."""
        found = ((name, rest) for name, rest in _splits(line) if rest and name_key(name) in self._named)
        return next(((name, rest) for name, rest in found if may_be_sets(rest)), None)

    async def _begin(self, text: str, known: Sequence[Exercise]) -> None:
        """From here on the sets are of the exercise that has this name."""
        name = _as_name(text)
        self._names, self._left_out, self._block = True, False, None
        answer = self._answers.get(name_key(name))
        if answer == LEFT_OUT:
            self._left_out = True
            return
        chosen = None if answer is None else await exercises.pickable(self._session, self._user.id, answer)
        if chosen is None and len(known) == 1:
            chosen = known[0]
        matches = Matches(name, choices_of(known), 0, None)
        if chosen is None and not known and self._is_worth_a_search(name):
            matches = await search(self._session, self._user.id, name)
            if matches.exact is not None:
                chosen = await exercises.pickable(self._session, self._user.id, matches.exact.id)
        if chosen is None:
            self._left_out = True  # until it is known what the name means
            self._ask(UnknownName(name, matches))
        else:
            self._block = await self._block_of(chosen)

    def _is_worth_a_search(self, name: str) -> bool:
        return name_key(name) not in self._asked and len(self._asked) < _MOST_SEARCHED

    def _ask(self, unknown: UnknownName) -> None:
        if name_key(unknown.name) not in self._asked:
            self._asked.add(name_key(unknown.name))
            self._problems.append(unknown)

    def _take(self, number: int, said: str, reading: Reading | None) -> None:
        block = self._block
        says_sets = may_be_sets(said) if reading is None else isinstance(reading, Sets | Question)
        self._says_sets = self._says_sets or says_sets
        if block is None or reading is None:
            self._problems.append(UnreadLine(number, said, None))
        elif isinstance(reading, Sets):
            block.entries.extend(reading.entries)
        else:
            examples = examples_for(block.context)
            self._problems.append(UnreadLine(number, said, reading, block.exercise.measure, examples))

    async def _block_of(self, exercise: Exercise) -> _Block:
        if exercise.id not in self._blocks:
            preference = await keeping.preference(self._session, self._user.id, exercise.id)
            last = await workouts.last_performance(self._session, self._user.id, exercise.id)
            last_time = [] if last is None else [row.entry for row in last[1]]
            before = [
                row.entry
                for execution in self._executions(exercise)
                for row in execution.sets
                if self._without is None or row.message_id != self._without
            ]
            context = line_context(exercise.measure, unit_of(self._user, preference), before, last_time)
            self._blocks[exercise.id] = _Block(exercise, context, before, last_time)
        return self._blocks[exercise.id]

    def _executions(self, exercise: Exercise) -> Iterator[ExerciseExecution]:
        executions = [] if self._opened is None else self._opened.executions
        return (execution for execution in executions if execution.exercise_id == exercise.id)


def _splits(line: str) -> list[tuple[str, str]]:
    splits = name_splits(line) if len(line) <= _LONGEST_LINE else []
    return [splits[0], *splits[-_MOST_WORDS:]] if len(splits) > _MOST_WORDS else splits


def _partly_named(line: str) -> tuple[str, str] | None:
    """The shortest words that may be a name and have nothing but sets behind them, and these sets."""
    if len(line) > _LONGEST_LINE or not _begins_as_name(line) or may_be_sets(line):
        return None
    splits = sorted(_splits(line), key=lambda split: len(split[0]))
    return next(((name, rest) for name, rest in splits if rest and _has_letters(name) and may_be_sets(rest)), None)


def _begins_as_name(line: str) -> bool:
    if len(line) > _LONGEST_LINE:
        return False
    first = next((character for character in line if character.isalnum()), "")
    return first.isalpha()


def _has_letters(name: str) -> bool:
    return any(map(str.isalpha, name))


def _as_name(line: str) -> str:
    """The line without a colon or dash at its end."""
    return next((name for name, _ in name_splits(line)), line)

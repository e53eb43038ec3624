"""A workout pasted as text: shown as it reads, settled question by question, and logged at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage import exercises, lifters, pastes
from storage.database import Database, ReadSession, WriteSession
from storage.models import Paste
from storage.values.name_key import name_key
from training.card import Card, read_card
from training.clock import Alarm, Clock
from training.days import Day, read_day, read_day_asked_for
from training.errors import InvalidValueError, NotFoundError, StaleButtonError
from training.notation import Question
from training.paste_logging import PasteKept, PasteLogged, keep_read, log_read
from training.paste_reading import Preview, Reader, reader_for
from training.pasted import (
    LEFT_OUT,
    MOST_LINES,
    Pasted,
    UnclearDay,
    UnknownName,
    UnreadLine,
    day_apart,
    days_meant,
    lines_of,
    looks_pasted,
    read_pasted,
    says_day,
)
from training.workouts import set_alarm

_FILLS_A_MESSAGE = 3300
"""Characters, without blank lines, from which on a text was probably cut: clients cut at 4,096, between lines."""


_NEXT = 2
"""By how much the number of the lifter's next message is higher: the bot's answer may have come in between."""


@dataclass(frozen=True, slots=True)
class DaySaid:
    """Whether a text of several lines says its day in one of them; one that is nothing but a day may mean several.

    `alone` is None for any other text, and empty if it is no day that has been.
    """

    somewhere: bool
    alone: tuple[Day, ...] | None = None


class Pastes:
    """Texts that name exercises and say sets of them. One waits per lifter: a new one takes the old one's place.

    Whoever answers says which revision of the text they saw: StaleButtonError if it isn't so any more, or if the text
    was logged or dropped meanwhile.
    """

    def __init__(self, database: Database, clock: Clock, alarm: Alarm) -> None:
        self._database = database
        self._clock = clock
        self._alarm = alarm

    async def offer(self, lifter_id: int, text: str, message_id: int | None = None) -> Preview | None:
        """How the text reads; it waits until it is logged. None for a text that names no exercise and is left alone.

        A line that is a date makes it a workout of the past. A text that fills a message goes on in the next one, since
        clients cut what is too long for one: then both are read as one. Raises UnitNotChosenError before the first
        workout, and InvalidValueError for more than 300 `lines`.
        """
        _check_length(text)
        # Reading first: what is left alone must not count as handled.
        async with self._database.reading() as session:
            reader = await reader_for(session, lifter_id, self._clock())
            if not _is_workout(await reader.read(text), text):
                return None
            before = await pastes.latest(session, lifter_id)
            if before is not None and _goes_on(before, text, message_id):
                text = f"{before.text}\n{text}"
                _check_length(text)
        async with self._writing(lifter_id) as session:
            return await _put(await reader_for(session, lifter_id, self._clock()), text, message_id)

    async def offer_again(self, lifter_id: int, message_id: int, text: str) -> Preview | None:
        """How the text that waits reads since its lifter has edited the message; None if none waits of that message.

        Raises as `offer`.
        """
        async with self._database.reading() as session:
            paste = await pastes.of_message(session, lifter_id, message_id)
        if paste is None:
            return None
        if paste.workout_id is not None:
            return await self.offer_instead(lifter_id, paste.workout_id, text, message_id)
        day = paste.text.partition("\n")[0]
        if read_day(day, date.max) is not None:
            text = await self.with_day_apart(lifter_id, text)
            text = text if says_day(text) else f"{day}\n{text}"  # the lifter was asked for it apart
        return await self.offer(lifter_id, text, message_id)

    async def offer_instead(
        self, lifter_id: int, workout_id: int, text: str, message_id: int | None = None
    ) -> Preview | None:
        """The same for a text that is to take the place of what was done in a finished workout.

        Raises NotFoundError, also for a workout that is open, and InvalidValueError for more than 300 `lines`.
        """
        _check_length(text)
        async with self._database.reading() as session:
            pasted = await (await reader_for(session, lifter_id, self._clock(), workout_id)).read(text)
            if not pasted.names or not pasted.says_sets:
                return None
        async with self._writing(lifter_id) as session:
            return await _put(await reader_for(session, lifter_id, self._clock(), workout_id), text, message_id)

    async def day_said(self, lifter_id: int, text: str) -> DaySaid:
        """Whether the text says its day, or is nothing else."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
        lines, today = lines_of(text), self._clock().astimezone(ZoneInfo(user.time_zone)).date()
        alone = read_day_asked_for(lines[0], today) if len(lines) == 1 else None
        return DaySaid(says_day(text), alone)

    async def with_day_apart(self, lifter_id: int, text: str) -> str:
        """The text with the day on a line of its own that its first line begins with, before an exercise's name."""
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
        return day_apart(text, self._clock().astimezone(ZoneInfo(user.time_zone)).date())

    async def names_known(self, lifter_id: int, text: str) -> bool:
        """Whether the text, where something else is asked for, says sets of exercises that the lifter knows by name."""
        if not looks_pasted(text):
            return False
        async with self._database.reading() as session:
            return bool((await read_pasted(session, await lifters.by_id(session, lifter_id), text)).exercises)

    async def look(self, lifter_id: int, paste_id: int, revision: int) -> Preview:
        """How the text that waits reads by now."""
        async with self._database.reading() as session:
            reader, paste = await _seen(session, lifter_id, paste_id, revision, self._clock())
            return await reader.preview(paste, await reader.read_again(paste))

    async def name(
        self, lifter_id: int, paste_id: int, revision: int, exercise_id: int, name: str | None = None
    ) -> Preview:
        """The given name, else the one that is asked about, means this exercise; LEFT_OUT: none.

        Raises NotFoundError.
        """
        async with self._waiting(lifter_id, paste_id, revision) as (session, reader, paste):
            problem = next(iter((await reader.read_again(paste)).problems), None)
            if name is None and isinstance(problem, UnknownName):
                name = problem.name
            if name is None:
                raise StaleButtonError
            if exercise_id != LEFT_OUT and await exercises.pickable(session, lifter_id, exercise_id) is None:
                raise NotFoundError
            paste.answers = {**paste.answers, name_key(name): exercise_id}
            return await _answered(session, reader, paste)

    async def settle(self, lifter_id: int, paste_id: int, revision: int, option: int | None) -> Preview:
        """The line that is asked about reads as this one of its options; None: it is left out."""
        async with self._waiting(lifter_id, paste_id, revision) as (session, reader, paste):
            problem = next(iter((await reader.read_again(paste)).problems), None)
            if problem is None or isinstance(problem, UnknownName):
                raise StaleButtonError
            lines = paste.text.split("\n")
            settled = _settled(lines[problem.number], problem, option, reader.today)
            lines[problem.number : problem.number + 1] = settled
            paste.text = "\n".join(lines)
            return await _answered(session, reader, paste)

    async def drop(self, lifter_id: int, paste_id: int, revision: int) -> Card | None:
        """Forgets the text; the card of the open workout, if one is open."""
        async with self._waiting(lifter_id, paste_id, revision) as (session, reader, paste):
            await session.delete(paste)
            return await read_card(session, reader.user)

    async def log(self, lifter_id: int, paste_id: int, revision: int) -> PasteLogged | PasteKept | Preview:
        """Logs all that was read, in a new workout if none is open. That is one change, taken back as one.

        A text of the past is stored as a finished workout of its day, one that was typed in place of another takes
        that place. Where it reads otherwise than the lifter has seen, since they have chosen another unit say, nothing
        is logged: it is shown anew. Raises InvalidValueError where a workout or an exercise would get too large.
        """
        async with self._waiting(lifter_id, paste_id, revision) as (session, reader, paste):
            pasted = await reader.read_again(paste)
            if pasted.problems or not pasted.exercises:
                raise StaleButtonError
            if paste.shown != reader.digest(pasted):
                return await _answered(session, reader, paste)
            await session.delete(paste)
            if reader.rewritten is not None or pasted.day is not None:
                return await keep_read(session, reader, pasted)
            logged = await log_read(session, reader, pasted, paste.message_id)
        set_alarm(self._alarm, logged.card)
        return logged

    @asynccontextmanager
    async def _writing(self, lifter_id: int) -> AsyncIterator[WriteSession]:
        """A transaction in which workouts may be changed as wholes: one after the other, as undoing is."""
        async with self._database.writing() as session:
            await lifters.hold(session, lifter_id)
            yield session

    @asynccontextmanager
    async def _waiting(
        self, lifter_id: int, paste_id: int, revision: int
    ) -> AsyncIterator[tuple[WriteSession, Reader, Paste]]:
        async with self._writing(lifter_id) as session:
            yield session, *await _seen(session, lifter_id, paste_id, revision, self._clock())


async def _seen(
    session: ReadSession, lifter_id: int, paste_id: int, revision: int, now: datetime
) -> tuple[Reader, Paste]:
    """The text that waits. Raises StaleButtonError if it, or the workout to rewrite, isn't there as its lifter saw."""
    paste = await pastes.waiting(session, lifter_id, paste_id)
    if paste is None or paste.revision != revision:
        raise StaleButtonError
    try:
        return await reader_for(session, lifter_id, now, paste.workout_id), paste
    except NotFoundError:
        raise StaleButtonError from None


async def _put(reader: Reader, text: str, message_id: int | None) -> Preview:
    assert isinstance(reader.session, WriteSession)
    lines = lines_of(text)
    if reader.rewritten is None:
        lines = [_for_good(lines, number, reader.today) for number in range(len(lines))]
    kept = "\n".join(lines)
    workout_id = None if reader.rewritten is None else reader.rewritten.id
    pasted = await reader.read(kept)
    paste = await pastes.put(reader.session, reader.user.id, kept, message_id, workout_id)
    paste.shown = reader.digest(pasted)
    return await reader.preview(paste, pasted)


def _for_good(lines: Sequence[str], number: int, today: date) -> str:
    """The line; one that says a day says it so that it means the same tomorrow."""
    days = days_meant(lines, number, today)
    return lines[number] if days is None or len(days) != 1 else str(days[0])


async def _answered(session: WriteSession, reader: Reader, paste: Paste) -> Preview:
    pasted = await reader.read_again(paste)
    paste.revision += 1
    paste.shown = reader.digest(pasted)
    await session.flush()
    return await reader.preview(paste, pasted)


def _goes_on(before: Paste, text: str, message_id: int | None) -> bool:
    """Whether the text is the rest of the one before, which a phone has cut. One that begins alike is that one anew."""
    if before.message_id is None or message_id is None or before.workout_id is not None:
        return False
    follows = 0 < message_id - before.message_id <= _NEXT and len(before.text) >= _FILLS_A_MESSAGE
    return follows and lines_of(text)[0] != lines_of(before.text)[0]


def _check_length(text: str) -> None:
    if len(lines_of(text)) > MOST_LINES:
        raise InvalidValueError("lines", MOST_LINES)


def _is_workout(pasted: Pasted, text: str) -> bool:
    """Whether the text is worth a preview: it has sets, and a day, or a name that is known or on a line of its own."""
    if says_day(text) and pasted.says_sets:
        return True
    unknown = [problem for problem in pasted.problems if isinstance(problem, UnknownName)]
    knows = not unknown or bool(pasted.exercises) or any(one.matches.choices for one in unknown)
    return pasted.names and pasted.says_sets and (knows or len(lines_of(text)) > 1)


def _settled(line: str, problem: UnreadLine | UnclearDay, option: int | None, today: date) -> list[str]:
    """What stands in the line's place. Raises StaleButtonError for an option that there isn't."""
    if isinstance(problem, UnclearDay):
        if option is None:
            # The line on top stays a date, or the next one, which is none there, might become one.
            return [] if problem.number else [str(Day(today))]
        if not 0 <= option < len(problem.days):
            raise StaleButtonError
        return [str(problem.days[option])]
    name = line.removesuffix(problem.said).strip()
    if option is None:
        return [name] if name else []
    if not isinstance(problem.reading, Question) or not 0 <= option < len(problem.reading.options):
        raise StaleButtonError
    chosen = problem.reading.options[option].text
    return [f"{name} {chosen}".strip()]

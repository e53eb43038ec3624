"""A workout pasted as text: shown as it reads, settled question by question, and logged at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from storage import changes, exercises, lifters, pastes, workouts
from storage.database import Database, ReadSession, WriteSession
from storage.models import Paste, User
from storage.values.change import ChangeKind
from storage.values.name_key import name_key
from training.card import Card, OpenWorkout, card_of, read_card, read_open, rest_until
from training.clock import Alarm, Clock
from training.errors import NotFoundError, StaleButtonError, UnitNotChosenError
from training.notation import Question
from training.open_workout import RestMessage, add_sets, begin_rest, end_rests, focus_on, open_or_start
from training.pasted import LEFT_OUT, Pasted, UnknownName, UnreadLine, lines_of, read_pasted
from training.workouts import set_alarm


@dataclass(frozen=True, slots=True)
class Preview:
    """How a text that waits reads, and the card of the open workout, if one is open.

    The first of its problems is the one that `Pastes.name` or `Pastes.settle` answer.
    """

    paste_id: int
    revision: int
    pasted: Pasted
    card: Card | None


@dataclass(frozen=True, slots=True)
class PasteLogged:
    """The text's sets are logged: how much it was, how many sets broke records, and what should leave the chat."""

    card: Card
    exercises: int
    sets: int
    records: int
    outdated: tuple[RestMessage, ...]


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

        Raises UnitNotChosenError before the first workout.
        """
        # Reading first: what is left alone must not count as handled.
        async with self._database.reading() as session:
            user, opened = await _lifter(session, lifter_id)
            if not _is_workout(await read_pasted(session, user, text, opened), text):
                return None
        async with self._database.writing() as session:
            user, opened = await _lifter(session, lifter_id)
            pasted = await read_pasted(session, user, text, opened)
            paste = await pastes.put(session, lifter_id, "\n".join(lines_of(text)), message_id)
            paste.shown = _digest(pasted)
            return await _preview(session, user, paste, pasted)

    async def look(self, lifter_id: int, paste_id: int, revision: int) -> Preview:
        """How the text that waits reads by now."""
        async with self._database.reading() as session:
            user, opened = await _lifter(session, lifter_id)
            paste = await _seen(session, lifter_id, paste_id, revision)
            pasted = await read_pasted(session, user, paste.text, opened, answers=paste.answers)
            return await _preview(session, user, paste, pasted)

    async def name(
        self, lifter_id: int, paste_id: int, revision: int, exercise_id: int, name: str | None = None
    ) -> Preview:
        """The given name, else the one that is asked about, means this exercise; LEFT_OUT: none.

        Raises NotFoundError.
        """
        async with self._waiting(lifter_id, paste_id, revision) as (session, user, opened, paste):
            pasted = await read_pasted(session, user, paste.text, opened, answers=paste.answers)
            problem = next(iter(pasted.problems), None)
            if name is None and isinstance(problem, UnknownName):
                name = problem.name
            if name is None:
                raise StaleButtonError
            if exercise_id != LEFT_OUT and await exercises.pickable(session, lifter_id, exercise_id) is None:
                raise NotFoundError
            paste.answers = {**paste.answers, name_key(name): exercise_id}
            return await self._answered(session, user, opened, paste)

    async def settle(self, lifter_id: int, paste_id: int, revision: int, option: int | None) -> Preview:
        """The line that is asked about reads as this one of its options; None: it is left out."""
        async with self._waiting(lifter_id, paste_id, revision) as (session, user, opened, paste):
            pasted = await read_pasted(session, user, paste.text, opened, answers=paste.answers)
            problem = next(iter(pasted.problems), None)
            if not isinstance(problem, UnreadLine):
                raise StaleButtonError
            lines = paste.text.split("\n")
            lines[problem.number : problem.number + 1] = _settled(lines[problem.number], problem, option)
            paste.text = "\n".join(lines)
            return await self._answered(session, user, opened, paste)

    async def drop(self, lifter_id: int, paste_id: int, revision: int) -> Card | None:
        """Forgets the text; the card of the open workout, if one is open."""
        async with self._waiting(lifter_id, paste_id, revision) as (session, user, _, paste):
            await session.delete(paste)
            return await read_card(session, user)

    async def log(self, lifter_id: int, paste_id: int, revision: int) -> PasteLogged | Preview:
        """Logs all that was read, in a new workout if none is open. That is one change, taken back as one.

        Where it reads otherwise than the lifter has seen, since they have chosen another unit say, nothing is logged:
        it is shown anew. Raises InvalidValueError where a workout or an exercise would get too large.
        """
        now = self._clock()
        async with self._waiting(lifter_id, paste_id, revision) as (session, user, opened, paste):
            pasted = await read_pasted(session, user, paste.text, opened, answers=paste.answers)
            if pasted.problems or not pasted.exercises:
                raise StaleButtonError
            if paste.shown != _digest(pasted):
                return await self._answered(session, user, opened, paste)
            async with changes.recording(session, lifter_id, ChangeKind.LOGGED, now) as change:
                workout = await open_or_start(session, user, now, change)
                change.kind = ChangeKind.LOGGED
                broken = await _add_all(session, workout, pasted, now, paste.message_id)
                outdated = await _rest_after(session, workout, pasted, now)
            await session.delete(paste)
            card = await card_of(session, workout, await rest_until(session, lifter_id))
        set_alarm(self._alarm, card)
        return PasteLogged(card, len(pasted.exercises), pasted.sets, broken, outdated)

    async def _answered(self, session: WriteSession, user: User, opened: OpenWorkout | None, paste: Paste) -> Preview:
        pasted = await read_pasted(session, user, paste.text, opened, answers=paste.answers)
        paste.revision += 1
        paste.shown = _digest(pasted)
        await session.flush()
        return await _preview(session, user, paste, pasted)

    @asynccontextmanager
    async def _waiting(
        self, lifter_id: int, paste_id: int, revision: int
    ) -> AsyncIterator[tuple[WriteSession, User, OpenWorkout | None, Paste]]:
        async with self._database.writing() as session:
            user, opened = await _lifter(session, lifter_id)
            yield session, user, opened, await _seen(session, lifter_id, paste_id, revision)


async def _seen(session: ReadSession, lifter_id: int, paste_id: int, revision: int) -> Paste:
    """The text that waits. Raises StaleButtonError if it isn't as its lifter saw it."""
    paste = await pastes.waiting(session, lifter_id, paste_id)
    if paste is None or paste.revision != revision:
        raise StaleButtonError
    return paste


async def _add_all(
    session: WriteSession, opened: OpenWorkout, pasted: Pasted, now: datetime, message_id: int | None
) -> int:
    """Logs everything; how many sets broke records."""
    found = await exercises.visible_all(session, opened.user.id, [done.exercise_id for done in pasted.exercises])
    broken = 0
    for done in pasted.exercises:
        if done.exercise_id not in found:  # merged or archived a moment ago
            raise StaleButtonError
        await focus_on(session, opened, found[done.exercise_id], now)
        broken += sum(map(bool, await add_sets(session, opened, done.entries, now, message_id)))
    return broken


async def _rest_after(
    session: WriteSession, opened: OpenWorkout, pasted: Pasted, now: datetime
) -> tuple[RestMessage, ...]:
    """Starts a rest after a single exercise; who writes down several has done them. What should leave the chat."""
    if len(pasted.exercises) == 1:
        outdated, _ = await begin_rest(session, opened, pasted.exercises[0].entries[-1], now)
        return outdated
    await session.flush()
    return await end_rests(session, opened.user.id)


async def _lifter(session: ReadSession, lifter_id: int) -> tuple[User, OpenWorkout | None]:
    workout = await workouts.open_workout(session, lifter_id)
    user = await lifters.by_id(session, lifter_id)
    if user.unit is None:
        raise UnitNotChosenError
    return user, None if workout is None else await read_open(session, user, workout)


async def _preview(session: ReadSession, user: User, paste: Paste, pasted: Pasted) -> Preview:
    return Preview(paste.id, paste.revision, pasted, await read_card(session, user))


def _digest(pasted: Pasted) -> str:
    """Stands for a reading: the same for the same sets."""
    return sha256(repr(pasted.exercises).encode()).hexdigest()


def _is_workout(pasted: Pasted, text: str) -> bool:
    """Whether the text is worth a preview: it has sets, and a name in it is known or stands on a line of its own."""
    unknown = [problem for problem in pasted.problems if isinstance(problem, UnknownName)]
    knows = not unknown or bool(pasted.exercises) or any(one.matches.choices for one in unknown)
    return pasted.names and pasted.says_sets and (knows or len(lines_of(text)) > 1)


def _settled(line: str, problem: UnreadLine, option: int | None) -> list[str]:
    """What stands in the line's place."""
    name = line.removesuffix(problem.said).strip()
    if option is None:
        return [name] if name else []
    if not isinstance(problem.reading, Question) or not 0 <= option < len(problem.reading.options):
        raise StaleButtonError
    chosen = problem.reading.options[option].text
    return [f"{name} {chosen}".strip()]

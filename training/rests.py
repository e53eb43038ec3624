"""Rest timers: rows that ring once, and warn once before for who wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import flooding, journal, lifters, rests
from storage.database import Database, ReadSession, WriteSession
from storage.models import RestTimer
from storage.values.chat import Source
from training.card import Card, read_card
from training.clock import Clock
from training.open_workout import RestMessage, rest_leftovers
from training.rest_lengths import WARNING

TOO_LATE = timedelta(minutes=5)
"""How late a rest's end is still worth telling, after a restart say."""

LATE = timedelta(seconds=15)
"""From when on it is said that the rest was over before."""

_AT_ONCE = 500
"""How many timers one sweep claims."""


@dataclass(frozen=True, slots=True)
class RestOver:
    """A rest has ended: what to tell, and with which card.

    `is_late` is whether that is worth saying; `warning` is the message that said that it would.
    """

    timer_id: int
    card: Card
    ended_at: datetime
    is_late: bool
    warning: int | None


@dataclass(frozen=True, slots=True)
class RestEnding:
    """A rest is about to end."""

    timer_id: int
    workout_id: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Rung:
    """What a sweep has claimed: whose lanes have something to do, oldest first, the next time a timer is due or to be
    warned of, which is past where not all were claimed, and how late each was. What is too late is dropped in silence.
    """

    lifter_ids: tuple[int, ...]
    next_due: datetime | None
    late: tuple[timedelta, ...]


class Rests:
    """The countdown between sets."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def ring(self, bot_id: int, at_most: int = _AT_ONCE) -> Rung:
        """Claims the timers that are due, oldest first, and writes each into its lifter's lane, in one transaction.

        From there it is handled like an update, so that a set and an expiring timer can't cross.
        """
        now = self._clock()
        async with self._database.writing() as session:
            await _drop_late(session, now)
            limit = min(at_most, _AT_ONCE)
            due = await rests.claim_due(session, now, limit=limit)
            await session.flush()
            soon = await rests.claim_warnings(session, now + WARNING, limit=limit - len(due))
            incoming = [_incoming(Source.REST, timer) for timer in due]
            incoming += [_incoming(Source.REST_WARNING, timer) for timer in soon]
            await journal.write_down(session, bot_id, incoming, now)
            await session.flush()
            late = tuple(now - timer.due_at for timer in due)
            return Rung(tuple(timer.user_id for timer in (*due, *soon)), await _next_due(session), late)

    async def next_due(self) -> datetime | None:
        """When the next rest ends, or its lifter is to be warned that it will."""
        async with self._database.reading() as session:
            return await _next_due(session)

    async def over(self, lifter_id: int, timer_id: int) -> RestOver | None:
        """What to say about a rest that has ended.

        None if it was ended otherwise, is long past, or is a lifter's who has blocked the bot.
        """
        async with self._database.reading() as session:
            timer = await rests.rung(session, lifter_id, timer_id)
            if timer is None or self._clock() - timer.due_at > TOO_LATE:
                return None
            user = await lifters.by_id(session, lifter_id)
            if user.unreachable_since is not None:
                return None
            card = await read_card(session, user)
        late = self._clock() - timer.due_at
        return None if card is None else RestOver(timer_id, card, timer.due_at, late >= LATE, timer.message_id)

    async def ending(self, lifter_id: int, timer_id: int) -> RestEnding | None:
        """What to say about a rest that is about to end.

        None if it has ended meanwhile, was prolonged, or is a lifter's who has blocked the bot.
        """
        async with self._database.reading() as session:
            timer = await rests.warned(session, lifter_id, timer_id)
            if timer is None or not timedelta(0) < timer.due_at - self._clock() <= WARNING:
                return None
            user = await lifters.by_id(session, lifter_id)
            return None if user.unreachable_since is not None else RestEnding(timer_id, timer.workout_id, timer.due_at)

    async def outdated(self, lifter_id: int) -> tuple[RestMessage, ...]:
        """The messages of ended rests that should have left the chat before."""
        async with self._database.reading() as session:
            return await rest_leftovers(session, lifter_id)


async def _drop_late(session: WriteSession, now: datetime) -> None:
    """Ends what nobody wants to hear of any more, after a restart say, and takes no room from what is to be told."""
    for timer in await rests.claim_due(session, now - TOO_LATE - timedelta(microseconds=1), limit=_AT_ONCE):
        await rests.end(session, timer)


async def _next_due(session: ReadSession) -> datetime | None:
    due, warned = await rests.next_due(session), await rests.next_warned(session)
    return due if due is None or warned is None else min(due, warned - WARNING)


def _incoming(source: Source, timer: RestTimer) -> flooding.Incoming:
    return flooding.Incoming(source, timer.id, timer.user_id, {})

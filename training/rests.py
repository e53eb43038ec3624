"""Rest timers: rows that ring once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import flooding, journal, lifters, rests
from storage.database import Database
from storage.models import RestTimer
from storage.values.chat import Source
from training.card import Card, read_card
from training.clock import Clock
from training.open_workout import RestMessage, rest_leftovers

TOO_LATE = timedelta(minutes=5)
"""How late a rest's end is still worth telling, after a restart say."""

_AT_ONCE = 500
"""How many timers one sweep claims."""


@dataclass(frozen=True, slots=True)
class RestOver:
    """A rest has ended: what to tell, and with which card."""

    timer_id: int
    card: Card


@dataclass(frozen=True, slots=True)
class Rung:
    """What a sweep has claimed: whose lanes have something to do, oldest first, the next time a timer is due, which is
    past where not all were claimed, and how late each was.
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
            due = await rests.claim_due(session, now, limit=min(at_most, _AT_ONCE))
            await journal.write_down(session, bot_id, [_incoming(timer) for timer in due], now)
            await session.flush()
            late = tuple(now - timer.due_at for timer in due)
            return Rung(tuple(timer.user_id for timer in due), await rests.next_due(session), late)

    async def next_due(self) -> datetime | None:
        """When the next rest ends."""
        async with self._database.reading() as session:
            return await rests.next_due(session)

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
        return None if card is None else RestOver(timer_id, card)

    async def outdated(self, lifter_id: int) -> tuple[RestMessage, ...]:
        """The messages of ended rests that should have left the chat before."""
        async with self._database.reading() as session:
            return await rest_leftovers(session, lifter_id)


def _incoming(timer: RestTimer) -> flooding.Incoming:
    return flooding.Incoming(Source.REST, timer.id, timer.user_id, {})

"""Claiming the next rows of lanes, and giving back those that something else is in the way of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.ending import TO_GIVE_BACK
from bot.intake import in_group, sender_name
from bot.lanes import Held, Showing, Turn
from bot.outages import is_outage
from bot.painting import Handled, Painter
from bot.sources import reference
from bot.together import Together
from bot.unbroken import Unbroken
from handlers.context import SpotterApplication
from storage import journal, lanes, lifters
from storage.applying import check_lane
from storage.at_hand import UpdateAtHand
from storage.database import Database, WriteSession
from storage.journal import Claimed
from storage.models import User
from storage.values.chat import NOBODY, JournalStatus, Source
from storage.values.lane import LaneLostError
from training.clock import Clock

_log = structlog.stdlib.get_logger(__name__)

_SUSPECT_AFTER = 2
"""A row whose handling has begun so often and not ended is handled while no other such row is, and its third attempt is
counted only then. If it ends the process again it is set aside, and not with it what others were just doing.
"""

_STOPPING = "stopping"
"""Why a lane is held that nothing is wrong with."""


class Suspect:
    """The lane's next row has to be claimed alone."""


Next = Handled | Suspect | Turn | Showing
"""A row to be handled, or why there is none."""


class Claims:
    """Claims rows for this replica."""

    def __init__(
        self, application: SpotterApplication, database: Database, clock: Clock, replica_id: str, painter: Painter
    ) -> None:
        """`replica_id` is the process that claims the lanes, `painter` shows what it has handled."""
        self._application = application
        self._database = database
        self._clock = clock
        self._replica_id = replica_id
        self._painter = painter
        self._together: Together[int, Next] = Together(self._claim_together, is_outage)
        self._unbroken = Unbroken()
        self._uncounted: set[int] = set()
        """Rows whose attempt counts for nothing, which the database was not there to note."""

    async def stop(self) -> None:
        """Lets what is being claimed come to its end."""
        await self._together.stop()

    async def next_row(self, lifter_id: int) -> Next:
        """Claims the lane, if this replica may, and its next row."""
        claiming = self._together.ask(lifter_id)
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            async with _in_time():
                if isinstance(late := await claiming, Handled):
                    await self.give_back([late], Held(), _STOPPING)
            raise

    async def next_row_alone(self, lifter_id: int) -> Handled | Turn | Showing:
        """As `next_row`, for a suspect that nothing else is handled beside."""
        (claimed,) = await self._claim_for([lifter_id], most_attempts=None)
        assert not isinstance(claimed, Suspect)
        return claimed

    async def give_back(self, handled: Sequence[Handled], held: Held, why: str) -> Held:
        """The rows' attempts count for nothing; their lane is held."""
        async with self._database.writing() as session:
            for one in handled:
                _log.warning("a lane is held", reference=reference(one.row), why=why)
                await check_lane(session, one.hand)
                await journal.record_shown(session, one.hand)
                await journal.give_back(session, one.row.id)
        return held

    async def give_back_in_time(self, handled: Sequence[Handled]) -> None:
        """Gives them back while the process stops, if the database lets it soon enough."""
        async with _in_time():
            await self.give_back(handled, Held(), _STOPPING)

    def uncount(self, handled: Sequence[Handled]) -> None:
        """The rows' attempts count for nothing, which is noted with the next claim."""
        self._uncounted.update(one.row.id for one in handled)

    async def note_uncounted(self) -> None:
        """Notes at once which attempts count for nothing."""
        async with self._uncounting():
            pass

    async def _claim_together(self, lifter_ids: Sequence[int]) -> Sequence[Next]:
        return await self._claim_for(lifter_ids, most_attempts=_SUSPECT_AFTER)

    async def _claim_for(self, lifter_ids: Sequence[int], *, most_attempts: int | None) -> Sequence[Next]:
        bot_id = self._application.bot.id
        async with self._uncounting() as session:
            owned = await lanes.claim(session, bot_id, lifter_ids, self._replica_id)
            since = {lifter_id: self._unbroken.since(lane) for lifter_id, lane in owned.items()}
            shown = [row_id for lifter_id in owned for row_id in self._painter.painting(lifter_id)]
            rows = await journal.claim_next(session, bot_id, owned, except_for=shown, most_attempts=most_attempts)
            idle = [lane for lifter_id, lane in owned.items() if lifter_id not in rows]
            left = await lanes.leave(session, [lane for lane in idle if not self._painter.painting(lane.user_id)])
            users = await _users(session, [lifter_id for lifter_id in rows if lifter_id != NOBODY])
            found: dict[int, Next] = {}
            for lifter_id, row in rows.items():
                if row is None:
                    found[lifter_id] = Suspect()
                    continue
                applied = row.status is JournalStatus.APPLIED
                hand = UpdateAtHand(row.id, lifter_id, None, None, lane=owned[lifter_id], applied=applied)
                hand.alone_since = since[lifter_id]
                if lifter_id != NOBODY:
                    await self._meet(session, users, row, hand)
                found[lifter_id] = Handled(row, hand)
        found |= {lane.user_id: self._without_row(lane.user_id, is_left=left.get(lane, False)) for lane in idle}
        return [found.get(lifter_id, Turn.ELSEWHERE) for lifter_id in lifter_ids]

    def _without_row(self, lifter_id: int, *, is_left: bool) -> Turn | Showing:
        shown_by = self._painter.running(lifter_id)
        if shown_by is not None:
            return Showing(shown_by)
        # A card that could not be shown may wait again by now.
        return Turn.NOTHING_LEFT if is_left else Turn.HANDLED

    @asynccontextmanager
    async def _uncounting(self) -> AsyncIterator[WriteSession]:
        """A writing transaction that notes first what could not be noted while the database was gone."""
        uncounted, self._uncounted = self._uncounted, set()
        try:
            async with self._database.writing() as session:
                for row_id in uncounted:
                    await journal.give_back(session, row_id)
                yield session
        except BaseException:
            self._uncounted |= uncounted
            raise

    async def _meet(
        self, session: WriteSession, users: Mapping[int, User] | None, row: Claimed, hand: UpdateAtHand
    ) -> None:
        """Notes where the lifter's conversation stands. What fails here counts as an attempt like any other failure.

        Who has been seen in a group alone is no lifter, and nothing is kept of them; nor does one who has left come
        back by a second tap, or by what the bot itself has written down for them.
        """
        try:
            elsewhere = in_group(row.payload)
            name = None if elsewhere else sender_name(row.payload)
            known = await lifters.find_all(session, [hand.user_id]) if users is None else users
            user = known.get(hand.user_id)
            if user is None and (elsewhere or not _comes_to_stay(row)):
                hand.stranger = not elsewhere
                return
            if user is None or lifters.has_news(user, name):
                async with session.begin_nested():  # what can't be written leaves the claim as it is
                    user = await lifters.ensure(session, hand.user_id, name, self._clock())
        except Exception as error:
            if is_outage(error):
                raise
            hand.failure = error
        else:
            hand.step = hand.next_step = user.step


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    """Within the block the process stops: what can't be done soon is left."""
    with suppress(SQLAlchemyError, OSError, LaneLostError):
        async with asyncio.timeout(TO_GIVE_BACK):
            yield


async def _users(session: WriteSession, lifter_ids: Sequence[int]) -> Mapping[int, User] | None:
    """By their ids; None if there is one who can't be read."""
    try:
        return await lifters.find_all(session, lifter_ids)
    except Exception as error:
        if is_outage(error):
            raise
        return None


def _comes_to_stay(row: Claimed) -> bool:
    """Whether it makes a lifter of who isn't one: a message does."""
    return row.source is Source.TELEGRAM and row.status is JournalStatus.PENDING and "message" in row.payload

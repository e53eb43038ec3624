"""One turn of a lane: claim the next journal row, have it handled, and settle what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TypeVar

import structlog
from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot.afterwards import Afterwards
from bot.claiming import Claims, Suspect
from bot.lanes import Held, Showing, Turn, worker_free
from bot.metrics import Metrics
from bot.outages import is_outage, outage
from bot.painting import Handled, Painter
from bot.priority import sending_as
from bot.reports import Reports
from bot.sources import UnreadableError, own_update, priority_of, reference
from bot.together import Together
from handlers.apology import apologise, report
from handlers.context import SpotterApplication
from handlers.incoming import (
    AnswerOwed,
    UpdatesRefused,
)
from handlers.registration import handle, show_card_left
from storage import flooding, journal, lanes, leaving, lifters
from storage.applying import AlreadyAppliedError, check_lane
from storage.at_hand import UpdateAtHand, holding
from storage.database import Database, WriteSession
from storage.journal import Claimed
from storage.values.chat import NOBODY, JournalStatus, Source
from storage.values.lane import LaneHold, LaneLostError
from training.clock import Clock

_log = structlog.stdlib.get_logger(__name__)

_MOST_ATTEMPTS = 3

_Turn = TypeVar("_Turn")


@dataclass(frozen=True, slots=True)
class _Closing:
    """Rows of one lane that are to be ended."""

    handled: Sequence[Handled]
    status: JournalStatus

    @property
    def lane(self) -> LaneHold:
        """The claim under which they were handled."""
        lane = self.handled[-1].hand.lane
        assert lane is not None
        return lane

    @property
    def rows(self) -> Sequence[int]:
        """Their ids."""
        return [one.row.id for one in self.handled]


class Turns:
    """Takes the turns of all lanes."""

    def __init__(  # noqa: PLR0913, PLR0917 -- whatever the handling of an update has to do with meets here
        self,
        application: SpotterApplication,
        database: Database,
        clock: Clock,
        admin_ids: Collection[int],
        replica_id: str,
        metrics: Metrics,
    ) -> None:
        """`replica_id` is the process that claims the lanes."""
        self.application = application
        self.database = database
        self.clock = clock
        self.painter = Painter(self._paint)
        self.reports = Reports(self._report)
        self.afterwards = Afterwards()
        self._admin_ids = admin_ids
        self._metrics = metrics
        self._claims = Claims(application, database, clock, replica_id, self.painter)
        self._one_suspect = asyncio.Lock()
        self._closings: Together[_Closing, bool] = Together(self._close_all, is_outage)

    async def stop(self) -> None:
        """Lets what is being claimed and closed come to its end."""
        await self._claims.stop()
        await self._closings.stop()

    async def take(self, lifter_id: int) -> Turn | Held | Showing:
        """Handles the lifter's next row. What is in the way of every row, an outage, holds the lane."""

        async def take() -> Turn | Held | Showing:
            claimed = await self._claims.next_row(lifter_id)
            if isinstance(claimed, Suspect):
                async with self._alone():
                    return await self._handled(await self._claims.next_row_alone(lifter_id))
            return await self._handled(claimed)

        return await self._unless_held(lifter_id, take())

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Within the block no other row is handled that may have ended the process."""
        async with worker_free():
            await self._one_suspect.acquire()
        try:
            yield
        finally:
            self._one_suspect.release()

    async def _handled(self, claimed: Handled | Turn | Showing) -> Turn | Held | Showing:
        if not isinstance(claimed, Handled):
            return claimed
        claimed.hand.painted = partial(self._painted, claimed.hand.user_id)
        with self._metrics.handling():
            settled = self._unless_stopped([claimed], self._settle(claimed))
            return await self._unless_lost([claimed], settled)

    async def _unless_held(self, lifter_id: int, turn: Awaitable[_Turn]) -> _Turn | Turn | Held:
        try:
            return await turn
        except LaneLostError:
            _log.warning("another replica has taken a lane over", lifter_id=lifter_id)
            return Turn.ELSEWHERE
        except Exception as error:
            if (held := outage(error)) is None:
                raise
            _log.warning("the database doesn't answer", why=type(error).__name__, lifter_id=lifter_id)
            return replace(held, without_database=True)

    async def _unless_lost(self, handled: Sequence[Handled], turn: Awaitable[_Turn]) -> _Turn:
        """Uncounts the attempt where another replica has the lane by now, or the database is gone, which says nothing
        about the rows.
        """
        try:
            return await turn
        except Exception as error:
            is_lost = isinstance(error, LaneLostError)
            if is_lost or is_outage(error):
                self._claims.uncount(handled)
            if is_lost:  # at once, since it is the other replica that goes by it
                await self._claims.note_uncounted()
            raise

    async def _unless_stopped(self, handled: Sequence[Handled], turn: Awaitable[_Turn]) -> _Turn:
        try:
            return await turn
        except asyncio.CancelledError:
            # Otherwise what a host restarts again and again while Telegram hangs would be set aside.
            for one in handled:
                _stay_if_unapplied(one.hand)
            await self._claims.give_back_in_time(handled)
            raise

    async def _settle(self, claimed: Handled) -> Turn | Held | Showing:
        row, hand = claimed.row, claimed.hand
        if row.attempts > _MOST_ATTEMPTS:  # each attempt was counted before it began, and took the process with it
            return await self._set_aside(claimed)
        try:
            if hand.failure is None:
                await self._handle(row, hand)
        except UnreadableError:
            _log.warning("an update can't be read", reference=reference(row))
            return await self._close([claimed], JournalStatus.UNREADABLE)
        if hand.failure is None and hand.painting is not None:
            return self._leave_to_painter(claimed)
        return await self._conclude([claimed])

    def _leave_to_painter(self, handled: Handled) -> Turn | Showing:
        lifter_id = handled.hand.user_id
        self.painter.put(lifter_id, handled)
        shown = self.painter.running(lifter_id)
        return Turn.HANDLED if handled.row.more or shown is None else Showing(shown)

    async def _painted(self, lifter_id: int) -> None:
        if self.painter.running(lifter_id) is not None:
            async with worker_free():
                await self.painter.painted(lifter_id)

    async def _paint(self, handled: Sequence[Handled]) -> Turn | Held:
        async def paint() -> Turn | Held:
            with holding(handled[-1].hand):
                await show_card_left(self.application)
            return await self._conclude(handled)

        painted = self._unless_lost(handled, self._unless_stopped(handled, paint()))
        return await self._unless_held(handled[-1].hand.user_id, painted)

    async def _conclude(self, handled: Sequence[Handled]) -> Turn | Held:
        """Settles the last of what was handled, and the rest with it, in whose place it was shown."""
        for one in handled:
            await one.hand.answered()
        newest = handled[-1]
        row, hand = newest.row, newest.hand
        if hand.failure is None or isinstance(hand.failure, AlreadyAppliedError):
            return await self._close(handled, JournalStatus.DONE)
        if isinstance(hand.failure, LaneLostError):
            raise hand.failure
        _stay_if_unapplied(hand)
        held = outage(hand.failure)
        if held is not None:
            return await self._claims.give_back(handled, held, type(hand.failure).__name__)
        _log.error("an update failed", reference=reference(row), attempt=row.attempts, exc_info=hand.failure)
        if row.attempts == _MOST_ATTEMPTS:
            return await self._set_aside(newest)
        await self._record(hand)
        return Turn.HANDLED

    async def _handle(self, row: Claimed, hand: UpdateAtHand) -> None:
        update = await self._update(row, hand.user_id)
        with holding(hand), sending_as(priority_of(row)):
            try:
                await handle(self.application, update)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001 -- whatever it is, it is judged with the rest
                hand.failure = hand.failure or error

    async def _update(self, row: Claimed, lifter_id: int) -> object:
        if row.status is JournalStatus.APPLIED:
            return AnswerOwed(lifter_id, row.owed)
        if row.source is Source.FLOOD:
            async with self.database.reading() as session:
                refused = await flooding.refused_since(session, self.application.bot.id, lifter_id, row.id)
            return UpdatesRefused(lifter_id, refused)
        if row.source is not Source.TELEGRAM:
            return own_update(row, lifter_id)
        if lifter_id == NOBODY:
            raise UnreadableError
        try:
            update = Update.de_json(row.payload, self.application.bot)
        except Exception as error:
            raise UnreadableError from error
        return update

    async def _set_aside(self, handled: Handled) -> Turn | Held:
        """Ends a row that can't be handled; its lifter and the admins are told where to find out why."""
        row, hand = handled.row, handled.hand
        try:
            if hand.user_id != NOBODY:
                await apologise(self.application.bot, hand.user_id, reference(row), done=hand.applied)
                hand.messages += 1
        except Forbidden:
            _log.info("a lifter who has blocked the bot misses an apology", reference=reference(row))
            await self._mark_unreachable(hand.user_id)
        except TelegramError as error:
            if (held := outage(error)) is not None:
                return await self._claims.give_back([handled], held, type(error).__name__)
            _log.exception("an apology failed", reference=reference(row))
        _log.error("an update is set aside", reference=reference(row), lifter_id=hand.user_id)
        turn = await self._close([handled], JournalStatus.SET_ASIDE)
        self.reports.put(reference(row))
        return turn

    async def _report(self, named: str) -> None:
        await report(self.application.bot, self._admin_ids, named)

    async def _mark_unreachable(self, lifter_id: int) -> None:
        async with self.database.writing() as session:
            await lifters.mark_unreachable(session, lifter_id, self.clock())

    async def _close(self, handled: Sequence[Handled], status: JournalStatus) -> Turn:
        """Ends the rows, and the lane's turns if nothing else waits in it."""
        left = await asyncio.shield(self._closings.ask(_Closing(handled, status)))
        for one in handled:
            self._metrics.ended(one.row.source, one.row.payload, status)
            if status is JournalStatus.DONE:
                self.afterwards.put(one.hand)
        return Turn.NOTHING_LEFT if left else Turn.HANDLED

    async def _close_all(self, closings: Sequence[_Closing]) -> Sequence[bool | LaneLostError]:
        """Of each whether its lane was given up."""
        now = self.clock()
        async with self.database.writing() as session:
            left = await lanes.leave(
                session, [closing.lane for closing in closings], [row for closing in closings for row in closing.rows]
            )
            for status, group in groupby(sorted(closings, key=_status), key=_status):
                held = [closing for closing in group if closing.lane in left]
                for one in (one for closing in held for one in closing.handled):
                    await journal.record_shown(session, one.hand)
                await journal.close(session, [row for closing in held for row in closing.rows], status, now)
            await self._forget_strangers(session, [closing for closing in closings if closing.lane in left])
        return [left[one.lane] if one.lane in left else LaneLostError(one.lane) for one in closings]

    async def _forget_strangers(self, session: WriteSession, closed: Sequence[_Closing]) -> None:
        """Nothing says any more who it was that these updates came from, where that is no lifter or no more."""
        strangers = [one for closing in closed for one in closing.handled if one.hand.stranger]
        if strangers:
            await leaving.close_for_good(session, [one.row.id for one in strangers])
            await lanes.forget(session, self.application.bot.id, {one.hand.user_id for one in strangers})

    async def _record(self, hand: UpdateAtHand) -> None:
        async with self.database.writing() as session:
            await check_lane(session, hand)
            await journal.record_shown(session, hand)


def _status(closing: _Closing) -> JournalStatus:
    return closing.status


def _stay_if_unapplied(hand: UpdateAtHand) -> None:
    """The conversation moves only with an effect."""
    if not hand.applied:
        hand.next_step = hand.step

"""One turn of a lane: claim the next journal row, have it handled, and settle what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError
from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.afterwards import Afterwards
from bot.ending import TO_GIVE_BACK
from bot.intake import in_group, sender_name
from bot.lanes import Held, Showing, Turn, worker_free
from bot.metrics import Metrics
from bot.painting import Handled, Painter
from bot.priority import Priority, sending_as
from bot.reports import Reports
from bot.together import Together
from bot.unbroken import Unbroken
from handlers.apology import apologise, report
from handlers.context import SpotterApplication
from handlers.incoming import (
    AnswerOwed,
    DeliveryDue,
    ProgressDue,
    ProposalNews,
    ReminderDue,
    RestEnded,
    RestEndsSoon,
    TimerBeat,
    UpdatesRefused,
    WatchDue,
)
from handlers.registration import handle, show_card_left
from storage import flooding, journal, lanes, leaving, lifters, timers
from storage.applying import AlreadyAppliedError, check_lane
from storage.at_hand import UpdateAtHand, holding
from storage.blame import is_statements_own
from storage.database import Database, WriteSession
from storage.journal import Claimed
from storage.models import User
from storage.values.chat import NOBODY, JournalStatus, Source
from storage.values.lane import LaneHold, LaneLostError
from training.clock import Clock
from training.reminding import due_of

_log = structlog.stdlib.get_logger(__name__)

_MOST_ATTEMPTS = 3

_SUSPECT_AFTER = 2
"""A row whose handling has begun so often and not ended is handled while no other such row is, and its third attempt is
counted only then. If it ends the process again it is set aside, and not with it what others were just doing."""

_STOPPING = "stopping"
"""Why a lane is held that nothing is wrong with."""

_PRIORITIES = {
    Source.REST: Priority.REMINDER,
    Source.REST_WARNING: Priority.REMINDER,
    Source.TIMER: Priority.REMINDER,
    Source.IDLE: Priority.REMINDER,
    Source.PROGRESS: Priority.REMINDER,
    Source.ANNOUNCEMENT: Priority.ANNOUNCEMENT,
    Source.PROPOSAL: Priority.ANNOUNCEMENT,
    # Many lifters are reminded at the same full hour: the ends of rests go before.
    Source.REMINDER: Priority.ANNOUNCEMENT,
}

_OWN: Mapping[Source, Callable[[int, Claimed], object]] = {
    Source.REST: lambda lifter_id, row: RestEnded(lifter_id, row.source_id),
    Source.REST_WARNING: lambda lifter_id, row: RestEndsSoon(lifter_id, row.source_id),
    Source.TIMER: lambda lifter_id, row: TimerBeat(lifter_id, *timers.timer_and_beat(row.source_id)),
    Source.IDLE: lambda lifter_id, row: WatchDue(lifter_id, row.source_id),
    Source.PROPOSAL: lambda lifter_id, row: ProposalNews(lifter_id, row.source_id),
    Source.ANNOUNCEMENT: lambda lifter_id, row: DeliveryDue(lifter_id, row.source_id),
    Source.PROGRESS: lambda lifter_id, row: ProgressDue(lifter_id, row.payload.get("announcement", 0)),
    Source.REMINDER: lambda lifter_id, row: ReminderDue(lifter_id, *due_of(row.payload)),
}

_Turn = TypeVar("_Turn")


class _UnreadableError(Exception):
    """The row holds nothing that this release can parse."""


class _Suspect:
    """The lane's next row has to be claimed alone."""


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
        self._replica_id = replica_id
        self._metrics = metrics
        self._claims: Together[int, Handled | _Suspect | Turn | Showing] = Together(self._claim_together, _concerns_all)
        self._unbroken = Unbroken()
        self._one_suspect = asyncio.Lock()
        self._uncounted: set[int] = set()
        """Rows whose attempt counts for nothing, which the database was not there to note."""
        self._closings: Together[_Closing, bool] = Together(self._close_all, _concerns_all)

    async def stop(self) -> None:
        """Lets what is being claimed and closed come to its end."""
        await self._claims.stop()
        await self._closings.stop()

    async def take(self, lifter_id: int) -> Turn | Held | Showing:
        """Handles the lifter's next row. What is in the way of every row, an outage, holds the lane."""

        async def take() -> Turn | Held | Showing:
            claimed = await self._claim(lifter_id)
            if isinstance(claimed, _Suspect):
                async with self._alone():
                    (claimed,) = await self._claim_for([lifter_id], most_attempts=None)
                    assert not isinstance(claimed, _Suspect)
                    return await self._handled(claimed)
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
            if (held := _outage(error)) is None:
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
            if is_lost or _outage(error) is not None:
                self._uncounted.update(one.row.id for one in handled)
            if is_lost:  # at once, since it is the other replica that goes by it
                async with self._uncounting():
                    pass
            raise

    async def _unless_stopped(self, handled: Sequence[Handled], turn: Awaitable[_Turn]) -> _Turn:
        try:
            return await turn
        except asyncio.CancelledError:
            # Otherwise what a host restarts again and again while Telegram hangs would be set aside.
            for one in handled:
                _stay_if_unapplied(one.hand)
            with suppress(SQLAlchemyError, OSError, LaneLostError):
                async with asyncio.timeout(TO_GIVE_BACK):
                    await self._give_back(handled, Held(), _STOPPING)
            raise

    async def _claim(self, lifter_id: int) -> Handled | _Suspect | Turn | Showing:
        claiming = self._claims.ask(lifter_id)
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            with suppress(SQLAlchemyError, OSError, LaneLostError):
                async with asyncio.timeout(TO_GIVE_BACK):
                    if isinstance(late := await claiming, Handled):
                        await self._give_back([late], Held(), _STOPPING)
            raise

    async def _claim_together(self, lifter_ids: Sequence[int]) -> Sequence[Handled | _Suspect | Turn | Showing]:
        return await self._claim_for(lifter_ids, most_attempts=_SUSPECT_AFTER)

    async def _claim_for(
        self, lifter_ids: Sequence[int], *, most_attempts: int | None
    ) -> Sequence[Handled | _Suspect | Turn | Showing]:
        bot_id = self.application.bot.id
        async with self._uncounting() as session:
            owned = await lanes.claim(session, bot_id, lifter_ids, self._replica_id)
            since = {lifter_id: self._unbroken.since(lane) for lifter_id, lane in owned.items()}
            shown = [row_id for lifter_id in owned for row_id in self.painter.painting(lifter_id)]
            rows = await journal.claim_next(session, bot_id, owned, except_for=shown, most_attempts=most_attempts)
            idle = [lane for lifter_id, lane in owned.items() if lifter_id not in rows]
            left = await lanes.leave(session, [lane for lane in idle if not self.painter.painting(lane.user_id)])
            users = await _users(session, [lifter_id for lifter_id in rows if lifter_id != NOBODY])
            found: dict[int, Handled | _Suspect | Turn | Showing] = {}
            for lifter_id, row in rows.items():
                if row is None:
                    found[lifter_id] = _Suspect()
                    continue
                applied = row.status is JournalStatus.APPLIED
                hand = UpdateAtHand(row.id, lifter_id, None, None, lane=owned[lifter_id], applied=applied)
                hand.alone_since = since[lifter_id]
                if lifter_id != NOBODY:
                    await self._meet(session, users, row, hand)
                found[lifter_id] = Handled(row, hand)
        for lane in idle:
            if (shown_by := self.painter.running(lane.user_id)) is not None:
                found[lane.user_id] = Showing(shown_by)
            else:
                # A card that could not be shown may wait again by now.
                found[lane.user_id] = Turn.NOTHING_LEFT if left.get(lane) else Turn.HANDLED
        return [found.get(lifter_id, Turn.ELSEWHERE) for lifter_id in lifter_ids]

    @asynccontextmanager
    async def _uncounting(self) -> AsyncIterator[WriteSession]:
        """A writing transaction that notes first what could not be noted while the database was gone."""
        uncounted, self._uncounted = self._uncounted, set()
        try:
            async with self.database.writing() as session:
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
                    user = await lifters.ensure(session, hand.user_id, name, self.clock())
        except Exception as error:
            if _outage(error) is not None:
                raise
            hand.failure = error
        else:
            hand.step = hand.next_step = user.step

    async def _settle(self, claimed: Handled) -> Turn | Held | Showing:
        row, hand = claimed.row, claimed.hand
        if row.attempts > _MOST_ATTEMPTS:  # each attempt was counted before it began, and took the process with it
            return await self._set_aside(claimed)
        try:
            if hand.failure is None:
                await self._handle(row, hand)
        except _UnreadableError:
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
        held = _outage(hand.failure)
        if held is not None:
            return await self._give_back(handled, held, type(hand.failure).__name__)
        _log.error("an update failed", reference=reference(row), attempt=row.attempts, exc_info=hand.failure)
        if row.attempts == _MOST_ATTEMPTS:
            return await self._set_aside(newest)
        await self._record(hand)
        return Turn.HANDLED

    async def _handle(self, row: Claimed, hand: UpdateAtHand) -> None:
        update = await self._update(row, hand.user_id)
        with holding(hand), sending_as(_priority(row)):
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
            return _own(row, lifter_id)
        if lifter_id == NOBODY:
            raise _UnreadableError
        try:
            update = Update.de_json(row.payload, self.application.bot)
        except Exception as error:
            raise _UnreadableError from error
        return update

    async def _give_back(self, handled: Sequence[Handled], held: Held, why: str) -> Held:
        async with self.database.writing() as session:
            for one in handled:
                _log.warning("a lane is held", reference=reference(one.row), why=why)
                await check_lane(session, one.hand)
                await journal.record_shown(session, one.hand)
                await journal.give_back(session, one.row.id)
        return held

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
            if (held := _outage(error)) is not None:
                return await self._give_back([handled], held, type(error).__name__)
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


async def _users(session: WriteSession, lifter_ids: Sequence[int]) -> Mapping[int, User] | None:
    """By their ids; None if there is one who can't be read."""
    try:
        return await lifters.find_all(session, lifter_ids)
    except Exception as error:
        if _outage(error) is not None:
            raise
        return None


def _status(closing: _Closing) -> JournalStatus:
    return closing.status


def _concerns_all(failure: Exception) -> bool:
    return _outage(failure) is not None


def _stay_if_unapplied(hand: UpdateAtHand) -> None:
    """The conversation moves only with an effect."""
    if not hand.applied:
        hand.next_step = hand.step


def reference(row: Claimed) -> str:
    """The name under which lifter, admins and log speak of the same update."""
    return f"U-{row.id}"


def _own(row: Claimed, lifter_id: int) -> object:
    """What the bot itself has written down."""
    incoming = _OWN.get(row.source)
    if incoming is None:
        raise _UnreadableError
    return incoming(lifter_id, row)


def _comes_to_stay(row: Claimed) -> bool:
    """Whether it makes a lifter of who isn't one: a message does."""
    return row.source is Source.TELEGRAM and row.status is JournalStatus.PENDING and "message" in row.payload


def _priority(row: Claimed) -> Priority:
    """What nobody has just asked for waits behind everybody who has just done something.

    Where more waits in the lane its lifter may have done something too, which waits behind this.
    """
    return Priority.ANSWER if row.more else _PRIORITIES.get(row.source, Priority.ANSWER)


def _outage(failure: BaseException) -> Held | None:
    """How long to hold the lane, if the failure isn't the update's own."""
    if isinstance(failure, RetryAfter):
        told = failure.retry_after
        return Held(float(told) if isinstance(told, int | float) else told.total_seconds())
    if isinstance(failure, DBAPIError):
        return None if is_statements_own(failure) else Held()
    if isinstance(failure, BadRequest):
        return None
    return Held() if isinstance(failure, NetworkError | InvalidToken | NoConnectionFreeError | OSError) else None

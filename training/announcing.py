"""Messages from an admin to every lifter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import announcing, audit, flooding, journal, lifters
from storage.database import Database, ReadSession, WriteSession
from storage.depth import in_lanes
from storage.models import Announcement
from storage.values.audit import AdminAction
from storage.values.chat import AnnouncementState, DeliveryState, Source
from storage.values.texts import is_storable
from training.admins import require_admin
from training.clock import Alarm, Clock
from training.errors import InvalidValueError, NotFoundError, StaleButtonError

LONGEST_ANNOUNCEMENT = 3_500
"""As Telegram counts, in UTF-16 units: with the words around it in the preview it has to fit into a message."""

AT_ONCE = 60
"""How many deliveries wait in lanes at most: as many as leave in two seconds, so that nobody's own updates wait long
behind one, and stopping works at once."""

_PAUSE = timedelta(seconds=1)
"""Between two sweeps while something is on its way."""

_TOLD_EVERY = timedelta(seconds=5)
"""How often the admin is shown how far it has come."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an announcement has come. Of a draft, `lifters` is how many would get it now; `by` is its admin.

    `message_id` is the message in which its admin sees this. `left` still wait for it, or are left out by the stopping.
    """

    id: int
    by: int
    text: str
    state: AnnouncementState
    lifters: int
    sent: int
    unreachable: int
    failed: int
    message_id: int | None

    @property
    def left(self) -> int:
        """With how many lifters nothing has come of it yet."""
        return self.lifters - self.sent - self.unreachable - self.failed


@dataclass(frozen=True, slots=True)
class Swept:
    """Whose lanes have something to do, and when to sweep again; None if nothing is on its way."""

    lifter_ids: frozenset[int]
    next_due: datetime | None


class Announcements:
    """Drafts an announcement, sends it, and stops it. What admins do raises NotAllowedError for others."""

    def __init__(self, database: Database, clock: Clock, alarm: Alarm, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the host's admins."""
        self._database = database
        self._clock = clock
        self._alarm = alarm
        self._admin_ids = admin_ids

    async def draft(self, lifter_id: int, text: str) -> Progress:
        """Keeps the text, in the place of an earlier draft of this admin's. Raises InvalidValueError."""
        async with self._database.writing() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            return await _progress(session, await announcing.draft(session, lifter_id, _checked(text), self._clock()))

    async def discard(self, lifter_id: int, announcement_id: int) -> None:
        """Throws a draft of this admin's away. Raises NotFoundError, and StaleButtonError if it has been sent."""
        async with self._database.writing() as session:
            await session.delete(await self._draft(session, lifter_id, announcement_id))

    async def send(self, lifter_id: int, announcement_id: int, message_id: int | None) -> Progress:
        """Sets a draft of this admin's off, to all lifters who can be reached now; it is shown in this message.

        Raises NotFoundError, and StaleButtonError if it was sent before.
        """
        now = self._clock()
        async with self._database.writing() as session:
            drafted = await self._draft(session, lifter_id, announcement_id)
            drafted.state, drafted.message_id, drafted.told_at = AnnouncementState.SENDING, message_id, now
            number = await announcing.address(session, announcement_id)
            await audit.note(
                session, lifter_id, AdminAction.ANNOUNCED, now, announcement=announcement_id, lifters=number
            )
            begun = await _progress(session, drafted)
        self._alarm.set(now)
        return begun

    async def stop(self, lifter_id: int, announcement_id: int) -> Progress:
        """Whoever has it in the lane already may still get it, nobody else. Any admin may.

        What has ended stays as it is. Raises NotFoundError, also for drafts.
        """
        now = self._clock()
        async with self._database.writing() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            found = await announcing.find(session, announcement_id)
            if found is None or found.state is AnnouncementState.DRAFT:
                raise NotFoundError
            if found.state is AnnouncementState.SENDING:
                found.state, found.ended_at = AnnouncementState.STOPPED, now
                stopped = AdminAction.ANNOUNCEMENT_STOPPED
                await audit.note(session, lifter_id, stopped, now, announcement=announcement_id)
            return await _progress(session, found)

    async def latest(self, lifter_id: int) -> Progress | None:
        """How far the one that is on its way has come, or what became of the last one."""
        async with self._database.reading() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            found = await announcing.latest(session)
            return None if found is None else await _progress(session, found)

    async def look(self, lifter_id: int, announcement_id: int) -> Progress:
        """How far it has come. Raises NotFoundError, also for drafts of others."""
        async with self._database.reading() as session:
            await require_admin(session, lifter_id, self._admin_ids)
            found = await announcing.find(session, announcement_id)
            if found is None or (found.state is AnnouncementState.DRAFT and found.user_id != lifter_id):
                raise NotFoundError
            return await _progress(session, found)

    async def progress(self, lifter_id: int, announcement_id: int) -> Progress | None:
        """How far one of this lifter's own has come, whether or not they are still an admin."""
        async with self._database.reading() as session:
            found = await announcing.find(session, announcement_id)
            return None if found is None or found.user_id != lifter_id else await _progress(session, found)

    async def sweep(self, bot_id: int) -> Swept:
        """Writes the next deliveries into their lifters' lanes, in one transaction, and ends what is through.

        From there each is handled like an update, in its lifter's order and by one replica. A restart goes on where
        the rows stand.
        """
        async with self._database.reading() as session:
            if not await announcing.anything_goes(session):
                return Swept(frozenset(), None)
        now = self._clock()
        async with self._database.writing() as session:
            found = await announcing.hold_sending(session)
            rows = [] if found is None else await _next_rows(session, bot_id, found, now)
            await journal.write_down(session, bot_id, rows, now)
        return Swept(frozenset(row.user_id for row in rows), now + _PAUSE)

    async def deliver(self, lifter_id: int, delivery_id: int) -> str | None:
        """What to send to this lifter; None if it was sent or stopped, or if they have blocked the bot."""
        async with self._database.writing() as session:
            found = await announcing.delivery_of(session, lifter_id, delivery_id)
            if found is None or found[0].state is not DeliveryState.HANDED_OUT:
                return None
            delivery, announcement = found
            if announcement.state is not AnnouncementState.SENDING:
                delivery.state = DeliveryState.WAITING
                return None
            if (await lifters.by_id(session, lifter_id)).unreachable_since is not None:
                delivery.state = DeliveryState.UNREACHABLE
                return None
            delivery.state = DeliveryState.SENT
            return announcement.text

    async def delivered(self, lifter_id: int, delivery_id: int) -> str | None:
        """What `deliver` returned for this delivery, once more."""
        async with self._database.reading() as session:
            found = await announcing.delivery_of(session, lifter_id, delivery_id)
            return found[1].text if found is not None and found[0].state is DeliveryState.SENT else None

    async def missed(self, lifter_id: int, delivery_id: int, *, blocked: bool) -> None:
        """Telegram hasn't taken it: the lifter has `blocked` the bot, or there is another reason."""
        async with self._database.writing() as session:
            if blocked:
                await lifters.mark_unreachable(session, lifter_id, self._clock())
            found = await announcing.delivery_of(session, lifter_id, delivery_id)
            if found is not None:
                found[0].state = DeliveryState.UNREACHABLE if blocked else DeliveryState.FAILED

    async def _draft(self, session: WriteSession, lifter_id: int, announcement_id: int) -> Announcement:
        await require_admin(session, lifter_id, self._admin_ids)
        found = await announcing.find(session, announcement_id)
        if found is None or found.user_id != lifter_id:
            raise NotFoundError
        if found.state is not AnnouncementState.DRAFT:
            raise StaleButtonError
        return found


async def _next_rows(session: WriteSession, bot_id: int, found: Announcement, now: datetime) -> list[flooding.Incoming]:
    busy = await in_lanes(session, bot_id, Source.ANNOUNCEMENT)
    given = await announcing.hand_out(session, found.id, limit=max(0, AT_ONCE - busy))
    rows = [flooding.Incoming(Source.ANNOUNCEMENT, one.id, one.user_id, {}) for one in given]
    about = {"announcement": found.id}
    if not given and not busy:
        found.state, found.ended_at = AnnouncementState.SENT, now
        await announcing.give_up(session, found.id)
        rows.append(flooding.Incoming(Source.PROGRESS, -found.id, found.user_id, about))
    elif given and (found.told_at is None or now - found.told_at >= _TOLD_EVERY):
        found.told_at = now
        rows.append(flooding.Incoming(Source.PROGRESS, given[-1].id, found.user_id, about))
    return rows


async def _progress(session: ReadSession, found: Announcement) -> Progress:
    states = await announcing.states(session, found.id)
    is_draft = found.state is AnnouncementState.DRAFT
    return Progress(
        id=found.id,
        by=found.user_id,
        text=found.text,
        state=found.state,
        lifters=await announcing.reachable(session) if is_draft else sum(states.values()),
        sent=states.get(DeliveryState.SENT, 0),
        unreachable=states.get(DeliveryState.UNREACHABLE, 0),
        failed=states.get(DeliveryState.FAILED, 0),
        message_id=found.message_id,
    )


def _checked(text: str) -> str:
    tidy = text.strip()
    if not (tidy and is_storable(tidy)):
        raise InvalidValueError("announcement")
    if len(tidy.encode("utf-16-le")) // 2 > LONGEST_ANNOUNCEMENT:
        raise InvalidValueError("announcement", LONGEST_ANNOUNCEMENT)
    return tidy

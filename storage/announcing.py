"""Queries on announcements and on what becomes of them with each lifter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, literal, select, update

from storage.database import ReadSession, WriteSession
from storage.models import SENDING, UNDELIVERED, Announcement, Delivery, User
from storage.values.chat import AnnouncementState, DeliveryState

_REACHED = (User.unreachable_since.is_(None), User.leaving_since.is_(None))


async def reachable(session: ReadSession) -> int:
    """How many lifters a message would reach now."""
    return await session.scalar(select(func.count()).select_from(User).where(*_REACHED)) or 0


async def draft(session: WriteSession, user_id: int, text: str, now: datetime) -> Announcement:
    """A new draft, in the place of the one that the admin may have had."""
    old = delete(Announcement).where(Announcement.user_id == user_id, Announcement.state == AnnouncementState.DRAFT)
    await session.execute(old)
    made = Announcement(user_id=user_id, text=text, state=AnnouncementState.DRAFT, made_at=now)
    session.add(made)
    await session.flush()
    return made


async def find(session: ReadSession, announcement_id: int) -> Announcement | None:
    """The announcement, whoever's. In a writing transaction it is held until the commit."""
    query = select(Announcement).where(Announcement.id == announcement_id)
    return await session.scalar(query.with_for_update() if isinstance(session, WriteSession) else query)


async def latest(session: ReadSession) -> Announcement | None:
    """The one that is on its way, the first of them, or else the last that has ended."""
    sending = await session.scalar(select(Announcement).where(SENDING).order_by(Announcement.id).limit(1))
    if sending is not None:
        return sending
    ended = select(Announcement).where(Announcement.ended_at.is_not(None))
    return await session.scalar(ended.order_by(Announcement.id.desc()).limit(1))


async def address(session: WriteSession, announcement_id: int) -> int:
    """Puts it down for every lifter who can be reached; how many they are."""
    lifters = select(literal(announcement_id), User.id, literal(DeliveryState.WAITING.value)).where(*_REACHED)
    columns = ["announcement_id", "user_id", "state"]
    await session.execute(insert(Delivery).from_select(columns, lifters.order_by(User.id)))
    return sum((await states(session, announcement_id)).values())


async def states(session: ReadSession, announcement_id: int) -> Mapping[DeliveryState, int]:
    """With how many lifters it has come how far."""
    query = select(Delivery.state, func.count()).where(Delivery.announcement_id == announcement_id)
    return {row[0]: row[1] for row in await session.execute(query.group_by(Delivery.state))}


async def anything_goes(session: ReadSession) -> bool:
    """Whether any announcement is on its way."""
    return await session.scalar(select(Announcement.id).where(SENDING).limit(1)) is not None


async def hold_sending(session: WriteSession) -> Announcement | None:
    """The first one on its way, unless another replica is just handing it out."""
    query = select(Announcement).where(SENDING).order_by(Announcement.id).limit(1)
    return await session.scalar(query.with_for_update(skip_locked=True))


async def hand_out(session: WriteSession, announcement_id: int, *, limit: int) -> Sequence[Delivery]:
    """The next deliveries, each given out once."""
    query = select(Delivery).where(UNDELIVERED, Delivery.announcement_id == announcement_id)
    deliveries = (await session.scalars(query.order_by(Delivery.id).limit(limit).with_for_update())).all()
    for delivery in deliveries:
        delivery.state = DeliveryState.HANDED_OUT
    return deliveries


async def give_up(session: WriteSession, announcement_id: int) -> None:
    """What was handed out, and is in no lane any more, has failed."""
    lost = (Delivery.announcement_id == announcement_id, Delivery.state == DeliveryState.HANDED_OUT)
    await session.execute(update(Delivery).where(*lost).values(state=DeliveryState.FAILED))


async def delivery_of(session: ReadSession, user_id: int, delivery_id: int) -> tuple[Delivery, Announcement] | None:
    """The delivery with its announcement, if it is for this lifter."""
    query = select(Delivery, Announcement).join(Announcement, Delivery.announcement_id == Announcement.id)
    found = await session.execute(query.where(Delivery.id == delivery_id, Delivery.user_id == user_id))
    row = found.one_or_none()
    return None if row is None else (row[0], row[1])

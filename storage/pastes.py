"""Queries on texts that wait until their lifter has seen how they read."""

from __future__ import annotations

from sqlalchemy import select

from storage.database import ReadSession, WriteSession
from storage.models import Paste


async def waiting(session: ReadSession, user_id: int, paste_id: int) -> Paste | None:
    """The lifter's text. In a writing transaction it is held until the commit."""
    query = select(Paste).where(Paste.id == paste_id, Paste.user_id == user_id)
    if isinstance(session, WriteSession):
        query = query.with_for_update()
    return await session.scalar(query)


async def of_message(session: ReadSession, user_id: int, message_id: int) -> Paste | None:
    """The text that waits and was typed in this message of the lifter's."""
    return await session.scalar(select(Paste).where(Paste.user_id == user_id, Paste.message_id == message_id))


async def latest(session: ReadSession, user_id: int) -> Paste | None:
    """The lifter's text that waits."""
    return await session.scalar(select(Paste).where(Paste.user_id == user_id))


async def put(
    session: WriteSession, user_id: int, text: str, message_id: int | None, workout_id: int | None = None
) -> Paste:
    """Keeps the text in place of the one that waited before, whose buttons mean nothing from now on."""
    before = await session.scalar(select(Paste).where(Paste.user_id == user_id).with_for_update())
    if before is not None:
        await session.delete(before)
        await session.flush()
    paste = Paste(user_id=user_id, text=text, message_id=message_id, workout_id=workout_id, answers={})
    session.add(paste)
    await session.flush()
    return paste

"""Queries on documents that wait until an admin has seen what loading them would do."""

from __future__ import annotations

from sqlalchemy import select

from storage.database import ReadSession, WriteSession
from storage.models import LibraryDocument


async def of(session: ReadSession, user_id: int) -> LibraryDocument | None:
    """The admin's latest document, waiting or loaded. In a writing transaction it is held until the commit."""
    query = select(LibraryDocument).where(LibraryDocument.user_id == user_id)
    if isinstance(session, WriteSession):
        query = query.with_for_update()
    return await session.scalar(query)


async def put(session: WriteSession, user_id: int, name: str, content: bytes, shown: str) -> LibraryDocument:
    """Keeps the document in place of the one before, whose buttons mean nothing from now on."""
    before = await of(session, user_id)
    if before is not None:
        await session.delete(before)
        await session.flush()
    document = LibraryDocument(user_id=user_id, name=name, content=content, shown=shown)
    session.add(document)
    await session.flush()
    return document

"""What a lifter changed last, kept with the rows as they were, so that it can be taken back.

`recording` watches what the session writes and keeps it as one change in the same transaction. That sees what goes
through the ORM only: a bulk statement on these tables would pass it by.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, event, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapper, object_session

from storage import images
from storage.database import ReadSession, WriteSession
from storage.images import RECORDED, Image, ImageRow, Key
from storage.models import CHANGES, Base, Change
from storage.putting_back import NotAsLeftError, put_back
from storage.values.change import ChangeKind

_IN_SESSION = "recording"
"""Under which name a session knows what records it."""


class Recording:
    """A change while it is being made: what each row was when the change began, and what was written to it."""

    def __init__(self, kind: ChangeKind) -> None:
        self.kind = kind
        """May be set while the change is made, where only then it shows what it is."""
        self.settings: dict[str, Any] | None = None
        """What is kept besides the rows, and has the change be kept even if there are none."""
        self._was: dict[tuple[str, Key], Image | None] = {}
        self._is: dict[tuple[str, Key], Image] = {}
        self._gone: set[tuple[str, Key]] = set()

    def made(self, row: tuple[str, Key], image: Image) -> None:
        """The row is new."""
        self._was.setdefault(row, None)
        self._is[row] = image

    def touches(self, row: tuple[str, Key]) -> bool:
        """Whether it isn't known yet what the row was."""
        return row not in self._was

    def keep(self, row: tuple[str, Key], image: Image) -> None:
        """The row was so before."""
        self._was[row] = image

    def wrote(self, row: tuple[str, Key], image: Image) -> None:
        """These columns of the row are so now."""
        self._is.setdefault(row, {}).update(image)

    def gone(self, row: tuple[str, Key]) -> None:
        """The row is no more."""
        self._gone.add(row)

    def rows(self) -> list[ImageRow]:
        """What was touched, without rows that came and went within the change."""
        return [
            {"table": row[0], "key": list(row[1]), "was": was, "is": None if row in self._gone else self._is[row]}
            for row, was in self._was.items()
            if was is not None or row not in self._gone
        ]


@asynccontextmanager
async def recording(session: WriteSession, user_id: int, kind: ChangeKind, now: datetime) -> AsyncIterator[Recording]:
    """What is written within the block is one change of this lifter; nothing is kept if nothing changed.

    An exception keeps nothing, as it is going to roll the transaction back.
    """
    session.info[_IN_SESSION] = change = Recording(kind)
    try:
        yield change
        await session.flush()
    finally:
        del session.info[_IN_SESSION]
    if (rows := change.rows()) or change.settings is not None:
        made = {"user_id": user_id, "kind": change.kind, "made_at": now, "rows": rows, "settings": change.settings}
        await session.execute(insert(CHANGES), made)


async def latest(session: ReadSession, user_id: int, since: datetime | None = None) -> Change | None:
    """The lifter's last change that hasn't been taken back, if it was made since that time."""
    query = select(Change).where(Change.user_id == user_id).order_by(Change.id.desc()).limit(1)
    return await session.scalar(query if since is None else query.where(Change.made_at >= since))


async def take_back(session: WriteSession, change: Change) -> None:
    """Puts every row back as it was before the change, and forgets the change.

    A row of an exercise that was merged meanwhile comes back with its successor; the merging itself stays.
    Raises NotAsLeftError if something isn't as the change left it, or what it needs is gone or taken; so it is to be
    called in a savepoint.
    """
    try:
        await put_back(session, change.user_id, change.rows)
    except IntegrityError as error:
        raise NotAsLeftError from error
    await session.delete(change)
    await session.flush()


async def put_back_if_left(session: WriteSession, user_id: int, rows: Sequence[ImageRow]) -> bool:
    """Puts these rows of a change back, if they still are as it left them and nothing else needs them; whether so."""
    try:
        async with session.begin_nested():
            await put_back(session, user_id, rows)
    except (NotAsLeftError, IntegrityError):
        return False
    return True


async def drop(session: WriteSession, change_id: int) -> None:
    """Forgets one change, which stays made."""
    await session.execute(delete(Change).where(Change.id == change_id))


async def forget(session: WriteSession, user_id: int, before: datetime) -> None:
    """Forgets the lifter's changes made before that time: nobody takes back what is so long ago."""
    await session.execute(delete(Change).where(Change.user_id == user_id, Change.made_at < before))


def _recording_of(instance: Base) -> Recording | None:
    session = object_session(instance)
    return None if session is None else session.info.get(_IN_SESSION)


def _after_insert(mapper: Mapper[Any], _: Connection, instance: Base) -> None:
    if (change := _recording_of(instance)) is not None:
        change.made(_row(mapper, instance), images.image_of_new(instance))


def _before_update(mapper: Mapper[Any], connection: Connection, instance: Base) -> None:
    change, row = _recording_of(instance), _row(mapper, instance)
    if change is None or not (written := images.written_to(instance)):
        return
    if change.touches(row):
        change.keep(row, images.image_of(connection, instance))
    change.wrote(row, written)


def _before_delete(mapper: Mapper[Any], connection: Connection, instance: Base) -> None:
    change, row = _recording_of(instance), _row(mapper, instance)
    if change is None:
        return
    if change.touches(row):
        change.keep(row, images.image_of(connection, instance))
    change.gone(row)


def _row(mapper: Mapper[Any], instance: Base) -> tuple[str, Key]:
    return type(instance).__tablename__, tuple(mapper.primary_key_from_instance(instance))


# On the mapper, since only there every write passes, also those that cascades find while flushing.
for _model in RECORDED.values():
    event.listen(_model, "after_insert", _after_insert)
    event.listen(_model, "before_update", _before_update)
    event.listen(_model, "before_delete", _before_delete)

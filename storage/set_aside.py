"""What failed too often: to be looked at, and to be tried again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.database import ReadSession, WriteSession
from storage.models import JournalRow
from storage.values.chat import JournalStatus, Source


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was set aside, without what its lifter wrote. `kind` is what sort of update it is."""

    id: int
    user_id: int
    kind: str
    received_at: datetime
    has_effect: bool


async def all_set_aside(session: ReadSession) -> Sequence[SetAside]:
    """The rows that were set aside, oldest first."""
    rows = await session.scalars(
        select(JournalRow).where(JournalRow.status == JournalStatus.SET_ASIDE).order_by(JournalRow.id)
    )
    return [SetAside(row.id, row.user_id, _kind(row), row.received_at, row.has_effect) for row in rows]


async def try_again(session: WriteSession, journal_ids: Collection[int] | None = None) -> dict[int, int]:
    """Puts rows that were set aside, or those of them that are given, at the end of their lanes, in their order.

    Each gets a new id, since the ids give the order: which one by the one that it had. What has had its effect is
    only answered.
    """
    chosen = [JournalRow.status == JournalStatus.SET_ASIDE]
    if journal_ids is not None:
        chosen.append(JournalRow.id.in_(journal_ids))
    again: dict[int, int] = {}
    for row in (
        await session.scalars(select(JournalRow).where(*chosen).order_by(JournalRow.id).with_for_update())
    ).all():
        await session.execute(delete(JournalRow).where(JournalRow.id == row.id))
        waiting = insert(JournalRow).values(
            bot_id=row.bot_id,
            source=row.source,
            source_id=row.source_id,
            user_id=row.user_id,
            payload=row.payload,
            status=JournalStatus.APPLIED if row.has_effect else JournalStatus.PENDING,
            has_effect=row.has_effect,
            owed=row.owed,
            received_at=row.received_at,
        )
        again[row.id] = (await session.execute(waiting.returning(JournalRow.id))).scalar_one()
    return again


def _kind(row: JournalRow) -> str:
    if row.source is not Source.TELEGRAM:
        return row.source
    return next((name for name in row.payload if name != "update_id"), "unknown")

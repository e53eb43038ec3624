"""The record of what admins did. It is only ever added to, but that who leaves is named no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, select, update

from storage.database import ReadSession, WriteSession
from storage.models import AuditRow
from storage.values.audit import AdminAction
from storage.values.chat import NOBODY


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `action` is an `AdminAction` or a newer release's.

    `admin_id` is None for the host on the command line, NOBODY for who has left; so is a `lifter` whom it is about.
    """

    id: int
    admin_id: int | None
    done_at: datetime
    action: str
    about: Mapping[str, Any]


async def note(
    session: WriteSession, admin_id: int | None, action: AdminAction, now: datetime, **about: int | Sequence[int | str]
) -> None:
    """Puts an act on record, in the transaction of its effect. See `AdminAction` for what to say about each.

    Only ids, counts and names of fields belong here: nothing that a person has written.
    """
    session.add(AuditRow(admin_id=admin_id, done_at=now, action=action.value, about=about))
    await session.flush()


async def latest(
    session: ReadSession, *, limit: int, before: int | None = None, but: Collection[AdminAction] = ()
) -> Sequence[AuditEntry]:
    """The latest acts, newest first: of those before that id, if one is given, and without some kinds."""
    query = select(AuditRow).where(AuditRow.action.not_in([action.value for action in but]))
    if before is not None:
        query = query.where(AuditRow.id < before)
    rows = await session.scalars(query.order_by(AuditRow.id.desc()).limit(limit))
    return [AuditEntry(row.id, row.admin_id, row.done_at, row.action, row.about) for row in rows]


async def who_acted(session: ReadSession) -> frozenset[int]:
    """Every admin who ever did something, whether still an admin or not."""
    query = select(AuditRow.admin_id).where(AuditRow.admin_id.is_not(None)).distinct()
    return frozenset(one for one in await session.scalars(query) if one)


async def forget(session: WriteSession, lifter_id: int) -> None:
    """What was done stays on record, but not that this lifter did it, or that it was about them."""
    await session.execute(update(AuditRow).where(AuditRow.admin_id == lifter_id).values(admin_id=NOBODY))
    said = select(AuditRow).where(cast(AuditRow.about, Text).contains(str(lifter_id))).order_by(AuditRow.id)
    for row in await session.scalars(said):
        if row.about.get("lifter") == lifter_id:
            row.about = row.about | {"lifter": NOBODY}

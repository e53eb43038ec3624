"""Which replicas live, and which of them does what only one may do.

A replica says every few seconds that it lives. Once it has been silent for too long, whatever it owned is free: its
lanes and its duties. There is no lease for each of these, so what a replica owns costs nothing to keep.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.database import ReadSession, WriteSession
from storage.database_clock import DatabaseNow
from storage.inserting import insert_new
from storage.models import Duty, Replica

LIVES_FOR = 6000
"""Milliseconds after which a replica that has said nothing is dead. It should speak three times meanwhile."""


async def beat(session: WriteSession, bot_id: int, replica_id: str) -> None:
    """Says that the replica lives."""
    until = DatabaseNow() + LIVES_FOR
    said = insert_new(session, Replica).values(id=replica_id, bot_id=bot_id, lives_until=until)
    await session.execute(said.on_conflict_do_update(index_elements=["id"], set_={"lives_until": until}))
    dead = delete(Replica).where(Replica.bot_id == bot_id, not_(_lives()))
    await session.execute(dead)


async def live_alone(session: WriteSession, bot_id: int, replica_id: str) -> None:
    """Says that the replica lives until it says otherwise, and nobody else does: what a lock on the file ensures."""
    await session.execute(delete(Replica))
    session.add(Replica(id=replica_id, bot_id=bot_id, lives_until=None))
    await session.flush()


async def leave(session: WriteSession, replica_id: str) -> None:
    """Frees at once whatever the replica owns."""
    await session.execute(delete(Replica).where(Replica.id == replica_id))


async def leave_duties(session: WriteSession, replica_id: str) -> None:
    """Lets another replica have what this one did for all."""
    await session.execute(delete(Duty).where(Duty.owner == replica_id))


async def how_many(session: ReadSession, bot_id: int) -> int:
    """How many replicas of the bot live."""
    living = select(func.count()).select_from(Replica).where(Replica.bot_id == bot_id, _lives())
    return await session.scalar(living) or 0


async def take_duty(session: WriteSession, bot_id: int, replica_id: str, name: str) -> bool:
    """Whether the duty is this replica's, which takes it if it is free."""
    taken = (
        insert_new(session, Duty)
        .values(bot_id=bot_id, name=name, owner=replica_id)
        .on_conflict_do_update(
            index_elements=["bot_id", "name"],
            set_={"owner": replica_id},
            where=or_(Duty.owner == replica_id, not_(owner_lives(Duty.owner))),
        )
        .returning(Duty.owner)
    )
    return await session.scalar(taken) is not None


def owner_lives(owner: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    """Whether the replica in the column lives."""
    # Not an EXISTS: within ON CONFLICT SQLAlchemy wouldn't correlate it with the row that is there.
    return owner.in_(select(Replica.id).where(_lives()))


def _lives() -> ColumnElement[bool]:
    return or_(Replica.lives_until.is_(None), Replica.lives_until > DatabaseNow())

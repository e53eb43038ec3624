"""Lanes: which replica handles a lifter's updates, so that these are handled in their order wherever they came in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import case, delete, exists, func, literal, not_, null, or_, select, update

from storage.applying import held
from storage.database import ReadSession, WriteSession
from storage.inserting import insert_new
from storage.models import WAITS, JournalRow, Lane
from storage.replicas import owner_lives
from storage.values.lane import LaneHold, LaneLostError

CHANNEL = "spotter_lanes"
"""On which PostgreSQL tells the owner of a lane that something came in for it: bot, lifter and owner."""


async def claim(session: WriteSession, bot_id: int, user_id: int, owner: str) -> LaneHold | None:
    """Takes the lane for this replica; None if another one that lives has it, which is told to look."""
    takeable = or_(Lane.owner.is_(None), Lane.owner == owner, not_(owner_lives(Lane.owner)))
    claimed = (
        insert_new(session, Lane)
        .values(bot_id=bot_id, user_id=user_id, owner=owner, epoch=1)
        .on_conflict_do_update(
            index_elements=["bot_id", "user_id"],
            set_={"owner": owner, "epoch": case((Lane.owner == owner, Lane.epoch), else_=Lane.epoch + 1)},
            where=takeable,
        )
        .returning(Lane.epoch)
    )
    epoch = await session.scalar(claimed)
    if epoch is not None:
        return LaneHold(bot_id, user_id, owner, epoch)
    if session.get_bind().dialect.name == "postgresql":
        # Everybody hears it, so it names the owner: another who looked would be refused the lane and say so again.
        said = func.pg_notify(CHANNEL, literal(f"{bot_id}:{user_id}:") + Lane.owner)
        await session.execute(select(said).where(Lane.bot_id == bot_id, Lane.user_id == user_id))
    return None


async def leave(session: WriteSession, hold: LaneHold, closing: Collection[int] = ()) -> bool:
    """Gives the lane up if nothing waits in it, but for the rows that are about to be closed; whether that was so.

    Raises LaneLostError. Until the commit nobody else can take the lane, so what comes in meanwhile is not forgotten:
    whoever wrote it down tries to take the lane afterwards.
    """
    waits = exists().where(
        JournalRow.user_id == hold.user_id,
        JournalRow.bot_id == hold.bot_id,
        WAITS,
        JournalRow.id.not_in(closing),
    )
    left = (
        update(Lane)
        .where(*held(hold))
        .values(owner=case((waits, literal(hold.owner)), else_=null()))
        .returning(Lane.owner)
    )
    found = (await session.execute(left)).one_or_none()
    if found is None:
        raise LaneLostError(hold)
    return found.owner is None


async def forget_unused(session: WriteSession) -> None:
    """Deletes the lanes that nobody owns and of which the journal knows nothing any more."""
    # Distinct, or PostgreSQL, which first counts the rows to remember, would go through a long journal for each lane.
    known = select(JournalRow.user_id).distinct()
    await session.execute(delete(Lane).where(Lane.owner.is_(None), Lane.user_id.not_in(known)))


async def waiting(session: ReadSession, bot_id: int, owner: str) -> Sequence[int]:
    """The lifters for whom something waits that this replica should handle: the lane is its own, or nobody's."""
    others = exists().where(
        Lane.bot_id == bot_id, Lane.user_id == JournalRow.user_id, Lane.owner != owner, owner_lives(Lane.owner)
    )
    waits = (JournalRow.bot_id == bot_id, WAITS, not_(others))
    return (await session.scalars(select(JournalRow.user_id).where(*waits).distinct())).all()

"""Lanes: which replica handles a lifter's updates, so that these are handled in their order wherever they came in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, delete, exists, func, not_, null, or_, select, tuple_, update

from storage.database import ReadSession, WriteSession
from storage.inserting import insert_into
from storage.models import JOURNAL, LANES, WAITS, JournalRow, Lane
from storage.replicas import owner_lives
from storage.values.lane import LaneHold

CHANNEL = "spotter_lanes"
"""On which PostgreSQL tells the owner of a lane that something came in for it: bot, lifter and owner."""


@cache
def _claiming(dialect: str) -> Any:
    claiming = insert_into(dialect, Lane)
    new = claiming.excluded
    return claiming.on_conflict_do_update(
        index_elements=["bot_id", "user_id"],
        set_={"owner": new.owner, "epoch": case((Lane.owner == new.owner, Lane.epoch), else_=Lane.epoch + 1)},
        where=or_(Lane.owner.is_(None), Lane.owner == new.owner, not_(owner_lives(Lane.owner))),
    ).returning(Lane.user_id, Lane.epoch)


_TAKEN = select(Lane.user_id).where(
    Lane.bot_id == bindparam("for_bot"),
    Lane.user_id.in_(bindparam("lifters", expanding=True)),
    Lane.owner != bindparam("by"),
    owner_lives(Lane.owner),
)

_LEFT_BEHIND = exists().where(
    JOURNAL.c.user_id == LANES.c.user_id,
    JOURNAL.c.bot_id == LANES.c.bot_id,
    WAITS,
    JOURNAL.c.id.not_in(bindparam("closing", expanding=True)),
)

_HELD = (
    select(LANES.c.bot_id, LANES.c.user_id)
    .where(
        tuple_(LANES.c.bot_id, LANES.c.user_id, LANES.c.owner, LANES.c.epoch).in_(bindparam("claims", expanding=True))
    )
    # As in `claim`: in one order.
    .order_by(LANES.c.user_id)
    .with_for_update()
)

_LEAVING = (
    update(LANES)
    .where(tuple_(LANES.c.bot_id, LANES.c.user_id).in_(_HELD))
    .values(owner=case((_LEFT_BEHIND, LANES.c.owner), else_=null()))
    .returning(LANES.c.bot_id, LANES.c.user_id, LANES.c.epoch, LANES.c.owner)
)


async def claim(session: WriteSession, bot_id: int, user_ids: Collection[int], owner: str) -> dict[int, LaneHold]:
    """Takes these lifters' lanes for this replica; those that it has now.

    The others are owned by replicas that live, which are told to look.
    """
    dialect = session.get_bind().dialect.name
    free = set(user_ids)
    if dialect == "postgresql":
        # To claim a lane locks it, also where it can't be had: its owner would wait for whatever this waits for.
        asked = {"for_bot": bot_id, "lifters": list(user_ids), "by": owner}
        free -= set(await session.scalars(_TAKEN, asked))
    # In one order everywhere, or two replicas might wait for each other.
    rows = [{"bot_id": bot_id, "user_id": user_id, "owner": owner, "epoch": 1} for user_id in sorted(free)]
    claimed = await session.execute(_claiming(dialect), rows) if rows else ()
    holds = {user_id: LaneHold(bot_id, user_id, owner, epoch) for user_id, epoch in claimed}
    others = set(user_ids) - holds.keys()
    if others and dialect == "postgresql":
        # Everybody hears it, so it names the owner: another who looked would be refused the lane and say so again.
        named = func.concat(bot_id, ":", Lane.user_id, ":", Lane.owner)
        said = select(func.pg_notify(CHANNEL, named)).where(Lane.bot_id == bot_id, Lane.user_id.in_(others))
        await session.execute(said)
    return holds


async def leave(
    session: WriteSession, holds: Collection[LaneHold], closing: Collection[int] = ()
) -> dict[LaneHold, bool]:
    """Gives each lane up if nothing waits in it, but for the rows that are about to be closed; whether that was so.

    One that is left out has been lost to another replica. Until the commit nobody else can take the lanes, so what
    comes in meanwhile is not forgotten: whoever wrote it down tries to take the lane afterwards.
    """
    if not holds:
        return {}
    held = {(hold.bot_id, hold.user_id, hold.epoch): hold for hold in holds}
    claims = [(hold.bot_id, hold.user_id, hold.owner, hold.epoch) for hold in holds]
    found = await session.execute(_LEAVING, {"claims": claims, "closing": list(closing)})
    return {held[bot_id, user_id, epoch]: owner is None for bot_id, user_id, epoch, owner in found}


async def forget_unused(session: WriteSession) -> None:
    """Deletes the lanes that nobody owns and of which the journal knows nothing any more."""
    # Distinct, or PostgreSQL, which first counts the rows to remember, would go through a long journal for each lane.
    known = select(JournalRow.user_id).distinct()
    await session.execute(delete(Lane).where(Lane.owner.is_(None), Lane.user_id.not_in(known)))


async def forget(session: WriteSession, bot_id: int, user_ids: Collection[int]) -> None:
    """Deletes these lanes, where they have just been given up."""
    gone = (Lane.bot_id == bot_id, Lane.user_id.in_(user_ids), Lane.owner.is_(None))
    await session.execute(delete(Lane).where(*gone))


async def waiting(session: ReadSession, bot_id: int, owner: str) -> Sequence[int]:
    """The lifters for whom something waits that this replica should handle: the lane is its own, or nobody's."""
    others = exists().where(
        Lane.bot_id == bot_id, Lane.user_id == JournalRow.user_id, Lane.owner != owner, owner_lives(Lane.owner)
    )
    waits = (JournalRow.bot_id == bot_id, WAITS, not_(others))
    return (await session.scalars(select(JournalRow.user_id).where(*waits).distinct())).all()

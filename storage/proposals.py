"""Queries on proposals for the library, and on who is to be told of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, or_, select, update

from storage.database import ReadSession, WriteSession
from storage.models import PROPOSED, Exercise, Proposal, ProposalNotice, User
from storage.values.proposal import ProposalState


async def find(session: ReadSession, proposal_id: int) -> Proposal | None:
    """The proposal, whoever's. In a writing transaction it is held until the commit."""
    query = select(Proposal).where(Proposal.id == proposal_id)
    if isinstance(session, WriteSession):
        query = query.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(query)


async def latest_of(session: ReadSession, user_id: int, exercise_id: int) -> Proposal | None:
    """The lifter's latest proposal of this exercise."""
    query = select(Proposal).where(Proposal.user_id == user_id, Proposal.exercise_id == exercise_id)
    return await session.scalar(query.order_by(Proposal.id.desc()).limit(1))


async def count_waiting(session: ReadSession, user_id: int | None = None) -> int:
    """How many proposals wait for an answer, of this lifter's or of everybody's."""
    query = select(func.count()).select_from(Proposal).where(PROPOSED)
    if user_id is not None:
        query = query.where(Proposal.user_id == user_id)
    return await session.scalar(query) or 0


async def waiting(session: ReadSession, places: range) -> Sequence[tuple[int, str]]:
    """Those in these places of the list of what waits for an answer, the oldest first, with the exercises' names."""
    query = select(Proposal.id, Exercise.name).join(Exercise, Proposal.exercise_id == Exercise.id).where(PROPOSED)
    found = await session.execute(query.order_by(Proposal.id).offset(places.start).limit(len(places)))
    return [(proposal_id, name) for proposal_id, name in found]


async def withdraw_all_of(session: WriteSession, exercise_id: int) -> None:
    """Nothing is proposed of this exercise any more."""
    waits = update(Proposal).where(Proposal.exercise_id == exercise_id, PROPOSED)
    await session.execute(waits.values(state=ProposalState.WITHDRAWN))


async def reachable_admins(session: ReadSession, admin_ids: Collection[int]) -> Sequence[int]:
    """The host's admins and those whom admins have made so, as far as they have ever written and can be written to."""
    whose = or_(User.is_admin, User.id.in_(admin_ids))
    query = select(User.id).where(whose, User.unreachable_since.is_(None), User.leaving_since.is_(None))
    return (await session.scalars(query.order_by(User.id))).all()


async def notice_for(session: ReadSession, user_id: int, notice_id: int) -> ProposalNotice | None:
    """The notice, if it is for this lifter and still holds."""
    query = select(ProposalNotice).where(ProposalNotice.id == notice_id, ProposalNotice.user_id == user_id)
    return await session.scalar(query)


async def forget_notices(session: WriteSession, proposal_id: int) -> None:
    """What was to be told of this proposal holds no more."""
    await session.execute(delete(ProposalNotice).where(ProposalNotice.proposal_id == proposal_id))

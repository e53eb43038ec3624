"""Queries on lifters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, select, update

from storage.database import ReadSession, WriteSession
from storage.inserting import insert_new
from storage.models import ExercisePreference, User

_THESE = select(User).where(User.id.in_(bindparam("these", expanding=True)))


async def ensure(session: WriteSession, user_id: int, name: str | None, now: datetime) -> User:
    """The lifter's row, made at first contact; a new name from Telegram is taken over and they count as reachable."""
    user = await session.get(User, user_id)
    if user is None:
        values = {"id": user_id, "name": name or "", "created_at": now}
        await session.execute(insert_new(session, User).values(values).on_conflict_do_nothing(index_elements=["id"]))
        user = await session.get_one(User, user_id)
    if name and name != user.name:
        user.name = name
    if name and user.unreachable_since is not None:
        user.unreachable_since = None
    return user


def has_news(user: User, name: str | None) -> bool:
    """Whether `ensure` would change the lifter's row."""
    return bool(name) and (name != user.name or user.unreachable_since is not None)


async def by_id(session: ReadSession, user_id: int) -> User:
    """The lifter's row. Raises NoResultFound: every lifter with an update at hand has one."""
    return await session.get_one(User, user_id)


async def find(session: ReadSession, user_id: int) -> User | None:
    """The lifter's row, if they have ever written."""
    return await session.get(User, user_id)


async def find_all(session: ReadSession, user_ids: Collection[int]) -> dict[int, User]:
    """The rows of those of the lifters who have ever written."""
    users = await session.scalars(_THESE, {"these": list(user_ids)})
    return {user.id: user for user in users}


async def mark_unreachable(session: WriteSession, user_id: int, now: datetime) -> None:
    """Remembers since when Telegram refuses messages to this lifter."""
    reachable = update(User).where(User.id == user_id, User.unreachable_since.is_(None))
    await session.execute(reachable.values(unreachable_since=now))


async def is_admin(session: ReadSession, user_id: int) -> bool:
    """Whether an admin has made this lifter one."""
    return bool(await session.scalar(select(User.is_admin).where(User.id == user_id)))


async def admins(session: ReadSession) -> Sequence[User]:
    """The lifters whom an admin has made one."""
    return (await session.scalars(select(User).where(User.is_admin).order_by(User.id))).all()


async def steps_in_own_unit(session: ReadSession, user_id: int) -> Sequence[ExercisePreference]:
    """What the lifter wants with exercises whose weight step is in whatever unit the lifter has chosen."""
    query = select(ExercisePreference).where(
        ExercisePreference.user_id == user_id,
        ExercisePreference.unit.is_(None),
        ExercisePreference.weight_step.is_not(None),
    )
    return (await session.scalars(query)).all()


async def hold(session: WriteSession, user_id: int) -> User:
    """The lifter's row; others who hold it too wait until the commit, so that they see what this one did.

    Raises NoResultFound, as `by_id`.
    """
    return (await session.scalars(_held(user_id))).one()


async def hold_if_there(session: WriteSession, user_id: int) -> User | None:
    """As `hold`, for who may never have written, or is being deleted."""
    return (await session.scalars(_held(user_id))).one_or_none()


def _held(user_id: int) -> Select[User]:
    # Rows that refer to the lifter may still be written meanwhile.
    return select(User).where(User.id == user_id).with_for_update(key_share=True)

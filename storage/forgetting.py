"""What can't be taken back any more because something else was done since."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Text, cast, or_, select

from storage.database import WriteSession
from storage.images import Image, ImageRow
from storage.models import Change, ExercisePreference, User
from storage.touched import exercises_of, preferred_of
from storage.values.change import ChangeKind


async def forget_exercises(
    session: WriteSession, user_id: int, also_of: Collection[int] | None, exercise_ids: Collection[int]
) -> None:
    """What this lifter changed in the library about these exercises can't be taken back any more.

    `also_of` are the host's admins, where what any admin has changed is meant as well.
    """
    whose = Change.user_id == user_id
    if also_of is not None:
        admins = select(User.id).where(or_(User.is_admin, User.id.in_(also_of)))
        whose = or_(whose, Change.user_id.in_(admins))
    query = select(Change).where(Change.kind == ChangeKind.LIBRARY, whose).order_by(Change.id)
    for change in (await session.scalars(query)).all():
        if not preferred_of(change.rows).union(await exercises_of(session, change.rows)).isdisjoint(exercise_ids):
            await session.delete(change)
    await session.flush()


async def forget_steps(session: WriteSession, user_id: int) -> None:
    """No change brings back a weight step in the unit that the lifter had, which would be read in the one they have."""
    query = select(Change).where(Change.user_id == user_id, Change.kind == ChangeKind.LIBRARY).order_by(Change.id)
    for change in await session.scalars(query):
        if any(_is_preference_of(row, user_id) for row in change.rows):
            change.rows = [_without_step(row, user_id) for row in change.rows]
    await session.flush()


async def forget_lifter(session: WriteSession, user_id: int) -> None:
    """No change of somebody else's, who deleted an exercise, brings back what this lifter wanted with it.

    Nor what they called it, or anything else that is theirs.
    """
    mentions = cast(Change.rows, Text).contains(str(user_id))
    others = select(Change).where(Change.user_id != user_id, mentions)
    for change in await session.scalars(others.order_by(Change.id)):
        kept = [row for row in change.rows if not (_is_preference_of(row, user_id) or _is_row_of(row, user_id))]
        if len(kept) < len(change.rows):
            change.rows = kept
    await session.flush()


def _is_preference_of(row: ImageRow, user_id: int) -> bool:
    return bool(row["table"] == ExercisePreference.__tablename__ and row["key"][0] == user_id)


def _is_row_of(row: ImageRow, user_id: int) -> bool:
    return any((row.get(image) or {}).get("user_id") == user_id for image in ("was", "is"))


def _without_step(row: ImageRow, user_id: int) -> ImageRow:
    if not _is_preference_of(row, user_id):
        return row
    was, left = row["was"], row.get("is")
    without = dict(row)
    if was is not None and was["unit"] is None:
        without["was"] = was | {"weight_step": None}
    if left is not None and ((was or {}) | left)["unit"] is None:
        without["is"] = _no_step_in(left)
    return without


def _no_step_in(left: Image) -> Image:
    return left | {"weight_step": None} if "weight_step" in left else left

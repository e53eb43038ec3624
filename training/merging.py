"""Making one exercise of two."""

from __future__ import annotations

from datetime import datetime

from storage import keeping
from storage.database import ReadSession, WriteSession
from storage.finding import MOVED
from storage.models import Exercise, ExerciseAlias
from training.errors import ArchivedError, InvalidValueError, MeasureMismatchError


async def merge(session: WriteSession, merged: Exercise, into: Exercise, now: datetime) -> None:
    """Moves what refers to the first exercise, and its names, to the second. Both are held, with their aliases.

    All its names go on leading somewhere, though the second then has more than may be given to one.

    Raises what `require_mergeable` raises.
    """
    await require_mergeable(session, merged, into)
    await keeping.repoint(session, merged.id, into.id)
    # A lifter's own names would be read by everybody on a system exercise, so there they stay where they are.
    if merged.user_id == into.user_id:
        _move_names(merged, into)
    merged.archived_at = merged.archived_at or now
    merged.merged_into_id = into.id
    await session.flush()


async def require_mergeable(session: ReadSession, merged: Exercise, into: Exercise) -> None:
    """Raises InvalidValueError if the two are one, ArchivedError if the second is archived, and MeasureMismatchError if
    there are sets of the first that don't fit the second.
    """
    if merged.id == into.id:
        raise InvalidValueError("into_id")
    if into.archived_at is not None:
        raise ArchivedError(into.name)
    if merged.measure is not into.measure and await keeping.has_sets(session, merged.id):
        raise MeasureMismatchError(merged.measure, into.measure)


def _move_names(merged: Exercise, into: Exercise) -> None:
    moved = {merged.name_key: merged.name} | {alias.alias_key: alias.alias for alias in merged.aliases}
    known = {into.name_key, *(alias.alias_key for alias in into.aliases)}
    into.aliases.extend(ExerciseAlias(alias=alias, alias_key=key) for key, alias in moved.items() if key not in known)
    merged.aliases.clear()
    merged.name_key = f"{MOVED}{merged.id}"

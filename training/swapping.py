"""Another exercise in the place of one of the open workout, within a transaction of whoever wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage import editable
from storage.database import WriteSession
from storage.models import User
from training.card import OpenWorkout, read_open
from training.edit import Edit, open_for_editing
from training.errors import FrozenError, StaleButtonError


@dataclass(frozen=True, slots=True)
class InsteadOf:
    """The execution whose place another exercise takes, while its workout is at this revision."""

    execution_id: int
    revision: int


async def swap(
    session: WriteSession, user: User, instead_of: InsteadOf, exercise_id: int, now: datetime
) -> OpenWorkout:
    """The open workout with the other exercise in that place; the sets stay. To be recorded as a change.

    Raises NotFoundError, StaleButtonError also where the workout is finished, and MeasureMismatchError.
    """
    of = editable.Whose(execution_id=instead_of.execution_id)
    try:
        workout = await open_for_editing(session, user.id, of, instead_of.revision)
    except FrozenError:
        raise StaleButtonError from None
    edit = Edit(session, workout, now)
    await edit.swap(edit.execution(instead_of.execution_id), exercise_id)
    await edit.write()
    return await read_open(session, user, workout)

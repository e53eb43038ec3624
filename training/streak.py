"""How many calendar weeks in a row a lifter has trained: the same number wherever it is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage import progress
from storage.database import ReadSession
from storage.models import User
from training.occurrences import day_of
from training.weeks import WEEK, begins, in_a_row, monday_of

_AT_ONCE = 400
"""How many workouts are looked at in one go where weeks are counted back."""


async def weeks_in_a_row(session: ReadSession, user: User, today: date, *, days: Iterable[date], since: date) -> int:
    """As `weeks.in_a_row`, however long it is; the days with a workout are known from the Monday `since` on.

    That mostly does; else more are looked at, until a week is missing.
    """
    zone = ZoneInfo(user.time_zone)
    mondays, running = {monday_of(day) for day in days}, monday_of(today)
    before: datetime | None = None
    while (number := in_a_row(mondays, today)) and running - WEEK * (number + (running not in mondays)) < since:
        found = await progress.finished_before(session, user.id, before or begins(since, zone), _AT_ONCE)
        if not found:
            break
        before = found[-1]
        since = monday_of(day_of(zone, before))
        mondays |= {monday_of(day_of(zone, began)) for began in found}
    return number

"""The journal: updates written down before they are acknowledged, handed out one by one in their lifter's order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from storage import applying, flooding
from storage.at_hand import UpdateAtHand
from storage.database import WriteSession
from storage.inserting import insert_new
from storage.models import JOURNAL, WAITS, Announcement, JournalRow, RestTimer, Timer, Workout
from storage.values.chat import (
    WAITING,
    CardShown,
    JournalStatus,
    ProgressShown,
    RestMessageRemoved,
    RestMessageShown,
    Source,
    TimerMessageRemoved,
    TimerMessageShown,
)

_PRUNED = (JournalStatus.DONE, JournalStatus.REFUSED)
"""What nobody will ask about; what was set aside or couldn't be read stays."""

_AT_ONCE = 1000
"""How many rows one pruning deletes."""


_OLDEST = (
    select(JournalRow.user_id, func.min(JournalRow.id), func.max(JournalRow.id))
    .where(
        JournalRow.user_id.in_(bindparam("lifters", expanding=True)),
        JournalRow.bot_id == bindparam("for_bot"),
        WAITS,
        JournalRow.id.not_in(bindparam("but", expanding=True)),
    )
    .group_by(JournalRow.user_id)
)

_CLAIMING = (
    update(JOURNAL)
    .where(JOURNAL.c.id.in_(bindparam("claimed", expanding=True)))
    .values(attempts=JOURNAL.c.attempts + 1)
    .returning(
        JOURNAL.c.id,
        JOURNAL.c.source,
        JOURNAL.c.source_id,
        JOURNAL.c.payload,
        JOURNAL.c.status,
        JOURNAL.c.attempts,
        JOURNAL.c.owed,
    )
)

_CLOSING = (
    update(JOURNAL)
    .where(JOURNAL.c.id.in_(bindparam("closed", expanding=True)))
    .values(status=bindparam("ends_as"), finished_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that is being handled. `attempts` counts this one too, `more` says whether others wait behind it."""

    id: int
    source: Source
    source_id: int
    payload: dict[str, Any]
    status: JournalStatus
    attempts: int
    owed: str | None
    more: bool


async def write_down(
    session: WriteSession, bot_id: int, rows: Sequence[flooding.Incoming], now: datetime
) -> flooding.Admitted:
    """Adds what isn't there yet: an update that Telegram delivers again changes nothing. Returns what was written.

    Of a lifter for whom too many wait already, updates are written down as refused; see `flooding`.
    """
    admitted = await flooding.admitted(session, bot_id, rows)
    values = [
        {
            "bot_id": bot_id,
            "source": row.source,
            "source_id": row.source_id,
            "user_id": row.user_id,
            "payload": {} if status is JournalStatus.REFUSED else row.payload,
            "received_at": now,
            "status": status,
            "finished_at": None if status in WAITING else now,
        }
        for row, status in admitted.rows
    ]
    if values:
        conflict = ["bot_id", "source", "source_id"]
        await session.execute(insert_new(session, JournalRow).on_conflict_do_nothing(index_elements=conflict), values)
    return admitted


async def claim_next(
    session: WriteSession,
    bot_id: int,
    user_ids: Collection[int],
    *,
    except_for: Collection[int] = (),
    most_attempts: int | None = None,
) -> dict[int, Claimed | None]:
    """The oldest waiting row of each lifter's lane, its attempt counted; by lifter, without those who have none.

    The rows `except_for` don't count as waiting. One that has had `most_attempts` is left as it is and stands as None.
    """
    asked = {"for_bot": bot_id, "lifters": list(user_ids), "but": list(except_for)}
    oldest = (await session.execute(_OLDEST, asked)).all()
    if not oldest:
        return {}
    claiming = _CLAIMING if most_attempts is None else _CLAIMING.where(JOURNAL.c.attempts < most_attempts)
    claimed = await session.execute(claiming, {"claimed": [first for _, first, _ in oldest]})
    rows = {row.id: row for row in claimed}
    return {
        user_id: Claimed(
            row.id, row.source, row.source_id, row.payload, row.status, row.attempts, row.owed, last > first
        )
        if (row := rows.get(first)) is not None
        else None
        for user_id, first, last in oldest
    }


async def give_back(session: WriteSession, journal_id: int) -> None:
    """Uncounts an attempt that failed for a reason that isn't the row's, such as an unreachable Telegram."""
    uncounted = update(JournalRow).where(JournalRow.id == journal_id).values(attempts=JournalRow.attempts - 1)
    await session.execute(uncounted)


async def close(session: WriteSession, journal_ids: Collection[int], status: JournalStatus, now: datetime) -> None:
    """Ends rows: nothing more will be done for them."""
    await session.execute(_CLOSING, {"closed": list(journal_ids), "ends_as": status, "at": now})


async def prune(session: WriteSession, before: datetime) -> int:
    """Deletes the oldest of what was received before that time and is done with; how many rows. To be repeated."""
    # Rows come in the order of their ids, so the search ends at the first one that is too young.
    young = select(JournalRow.id).where(JournalRow.received_at >= before).order_by(JournalRow.id).limit(1)
    first_young = await session.scalar(young)
    old = select(JournalRow.id).where(JournalRow.status.in_(_PRUNED), JournalRow.received_at < before)
    if first_young is not None:
        old = old.where(JournalRow.id < first_young)
    ids = (await session.scalars(old.order_by(JournalRow.id).limit(_AT_ONCE))).all()
    await session.execute(delete(JournalRow).where(JournalRow.id.in_(ids)))
    return len(ids)


async def record_shown(session: WriteSession, hand: UpdateAtHand) -> None:
    """Keeps what now stands in the chat: the card's message and how far up it is, the messages of rests and timers, and
    where an admin sees how far an announcement has come.

    The conversation's step is written too, if it has moved since the effect was committed.
    """
    await applying.write_step(session, hand)
    for shown in hand.shown:
        match shown:
            case CardShown(workout_id, message_id):
                workout = update(Workout).where(Workout.id == workout_id, Workout.user_id == hand.user_id)
                await session.execute(workout.values(card_message_id=message_id, messages_below=0))
            case RestMessageShown(timer_id, message_id):
                timer = update(RestTimer).where(RestTimer.id == timer_id, RestTimer.user_id == hand.user_id)
                await session.execute(timer.values(message_id=message_id))
            case RestMessageRemoved(timer_id):
                own = select(RestTimer).where(RestTimer.id == timer_id, RestTimer.user_id == hand.user_id)
                if (removed := await session.scalar(own)) is not None:
                    await session.delete(removed)
            case ProgressShown(announcement_id, message_id):
                own_one = (Announcement.id == announcement_id, Announcement.user_id == hand.user_id)
                await session.execute(update(Announcement).where(*own_one).values(message_id=message_id))
            case TimerMessageShown(timer_id, message_id):
                shows = update(Timer).where(Timer.id == timer_id, Timer.user_id == hand.user_id)
                await session.execute(shows.values(message_id=message_id))
            case TimerMessageRemoved(timer_id):
                await session.execute(delete(Timer).where(Timer.id == timer_id, Timer.user_id == hand.user_id))
    if hand.messages:
        open_workout = update(Workout).where(Workout.user_id == hand.user_id, Workout.finished_at.is_(None))
        await session.execute(open_workout.values(messages_below=Workout.messages_below + hand.messages))

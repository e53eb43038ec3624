"""The journal: updates written down before they are acknowledged, handed out one by one in their lifter's order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from storage import applying, flooding
from storage.at_hand import UpdateAtHand
from storage.database import WriteSession
from storage.inserting import insert_new
from storage.models import WAITS, JournalRow, RestTimer, Workout
from storage.values.chat import (
    WAITING,
    CardShown,
    JournalStatus,
    RestMessageRemoved,
    RestMessageShown,
    Source,
)

_PRUNED = (JournalStatus.DONE, JournalStatus.REFUSED)
"""What nobody will ask about; what was set aside or couldn't be read stays."""

_AT_ONCE = 1000
"""How many rows one pruning deletes."""


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
) -> Sequence[flooding.Incoming]:
    """Adds what isn't there yet: an update that Telegram delivers again changes nothing. Returns what was refused.

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
        for row, status in admitted
    ]
    if values:
        conflict = ["bot_id", "source", "source_id"]
        await session.execute(insert_new(session, JournalRow).on_conflict_do_nothing(index_elements=conflict), values)
    return [row for row, status in admitted if status is JournalStatus.REFUSED]


async def claim_next(session: WriteSession, bot_id: int, user_id: int, *, after: int = 0) -> Claimed | None:
    """The oldest waiting row of the lane behind the row `after`, its attempt counted; None if nothing waits there."""
    waits = (JournalRow.user_id == user_id, JournalRow.bot_id == bot_id, WAITS)
    oldest = (
        select(JournalRow.id)
        .where(*waits, JournalRow.id > after)
        .order_by(JournalRow.id)
        .limit(2)  # so that it is known whether there are more
    )
    found = (await session.scalars(oldest)).all()
    if not found:
        return None
    claimed = update(JournalRow).where(JournalRow.id == found[0]).values(attempts=JournalRow.attempts + 1)
    row = (await session.scalars(claimed.returning(JournalRow), execution_options={"populate_existing": True})).one()
    return Claimed(row.id, row.source, row.source_id, row.payload, row.status, row.attempts, row.owed, len(found) > 1)


async def give_back(session: WriteSession, journal_id: int) -> None:
    """Uncounts an attempt that failed for a reason that isn't the row's, such as an unreachable Telegram."""
    uncounted = update(JournalRow).where(JournalRow.id == journal_id).values(attempts=JournalRow.attempts - 1)
    await session.execute(uncounted)


async def close(session: WriteSession, journal_ids: Collection[int], status: JournalStatus, now: datetime) -> None:
    """Ends rows: nothing more will be done for them."""
    ended = update(JournalRow).where(JournalRow.id.in_(journal_ids)).values(status=status, finished_at=now)
    await session.execute(ended)


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
    """Keeps what now stands in the chat: the card's message and how far up it is, the rest-over messages.

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
    if hand.messages:
        open_workout = update(Workout).where(Workout.user_id == hand.user_id, Workout.finished_at.is_(None))
        await session.execute(open_workout.values(messages_below=Workout.messages_below + hand.messages))

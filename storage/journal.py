"""The journal: updates written down before they are acknowledged, handed out one by one in their lifter's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage import applying
from storage.at_hand import UpdateAtHand
from storage.database import ReadSession, WriteSession
from storage.inserting import insert_new
from storage.models import JournalRow, RestTimer, Workout
from storage.values.chat import CardShown, JournalStatus, RestMessageRemoved, RestMessageShown, Source

_WAITING = (JournalStatus.PENDING, JournalStatus.APPLIED)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is to be written down. `user_id` names the lane that it waits in."""

    source: Source
    source_id: int
    user_id: int
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that is being handled. `attempts` counts this one too."""

    id: int
    source: Source
    source_id: int
    payload: dict[str, Any]
    status: JournalStatus
    attempts: int
    owed: str | None


async def write_down(session: WriteSession, bot_id: int, rows: Sequence[Incoming], now: datetime) -> None:
    """Adds what isn't there yet: an update that Telegram delivers again changes nothing."""
    values = [
        {
            "bot_id": bot_id,
            "source": row.source,
            "source_id": row.source_id,
            "user_id": row.user_id,
            "payload": row.payload,
            "received_at": now,
        }
        for row in rows
    ]
    if values:
        conflict = ["bot_id", "source", "source_id"]
        await session.execute(insert_new(session, JournalRow).on_conflict_do_nothing(index_elements=conflict), values)


async def waiting_lanes(session: ReadSession, bot_id: int) -> Sequence[int]:
    """The lifters for whom something waits."""
    waits = (JournalRow.bot_id == bot_id, JournalRow.status.in_(_WAITING))
    return (await session.scalars(select(JournalRow.user_id).where(*waits).distinct())).all()


async def claim_next(session: WriteSession, bot_id: int, user_id: int) -> Claimed | None:
    """The oldest waiting row of the lane, its attempt counted; None if nothing waits."""
    oldest = (
        select(JournalRow.id)
        .where(JournalRow.user_id == user_id, JournalRow.bot_id == bot_id, JournalRow.status.in_(_WAITING))
        .order_by(JournalRow.id)
        .limit(1)
        .scalar_subquery()
    )
    row = await session.scalar(
        update(JournalRow)
        .where(JournalRow.id == oldest)
        .values(attempts=JournalRow.attempts + 1)
        .returning(JournalRow)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    return Claimed(row.id, row.source, row.source_id, row.payload, row.status, row.attempts, row.owed)


async def give_back(session: WriteSession, journal_id: int) -> None:
    """Uncounts an attempt that failed for a reason that isn't the row's, such as an unreachable Telegram."""
    uncounted = update(JournalRow).where(JournalRow.id == journal_id).values(attempts=JournalRow.attempts - 1)
    await session.execute(uncounted)


async def close(session: WriteSession, journal_id: int, status: JournalStatus, now: datetime) -> None:
    """Ends a row: nothing more will be done for it."""
    await session.execute(
        update(JournalRow).where(JournalRow.id == journal_id).values(status=status, finished_at=now, owed=None)
    )


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

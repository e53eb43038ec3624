"""What the journal's rows of each source are: what is handled for them, and how urgent that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.priority import Priority
from handlers.incoming import (
    DeliveryDue,
    ProgressDue,
    ProposalNews,
    ReminderDue,
    RestEnded,
    RestEndsSoon,
    TimerBeat,
    WatchDue,
)
from storage import timers
from storage.journal import Claimed
from storage.values.chat import Source
from training.reminding import due_of

PRIORITIES = {
    Source.REST: Priority.REMINDER,
    Source.REST_WARNING: Priority.REMINDER,
    Source.TIMER: Priority.REMINDER,
    Source.IDLE: Priority.REMINDER,
    Source.PROGRESS: Priority.REMINDER,
    Source.ANNOUNCEMENT: Priority.ANNOUNCEMENT,
    Source.PROPOSAL: Priority.ANNOUNCEMENT,
    # Many lifters are reminded at the same full hour: the ends of rests go before.
    Source.REMINDER: Priority.ANNOUNCEMENT,
}
"""How urgent what nobody has just asked for is; the rest is an answer."""

_OWN: Mapping[Source, Callable[[int, Claimed], object]] = {
    Source.REST: lambda lifter_id, row: RestEnded(lifter_id, row.source_id),
    Source.REST_WARNING: lambda lifter_id, row: RestEndsSoon(lifter_id, row.source_id),
    Source.TIMER: lambda lifter_id, row: TimerBeat(lifter_id, *timers.timer_and_beat(row.source_id)),
    Source.IDLE: lambda lifter_id, row: WatchDue(lifter_id, row.source_id),
    Source.PROPOSAL: lambda lifter_id, row: ProposalNews(lifter_id, row.source_id),
    Source.ANNOUNCEMENT: lambda lifter_id, row: DeliveryDue(lifter_id, row.source_id),
    Source.PROGRESS: lambda lifter_id, row: ProgressDue(lifter_id, row.payload.get("announcement", 0)),
    Source.REMINDER: lambda lifter_id, row: ReminderDue(lifter_id, *due_of(row.payload)),
}


class UnreadableError(Exception):
    """The row holds nothing that this release can parse."""


def own_update(row: Claimed, lifter_id: int) -> object:
    """What the bot itself has written down."""
    incoming = _OWN.get(row.source)
    if incoming is None:
        raise UnreadableError
    return incoming(lifter_id, row)


def priority_of(row: Claimed) -> Priority:
    """What nobody has just asked for waits behind everybody who has just done something.

    Where more waits in the lane its lifter may have done something too, which waits behind this.
    """
    return Priority.ANSWER if row.more else PRIORITIES.get(row.source, Priority.ANSWER)


def reference(row: Claimed) -> str:
    """The name under which lifter, admins and log speak of the same update."""
    return f"U-{row.id}"

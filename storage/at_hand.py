"""The update that this task is handling, so that its effect, its mark and the next step commit together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from storage.values.chat import Shown
from storage.values.lane import LaneHold


async def _at_once() -> None:
    """Nothing is under way."""


@dataclass(slots=True)
class UpdateAtHand:
    """What the handling of one journal row knows and promises.

    `step` is where the lifter's conversation stands in the database, `next_step` where the effect's commit
    (or the end of the handling, if there is none or it moved on afterwards) leaves it; `owed` names the
    answer to redraw if the process dies between the commit and the sending.
    """

    journal_id: int
    user_id: int
    step: str | None
    next_step: str | None
    owed: str | None = None
    applied: bool = False
    shown: list[Shown] = field(default_factory=list)
    """Messages that now stand in the chat or have left it; written when the handling ends."""
    messages: int = 0
    """How many messages, the lifter's and the bot's, have come below the card, less those that were removed."""
    is_written: bool = False
    """Whether the lifter has written or changed a message, which has to be answered by something that can be seen."""
    lane: LaneHold | None = None
    """The claim under which the row is handled: what is written counts only while it stands."""
    stranger: bool = False
    """Whether the lifter isn't in the database, or is there no more: nothing is kept of the update."""
    alone_since: int = 0
    """The epoch of the lane from which on no other process has handled the lifter's updates; 0: it isn't known."""
    painting: Callable[[], Awaitable[None]] | None = None
    """Shows the card, where that is all that is left to do: it happens while the next update is handled, or not at all
    if that one leaves a newer card."""
    painted: Callable[[], Awaitable[None]] = field(default=_at_once)
    """Returns when what earlier updates have left to be shown is shown: to be awaited before anything else is."""
    answered: Callable[[], Awaitable[None]] = field(default=_at_once)
    """Returns when the pressed button is answered, which happens beside everything else: to be awaited at the end."""
    afterwards: Callable[[], Awaitable[None]] | None = None
    """Brings what is pleasant to have into the chat once the update is closed: no later update waits for it, and it is
    left out if the process dies before."""
    failure: BaseException | None = None
    """What made the handling fail, if it did."""


_current: ContextVar[UpdateAtHand | None] = ContextVar("update_at_hand", default=None)


def current() -> UpdateAtHand | None:
    """The update being handled by this task, or None outside of handling."""
    return _current.get()


def required() -> UpdateAtHand:
    """The update being handled by this task. Raises LookupError outside of handling."""
    hand = _current.get()
    if hand is None:
        raise LookupError("no update is being handled here")
    return hand


@contextmanager
def holding(hand: UpdateAtHand) -> Iterator[UpdateAtHand]:
    """Within the block, and in the tasks it starts, this is the update at hand."""
    token = _current.set(hand)
    try:
        yield hand
    finally:
        _current.reset(token)

"""What is stored about updates and rest timers, and spoken of when they are handled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NOBODY = 0
"""Whose lane updates that come from no person wait in."""


class Source(StrEnum):
    """Where a journal row comes from."""

    TELEGRAM = "telegram"
    """An update; its source id is Telegram's update id."""
    REST = "rest"
    """A rest timer that is due; its source id is the timer's id."""
    FLOOD = "flood"
    """Updates were refused; its source id is the first one's update id."""
    IDLE = "idle"
    """An open workout may have been left idle; its source id is the watch's id."""
    PROPOSAL = "proposal"
    """Somebody is to be told of a proposal for the library; its source id is the notice's id."""


class JournalStatus(StrEnum):
    """How far a journal row has come."""

    PENDING = "pending"
    APPLIED = "applied"
    """Its effect is in the data; the answer may still be owed."""
    DONE = "done"
    SET_ASIDE = "set_aside"
    """It failed too often; its lifter has been told."""
    UNREADABLE = "unreadable"
    """Not an update that this release can parse; kept and counted."""
    REFUSED = "refused"
    """It came while too many of its lifter's waited; nothing was done for it."""


WAITING = (JournalStatus.PENDING, JournalStatus.APPLIED)
"""What still has to be done something for."""


class RestState(StrEnum):
    """How far a rest timer has come."""

    RUNNING = "running"
    RUNG = "rung"
    """It is over, and its message is owed or stands in the chat."""
    ENDED = "ended"
    """Nothing more will be sent; the row stays only while its message still has to be removed."""


class WatchState(StrEnum):
    """How far the watch over an open workout has come."""

    WATCHING = "watching"
    DUE = "due"
    """Its time has come, and what is to be done about it waits in the lifter's lane."""
    ASKED = "asked"
    """The lifter was asked whether they still train."""
    CLOSED = "closed"
    """It has closed the workout."""
    OVER = "over"
    """Nothing came of it."""


@dataclass(frozen=True, slots=True)
class CardShown:
    """The card of this workout is now this message, with nothing below it."""

    workout_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class RestMessageShown:
    """The rest-over message of this timer is now in the chat."""

    timer_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class RestMessageRemoved:
    """The rest-over message of this timer is no longer in the chat."""

    timer_id: int


Shown = CardShown | RestMessageShown | RestMessageRemoved

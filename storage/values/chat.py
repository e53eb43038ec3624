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
    REST_WARNING = "rest_warning"
    """A rest timer that will soon be due; its source id is the timer's id."""
    FLOOD = "flood"
    """Updates were refused; its source id is the first one's update id."""
    IDLE = "idle"
    """An open workout may have been left idle; its source id is the watch's id."""
    ANNOUNCEMENT = "announcement"
    """A message to everybody is to be passed on to this lifter; its source id is the delivery's id."""
    PROGRESS = "progress"
    """An admin is to be shown how far their announcement, which the payload names, has come. Its source id is the id of
    the delivery that was handed out last, or at the end the announcement's own, less than zero."""
    PROPOSAL = "proposal"
    """Somebody is to be told of a proposal for the library; its source id is the notice's id."""
    REMINDER = "reminder"
    """A lifter is to be reminded; the payload names the reminder, and when it was due in minutes since 1970. Its source
    id is made of both."""
    TIMER = "timer"
    """A timer has something to say, or to be taken from the chat; its source id names the timer and the beat."""


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


class AnnouncementState(StrEnum):
    """How far a message to everybody has come."""

    DRAFT = "draft"
    """Its admin has seen how it will look, and not said yet that it shall go."""
    SENDING = "sending"
    STOPPED = "stopped"
    SENT = "sent"
    """Nothing of it is left to be done."""


class DeliveryState(StrEnum):
    """What has become of an announcement with one lifter."""

    WAITING = "waiting"
    HANDED_OUT = "handed_out"
    """It waits in the lifter's lane."""
    SENT = "sent"
    """It was passed on, or is just about to be."""
    UNREACHABLE = "unreachable"
    """The lifter has blocked the bot."""
    FAILED = "failed"
    """Telegram refused it for another reason, or what was to pass it on has failed."""


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


@dataclass(frozen=True, slots=True)
class ProgressShown:
    """How far this announcement has come is shown in this message from now on."""

    announcement_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class TimerMessageShown:
    """The timer is shown in this message from now on."""

    timer_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class TimerMessageRemoved:
    """The message of this timer is no longer in the chat, and nothing is left to do about it."""

    timer_id: int


Shown = CardShown | RestMessageShown | RestMessageRemoved | ProgressShown | TimerMessageShown | TimerMessageRemoved

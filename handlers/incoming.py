"""What reaches the handlers besides Telegram's updates. All of it goes through the lifter's lane like these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RestEnded:
    """A rest timer of this lifter is due."""

    lifter_id: int
    timer_id: int


@dataclass(frozen=True, slots=True)
class TimerBeat:
    """A timer that this lifter has started comes to this beat, or is to be taken from the chat."""

    lifter_id: int
    timer_id: int
    beat: int


@dataclass(frozen=True, slots=True)
class RestEndsSoon:
    """A rest timer of this lifter, who wants a word before, is about to be due."""

    lifter_id: int
    timer_id: int


@dataclass(frozen=True, slots=True)
class WatchDue:
    """It is time to look whether this lifter's workout has been left idle."""

    lifter_id: int
    watch_id: int


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """The lifter is to be reminded of a day to train, or told what their week has come to."""

    lifter_id: int
    reminder_id: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryDue:
    """A message to everybody is to be passed on to this lifter."""

    lifter_id: int
    delivery_id: int


@dataclass(frozen=True, slots=True)
class ProgressDue:
    """It is time to show this admin how far their message to everybody has come."""

    lifter_id: int
    announcement_id: int


@dataclass(frozen=True, slots=True)
class ProposalNews:
    """The lifter is to be told of a proposal for the library."""

    lifter_id: int
    notice_id: int


@dataclass(frozen=True, slots=True)
class AnswerOwed:
    """An update has had its effect, but the process died before its answer was sent.

    `answer` is what the flow had promised; None is where the lifter stands.
    """

    lifter_id: int
    answer: str | None


@dataclass(frozen=True, slots=True)
class UpdatesRefused:
    """So many of this lifter's updates were refused, since too many waited already."""

    lifter_id: int
    number: int

"""Which workouts of a history are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.values.exercise import BodyPart


class WorkoutState(StrEnum):
    """Whether a workout is over."""

    ANY = "any"
    OPEN = "open"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What narrows a history; what isn't given leaves it wide.

    Every word of `text` stands somewhere in the workout: in its title or note, in the name of one of its exercises, in
    what was remarked on that or on a set. It started at `since` or later, and before `until`.
    """

    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    exercise_id: int | None = None
    body_part: BodyPart | None = None
    state: WorkoutState = WorkoutState.ANY

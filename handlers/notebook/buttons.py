"""The buttons under a question about a typed line."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("a")
@dataclass(frozen=True, slots=True)
class AnswerLine:
    """Logs this reading of the line, if the workout still is as it was when the question was asked.

    The line stood in a message of the lifter's; 0: it isn't known in which.
    """

    workout_id: int
    revision: int
    message_id: int
    text: str


@press("A")
@dataclass(frozen=True, slots=True)
class AnswerNamedLine:
    """As AnswerLine, for a line that named its exercise first. 0 and 0: no workout was open."""

    workout_id: int
    revision: int
    message_id: int
    exercise_id: int
    text: str


@press("at")
@dataclass(frozen=True, slots=True)
class TakeAsText:
    """Takes this, which could be sets, for the name or note that is being asked for."""

    text: str


Answer = AnswerLine | AnswerNamedLine

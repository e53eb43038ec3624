"""The buttons under sets that wait for a workout.

They carry the sets, so that they do what they say whatever was done since. Where these are too long for a button, it
has none, and stands for what the conversation remembers. The sets stood in a message of the lifter's; 0: it isn't known
in which.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("wn")
@dataclass(frozen=True, slots=True)
class StartWith:
    """Starts a workout with this exercise and logs the sets, if the latest workout still is that one (0: none)."""

    latest_id: int
    exercise_id: int
    message_id: int
    text: str


@press("wc")
@dataclass(frozen=True, slots=True)
class ChooseFor:
    """Shows where picking begins, for the exercise that the sets are of."""

    message_id: int
    text: str

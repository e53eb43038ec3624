"""Noticing that a lifter keeps changing the rest of an exercise to about the same length, to offer them that one."""

from __future__ import annotations

from storage.models import RestHabit
from storage.rests import Lasted

_TIMES = 3
"""How many rests in a row make a habit."""

_ABOUT = 15
"""Seconds by which lengths may differ that are about the same: one press."""


def noted(habit: RestHabit | None, lasted: Lasted, user_id: int, exercise_id: int) -> RestHabit | None:
    """The habit after a rest that its lifter has used, as it was or changed; None while there is none.

    What stood there as an offer meanwhile was not taken, and is not offered again. A habit that is new is to be stored.
    """
    if lasted.planned is None or lasted.wanted is None:
        return habit
    planned, wanted = lasted.planned, lasted.wanted
    if habit is None:
        return (
            None if wanted == planned else RestHabit(user_id=user_id, exercise_id=exercise_id, length=wanted, times=1)
        )
    if (offer := offered(habit, planned)) is not None:
        habit.offered = offer
    if wanted == planned:
        habit.times = 0
        return habit
    same_way = (wanted > planned) is (habit.length > planned)
    goes_on = habit.times > 0 and same_way and abs(wanted - habit.length) <= _ABOUT
    habit.length, habit.times = wanted, habit.times + 1 if goes_on else 1
    return habit


def offered(habit: RestHabit | None, rest: int) -> int | None:
    """The seconds that the lifter should be offered instead of `rest`; None if nothing is to be said."""
    if habit is None or habit.times < _TIMES or habit.length == rest:
        return None
    if habit.offered is not None and abs(habit.length - habit.offered) < _ABOUT:
        return None
    return habit.length

"""What can be followed over time about an exercise."""

from __future__ import annotations

from enum import StrEnum


class Figure(StrEnum):
    """What a workout comes to with one exercise. The comment names the unit; the value stands in buttons."""

    ESTIMATED_1RM = "e"
    """Milligrams: the most of one set."""
    HEAVIEST = "w"
    """Milligrams: the most of one set. Of bodyweight exercises added load, negative for assistance."""
    VOLUME = "v"
    """Milligrams: external load times reps, all sets together."""
    MOST_REPS = "r"
    """Clean reps of one set."""
    REPS = "n"
    """Reps of all sets together, forced ones too."""
    LONGEST = "l"
    """Seconds of one set."""
    TIME = "t"
    """Seconds of all sets together."""
    FARTHEST = "f"
    """Millimetres of one set."""
    DISTANCE = "d"
    """Millimetres of all sets together."""

    @property
    def is_of_one_set(self) -> bool:
        """Whether it is the most that one set came to, else it is all of them together."""
        return self in _OF_ONE_SET


_OF_ONE_SET = frozenset({Figure.ESTIMATED_1RM, Figure.HEAVIEST, Figure.MOST_REPS, Figure.LONGEST, Figure.FARTHEST})

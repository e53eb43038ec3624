"""What a lifter can have done last, and so take back."""

from __future__ import annotations

from enum import StrEnum


class ChangeKind(StrEnum):
    """The kinds of changes, each with what it did in one transaction."""

    STARTED = "started"
    """A workout was started, perhaps from an earlier one."""
    LOGGED = "logged"
    """Sets were added."""
    SET_CHANGED = "set_changed"
    SET_REMOVED = "set_removed"
    SET_MOVED = "set_moved"
    SETS_REPLACED = "sets_replaced"
    """An execution's sets are now exactly the given ones."""
    EXERCISE_ADDED = "exercise_added"
    EXERCISE_CHANGED = "exercise_changed"
    """An execution was swapped to another exercise, or its note or superset changed."""
    EXERCISE_REMOVED = "exercise_removed"
    EXERCISE_MOVED = "exercise_moved"
    EXERCISES_REPLACED = "exercises_replaced"
    """A workout's exercises are now exactly the given ones."""
    DESCRIBED = "described"
    """A workout's title, note or times were changed."""
    FINISHED = "finished"
    REOPENED = "reopened"
    DELETED = "deleted"
    """A workout was discarded or deleted with everything under it."""
    ENTERED = "entered"
    """A past workout was entered whole."""
    LIBRARY = "library"
    """An exercise of the library was made, changed, archived or deleted."""
    IMPORTED = "imported"
    """A lifter's own export was taken in."""

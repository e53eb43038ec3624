"""Who goes first when messages have to wait for each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum


class Priority(IntEnum):
    """The smaller goes first."""

    ANSWER = 0
    """Somebody has just written or pressed a button, and waits."""
    REMINDER = 1
    """It is of use for a minute or two."""
    ANNOUNCEMENT = 2
    """Nobody waits for it."""


_current: ContextVar[Priority] = ContextVar("sending_priority", default=Priority.ANSWER)


def current() -> Priority:
    """The priority of what this task sends: an answer, unless it says otherwise."""
    return _current.get()


@contextmanager
def sending_as(priority: Priority) -> Iterator[None]:
    """Within the block, and in the tasks it starts, messages have this priority."""
    token = _current.set(priority)
    try:
        yield
    finally:
        _current.reset(token)

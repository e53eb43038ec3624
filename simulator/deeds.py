"""What a person did with their thumb, for whoever counts what a thing costs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import takewhile


class Doing(Enum):
    """A tap on a button, a text typed, one typed in reply to a message, or one sent before and changed."""

    TAP = "tap"
    TYPE = "type"
    REPLY = "reply"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. `text` is the button's label, or what the message says now."""

    doing: Doing
    text: str
    keys: int = 0
    """Characters that were typed or taken away for it, without the one that sends."""


def tapped(label: str) -> Deed:
    """A button was tapped."""
    return Deed(Doing.TAP, label)


def typed(text: str, *, reply: bool) -> Deed:
    """A text was typed."""
    return Deed(Doing.REPLY if reply else Doing.TYPE, text, len(text))


def edited(before: str, after: str) -> Deed:
    """A text was changed, from the first character that differs to the last."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return Deed(Doing.EDIT, after, len(before) + len(after) - 2 * (start + end))


def _alike(one: str, other: str) -> int:
    """How many characters are the same from the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

"""Why a file can't be imported."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from training.errors import TrainingError
from training.measuring import SetFault


class Fault(StrEnum):
    """What is wrong with the file as a whole."""

    TOO_LARGE = "too_large"
    """More than `limit` bytes, compressed or not."""
    TOO_MUCH = "too_much"
    """More than there can be in any export."""
    EMPTY = "empty"
    BROKEN_GZIP = "broken_gzip"
    NOT_TEXT = "not_text"
    BROKEN_JSON = "broken_json"
    """At `line` and `column`: it ends too early, or it isn't JSON at all."""
    TOO_DEEP = "too_deep"
    NOT_OURS = "not_ours"
    """JSON, but not what /export writes."""
    NEWER = "newer"
    """Of a version that this release doesn't know."""
    WRONG = "wrong"
    """Something in it can't be so: `where` and `why` say what."""


class Why(StrEnum):
    """What is wrong at one place."""

    KIND = "kind"
    """It isn't a text, a number, a list or whatever stands there: `said` is what should."""
    MISSING = "missing"
    UNKNOWN = "unknown"
    """No field is called so."""
    TWICE = "twice"
    RANGE = "range"
    """From `said`, which is the least, to `limit`."""
    TOO_LONG = "too_long"
    """More than `limit` characters."""
    TOO_MANY = "too_many"
    """More than `limit` items."""
    TEXT = "text"
    """No name or text that can be kept."""
    CHOICE = "choice"
    """None of those that `said` lists."""
    TIME = "time"
    FUTURE = "future"
    ORDER = "order"
    """It ends before it starts."""
    AMOUNT = "amount"
    SET = "set"
    """It doesn't fit its exercise: `fault` is why."""
    SEVERAL_OPEN = "several_open"
    ALONE = "alone"
    """A superset of one exercise."""
    NO_EXERCISE = "no_exercise"
    """No exercise stands at that place."""


@dataclass(eq=False)
class UnreadableAccountError(TrainingError):
    """The file can't be read, so nothing of it is taken."""

    fault: Fault
    where: str = ""
    why: Why | None = None
    said: str = ""
    limit: int = 0
    line: int = 0
    column: int = 0
    set_fault: SetFault | None = None

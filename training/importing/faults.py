"""Why a whole document can't be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from training.errors import TrainingError


class Fault(StrEnum):
    """What is wrong with a document as a whole. What it takes to mend it stands in the error's fields."""

    TOO_LARGE = "too_large"
    """More than `limit` bytes."""
    TOO_MANY = "too_many"
    """More than `limit` exercises."""
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    WORKBOOK = "workbook"
    """A spreadsheet program's own file, which has to be saved as CSV."""
    BROKEN_JSON = "broken_json"
    """At `line` and `column`; `said` is what was expected there."""
    TOO_DEEP = "too_deep"
    """JSON that is nested more deeply than any list of exercises."""
    NO_LIST = "no_list"
    """JSON without a list of exercises."""
    BROKEN_CSV = "broken_csv"
    """At `line`; `said` is why."""
    COLUMNS = "columns"
    """CSV in which columns are `missing`, `unknown` or there `twice`."""


@dataclass(eq=False)
class UnreadableDocumentError(TrainingError):
    """The document can't be read, so nothing of it is taken."""

    fault: Fault
    limit: int = 0
    line: int = 0
    column: int = 0
    said: str = ""
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

"""A document as its exercises, whatever its format and encoding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.importing import free_exercise_db, own_format
from training.importing.csv_rows import csv_rows
from training.importing.decoding import Encoding, decoded
from training.importing.entries import Entry, Reason, Unread, Why
from training.importing.faults import Fault, UnreadableDocumentError
from training.importing.json_items import json_items
from training.importing.ticking import Ticker

LARGEST = 16 << 20
"""Bytes. Telegram lets a bot download 20 MB."""

MOST_EXERCISES = 10_000
"""In one document."""


class Format(StrEnum):
    """How a document is written."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says."""

    format: Format
    encoding: Encoding
    entries: Sequence[Entry | Unread]


def check_size(number_of_bytes: int) -> None:
    """Raises UnreadableDocumentError if that is more than is read."""
    if number_of_bytes > LARGEST:
        raise UnreadableDocumentError(Fault.TOO_LARGE, limit=LARGEST)


def read_document(content: bytes, ticker: Ticker) -> Document:
    """Reads the document. Raises UnreadableDocumentError if that can't be done at all.

    What is wrong with a single exercise stands in its place.
    """
    check_size(len(content))
    text, encoding = decoded(content)
    if not text.strip():
        raise UnreadableDocumentError(Fault.EMPTY)
    kind = Format.JSON if text.lstrip().startswith(("[", "{")) else Format.CSV
    entries: list[Entry | Unread] = []
    for entry in _json(text) if kind is Format.JSON else _csv(text):
        if len(entries) == MOST_EXERCISES:
            raise UnreadableDocumentError(Fault.TOO_MANY, limit=MOST_EXERCISES)
        entries.append(entry)
        ticker.tick()
    if not entries:
        raise UnreadableDocumentError(Fault.EMPTY)
    return Document(kind, encoding, entries)


def _csv(text: str) -> Iterator[Entry | Unread]:
    for row in csv_rows(text):
        yield row if isinstance(row, Unread) else own_format.entry_of(*row)


def _json(text: str) -> Iterator[Entry | Unread]:
    """The first exercise shows the shape of all."""
    entry_of: Callable[[int, dict[str, object]], Entry | Unread] | None = None
    for number, item in enumerate(json_items(text), start=1):
        if not isinstance(item, dict):
            yield Unread(number, "", Reason(Why.NO_OBJECT))
            continue
        if entry_of is None:
            is_theirs = free_exercise_db.is_free_exercise_db(item)
            entry_of = free_exercise_db.entry_of if is_theirs else own_format.entry_of
        yield entry_of(number, item)

"""The library as a document in Spotter's own format. Imported again, it changes nothing."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence

from storage.shelf import Shelved
from training.importing.csv_rows import csv_line
from training.importing.own_format import WRITTEN, fields_of
from training.importing.reading import Format
from training.importing.ticking import Ticker


def written(shelf: Sequence[Shelved], kind: Format, ticker: Ticker) -> bytes:
    """The exercises as a document. CSV begins with a mark by which spreadsheet programs know UTF-8."""
    if kind is Format.CSV:
        return BOM_UTF8 + "".join(_csv(shelf, ticker)).encode()
    return "".join(_json(shelf, ticker)).encode()


def _csv(shelf: Sequence[Shelved], ticker: Ticker) -> Iterator[str]:
    yield csv_line(WRITTEN)
    for exercise in shelf:
        yield csv_line(list(fields_of(exercise).values()))
        ticker.tick()


def _json(shelf: Sequence[Shelved], ticker: Ticker) -> Iterator[str]:
    yield '{"exercises": ['
    for number, exercise in enumerate(shelf):
        yield ",\n" if number else "\n"
        yield json.dumps(fields_of(exercise), ensure_ascii=False)
        ticker.tick()
    yield "\n]}\n"

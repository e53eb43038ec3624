"""CSV, as spreadsheet programs write it, and back.

A cell that a spreadsheet program would take for a formula is written with an apostrophe in front, which reading takes
off again. A list stands in one cell, its items parted by a vertical line, or each on a line of its own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from training.importing.entries import Reason, Unread, Why
from training.importing.faults import Fault, UnreadableDocumentError
from training.importing.own_format import FIELDS, LISTS

_DELIMITERS = ",;\t"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_BETWEEN_ITEMS = " | "


def csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any]] | Unread]:
    """The rows with the lines that they begin in. Raises UnreadableDocumentError.

    The delimiter is the one with which most of the first line names columns: comma, semicolon or tab. Columns at the
    end without a name, which spreadsheet programs write, are left out where they are empty.
    """
    rows = _numbered(text, _delimiter(text))
    header = next(rows, (0, []))[1]
    columns = _columns(_without_blank_end(header, 0))
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = _without_blank_end(row, len(columns)) if len(row) == len(header) else row
        if len(cells) != len(columns):
            name = cells[columns.index("name")] if columns.index("name") < len(cells) else ""
            yield Unread(line, name, Reason(Why.CELLS, values=(str(len(cells)),), limit=len(columns)))
        else:
            yield line, {column: _value(column, cell) for column, cell in zip(columns, cells, strict=True)}


def csv_line(cells: Sequence[Any]) -> str:
    """One line of CSV, with its end."""
    line = StringIO(newline="")
    csv.writer(line).writerow([_cell(value) for value in cells])
    return line.getvalue()


def _delimiter(text: str) -> str:
    first = text[: text.find("\n")] if "\n" in text else text

    def named(delimiter: str) -> int:
        return sum(_column(cell.strip('"')) in FIELDS for cell in first.split(delimiter))

    return max(_DELIMITERS, key=lambda delimiter: (named(delimiter), first.count(delimiter)))


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableDocumentError(Fault.BROKEN_CSV, line=line, said=str(error)) from None
        if cells is None:
            return
        yield line, cells


def _without_blank_end(cells: Sequence[str], length: int) -> Sequence[str]:
    """The cells without blank ones at the end, but at least so many."""
    while len(cells) > length and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _columns(header: Sequence[str]) -> list[str]:
    columns = [_column(cell) for cell in header]
    missing = () if "name" in columns else ("name",)
    unknown = tuple(cell.strip() for cell, column in zip(header, columns, strict=True) if column not in FIELDS)
    twice = tuple(dict.fromkeys(column for column in columns if column in FIELDS and columns.count(column) > 1))
    if missing or unknown or twice:
        raise UnreadableDocumentError(Fault.COLUMNS, missing=missing, unknown=unknown, twice=twice)
    return columns


def _column(cell: str) -> str:
    return "_".join(cell.lower().split())


def _value(column: str, cell: str) -> Any:
    text = cell[1:] if _GUARDED.match(cell) else cell
    if column not in LISTS:
        return text if column == "how" else text.strip()
    items = text.splitlines() if "\n" in text else text.split(_BETWEEN_ITEMS.strip())
    return [item for item in items if item.strip()]


def _cell(value: Any) -> str:
    match value:
        case None:
            text = ""
        case bool():
            text = "yes" if value else "no"
        case list():
            text = _listed(value)
        case _:
            text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _listed(items: Sequence[str]) -> str:
    if any(_BETWEEN_ITEMS.strip() in item for item in items):
        return "".join(f"{item}\n" for item in items)
    return _BETWEEN_ITEMS.join(items)

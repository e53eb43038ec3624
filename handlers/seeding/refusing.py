"""Why a document as a whole can't be read, in words that say how to mend it."""

from __future__ import annotations

from handlers.screen import Screen, shortened
from handlers.words import label, lines, say
from storage.values.texts import storable
from training.importing.faults import Fault, UnreadableDocumentError
from training.importing.own_format import FIELDS

_LONGEST_NAME = 60
_LONGEST_COLUMN = 30
_MOST_COLUMNS = 8

_MEGABYTE = 1 << 20


def unreadable(name: str, error: UnreadableDocumentError) -> Screen:
    """Why nothing of the file is taken."""
    return Screen(
        lines(
            say("I can't read <b>{file}</b>: {why}", file=shortened(name, _LONGEST_NAME), why=why_unreadable(error)),
            say("Nothing is changed. /exercise_export shows the format, and the free-exercise-db's JSON is fine too."),
        )
    )


def why_unreadable(error: UnreadableDocumentError) -> str:  # noqa: C901, PLR0911 -- a table
    """What is wrong with a document as a whole, as plain text."""
    match error.fault:
        case Fault.TOO_LARGE:
            return label("it is larger than {limit} MB, which is all I take.", limit=error.limit // _MEGABYTE)
        case Fault.TOO_MANY:
            return label("it has more than {limit} exercises, which is all I take at once.", limit=f"{error.limit:,}")
        case Fault.EMPTY:
            return label("there are no exercises in it.")
        case Fault.NOT_TEXT:
            return label("it is no CSV or JSON text in UTF-8, UTF-16, UTF-32 or Windows-1252.")
        case Fault.WORKBOOK:
            return label("it is a spreadsheet program's own file. Save it as CSV (UTF-8) and send that.")
        case Fault.BROKEN_JSON:
            return label(
                "the JSON breaks off at line {line}, column {column} ({said}).",
                line=error.line,
                column=error.column,
                said=error.said,
            )
        case Fault.TOO_DEEP:
            return label("its JSON is nested too deeply.")
        case Fault.NO_LIST:
            return label('its JSON is no list of exercises, and has none under "exercises".')
        case Fault.BROKEN_CSV:
            return label(
                "the CSV breaks off in the row that begins in line {line} ({said}).", line=error.line, said=error.said
            )
        case Fault.COLUMNS:
            return _wrong_columns(error)


def _wrong_columns(error: UnreadableDocumentError) -> str:
    parts = [
        label("the column {names} is missing", names=", ".join(error.missing)) if error.missing else "",
        label("there are columns that I don't know ({names})", names=_some(error.unknown)) if error.unknown else "",
        label("columns are there twice ({names})", names=", ".join(error.twice)) if error.twice else "",
    ]
    said = label("; ").join(filter(None, parts))
    return label("{said}. I know these: {known}.", said=said, known=", ".join(FIELDS))


def _some(columns: tuple[str, ...]) -> str:
    named = [shortened(storable(column), _LONGEST_COLUMN) or label("one without a name") for column in columns]
    listed = ", ".join(named[:_MOST_COLUMNS])
    return listed if len(columns) <= _MOST_COLUMNS else f"{listed}, …"

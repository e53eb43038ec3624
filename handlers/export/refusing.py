"""Why a file can't be imported, in words that say where and what."""

from __future__ import annotations

from handlers.screen import Screen, shortened
from handlers.words import label, lines, say
from storage.values.texts import storable
from training.accounts.faults import Fault, UnreadableAccountError, Why
from training.measuring import SetFault

_LONGEST_NAME = 60
_LONGEST_PLACE = 100
_MEGABYTE = 1 << 20


def unreadable(name: str, error: UnreadableAccountError) -> Screen:
    """Why nothing of the file is taken."""
    file = shortened(name, _LONGEST_NAME)
    return Screen(
        lines(
            say("I can't import <b>{file}</b>: {why}", file=file, why=why_unreadable(error)),
            say("Nothing is changed. /export gives you such a file, /import tells more."),
        )
    )


def why_unreadable(error: UnreadableAccountError) -> str:  # noqa: C901, PLR0911 -- a table
    """The same as plain text."""
    match error.fault:
        case Fault.TOO_LARGE:
            return label("it has more than {limit} MB.", limit=error.limit // _MEGABYTE)
        case Fault.TOO_MUCH:
            return label("there is more in it than any export holds.")
        case Fault.EMPTY:
            return label("there is nothing in it.")
        case Fault.BROKEN_GZIP:
            return label("it is compressed, and broken off or damaged.")
        case Fault.NOT_TEXT:
            return label("it is no text.")
        case Fault.BROKEN_JSON:
            return label(
                "it is no JSON, or broken off: I can't read on in line {line}, column {column}.",
                line=error.line,
                column=error.column,
            )
        case Fault.TOO_DEEP:
            return label("it is nested more deeply than any export.")
        case Fault.NOT_OURS:
            return label("it is no file that /export has written.")
        case Fault.NEWER:
            return label("it was written by a newer Spotter than this one.")
        case Fault.WRONG:
            return label("{where}: {what}", where=_place(error.where), what=_what(error))


def _place(where: str) -> str:
    return shortened(" ".join(storable(where).split()), _LONGEST_PLACE)


def _what(error: UnreadableAccountError) -> str:  # noqa: C901, PLR0911, PLR0912 -- a table
    match error.why:
        case Why.KIND:
            return label("there should be {kind}.", kind=label(_KINDS[error.said]))
        case Why.MISSING:
            return label("this is missing.")
        case Why.UNKNOWN:
            return label("no field is called so.")
        case Why.TWICE:
            return label("this is there twice.")
        case Why.RANGE:
            return label("it can be {least} to {most}.", least=error.said, most=error.limit)
        case Why.TOO_LONG:
            return label("it can have {limit} characters at most.", limit=error.limit)
        case Why.TOO_MANY:
            return label("there can be {limit} at most.", limit=error.limit)
        case Why.TEXT:
            return label("that text can't be kept.")
        case Why.CHOICE:
            return label("it can be one of: {choices}.", choices=error.said)
        case Why.TIME:
            return label("that is no time.")
        case Why.FUTURE:
            return label("that is in the future.")
        case Why.ORDER:
            return label("it ends before it starts.")
        case Why.AMOUNT:
            return label("there should be a number in quotation marks, with three decimals at most.")
        case Why.SEVERAL_OPEN:
            return label("more than one workout is open.")
        case Why.ALONE:
            return label("a superset has one exercise alone.")
        case Why.NO_EXERCISE:
            return label("there is no such exercise in the file.")
        case _:
            return label("that set doesn't fit its exercise: {why}.", why=label(_SETS[error.set_fault]))


_KINDS = {
    "object": "an object",
    "list": "a list",
    "text": "a text",
    "number": "a whole number",
    "flag": "true or false",
}

_SETS = {
    SetFault.WEIGHT_MISSING: "it needs a weight",
    SetFault.WEIGHT_NOT_HERE: "it has no weight",
    SetFault.ASSISTANCE_NOT_HERE: "it has no negative weight",
    SetFault.REPS_MISSING: "it needs reps",
    SetFault.REPS_NOT_HERE: "it has no reps",
    SetFault.DURATION_MISSING: "it needs a duration",
    SetFault.DURATION_NOT_HERE: "it has no duration",
    SetFault.DISTANCE_MISSING: "it needs a distance",
    SetFault.DISTANCE_NOT_HERE: "it has no distance",
    SetFault.RPE_OUT_OF_RANGE: "RPE is 1 to 10 in halves",
    SetFault.TOO_LARGE: "that is too much",
    SetFault.NEGATIVE: "nothing is negative here",
    SetFault.NOTE_TOO_LONG: "the note is too long",
    SetFault.NOTE_NOT_STORABLE: "the note can't be kept",
    None: "it can't be so",
}

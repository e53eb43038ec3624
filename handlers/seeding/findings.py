"""What is said about one exercise of a document. Plain text: it goes into messages, files and a host's console."""

from __future__ import annotations

from handlers.screen import shortened
from handlers.words import label
from storage.values.texts import storable
from training.importing.comparing import Finding, Verdict
from training.importing.entries import Reason, Why
from training.importing.reading import Format

_LONGEST_ECHO = 60
_MOST_NAMED = 4


def line_of(finding: Finding, kind: Format) -> str:
    """Where it stands, what it is called, and what becomes of it."""
    place = _place(finding.place, kind)
    if not _echo(finding.name):
        return label("{place}: {what}", place=place, what=_what(finding, kind))
    return label("{place} “{name}”: {what}", place=place, name=_echo(finding.name), what=_what(finding, kind))


def _place(place: int, kind: Format) -> str:
    return label("Line {place}", place=place) if kind is Format.CSV else label("No. {place}", place=place)


def _what(finding: Finding, kind: Format) -> str:
    reason = "" if finding.reason is None else _why(finding, finding.reason, kind)
    match finding.verdict:
        case Verdict.NEW if finding.known_as != finding.name:
            return label("new, as “{name}”", name=finding.known_as)
        case Verdict.NEW:
            return label("new")
        case Verdict.SAME:
            return label("the same as “{name}”", name=finding.known_as)
        case Verdict.CHANGED:
            return _changes(finding)
        case Verdict.CONFLICT:
            return label("in conflict. {reason}", reason=reason)
        case Verdict.REFUSED:
            return label("refused. {reason}", reason=reason)


def _changes(finding: Finding) -> str:
    parts = []
    if finding.fields:
        parts.append(label("changes {fields}", fields=", ".join(finding.fields)))
    if finding.names:
        parts.append(label("adds {names}", names=_some(finding.names)))
    said = label("; ").join(parts)
    if finding.known_as == finding.name:
        return said
    return label("is “{name}” here: {said}", name=finding.known_as, said=said)


def _why(finding: Finding, reason: Reason, kind: Format) -> str:  # noqa: C901, PLR0911, PLR0912 -- a table
    match reason.why:
        case Why.NAMELESS:
            return label("It has no name.")
        case Why.NO_OBJECT:
            return label("It is no object with a name.")
        case Why.CELLS:
            return label(
                "It has {have} cells, but there are {columns} columns.", have=reason.values[0], columns=reason.limit
            )
        case Why.FIELDS:
            return label("Nobody knows the fields {fields}.", fields=_some(reason.values))
        case Why.NEEDED:
            return label("A new exercise needs {fields}.", fields=", ".join(reason.values))
        case Why.UNKNOWN:
            return label("{field} can't be “{value}”.", field=reason.field, value=_echo(", ".join(reason.values)))
        case Why.UNFIT if reason.limit:
            return label("{field} may be {limit} at most.", field=reason.field, limit=reason.limit)
        case Why.UNFIT:
            return label("{field} can't be so.", field=reason.field)
        case Why.REPEATS:
            return label("{place} says the same exercise already.", place=_place(reason.place, kind))
        case Why.SEVERAL:
            return label("It could be {names}.", names=_some(reason.values))
        case Why.ELSEWHERE:
            return label("That name leads to “{name}”, which is done with something else.", name=reason.values[0])
        case Why.TAKEN:
            return label("The alias “{alias}” leads to “{name}”.", alias=_echo(reason.values[0]), name=reason.values[1])
        case Why.PERFORMED:
            return label("“{name}” stands in workouts, so its measure stays.", name=finding.known_as)
        case Why.EDITED:
            return label(
                "An admin has changed “{name}”. Write yes under replace to have this instead: {said}.",
                name=finding.known_as,
                said=", ".join((*finding.fields, *finding.names)),
            )


def _some(names: tuple[str, ...]) -> str:
    listed = ", ".join(f"“{_echo(name)}”" for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return label("{names} and {more} more", names=listed, more=more) if more > 0 else listed


def _echo(text: str) -> str:
    """What somebody wrote, on one line, not endless, and without what steers a console or is no text at all."""
    return shortened(" ".join(storable(text).split()), _LONGEST_ECHO)

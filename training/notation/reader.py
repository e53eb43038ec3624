"""Reading what a lifter types as sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storage.values.lifted import SetEntry
from training.notation.attempt import Attempt, attempt
from training.notation.canonical import canonical
from training.notation.lines import Choice
from training.notation.reading import LineContext, Option, Question, QuestionReason, Reading, Sets, UnreadableReason


def read_lines(text: str, context: LineContext) -> Reading:
    """The sets that one or several lines say, or what to ask, or where they stop being readable.

    Never raises, and takes time in proportion to the text. A `!` behind the sets means "just as it says": slips and
    implausible values are then not asked about (1200x5!).
    """
    attempts = _attempts(text, context)
    readable = {way: each for way, each in enumerate(attempts) if each.failure is None}
    if not readable:
        failure = attempts[0].failure
        assert failure is not None
        return failure
    if len({each.entries for each in readable.values()}) > 1 or any(_lacks_only_reps(each) for each in attempts):
        options = (entries for way, each in readable.items() for entries in _meant(text, context, way, each))
        return Question(QuestionReason.COMMA, _offered(options, context))
    way, read = next(iter(readable.items()))
    if read.ask is None:
        return Sets(read.entries)
    meanings = (attempt(text, context, Choice(way, meaning)) for meaning in range(read.ask.possibilities))
    return Question(read.ask.reason, _offered((each.entries for each in meanings if each.failure is None), context))


def _attempts(text: str, context: LineContext) -> list[Attempt]:
    first = attempt(text, context, Choice())
    return [first, *(attempt(text, context, Choice(comma=way)) for way in range(1, first.ways))]


def _meant(text: str, context: LineContext, way: int, read: Attempt) -> Iterator[tuple[SetEntry, ...]]:
    """The sets under one way to understand the commas; with a weight that may be that of all, or a note, each way."""
    yield read.entries
    if read.ask is not None and read.ask.reason in {QuestionReason.WEIGHT_OF_ALL, QuestionReason.PART_OR_NOTE}:
        others = (attempt(text, context, Choice(way, meaning)) for meaning in range(1, read.ask.possibilities))
        yield from (each.entries for each in others if each.failure is None)


def _lacks_only_reps(read: Attempt) -> bool:
    """Whether this way to understand the commas is as likely as any, but the reps are nowhere to be had."""
    return read.failure is not None and read.failure.reason is UnreadableReason.REPS_MISSING


def _offered(possibilities: Iterable[tuple[SetEntry, ...]], context: LineContext) -> tuple[Option, ...]:
    distinct = dict.fromkeys(possibilities)
    return tuple(Option(canonical(entries, context), entries) for entries in distinct)

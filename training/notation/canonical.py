"""The canonical text of sets: what reads back as exactly these, without a question."""

from __future__ import annotations

from collections.abc import Sequence

from storage.values.lifted import SetEntry
from training.notation.attempt import attempt
from training.notation.lines import Choice
from training.notation.printing import printed
from training.notation.reading import LineContext


def canonical(entries: Sequence[SetEntry], context: LineContext) -> str:
    """The sets in the canonical notation, marked with `!` if the plain text would be asked about."""
    plain = printed(entries, context, sure=False)
    read = attempt(plain, context, Choice())
    return printed(entries, context, sure=True) if read.ask is not None or read.ways > 1 else plain


def print_set(entry: SetEntry, context: LineContext) -> str:
    """A set in the canonical notation, such as `w 60x8`, `+20x8+2 @8.5` or `5km 25:00 # easy`.

    Read in the same context, it is the same set.
    """
    return canonical([entry], context)


def print_sets(entries: Sequence[SetEntry], context: LineContext) -> str:
    """Sets in the canonical notation, such as `100x5x3, 90x8,6`; several lines if any but the last has a note.

    Read in the same context, up to 100 are the same sets.
    """
    return canonical(entries, context)

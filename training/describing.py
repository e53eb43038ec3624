"""What a lifter calls a workout and remarks on it."""

from __future__ import annotations

from storage.values.texts import is_storable
from training.errors import InvalidValueError
from training.limits import LONGEST_TITLE
from training.measuring import LONGEST_NOTE


def title_of(text: str) -> str:
    """The text as a title, on one line. Raises InvalidValueError if it is too long or no database takes it."""
    return _within("title", " ".join(text.split()), LONGEST_TITLE)


def note_of(text: str) -> str:
    """The text as a note. Raises InvalidValueError if it is too long or no database takes it."""
    return _within("note", text.strip(), LONGEST_NOTE)


def _within(field: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidValueError(field, limit)
    if not is_storable(text):
        raise InvalidValueError(field)
    return text

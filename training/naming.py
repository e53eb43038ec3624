"""What an exercise may be called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage import keeping
from storage.database import WriteSession
from storage.values.name_key import name_key
from storage.values.texts import is_storable
from training.errors import InvalidValueError, NameTakenError
from training.matches import Choice

LONGEST_NAME = 100
"""Characters."""

MOST_ALIASES = 50
"""How many aliases an exercise may have."""


def tidy_name(name: str) -> str:
    """The name with single spaces. Raises InvalidValueError if it is blank, too long or nothing to read."""
    tidy = " ".join(name.split())
    if len(tidy) > LONGEST_NAME:
        raise InvalidValueError("name", LONGEST_NAME)
    if not (is_storable(tidy) and any(map(str.isprintable, tidy))):
        raise InvalidValueError("name")
    return tidy


def nameable(text: str) -> str:
    """The text as the name of a new exercise; "" if it can be none: too long, or with no word of two letters in it."""
    try:
        name = tidy_name(text)
    except InvalidValueError:
        return ""
    return name if re.search(r"[^\W\d_]{2}", name) else ""


def tidy_aliases(aliases: Sequence[str], exercise_name: str) -> dict[str, str]:
    """The aliases by their keys, without repeats and without the exercise's own name. Raises InvalidValueError."""
    tidy = {name_key(alias): alias for alias in map(tidy_name, aliases)}
    tidy.pop(name_key(exercise_name), None)
    if len(tidy) > MOST_ALIASES:
        raise InvalidValueError("aliases", MOST_ALIASES)
    return tidy


async def require_free(
    session: WriteSession, owner: int | None, names: Sequence[str], *, exercise_id: int | None = None, anyway: bool
) -> None:
    """Raises NameTakenError if another exercise, which a search for one of the names finds, bears it.

    With `anyway` a lifter may take a name of the system's, which then leads to both, and one of their own that leads
    to a system exercise since a merging, which then leads there no more.
    """
    by_key = {name_key(name): name for name in names}
    for taken in await keeping.taken(session, owner, by_key):
        if anyway and taken.is_own and taken.bearer_id != taken.exercise_id:
            await keeping.release_name(session, taken.bearer_id, taken.key)
        elif taken.bearer_id != exercise_id and (taken.is_own or not anyway):
            raise NameTakenError(by_key[taken.key], Choice(taken.exercise_id, taken.name))


def may_be_name(text: str) -> bool:
    """Whether the text is one line of words alone, which then sooner name an exercise than a set."""
    return "\n" not in text and not any(map(str.isnumeric, text)) and bool(nameable(text))

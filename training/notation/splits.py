"""Where a text that begins with an exercise name may be split."""

from __future__ import annotations

import re

from training.notation.folding import DASHES

_LONGEST_NAME = 100
_PLACES = re.compile(r":|\s+|\Z")
_DASHES = {"-", *DASHES}


def name_splits(text: str) -> list[tuple[str, str]]:
    """The possible (exercise name, rest) of a text such as "bench 100x5x3", the longest name first.

    The whole text as a name, with an empty rest, is the first one. Other names are in the first line and have at most
    100 characters. A colon or dash behind the name belongs to neither part. Each name comes once. A blank text has
    none.
    """
    whole = text.strip()
    first_line = whole.split("\n", maxsplit=1)[0]
    places = [match.start() for match in _PLACES.finditer(first_line, 0, _LONGEST_NAME + 1)]
    if len(first_line) > _LONGEST_NAME:
        places.pop()  # where the search ended is no end of a word
    splits: dict[str, str] = {}
    for place in (len(whole), *reversed(places)):
        name = _without_ending(whole[:place])
        if name:
            splits.setdefault(name, whole[place:].removeprefix(":").strip())
    return list(splits.items())


def _without_ending(name: str) -> str:
    """The name without colons, and dashes after a space, at its end."""
    while True:
        name = name.rstrip()
        has_dash = name[-1:] in _DASHES and (len(name) == 1 or name[-2].isspace())
        if not name.endswith(":") and not has_dash:
            return name
        name = name[:-1]

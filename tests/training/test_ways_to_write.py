"""Ways in which lifters write an exercise, and what the search makes of them: see `ways_to_write.txt`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import pytest

from storage.catalogue import built_in
from storage.database import Database
from tests.support.databases import SeededLibrary, Sqlite
from training.library import search
from training.matches import Matches

LIFTER = 7
LEAST_RIGHT = 0.97


class Meant(Enum):
    """What is meant by a text, with the sign for it in the table; nothing where no name follows."""

    ONE = "->"
    ONE_MISSPELT = "~>"
    SEVERAL = "?>"
    NOTHING = ""


@dataclass(frozen=True)
class Way:
    """A row of the table."""

    text: str
    meant: Meant
    names: Sequence[str]

    def is_right(self, found: Matches) -> bool:
        picked = found.exact and found.exact.name
        offered = [choice.name for choice in found.choices]
        match self.meant:
            case Meant.ONE:
                return picked == self.names[0]
            case Meant.ONE_MISSPELT:
                return offered[:1] == self.names and picked in (None, self.names[0])
            case Meant.SEVERAL:
                return picked is None and set(self.names) <= set(offered)
            case Meant.NOTHING:
                return not offered

    def is_wrongly_certain(self, found: Matches) -> bool:
        means_one = self.meant in (Meant.ONE, Meant.ONE_MISSPELT)
        return found.exact is not None and not (means_one and found.exact.name == self.names[0])


def _way(line: str) -> Way:
    text, sign, meant = re.split(r" ([-~?]>)", line, maxsplit=1)
    names = [name.strip() for name in meant.split("|") if name.strip()]
    return Way(text, Meant(sign) if names else Meant.NOTHING, names)


LINES = Path(__file__).with_name("ways_to_write.txt").read_text(encoding="utf-8").splitlines()
WAYS = [_way(line) for line in LINES if line and not line.startswith("#")]


@pytest.fixture
def database_url(sqlite: Sqlite, tmp_path: Path) -> str:
    """One database with the built-in library, which all ways are tried on."""
    url = sqlite.create(tmp_path)
    SeededLibrary(url)
    return url


def test_the_table_is_large_and_names_what_there_is() -> None:
    known = {entry.name for entry in built_in()}
    assert {name for way in WAYS for name in way.names} <= known
    assert len({way.text for way in WAYS}) == len(WAYS) >= 200
    assert {meant: sum(way.meant is meant for way in WAYS) >= 20 for meant in Meant} == dict.fromkeys(Meant, True)


async def test_nearly_all_ways_to_write_an_exercise_lead_to_what_is_meant_and_none_to_another_without_asking(
    database: Database,
) -> None:
    async with database.reading() as session:
        found = [(way, await search(session, LIFTER, way.text)) for way in WAYS]
    assert [(way.text, matches.exact) for way, matches in found if way.is_wrongly_certain(matches)] == []
    wrong = [way.text for way, matches in found if not way.is_right(matches)]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(WAYS), wrong


async def test_the_same_text_finds_the_same_in_the_same_order(database: Database) -> None:
    async with database.reading() as session:
        for text in ("press", "db row", "benhc", "seated machine press"):
            first = await search(session, LIFTER, text)
            assert first.choices
            assert await search(session, LIFTER, text) == first

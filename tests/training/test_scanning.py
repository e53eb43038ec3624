"""The database is asked for few of the names: what a search finds is what comparing with each of them finds."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.values.name_key import name_key
from tests.support.rows import LIFTER, add_exercise, add_lifter
from tests.support.scanning import names_seen, scanned
from tests.training.test_ways_to_write import WAYS
from training.gym import Gym

TEXTS = [way.text for way in WAYS[::20]]


@pytest.fixture
async def library(database: Database, gym: Gym) -> None:
    await gym.library.seed_built_in()
    await add_lifter(database)
    for name in ("DB flyes my way", "Bnech press", "Rows, banded", "One arm thing", "Flies (¾)"):
        await add_exercise(database, name, owner=LIFTER, aliases=[f"{name} of old"])


@pytest.mark.usefixtures("library")
async def test_a_search_finds_what_comparing_with_every_name_finds(database: Database, gym: Gym) -> None:
    async with database.reading() as session:
        names = await names_seen(session, LIFTER)
    for text in TEXTS:
        expected = [name.name for name in scanned(name_key(text), names, {})]
        first = await gym.library.search(LIFTER, text)
        rest = [await gym.library.search(LIFTER, text, page=page) for page in range(1, first.pages)]
        found = [choice.name for page in (first, *rest) for choice in page.choices]
        assert len(found) == first.total
        assert set(found) == set(expected), text
        assert found[:1] == expected[:1], text

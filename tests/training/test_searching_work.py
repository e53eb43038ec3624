"""What a search costs the database grows with the library and no faster, also right after thousands of exercises came
and before the database has looked at what they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import insert, text

from storage.catalogue import built_in
from storage.database import Database
from storage.models import Exercise, ExerciseAlias
from storage.values.exercise import BodyPart, Measure, Modality
from tests.conftest import ADMIN
from tests.support.plans import work_for
from tests.support.rows import LIFTER, add_lifter
from tests.support.statements import counted
from training.gym import Gym

SOME, MANY = 500, 5000
SLACK = 3
"""More of them may well be read in another way."""

TEXTS = ("row", "odd press 7", "prses", "xyzzyx")
KINDS = ("press", "row", "curl", "raise", "squat")


def rows(numbers: range) -> tuple[list[Mapping[str, object]], list[Mapping[str, object]]]:
    exercises: list[Mapping[str, object]] = [
        {
            "id": number,
            "user_id": LIFTER,
            "name": f"Odd {KINDS[number % len(KINDS)]} {number}",
            "name_key": f"odd {KINDS[number % len(KINDS)]} {number}",
            "body_part": BodyPart.BACK,
            "modality": Modality.CABLE,
            "measure": Measure.WEIGHT_REPS,
        }
        for number in numbers
    ]
    aliases: list[Mapping[str, object]] = [
        {"exercise_id": number, "alias": f"Odd {number}", "alias_key": f"odd {number}"} for number in numbers
    ]
    return exercises, aliases


async def work_of_a_search(database: Database, gym: Gym, searched: str) -> int:
    with counted(database) as statements:
        await gym.library.search(LIFTER, searched)
    looking = [statement for statement in statements if "exercise_aliases" in statement.text]
    assert looking
    return sum([await work_for(database, statement) for statement in looking])


async def test_ten_times_as_many_exercises_are_no_hundred_times_the_work(database: Database, gym: Gym) -> None:
    await add_lifter(database)
    work: list[list[int]] = []
    for numbers in (range(1, SOME + 1), range(SOME + 1, MANY + 1)):
        exercises, aliases = rows(numbers)
        async with database.writing() as session:
            await session.execute(insert(Exercise), exercises)
            await session.execute(insert(ExerciseAlias), aliases)
        work.append([await work_of_a_search(database, gym, searched) for searched in TEXTS])
    for searched, some, many in zip(TEXTS, *work, strict=True):
        assert 0 < many <= SLACK * MANY / SOME * some, searched


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # which plans by what it believes to be there
async def test_the_database_knows_how_many_have_been_seeded_and_loaded(database: Database, gym: Gym) -> None:
    await gym.library.seed_built_in()
    assert await believed_to_be_there(database) == len(built_in())
    await add_lifter(database, ADMIN)
    preview = await gym.documents.offer(ADMIN, "more.csv", b"name,body_part,modality\nZercher dance,full_body,other\n")
    assert preview.document_id is not None
    await gym.documents.load(ADMIN, preview.document_id, preview.revision)
    assert await believed_to_be_there(database) == len(built_in()) + 1


async def believed_to_be_there(database: Database) -> float:
    """How many exercises PostgreSQL counts on."""
    query = text("SELECT reltuples FROM pg_class WHERE oid = 'exercises'::regclass")
    async with database.reading() as session:
        counted_on: float = (await session.execute(query)).scalar_one()
        return counted_on

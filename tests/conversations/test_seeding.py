"""Admins fill the library from a file, over HTTP as it runs."""

from functools import partial

import pytest
from sqlalchemy import select

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.catalogue import built_in
from storage.database import Database
from storage.models import Exercise
from storage.values.name_key import name_key
from tests.conftest import ADMIN
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.foreign_library import ForeignLibrary, foreign_library
from training.importing.reading import LARGEST, Format

YOKE = b"name,body_part,modality,how\n<b>Yoke</b> carry,legs,other,=1+1\n"


@pytest.fixture
async def root(telegram: Simulator, spotter: Spotter) -> Lifter:
    return telegram.lifter("Root", id=ADMIN)


async def library(database: Database) -> set[str]:
    """The keys of the names of all that everybody sees."""
    async with database.reading() as session:
        return set(await session.scalars(select(Exercise.name_key).where(Exercise.user_id.is_(None))))


def figures(foreign: ForeignLibrary, *, loaded: bool) -> str:
    """What the dry run says."""
    counts = foreign.expected
    if not loaded:
        first = f"{counts['new']} new, {counts['changed']} changed, {counts['same']} the same"
    else:
        first = f"0 new, 0 changed, {counts['new'] + counts['changed'] + counts['same']} the same"
    return f"{first}, {counts['conflict']} in conflict, {counts['refused']} refused."


async def test_nine_hundred_foreign_exercises_are_loaded_and_a_second_time_change_nothing(
    telegram: Simulator, root: Lifter, database: Database
) -> None:
    foreign, built_in_keys = foreign_library(), {name_key(exercise.name) for exercise in built_in()}
    await root.sends_document("exercises.json", foreign.content, "application/json")
    shown = await root.sees("exercises.json: 900 exercises", within=60)
    assert figures(foreign, loaded=False) in shown.text
    report = next(message for message in root.chat if message.from_bot and message.file_id)
    lines = root.file(report).decode().splitlines()
    assert lines[0] == f"exercises.json: {figures(foreign, loaded=False)}"
    assert len(lines) == 2 + 900 - foreign.expected["same"]
    assert await library(database) == built_in_keys

    await root.taps(f"✓ Apply: {foreign.expected['new']} new, {foreign.expected['changed']} changed")
    await root.sees("exercises.json is loaded", within=60)
    loaded = await library(database) - built_in_keys
    assert len(loaded) == foreign.expected["new"]
    assert not loaded & {name_key(name) for name in foreign.meaning}
    assert {"air bike bodyweight", "leg press barbell"} < loaded

    await root.sends_document("exercises.json", foreign.content, "application/json")
    again = await root.sees(figures(foreign, loaded=True), within=60)
    assert "There is nothing to load." in again.text
    assert again.buttons == []
    assert await library(database) == loaded | built_in_keys
    assert telegram.refusals == []


async def test_a_document_waits_for_its_yes_while_the_bot_is_started_anew(
    telegram: Simulator, settings: Settings, database: Database, clock: FakeClock, alarm: ManualAlarm
) -> None:
    root, bot = telegram.lifter("Root", id=ADMIN), partial(Spotter, settings, telegram.token, clock=clock)
    async with bot(make_alarm=lambda _: alarm).running():
        await root.sends_document("yoke.csv", YOKE.decode().encode("utf-16"), caption="/seed")
        shown = await root.sees("Nothing is changed yet")
        assert "I read it as UTF-16" in shown.text
        assert "“<b>Yoke</b> carry”: new" in shown.text
    async with bot(make_alarm=lambda _: alarm).running():
        assert "b yoke b carry" not in await library(database)
        await root.taps("✓ Apply: 1 new")
        await root.sees("yoke.csv is loaded")
    assert "b yoke b carry" in await library(database)


async def test_what_is_no_library_changes_nothing_and_what_is_one_is_loaded_once_however_often_that_is_confirmed(
    telegram: Simulator, root: Lifter, database: Database
) -> None:
    before = await library(database)
    for name, content, words in (
        ("program.pdf", b"%PDF-1.7\n\xff\xfe\x00\x01", "no CSV or JSON text"),
        ("library.xlsx", b"PK\x03\x04", "Save it as CSV"),
        ("broken.json", b'[{"name": "Yoke"},\n{"name" "Sled"}]', "breaks off at line 2, column 9"),
        ("broken.csv", b'name\n"Yoke', "the row that begins in line 2"),
        ("large.csv", b"name\n" + bytes(LARGEST), "larger than 16 MB"),
    ):
        await root.sends_document(name, content, "application/octet-stream")
        assert words in (await root.sees(f"I can't read {name}")).text
    assert len(telegram.called("getFile")) == 4  # the large one isn't even fetched
    assert await library(database) == before

    await root.sends_document("yoke.csv", YOKE)
    await root.sees("Nothing is changed yet")
    await root.taps("✓ Apply: 1 new", times=3)
    await root.sees("yoke.csv is loaded: 1 new")
    assert await library(database) - before == {"b yoke b carry"}
    await root.sends("/admins")
    await root.taps("What was done")
    record = await root.sees("What admins did")
    assert record.text.count("applied a document: 1 new") == 1


@pytest.mark.parametrize("kind", Format)
async def test_the_whole_library_comes_as_a_file_and_goes_back_without_a_change(
    root: Lifter, database: Database, kind: Format
) -> None:
    before = await library(database)
    await root.sends("/exercise_export")
    await root.taps(kind.upper())
    sent = await root.sees("send the file back")
    await root.sends_document(f"exercises.{kind}", root.file(sent))
    await root.sees(f"0 new, 0 changed, {len(before)} the same, 0 in conflict, 0 refused.", within=30)
    await root.sees("There is nothing to load.")
    assert await library(database) == before


async def test_to_a_lifter_a_document_is_no_more_than_a_sticker(telegram: Simulator, ann: Lifter) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends_sticker()
    answer = (await ann.sees("I only read text")).text
    await ann.sends_document("yoke.csv", YOKE, caption="/seed")
    await ann.sends("/exercise_export")
    await ann.sees("I don't know /exercise_export")
    assert [message.text for message in ann.chat if message.text == answer] == [answer] * 2
    assert telegram.called("getFile") == []
    assert all(message.file_id is None for message in ann.chat if message.from_bot)

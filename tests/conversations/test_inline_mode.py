"""Exercises found in any chat, behind the bot's name."""

import pytest

from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.database import Database
from storage.models import JournalRow, User
from tests.support.rows import how_many


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_somebody_who_never_wrote_to_the_bot_finds_an_exercise_and_nothing_is_written_down(
    telegram: Simulator, spotter: Spotter, database: Database
) -> None:
    ben = telegram.lifter("Ben")
    found = await ben.asks("bench")
    assert found.results[0].title == "Bench Press (Barbell)"
    assert found.results[0].message["text"].startswith("Bench Press (Barbell)\nChest · Barbell")
    assert [await how_many(database, model) for model in (JournalRow, User)] == [0, 0]
    assert telegram.refusals == []


async def test_the_whole_library_is_a_scroll_away(ann: Lifter) -> None:
    names: list[str] = []
    offset = ""
    while not names or offset:
        page = await ann.asks("", offset=offset)
        names += [result.title for result in page.results]
        offset = page.next_offset
    assert len(names) == len(set(names)) > 100


async def test_who_trains_is_answered_while_somebody_types_on_and_on(telegram: Simulator, ann: Lifter) -> None:
    ben = telegram.lifter("Ben")
    for number in range(50):
        await telegram.people.ask_inline(ben.id, f"row {number}")
    await ann.sends("/start")
    await ann.sees("kilograms or pounds")

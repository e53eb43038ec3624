import pytest

from bot.journal_command import list_set_aside, try_again
from bot.settings import Settings
from bot.start_error import StartError
from storage.database import Database
from storage.values.chat import JournalStatus
from tests.support.rows import LIFTER, add_journal_row


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


async def test_nothing_set_aside_is_said_too(settings: Settings) -> None:
    assert await list_set_aside(settings) == ["Nothing was set aside."]
    assert await try_again(settings, []) == ["Nothing was set aside."]


async def test_each_update_has_a_line_with_its_reference(settings: Settings, database: Database) -> None:
    journal_id = await add_journal_row(database, status=JournalStatus.SET_ASIDE)
    (line,) = await list_set_aside(settings)
    assert line == f"U-{journal_id}  2026-01-05 18:00 UTC  lifter {LIFTER}  unknown"


@pytest.mark.parametrize("written", ["U-{}", "u-{}", "{}"])
async def test_a_reference_is_tried_again_as_its_lifter_was_told_it(
    settings: Settings, database: Database, written: str
) -> None:
    journal_id = await add_journal_row(database, 1, status=JournalStatus.SET_ASIDE)
    await add_journal_row(database, 2, status=JournalStatus.SET_ASIDE)
    lines = await try_again(settings, [written.format(journal_id), "U-404"])
    assert lines == [f"U-{journal_id} waits again, as U-{journal_id + 2}.", "U-404 is not set aside."]
    assert len(await list_set_aside(settings)) == 1


async def test_all_are_tried_again_if_none_is_named(settings: Settings, database: Database) -> None:
    for number in (1, 2):
        await add_journal_row(database, number, status=JournalStatus.SET_ASIDE)
    assert len(await try_again(settings, [])) == 2
    assert await list_set_aside(settings) == ["Nothing was set aside."]


@pytest.mark.parametrize("reference", ["", "U-", "U-1x", "-1", "9" * 19])
async def test_what_is_no_reference_is_refused(settings: Settings, reference: str) -> None:
    with pytest.raises(StartError, match="U-417"):
        await try_again(settings, [reference])

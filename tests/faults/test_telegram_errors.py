"""Each kind of error that Telegram answers with: what the lifter sees, and what the data holds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.settings import Settings
from bot.spotter import Spotter
from simulator import errors
from simulator.driver import Lifter
from simulator.errors import ApiError, bad_request, conflict, forbidden
from simulator.faults import Breaks
from simulator.server import Simulator
from storage.database import Database
from storage.models import JournalRow, Set, User
from storage.values.chat import JournalStatus
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.waiting import until

REVOKED = ApiError(401, errors.REVOKED)
UNKNOWN_METHOD = ApiError(404, errors.METHOD_NOT_FOUND)
TOO_LARGE = ApiError(413, errors.TOO_LARGE)
BLOCKED = forbidden("bot was blocked by the user")
DEACTIVATED = forbidden("user is deactivated")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is stored is tested on both kinds elsewhere; here it is Telegram that differs."""
    return sqlite_url


@pytest.fixture
async def spotter(
    telegram: Simulator, database_url: str, clock: FakeClock, alarm: ManualAlarm
) -> AsyncIterator[Spotter]:
    settings = Settings(bot_api_url=telegram.url, database_url=database_url, listen=None)
    bot = Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)
    async with bot.running():
        yield bot


@pytest.fixture
async def ann(telegram: Simulator, spotter: Spotter) -> Lifter:
    """Ann at the bench, with one set logged."""
    lifter = telegram.lifter("Ann")
    await lifter.sends("/start")
    await lifter.taps("Kilograms")
    await lifter.sends("/set bench press 100x5 #1")
    await lifter.sees("Today: 100 kg × 5")
    await spotter.lanes.idle()
    return lifter


async def ledger(database: Database) -> list[str]:
    """The notes of all sets in their order: each test writes a serial number into them."""
    async with database.reading() as session:
        return list(await session.scalars(select(Set.note).order_by(Set.id)))


async def statuses(database: Database) -> set[JournalStatus]:
    async with database.reading() as session:
        return set(await session.scalars(select(JournalRow.status)))


def struck(telegram: Simulator, method: str) -> int:
    """How many calls a planned fault has hit: a fault that misses proves nothing."""
    return sum(call.planned for call in telegram.called(method))


def holding(lifter: Lifter, text: str) -> int:
    """How many of the bot's messages contain the text."""
    return sum(message.from_bot and text in message.text for message in lifter.chat)


@pytest.mark.parametrize("refusal", ["message to edit not found", "message can't be edited"])
async def test_a_card_that_can_not_be_edited_is_sent_anew(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, refusal: str
) -> None:
    telegram.faults.refuse("editMessageText", bad_request(refusal))
    await ann.sends("100x4 #2")
    card = await ann.sees("2 sets")
    await spotter.lanes.idle()
    assert struck(telegram, "editMessageText") == 1
    assert card.id == ann.last.id
    assert holding(ann, "Today:") == 1
    assert await ledger(database) == ["1", "2"]


@pytest.mark.parametrize(
    ("method", "refusal"),
    [
        ("editMessageText", errors.NOT_MODIFIED),
        ("answerCallbackQuery", errors.QUERY_TOO_OLD),
    ],
)
async def test_what_there_is_nothing_to_do_about_is_not_noticed(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, method: str, refusal: str
) -> None:
    telegram.faults.refuse(method, bad_request(refusal))
    await ann.taps("✓ Log 100 kg × 5", answered=False)
    await until(lambda: as_many_sets(database, 2))
    await spotter.lanes.idle()
    await ann.sends("100x4")
    await ann.sees("3 sets")
    await spotter.lanes.idle()
    assert struck(telegram, method) == 1
    assert await statuses(database) == {JournalStatus.DONE}


async def as_many_sets(database: Database, number: int) -> bool:
    return len(await ledger(database)) == number


@pytest.mark.parametrize("refusal", ["message to delete not found", "message can't be deleted"])
async def test_a_message_that_can_not_be_deleted_stays_and_nothing_else_happens(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, refusal: str
) -> None:
    telegram.faults.refuse("deleteMessages", bad_request(refusal))
    for serial in (2, 3, 4, 5):  # until the card has scrolled away, so that it is sent anew and the old one removed
        await ann.sends(f"100x5 #{serial}")
        await ann.sees(f"{serial} sets")
        await spotter.lanes.idle()
    assert struck(telegram, "deleteMessages") == 1
    assert await ledger(database) == ["1", "2", "3", "4", "5"]
    assert await statuses(database) == {JournalStatus.DONE}


@pytest.mark.parametrize("error", [bad_request("can't parse entities: unexpected end"), TOO_LARGE])
async def test_a_call_that_is_at_fault_is_made_three_times_and_then_told_under_a_reference(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, error: ApiError
) -> None:
    telegram.faults.refuse("editMessageText", error, times=3)
    await ann.sends("100x4 #2")
    await ann.sees("Reference: U-")
    await ann.sees("What you did is saved")
    await spotter.lanes.idle()
    assert struck(telegram, "editMessageText") == 3
    assert await ledger(database) == ["1", "2"]
    assert await statuses(database) == {JournalStatus.DONE, JournalStatus.SET_ASIDE}
    await ann.sends("100x3 #3")
    await ann.sees("3 sets")


async def test_a_chat_that_is_gone_holds_nobody_up(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database
) -> None:
    telegram.faults.refuse("sendMessage", bad_request("chat not found"), times=4)  # three answers and the apology
    await ann.sends("/help")
    await until(lambda: is_set_aside(database))
    await ann.sends("100x4 #2")
    await ann.sees("2 sets")
    assert await ledger(database) == ["1", "2"]


async def is_set_aside(database: Database) -> bool:
    return JournalStatus.SET_ASIDE in await statuses(database)


@pytest.mark.parametrize("error", [REVOKED, UNKNOWN_METHOD])
async def test_a_token_or_server_that_is_wrong_is_waited_out_and_the_answer_comes(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, error: ApiError
) -> None:
    telegram.faults.refuse("editMessageText", error, times=2)
    await ann.sends("100x4 #2")
    await ann.sees("2 sets")
    await spotter.lanes.idle()
    assert struck(telegram, "editMessageText") == 2
    assert await ledger(database) == ["1", "2"]
    assert await statuses(database) == {JournalStatus.DONE}


@pytest.mark.parametrize("error", [BLOCKED, DEACTIVATED])
async def test_who_can_not_be_reached_keeps_their_data_and_is_left_alone(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, clock: FakeClock, error: ApiError
) -> None:
    telegram.faults.refuse("editMessageText", error)
    await ann.sends("100x4 #2")
    await until(lambda: is_unreachable(database, ann.id))
    await spotter.lanes.idle()
    clock.advance(timedelta(minutes=3))
    await spotter.ring()
    await spotter.lanes.idle()
    ann.does_not_see("Rest is over")
    assert await ledger(database) == ["1", "2"]


async def is_unreachable(database: Database, lifter_id: int) -> bool:
    async with database.reading() as session:
        return (await session.get_one(User, lifter_id)).unreachable_since is not None


@pytest.mark.parametrize("error", [conflict(errors.OTHER_POLLER), conflict(errors.WEBHOOK_ACTIVE), REVOKED])
async def test_while_somebody_else_takes_the_updates_nothing_is_lost(
    ann: Lifter, telegram: Simulator, database: Database, error: ApiError
) -> None:
    telegram.faults.refuse("getUpdates", error, times=2)
    await ann.sends("100x4 #2")  # which ends the poll under way
    await ann.sees("2 sets")
    await ann.sends("100x3 #3")
    await ann.sees("3 sets")
    assert struck(telegram, "getUpdates") == 2
    assert await ledger(database) == ["1", "2", "3"]


@pytest.mark.parametrize("seconds", [1, 2])
async def test_an_answer_that_comes_too_soon_for_telegram_comes_later(
    ann: Lifter, telegram: Simulator, database: Database, seconds: int
) -> None:
    telegram.faults.flood("sendMessage", seconds)
    await ann.sends("/help")
    await ann.sees("Log a set")
    assert struck(telegram, "sendMessage") == 1
    assert holding(ann, "Log a set") == 1


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_an_edit_that_meets_trouble_at_telegrams_is_made_again(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, code: int
) -> None:
    telegram.faults.fail("editMessageText", code, times=2)
    await ann.sends("100x4 #2")
    await ann.sees("2 sets")
    await spotter.lanes.idle()
    assert struck(telegram, "editMessageText") == 2
    assert holding(ann, "Today:") == 1
    assert await ledger(database) == ["1", "2"]


@pytest.mark.parametrize("breaks", [Breaks.BEFORE, Breaks.AFTER])
async def test_an_edit_whose_connection_breaks_is_made_again_and_shows_the_same(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, breaks: Breaks
) -> None:
    telegram.faults.drop("editMessageText", breaks, times=2)
    await ann.sends("100x4 #2")
    await ann.sees("2 sets")
    await spotter.lanes.idle()
    assert holding(ann, "Today:") == 1
    assert await ledger(database) == ["1", "2"]
    assert await statuses(database) == {JournalStatus.DONE}


@pytest.mark.parametrize("code", [500, 502])
async def test_a_message_that_meets_trouble_at_telegrams_comes_a_moment_later(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, code: int
) -> None:
    telegram.faults.fail("sendMessage", code)
    await ann.sends("/help")
    await ann.sees("Log a set")
    await spotter.lanes.idle()
    assert struck(telegram, "sendMessage") == 1
    assert holding(ann, "Log a set") == 1
    assert await statuses(database) == {JournalStatus.DONE}


@pytest.mark.parametrize(("breaks", "most"), [(Breaks.BEFORE, 1), (Breaks.AFTER, 2)])
async def test_a_message_whose_connection_breaks_is_never_missing_and_at_worst_comes_twice(
    ann: Lifter, telegram: Simulator, spotter: Spotter, database: Database, breaks: Breaks, most: int
) -> None:
    telegram.faults.drop("sendMessage", breaks)
    await ann.sends("/help")
    await ann.sees("Log a set")
    await until(lambda: all_done(database))
    assert 1 <= holding(ann, "Log a set") <= most
    await ann.sends("100x4 #2")
    await ann.sees("2 sets")
    assert await ledger(database) == ["1", "2"]


async def all_done(database: Database) -> bool:
    return await statuses(database) == {JournalStatus.DONE}


async def test_a_clock_that_jumps_ahead_ends_the_rest_and_nothing_else(
    ann: Lifter, spotter: Spotter, database: Database, clock: FakeClock
) -> None:
    clock.advance(timedelta(minutes=5))
    await spotter.ring()
    await ann.sees("Rest is over")
    await ann.sends("100x4 #2")
    await ann.sees("2 sets")
    assert await ledger(database) == ["1", "2"]


async def test_a_clock_that_jumps_a_day_ahead_says_nothing_about_rests_long_past(
    ann: Lifter, spotter: Spotter, clock: FakeClock
) -> None:
    clock.advance(timedelta(days=1))
    await spotter.ring()
    await spotter.lanes.idle()
    await ann.sends("100x4 #2")
    await ann.sees("2 sets")
    ann.does_not_see("Rest is over")


async def test_a_clock_that_jumps_back_keeps_the_order_and_the_workout_can_be_finished(
    ann: Lifter, spotter: Spotter, database: Database, clock: FakeClock
) -> None:
    clock.advance(timedelta(hours=-2))
    await ann.sends("100x4 #2")
    await ann.sees("2 sets")
    await ann.taps("🏁 Finish")
    await ann.sees("Finish the workout?")
    await ann.taps("🏁 Finish")
    await ann.sees("Workout done")
    await spotter.lanes.idle()
    assert await ledger(database) == ["1", "2"]
    assert await statuses(database) == {JournalStatus.DONE}

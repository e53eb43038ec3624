"""What becomes of an update when something goes wrong around it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

from bot.lanes import Held, Turn
from bot.turns import Turns
from handlers.workout.buttons import LogSuggested
from storage import journal
from storage.database import Database, ReadSession, WriteSession
from storage.models import JournalRow, User
from storage.values.chat import JournalStatus
from storage.values.lane import LaneLostError
from tests.conftest import ADMIN
from tests.support import one_lane
from tests.support.clock import FakeClock
from tests.support.phone import BOT_ID, Phone, only
from tests.support.recording_request import RecordingRequest
from tests.support.statements import counted
from tests.support.waiting import until
from training.gym import Gym

BROKEN = "Bad Request: can't parse entities: a bug in a view"


async def last_row(database: Database) -> JournalRow:
    async with database.reading() as session:
        return (await session.scalars(select(JournalRow).order_by(JournalRow.id.desc()).limit(1))).one()


async def test_a_handled_update_is_done(ready: Phone, database: Database) -> None:
    await ready.sends("/help")
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.DONE, 1)


async def test_a_lifter_whose_name_is_known_is_only_read(ready: Phone, database: Database) -> None:
    with counted(database) as statements:
        await ready.sends("/help")
    assert not [one.text for one in statements if one.text.startswith(("SAVEPOINT", "UPDATE users"))]


async def test_an_update_delivered_again_changes_nothing(lifting: Phone, gym: Gym) -> None:
    person = {"id": lifting.lifter_id, "is_bot": False, "first_name": "Ann"}
    chat = {"id": lifting.lifter_id, "type": "private"}
    update = {"update_id": 9, "message": {"message_id": 9, "date": 0, "chat": chat, "from": person, "text": "100x5"}}
    assert await lifting.gets(update)
    assert await lifting.gets(update) == []
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


async def test_while_telegram_is_down_the_set_is_kept_and_the_answer_owed(
    lifting: Phone, telegram: RecordingRequest, gym: Gym, database: Database
) -> None:
    telegram.refuse("editMessageText", 502, "Bad Gateway")
    await lifting.sends("100x5")
    assert isinstance(lifting.turn, Held)
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.APPLIED, 0)
    calls = await lifting.takes_turns()
    assert "Today: 100 kg × 5" in only(calls, "editMessageText").text
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1
    assert (await last_row(database)).status is JournalStatus.DONE


@pytest.mark.parametrize("way", ["typed", "pressed"])
async def test_a_lane_that_is_lost_on_the_way_counts_no_attempt(
    lifting: Phone, telegram: RecordingRequest, database: Database, gym: Gym, way: str
) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    shows = ("editMessageText", "sendMessage")
    before, arrive = len(telegram.calls), [telegram.hold(method) for method in shows]
    doing = lifting.sends("100x5") if way == "typed" else lifting.presses(LogSuggested(card.workout_id, card.revision))
    task = asyncio.create_task(doing)

    async def is_under_way() -> bool:
        return any(call.method in shows for call in telegram.calls[before:])

    await until(is_under_way)
    async with database.writing() as session:
        assert await one_lane.claim(session, BOT_ID, lifting.lifter_id, "there") is not None
    for event in arrive:
        event.set()
    await task
    assert lifting.turn is Turn.ELSEWHERE
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.APPLIED, 0)


async def test_flood_control_holds_the_lane_as_long_as_told(lifting: Phone, telegram: RecordingRequest) -> None:
    telegram.refuse("editMessageText", 429, "Too Many Requests: retry after 7", retry_after=7)
    await lifting.sends("100x5")
    assert lifting.turn == Held(7.0)


async def test_what_fails_three_times_is_set_aside_and_everyone_told_the_reference(
    ready: Phone, telegram: RecordingRequest, database: Database
) -> None:
    for _ in range(3):
        telegram.refuse("sendMessage", 400, BROKEN)
    calls = await ready.sends("/help")
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.SET_ASIDE, 3)
    told = [(call.parameters["chat_id"], call.text) for call in calls[3:]]
    assert [chat for chat, _ in told] == [str(ready.lifter_id), str(ADMIN)]
    assert all(f"U-{row.id}" in text for _, text in told)


async def test_a_bot_that_is_stopped_again_and_again_has_not_failed(
    ready: Phone, turns: Turns, telegram: RecordingRequest, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    telegram_answers = telegram.hold("sendMessage")
    await ready.has_sent("hello")
    for number in range(1, 5):

        async def sends(number: int = number) -> bool:
            return len([call for call in telegram.calls if call.method == "sendMessage"]) == number + 1

        turn = asyncio.create_task(turns.take(ready.lifter_id))
        await until(sends)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
    assert [record.__dict__["why"] for record in caplog.records] == ["stopping"] * 4
    telegram_answers.set()
    await ready.takes_turns()
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.DONE, 1)


async def test_the_log_says_what_holds_the_lane_of_whoever_is_owed_an_apology(
    ready: Phone, telegram: RecordingRequest, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        telegram.refuse("sendMessage", 400, BROKEN)
    telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    await ready.sends("/help")
    assert ready.turn == Held(7.0)
    assert caplog.records[-1].__dict__["why"] == "RetryAfter"


async def test_of_what_was_being_done_at_two_deaths_one_thing_is_tried_at_a_time(
    ready: Phone, turns: Turns, telegram: RecordingRequest, database: Database
) -> None:
    """So that at the third death only the culprit is set aside."""
    other = Phone(turns, telegram, ready.lifter_id + 1)
    for phone in (ready, other):
        await phone.has_sent("hello")
    async with database.writing() as session:
        await session.execute(update(JournalRow).where(JournalRow.attempts == 0).values(attempts=2))
    telegram_answers = telegram.hold("sendMessage")
    asked = len(telegram.calls)
    first, second = (asyncio.create_task(turns.take(phone.lifter_id)) for phone in (ready, other))

    async def is_under_way() -> bool:
        return len(telegram.calls) > asked

    await until(is_under_way)
    async with database.reading() as reading:
        begun = select(JournalRow.attempts).where(JournalRow.attempts > 1).order_by(JournalRow.id)
        assert list(await reading.scalars(begun)) == [3, 2]
    telegram_answers.set()
    assert [await first, await second] == [Turn.NOTHING_LEFT] * 2
    async with database.reading() as reading:
        assert set(await reading.scalars(select(JournalRow.status))) == {JournalStatus.DONE}


async def test_what_is_not_suspected_goes_on_meanwhile(
    ready: Phone, turns: Turns, telegram: RecordingRequest, database: Database
) -> None:
    await ready.has_sent("hello")
    async with database.writing() as session:
        await session.execute(update(JournalRow).where(JournalRow.attempts == 0).values(attempts=2))
    telegram_answers = telegram.hold("sendMessage")
    suspected = asyncio.create_task(turns.take(ready.lifter_id))

    async def is_begun() -> bool:
        return (await last_row(database)).attempts == 3

    await until(is_begun)
    other = Phone(turns, telegram, ready.lifter_id + 1)
    await other.has_sent("hello")
    unsuspected = asyncio.create_task(turns.take(other.lifter_id))

    async def is_begun_too() -> bool:
        return (await last_row(database)).attempts == 1

    await until(is_begun_too)
    assert not suspected.done()
    telegram_answers.set()
    assert [await suspected, await unsuspected] == [Turn.NOTHING_LEFT] * 2


async def test_a_turn_that_is_stopped_while_it_claims_has_not_failed(
    ready: Phone, turns: Turns, database: Database
) -> None:
    await ready.has_sent("hello")
    async with database.writing() as session:
        await one_lane.claim(session, BOT_ID, ready.lifter_id, "here")
        turn = asyncio.create_task(turns.take(ready.lifter_id))
        await asyncio.sleep(0)
        turn.cancel()
    await asyncio.gather(turn, return_exceptions=True)
    await turns.stop()
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.PENDING, 0)
    await ready.takes_turns()
    assert (await last_row(database)).attempts == 1


async def test_a_lifter_does_not_wait_until_the_admins_are_told(
    ready: Phone, turns: Turns, telegram: RecordingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_told = asyncio.Event()

    async def slow(*_: object) -> None:
        await is_told.wait()

    monkeypatch.setattr("bot.turns.report", slow)
    for _ in range(3):
        telegram.refuse("sendMessage", 400, BROKEN)
    await ready.has_sent("hello")
    async with asyncio.timeout(60):
        while await turns.take(ready.lifter_id) is not Turn.NOTHING_LEFT:
            pass
    is_told.set()
    await turns.reports.stop(60)


async def test_who_has_logged_a_set_that_could_not_be_shown_is_not_told_to_log_it_again(
    lifting: Phone, telegram: RecordingRequest, gym: Gym
) -> None:
    for _ in range(3):
        telegram.refuse("editMessageText", 400, BROKEN)
    *_, apology, report = await lifting.sends("100x5")
    assert "is saved" in apology.text
    assert report.parameters["chat_id"] == str(ADMIN)
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1


async def test_a_token_that_telegram_no_longer_takes_is_not_the_updates_fault(
    ready: Phone, telegram: RecordingRequest, database: Database
) -> None:
    telegram.refuse("sendMessage", 401, "Unauthorized")
    await ready.sends("/help")
    assert isinstance(ready.turn, Held)
    assert (await last_row(database)).attempts == 0


@pytest.mark.parametrize("kind", [DBAPIError, InterfaceError, OperationalError, InternalError])
async def test_a_database_that_goes_away_while_an_update_is_handled_holds_the_lane(
    ready: Phone, database: Database, monkeypatch: pytest.MonkeyPatch, kind: type[DBAPIError]
) -> None:
    async def breaks(*_: object) -> None:
        raise kind("SELECT 1", {}, Exception("connection was closed in the middle of operation"))

    with monkeypatch.context() as patched:
        patched.setattr("training.lifters.lifters.by_id", breaks)
        await ready.sends("/start")
        assert isinstance(ready.turn, Held)
    assert (await last_row(database)).attempts == 0
    assert "Ready when you are" in only(await ready.takes_turns(), "sendMessage").text


async def test_a_statement_that_the_database_refuses_again_and_again_holds_nobody_up(
    ready: Phone, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def asks_wrongly(session: ReadSession, *_: object) -> None:
        await session.execute(text("SELECT * FROM nowhere"))

    with monkeypatch.context() as patched:
        patched.setattr("training.lifters.lifters.by_id", asks_wrongly)
        apology, report = await ready.sends("/start")
    assert "something went wrong" in apology.text
    assert report.parameters["chat_id"] == str(ADMIN)
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.SET_ASIDE, 3)


async def test_a_database_that_goes_away_again_and_again_while_an_update_is_handled_counts_no_attempt(
    ready: Phone, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, noted = OperationalError("UPDATE journal", {}, ConnectionResetError()), journal.give_back
    is_there = True

    async def goes(*_: object) -> None:
        nonlocal is_there
        is_there = False
        raise gone

    async def notes(session: WriteSession, journal_id: int) -> None:
        if not is_there:  # so that it can't be noted either that the update is not to blame
            raise gone
        await noted(session, journal_id)

    await ready.has_sent("/start")
    with monkeypatch.context() as outages:
        outages.setattr("training.lifters.lifters.by_id", goes)
        outages.setattr("storage.journal.give_back", notes)
        for _ in range(4):
            is_there = True
            await ready.takes_turns()
            assert ready.turn == Held(without_database=True)
            assert (await last_row(database)).attempts == 1
    await ready.takes_turns()
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.DONE, 1)


async def test_a_lane_that_is_lost_while_the_database_goes_away_counts_no_attempt_either(
    ready: Phone, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def loses(*_: object) -> None:
        outages.setattr("storage.journal.give_back", is_gone)
        raise LaneLostError

    async def is_gone(*_: object) -> None:
        raise OperationalError("UPDATE journal", {}, ConnectionResetError())

    await ready.has_sent("/start")
    with monkeypatch.context() as outages:
        outages.setattr("training.lifters.lifters.by_id", loses)
        await ready.takes_turns()
        assert ready.turn == Held(without_database=True)
        assert (await last_row(database)).attempts == 1
    await ready.takes_turns()
    row = await last_row(database)
    assert (row.status, row.attempts) == (JournalStatus.DONE, 1)


async def test_who_blocks_the_bot_before_they_are_refused_something_is_unreachable_too(
    lifting: Phone, telegram: RecordingRequest, database: Database
) -> None:
    telegram.refuse("editMessageText", 403, "Forbidden: bot was blocked by the user")
    assert len(await lifting.sends("100x-5")) == 1
    async with database.reading() as session:
        assert (await session.get_one(User, lifting.lifter_id)).unreachable_since is not None
    assert (await last_row(database)).status is JournalStatus.DONE


async def test_the_lane_goes_on_after_what_was_set_aside(ready: Phone, telegram: RecordingRequest) -> None:
    for _ in range(3):
        telegram.refuse("sendMessage", 400, BROKEN)
    await ready.sends("/help")
    assert "100x5" in only(await ready.sends("/help"), "sendMessage").text
    assert ready.turn is Turn.NOTHING_LEFT


async def test_an_update_that_took_the_process_with_it_three_times_is_set_aside_unhandled(
    ready: Phone, database: Database
) -> None:
    await ready.sends("/help")
    async with database.writing() as session:
        row = await session.get_one(JournalRow, (await last_row(database)).id)
        row.status, row.attempts, row.finished_at = JournalStatus.PENDING, 3, None
    assert "went wrong" in (await ready.takes_turns())[0].text
    assert (await last_row(database)).status is JournalStatus.SET_ASIDE


async def test_who_blocks_the_bot_is_unreachable_until_they_write_again(
    ready: Phone, telegram: RecordingRequest, database: Database
) -> None:
    telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await ready.sends("/help")
    async with database.reading() as session:
        assert (await session.get_one(User, ready.lifter_id)).unreachable_since is not None
    await ready.sends("/help")
    async with database.reading() as session:
        assert (await session.get_one(User, ready.lifter_id)).unreachable_since is None


async def test_who_misses_an_apology_because_they_have_blocked_the_bot_is_unreachable(
    ready: Phone, telegram: RecordingRequest, database: Database
) -> None:
    for _ in range(3):
        telegram.refuse("sendMessage", 400, BROKEN)
    telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await ready.sends("/help")
    async with database.reading() as session:
        assert (await session.get_one(User, ready.lifter_id)).unreachable_since is not None
    assert (await last_row(database)).status is JournalStatus.SET_ASIDE


@pytest.mark.parametrize("method", ["editMessageText", "deleteMessages"])
async def test_who_has_blocked_the_bot_is_unreachable_whatever_call_says_so(
    lifting: Phone, telegram: RecordingRequest, gym: Gym, database: Database, method: str
) -> None:
    if method == "deleteMessages":
        for _ in range(3):
            await lifting.sends("/help")  # the card goes up, and is sent anew
    telegram.refuse(method, 403, "Forbidden: bot was blocked by the user")
    await lifting.sends("100x5")
    async with database.reading() as session:
        assert (await session.get_one(User, lifting.lifter_id)).unreachable_since is not None
    assert (await gym.workouts.card(lifting.lifter_id)).sets == 1
    assert (await last_row(database)).status is JournalStatus.DONE


async def test_whose_rest_is_over_and_has_blocked_the_bot_is_unreachable(
    lifting: Phone, telegram: RecordingRequest, gym: Gym, clock: FakeClock, database: Database
) -> None:
    await lifting.sends("100x5")
    clock.advance(timedelta(minutes=3))
    await gym.rests.ring(BOT_ID)
    telegram.refuse("sendMessage", 403, "Forbidden: user is deactivated")
    (refused,) = await lifting.takes_turns()
    assert "Rest is over" in refused.text
    async with database.reading() as session:
        assert (await session.get_one(User, lifting.lifter_id)).unreachable_since is not None
    assert (await last_row(database)).status is JournalStatus.DONE


@pytest.mark.parametrize("step", ["find_all", "ensure"])
async def test_a_lifter_who_can_not_be_read_or_renamed_blocks_no_lane(
    ready: Phone, database: Database, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    async def breaks(*_: object) -> User:
        raise ValueError("a bug")

    monkeypatch.setattr(f"storage.lifters.{step}", breaks)
    person = {"id": ready.lifter_id, "is_bot": False, "first_name": "Anna"}
    chat = {"id": ready.lifter_id, "type": "private"}
    message = {"message_id": 9, "date": 0, "chat": chat, "from": person, "text": "hello"}
    calls = await ready.gets({"update_id": 9, "message": message})
    assert "Reference: " in calls[0].text
    assert (await last_row(database)).status is JournalStatus.SET_ASIDE
    assert ready.turn is Turn.NOTHING_LEFT


@pytest.mark.parametrize("payload", [{"message": {"from": {"id": 7}}}, {"callback_query": {"from": {"id": 7}}}])
async def test_an_update_that_can_not_be_parsed_is_kept_and_passed_over(
    ready: Phone, database: Database, payload: dict[str, object]
) -> None:
    assert await ready.gets({"update_id": 1, **payload}) == []
    assert (await last_row(database)).status is JournalStatus.UNREADABLE
    assert ready.turn is Turn.NOTHING_LEFT

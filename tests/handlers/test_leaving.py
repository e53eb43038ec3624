"""/privacy and /delete_me."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.lanes import Held
from bot.turns import Turns
from handlers.admins.buttons import ShowRecord
from handlers.callback_data import pack
from handlers.leaving.buttons import AskAgain, DeleteMe
from storage import flooding, journal, leaving
from storage.database import Database, WriteSession
from storage.models import JournalRow, User
from storage.values.chat import Source
from tests.conftest import ADMIN
from tests.support.clock import FakeClock
from tests.support.mentions import mentioned_in
from tests.support.phone import BOT_ID, Phone, labels, only
from tests.support.recording_request import RecordingRequest
from tests.support.rows import add_workout
from training.gym import Gym

LEAVER = 7_305_118_264
"""An id that no other number in the database happens to be."""

LEFT = "✓ <b>Everything of yours is deleted.</b>"
UNKNOWN = "I know nothing of you any more. Send /start to begin anew."


@pytest.fixture
async def ann(turns: Turns, telegram: RecordingRequest) -> Phone:
    return Phone(turns, telegram, LEAVER, "Quetzal")


@pytest.fixture
async def trained(lifting: Phone, database: Database) -> Phone:
    """Ann in a workout, with a set, a note, a rest and a timer."""
    await lifting.sends("100x5 quetzal")
    await lifting.sends("/timer 60")
    assert {"sets.note", "users.id", "rest_timers.user_id", "timers.user_id"} <= await left_of(database)
    return lifting


async def left_of(database: Database) -> set[str]:
    return await mentioned_in(database, LEAVER, "quetzal")


async def last_question(gym: Gym) -> DeleteMe:
    """The press that deletes, as the second question shows it."""
    held = await gym.leaving.holdings(LEAVER)
    return DeleteMe(held.asked_at, held.mark)


async def test_everything_goes_after_two_questions_and_nothing_mentions_the_lifter(
    trained: Phone, database: Database
) -> None:
    first = only(await trained.sends("/delete_me"), "sendMessage")
    assert "• 1 workout, 1 set" in first.text
    assert labels(first) == ["📤 Take my data with me", "🗑 Delete everything…", "✕ Keep everything"]
    again = only(await trained.presses_raw(first.buttons[1]["callback_data"], 600), "editMessageText")
    assert labels(again) == ["✕ Keep everything", "📤 Take my data with me", "🗑 Yes, delete it for good"]
    assert "sets.note" in await left_of(database)
    calls = await trained.presses_raw(again.buttons[2]["callback_data"], 600)
    assert only(calls, "editMessageText").text.startswith(LEFT)
    assert only(calls, "deleteMyCommands").parameters["scope"]
    assert await left_of(database) == set()


@pytest.mark.parametrize("press", ["first", "second"])
async def test_two_taps_on_a_question_delete_nothing_more_than_one(
    trained: Phone, database: Database, gym: Gym, press: str
) -> None:
    held = await gym.leaving.holdings(LEAVER)
    if press == "first":
        await trained.presses_at_once(AskAgain(held.mark), AskAgain(held.mark), message_id=600)
        await trained.takes_turns()
        assert "sets.note" in await left_of(database)
        return
    await trained.presses_at_once(*2 * [DeleteMe(held.asked_at, held.mark)], message_id=600)
    calls = await trained.takes_turns()
    assert only(calls, "editMessageText").text.startswith(LEFT)
    assert [call.text for call in calls if call.method == "answerCallbackQuery"] == ["", UNKNOWN]
    assert await left_of(database) == set()


async def test_what_waited_for_who_has_left_brings_nothing_of_them_back(
    trained: Phone, database: Database, gym: Gym, clock: FakeClock
) -> None:
    await trained.presses_at_once(await last_question(gym), message_id=600)
    async with database.writing() as session:
        rows = [
            flooding.Incoming(source, number, LEAVER, {})
            for number, source in enumerate((Source.REST, Source.TIMER, Source.REMINDER, Source.PROPOSAL, Source.IDLE))
        ]
        await journal.write_down(session, BOT_ID, rows, clock())
    calls = await trained.takes_turns()
    assert only(calls, "editMessageText").text.startswith(LEFT)
    assert not [call for call in calls if call.method == "sendMessage"]
    assert await left_of(database) == set()
    assert only(await trained.edits(1, "100x6"), "sendMessage").text.startswith("I know nothing of you any more.")
    assert await left_of(database) == set()


async def test_a_message_that_came_meanwhile_is_a_new_lifters(trained: Phone, database: Database, gym: Gym) -> None:
    await trained.presses_at_once(await last_question(gym), message_id=600)
    await trained.has_sent("hello")
    calls = await trained.takes_turns()
    assert [call.text.split("\n")[0] for call in calls if "text" in call.parameters] == [LEFT, "Hi Quetzal!"]
    assert (await gym.lifters.get(LEAVER)).unit is None
    assert (await gym.leaving.holdings(LEAVER)).workouts == 0


async def test_a_button_of_another_time_shows_how_it_stands(
    trained: Phone, database: Database, gym: Gym, clock: FakeClock
) -> None:
    press = await last_question(gym)
    clock.advance(timedelta(days=30))
    calls = await trained.presses(press, 600)
    assert only(calls, "editMessageText").text.startswith("<b>Delete everything that is yours?</b>")
    press = await last_question(gym)
    await trained.sends("100x6")
    for outdated in (press, AskAgain(press.mark), DeleteMe(press.asked_at, 1), DeleteMe(2**62, 1)):
        trained.meets_a_new_process()
        calls = await trained.presses(outdated, 600)
        assert "• 1 workout, 2 sets" in only(calls, "editMessageText").text
    async with database.reading() as session:
        user = await session.get_one(User, LEAVER)
        assert (user.leaving_since, user.step) == (None, None)


@pytest.mark.parametrize("step", ["delete_a_workout", "delete_an_exercise", "delete_user"])
async def test_a_deletion_that_is_cut_short_is_ended_and_said_to_be_done(
    trained: Phone, database: Database, gym: Gym, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> bool:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(leaving, step, dies)
        await trained.presses(await last_question(gym), 600)
    assert isinstance(trained.turn, Held)
    trained.meets_a_new_process()
    calls = await trained.takes_turns()
    assert only(calls, "sendMessage").text.startswith(LEFT)
    assert await left_of(database) == set()


async def test_the_last_word_comes_after_a_crash_though_nothing_is_left_of_the_lifter(
    trained: Phone, database: Database, gym: Gym, telegram: RecordingRequest
) -> None:
    telegram.refuse("editMessageText", 500, "Internal Server Error")
    await trained.presses(await last_question(gym), 600)
    assert isinstance(trained.turn, Held)
    assert await left_of(database) == {"journal.user_id", "lanes.user_id"}
    assert only(await trained.takes_turns(), "sendMessage").text.startswith(LEFT)
    assert await left_of(database) == set()


async def test_who_has_blocked_the_bot_meanwhile_is_gone_all_the_same(
    trained: Phone, database: Database, gym: Gym, telegram: RecordingRequest
) -> None:
    telegram.refuse("editMessageText", 403, "Forbidden: bot was blocked by the user")
    await trained.presses(await last_question(gym), 600)
    assert await left_of(database) == set()


async def test_how_far_a_long_deletion_has_come_is_shown_and_need_not_arrive(
    trained: Phone,
    database: Database,
    gym: Gym,
    clock: FakeClock,
    telegram: RecordingRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for day in range(1, 4):
        started_at = clock() - timedelta(days=day)
        await add_workout(database, LEAVER, started_at=started_at, finished=True)
    real = leaving.delete_a_workout

    async def takes_long(session: WriteSession, user_id: int) -> bool:
        clock.advance(timedelta(seconds=5))
        return await real(session, user_id)

    press = await last_question(gym)
    monkeypatch.setattr(leaving, "delete_a_workout", takes_long)
    telegram.refuse("editMessageText", 403, "Forbidden: bot was blocked by the user")
    calls = await trained.presses(press, 600)
    assert [call.text.split("\n")[0] for call in calls if call.method == "editMessageText"] == [
        "🗑 Deleting… 3 workouts are left.",
        "🗑 Deleting… 2 workouts are left.",
        "🗑 Deleting… 1 workout is left.",
        LEFT,
    ]
    assert await left_of(database) == set()


async def test_an_admin_is_told_what_stays_and_the_record_names_them_no_more(
    admin: Phone, ready: Phone, database: Database, gym: Gym
) -> None:
    await admin.sends("/start")
    await gym.admins.grant(ADMIN, LEAVER)
    await ready.sends("/stats")
    asked = only(await ready.sends("/delete_me"), "sendMessage")
    assert "what you did to the library as an admin" in asked.text
    assert "the host's settings" not in asked.text
    assert "the host's settings" in only(await admin.sends("/delete_me"), "sendMessage").text
    await ready.presses(await last_question(gym), 600)
    assert await left_of(database) == set()
    async with database.writing() as session:  # what the admin's own chat was told waits three days there
        await session.execute(delete(JournalRow))
    said = only(await admin.presses_raw(pack(ShowRecord(0)), 700), "editMessageText").text
    assert "made somebody who has left an admin" in said


async def test_privacy_says_what_is_kept_and_leads_to_taking_it_away(ready: Phone) -> None:
    said = only(await ready.sends("/privacy"), "sendMessage")
    assert all(word in said.text for word in ("Telegram id", "three days", "host", "/export", "/delete_me"))
    assert (
        "Delete everything that is yours?"
        in only(await ready.presses_raw(said.buttons[1]["callback_data"], 600), "editMessageText").text
    )
    kept = only(await ready.sends("/delete_me"), "sendMessage").buttons[2]
    assert "Ready" in only(await ready.presses_raw(kept["callback_data"], 601), "editMessageText").text

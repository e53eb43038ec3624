"""A thumb that is faster than Telegram: every press counts, and of the cards only the newest has to be seen."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.lanes import Held, Lanes, Showing, Turn
from bot.turns import Turns
from handlers.workout.buttons import AskToFinish, LogSuggested
from storage.database import Database
from storage.models import JournalRow, User
from storage.values.chat import JournalStatus
from tests.support.loop_time import settled
from tests.support.phone import Phone, only
from tests.support.recording_request import Call, RecordingRequest
from tests.support.waiting import until
from training.gym import Gym

PRESSES = 6


@pytest.fixture
async def pressing(lifting: Phone, gym: Gym) -> Phone:
    """Ann, who has pressed again and again before anything was handled: each press is on the card of the one before."""
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    presses = [LogSuggested(card.workout_id, card.revision + number) for number in range(PRESSES)]
    await lifting.presses_at_once(*presses)
    return lifting


async def open_rows(database: Database) -> int:
    async with database.reading() as session:
        return len((await session.scalars(select(JournalRow).where(JournalRow.status != JournalStatus.DONE))).all())


def edits(telegram: RecordingRequest, since: int) -> list[Call]:
    return [call for call in telegram.calls[since:] if call.method == "editMessageText"]


async def handled_while_the_first_edit_is_on_its_way(phone: Phone, turns: Turns) -> Showing:
    """Takes turns until nothing is left but to be shown."""
    for _ in range(PRESSES - 1):
        assert await turns.take(phone.lifter_id) is Turn.HANDLED
    last = await turns.take(phone.lifter_id)
    assert isinstance(last, Showing)
    return last


async def test_every_press_counts_and_two_edits_show_them_all(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym, database: Database
) -> None:
    before = len(telegram.calls)
    arrives = telegram.hold("editMessageText")
    showing = await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    assert (await gym.workouts.card(pressing.lifter_id)).sets == 1 + PRESSES
    assert await open_rows(database) == PRESSES  # none is done with before it is shown
    arrives.set()
    assert await showing.shown is Turn.NOTHING_LEFT
    first, newest = edits(telegram, before)
    assert "Today: 100 kg × 5, 5\n" in first.text
    assert "Today: 100 kg × 5, 5, 5, 5, 5, 5, 5\n" in newest.text
    assert await open_rows(database) == 0


async def test_each_press_is_answered_though_its_card_is_not_shown_yet(
    pressing: Phone, turns: Turns, telegram: RecordingRequest
) -> None:
    arrives = telegram.hold("editMessageText")
    showing = await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    assert len([call for call in telegram.calls if call.method == "answerCallbackQuery"]) >= PRESSES
    arrives.set()
    await showing.shown


async def test_a_press_is_done_with_when_its_answer_has_arrived_too(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, database: Database
) -> None:
    arrives, before = telegram.hold("answerCallbackQuery"), len(telegram.calls)
    taking = asyncio.create_task(pressing.takes_turns())

    async def shown() -> bool:
        return bool(edits(telegram, before))

    await until(shown)
    await settled()
    assert await open_rows(database) == PRESSES
    arrives.set()
    await taking
    assert await open_rows(database) == 0


async def test_anything_but_the_card_waits_until_the_card_is_shown(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym
) -> None:
    arrives = telegram.hold("editMessageText")
    showing = await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    await pressing.presses_at_once(AskToFinish())
    asking = asyncio.create_task(turns.take(pressing.lifter_id))
    arrives.set()
    await showing.shown
    await asking
    assert "Finish the workout?" in edits(telegram, 0)[-1].text


async def test_what_telegram_keeps_back_is_shown_later(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym, database: Database
) -> None:
    arrives = telegram.hold("editMessageText")
    showing = await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    for _ in range(2):
        telegram.refuse("editMessageText", 429, "Too Many Requests: retry after 9", retry_after=9)
    arrives.set()
    assert await showing.shown == Held(9.0)
    calls = await pressing.takes_turns()
    assert (
        "Today: 100 kg × 5, 5, 5, 5, 5, 5, 5\n" in [call for call in calls if call.method == "editMessageText"][-1].text
    )
    assert (await gym.workouts.card(pressing.lifter_id)).sets == 1 + PRESSES
    assert await open_rows(database) == 0


async def test_a_card_that_is_gone_comes_anew_once(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, database: Database
) -> None:
    before = len(telegram.calls)
    arrives = telegram.hold("editMessageText")
    showing = await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    arrives.set()
    assert await showing.shown is Turn.NOTHING_LEFT
    only(telegram.calls[before:], "sendMessage")
    assert edits(telegram, before)[-1].parameters["message_id"] == str(telegram.next_message_id)
    assert await open_rows(database) == 0


async def test_the_card_of_a_workout_that_was_deleted_meanwhile_is_let_go(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym, database: Database
) -> None:
    arrives = telegram.hold("editMessageText")
    showing = await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    before = len(telegram.calls)
    await gym.history.delete(pressing.lifter_id, (await gym.workouts.card(pressing.lifter_id)).workout_id)
    for _ in range(2):
        telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    arrives.set()
    assert await showing.shown is Turn.NOTHING_LEFT
    assert not [call for call in telegram.calls[before:] if call.method == "sendMessage"]
    assert await open_rows(database) == 0


async def test_a_lifter_who_has_blocked_the_bot_is_unreachable_and_the_presses_are_done(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, database: Database
) -> None:
    arrives = telegram.hold("editMessageText")
    showing = await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    for _ in range(2):
        telegram.refuse("editMessageText", 403, "Forbidden: bot was blocked by the user")
    arrives.set()
    assert await showing.shown is Turn.NOTHING_LEFT
    async with database.reading() as session:
        assert (await session.get_one(User, pressing.lifter_id)).unreachable_since is not None
    assert await open_rows(database) == 0


async def test_a_database_that_is_gone_when_a_lifter_has_blocked_the_bot_is_no_bug(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(_: int) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(gym.lifters, "mark_unreachable", gone)
    arrives = telegram.hold("editMessageText")
    showing = await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    for _ in range(2):
        telegram.refuse("editMessageText", 403, "Forbidden: bot was blocked by the user")
    arrives.set()
    assert await showing.shown == Held(without_database=True)


async def test_a_bug_in_showing_sets_the_last_press_aside_after_three_attempts(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym, database: Database
) -> None:
    for _ in range(50):
        telegram.refuse("editMessageText", 400, "Bad Request: chat not found")
    await pressing.takes_turns()
    async with database.reading() as session:
        statuses = set(await session.scalars(select(JournalRow.status)))
    assert statuses == {JournalStatus.DONE, JournalStatus.SET_ASIDE}
    assert (await gym.workouts.card(pressing.lifter_id)).sets == 1 + PRESSES


async def test_what_comes_in_while_a_card_is_shown_is_handled_meanwhile(
    lifting: Phone, turns: Turns, telegram: RecordingRequest, gym: Gym
) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    lanes = Lanes(turns.take, asyncio.sleep)
    arrives = telegram.hold("editMessageText")

    async def three_more() -> bool:
        return (await gym.workouts.card(lifting.lifter_id)).sets == 4

    for number in range(3):
        await lifting.presses_at_once(LogSuggested(card.workout_id, card.revision + number))
        lanes.wake(lifting.lifter_id)
    await until(three_more)
    arrives.set()
    await lanes.idle()
    assert "Today: 100 kg × 5, 5, 5, 5\n" in telegram.calls[-1].text


async def test_who_waits_for_their_card_to_be_shown_keeps_nobody_else_waiting(
    pressing: Phone, admin: Phone, turns: Turns, telegram: RecordingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.lanes._WORKERS", 1)
    lanes = Lanes(turns.take, asyncio.sleep)
    await pressing.presses_at_once(AskToFinish())
    arrives = telegram.hold("editMessageText")
    lanes.wake(pressing.lifter_id)

    async def all_claimed() -> bool:
        async with turns.database.reading() as session:
            waiting = select(JournalRow).where(JournalRow.status != JournalStatus.DONE, JournalRow.attempts == 0)
            return not (await session.scalars(waiting)).all()

    await until(all_claimed)
    await admin.has_sent("bench")
    lanes.wake(admin.lifter_id)

    async def answered() -> bool:
        return any(call.parameters.get("chat_id") == str(admin.lifter_id) for call in telegram.calls)

    try:
        await until(answered)
    finally:
        arrives.set()
        await lanes.idle()


async def test_stopping_lets_cards_arrive_but_not_for_ever(
    pressing: Phone, turns: Turns, telegram: RecordingRequest, database: Database
) -> None:
    telegram.hold("editMessageText")
    await handled_while_the_first_edit_is_on_its_way(pressing, turns)
    async with asyncio.timeout(30):
        await turns.painter.stop(0.01)
    assert turns.painter.running(pressing.lifter_id) is None
    assert await open_rows(database) == PRESSES
    async with database.reading() as session:
        rows = select(JournalRow.attempts).where(JournalRow.status == JournalStatus.APPLIED).order_by(JournalRow.id)
        assert (await session.scalars(rows.limit(1))).one() == 0  # it has not failed

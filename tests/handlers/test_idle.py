from datetime import timedelta
from typing import Any

import pytest

from bot.priority import Priority, current
from handlers.idle.buttons import StillTraining
from handlers.summary.buttons import Reopen
from handlers.workout.buttons import Finish
from storage.database import Database
from storage.models import User
from tests.support.clock import FakeClock
from tests.support.phone import BOT_ID, Phone, only
from tests.support.recording_request import Call, RecordingRequest
from training.gym import Gym
from training.idle import ASKED_AFTER, CLOSED_AFTER


async def swept(phone: Phone, gym: Gym, clock: FakeClock, time: timedelta = ASKED_AFTER) -> list[Call]:
    """What the lifter is told after that time."""
    clock.advance(time)
    await gym.idle.sweep(BOT_ID)
    return await phone.takes_turns()


@pytest.fixture
async def logged(lifting: Phone, gym: Gym) -> Phone:
    """Ann with one set logged, and her workout watched."""
    await lifting.sends("100x5")
    await gym.idle.sweep(BOT_ID)
    return lifting


async def test_who_did_nothing_for_an_hour_is_asked_in_the_cards_place(
    logged: Phone, gym: Gym, clock: FakeClock
) -> None:
    card = (await gym.workouts.card(logged.lifter_id)).place.message_id
    calls = await swept(logged, gym, clock)
    asked = only(calls, "sendMessage")
    assert "Still training?" in asked.text
    assert "1 set · 500 kg" in asked.text
    assert [button["text"] for button in asked.buttons] == ["💪 Still at it", "🏁 Finish"]
    assert only(calls, "deleteMessages").parameters["message_ids"] == f"[{card}]"
    assert await swept(logged, gym, clock) == []


async def test_who_is_still_at_it_gets_the_card_where_the_question_was(
    logged: Phone, gym: Gym, clock: FakeClock
) -> None:
    await swept(logged, gym, clock)
    card = await gym.workouts.card(logged.lifter_id)
    assert card.place.message_id is not None
    calls = await logged.presses(StillTraining(card.workout_id), message_id=card.place.message_id)
    assert "Today: 100 kg × 5" in only(calls, "editMessageText").text
    assert await swept(logged, gym, clock, ASKED_AFTER - timedelta(seconds=1)) == []
    assert "Still training?" in only(await swept(logged, gym, clock, timedelta(seconds=1)), "sendMessage").text


async def test_the_workout_is_finished_from_the_question(logged: Phone, gym: Gym, clock: FakeClock) -> None:
    await swept(logged, gym, clock)
    card = await gym.workouts.card(logged.lifter_id)
    assert "Workout done" in only(await logged.presses(Finish(card.workout_id, card.revision)), "editMessageText").text


async def test_a_workout_left_alone_is_closed_and_can_be_opened_again(
    logged: Phone, gym: Gym, clock: FakeClock
) -> None:
    await swept(logged, gym, clock)
    card = await gym.workouts.card(logged.lifter_id)
    closed = only(await swept(logged, gym, clock, CLOSED_AFTER - ASKED_AFTER), "sendMessage")
    assert "I've closed <b>Workout</b>" in closed.text
    assert "1 set · 500 kg" in closed.text
    assert [button["text"] for button in closed.buttons] == [
        "↶ Open it again",
        *("💪 Start workout", "↻ Repeat a workout"),
    ]
    calls = await logged.presses_raw(closed.buttons[0]["callback_data"])
    assert "Today: 100 kg × 5" in only(calls, "sendMessage").text
    assert (await gym.workouts.card(logged.lifter_id)).workout_id == card.workout_id


async def test_an_empty_one_goes_with_a_word(lifting: Phone, gym: Gym, clock: FakeClock) -> None:
    await gym.idle.sweep(BOT_ID)
    await swept(lifting, gym, clock)
    told = only(await swept(lifting, gym, clock, CLOSED_AFTER - ASKED_AFTER), "sendMessage")
    assert "It had no sets" in told.text
    assert [button["text"] for button in told.buttons] == ["💪 Start workout"]


async def test_who_has_blocked_the_bot_is_told_nothing_and_their_workout_is_closed(
    logged: Phone, telegram: RecordingRequest, gym: Gym, clock: FakeClock, database: Database
) -> None:
    telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert len(await swept(logged, gym, clock)) == 1
    assert await swept(logged, gym, clock, CLOSED_AFTER) == []
    assert (await gym.lifters.home(logged.lifter_id)).card is None
    home = only(await logged.sends("/start"), "sendMessage")  # and back
    assert "Last workout: <b>Bench Press (Barbell)</b>, today" in home.text
    async with database.reading() as session:
        assert (await session.get_one(User, logged.lifter_id)).unreachable_since is None


async def test_a_stale_or_forged_way_back_changes_nothing(logged: Phone, gym: Gym, clock: FakeClock) -> None:
    await swept(logged, gym, clock)
    await swept(logged, gym, clock, CLOSED_AFTER)
    for press in (Reopen(404, 1), Reopen(1, 999), StillTraining(1)):
        await logged.presses(press)
        assert (await gym.lifters.home(logged.lifter_id)).card is None


@pytest.fixture
def priorities(telegram: RecordingRequest, monkeypatch: pytest.MonkeyPatch) -> list[Priority]:
    """Of all calls."""
    noted: list[Priority] = []
    do_request = telegram.do_request

    async def noting(*asked: Any, **more: Any) -> tuple[int, bytes]:
        noted.append(current())
        return await do_request(*asked, **more)

    monkeypatch.setattr(telegram, "do_request", noting)
    return noted


async def test_a_question_waits_behind_everybody_who_has_just_done_something(
    logged: Phone, gym: Gym, clock: FakeClock, priorities: list[Priority]
) -> None:
    await swept(logged, gym, clock)
    assert set(priorities) == {Priority.REMINDER}


async def test_a_question_that_keeps_its_lifter_waiting_goes_before_everybody_elses(
    logged: Phone, gym: Gym, clock: FakeClock, priorities: list[Priority]
) -> None:
    clock.advance(ASKED_AFTER)
    await gym.idle.sweep(BOT_ID)
    await logged.has_sent("100x5")
    calls = await logged.takes_turns()
    assert "Still training?" in only(calls, "sendMessage").text
    assert "Today: 100 kg × 5, 5" in only(calls, "editMessageText").text
    assert set(priorities) == {Priority.ANSWER}

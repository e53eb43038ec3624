"""A message that shows already what it should is left alone, and who wrote something gets something to see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.turns import Turns
from handlers.last_shown import LastShown
from handlers.screen import Screen, button
from handlers.words import Html
from handlers.workout.buttons import LogSuggested, ShowCard
from storage import lanes
from storage.at_hand import UpdateAtHand
from storage.database import Database
from tests.support.phone import Phone, only
from tests.support.recording_request import RecordingRequest
from training.gym import Gym

SCREEN = Screen(Html("100 kg × 5"))
NOT_MODIFIED = "Bad Request: message is not modified: specified new message content"


def hand(since: int = 1, lifter_id: int = 7) -> UpdateAtHand:
    return UpdateAtHand(1, lifter_id, None, None, alone_since=since)


async def test_a_button_of_a_card_that_is_up_to_date_is_answered_with_words_alone(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    stale = LogSuggested(card.workout_id, card.revision - 1)
    assert card.place.message_id is not None
    (answer,) = await lifting.presses(stale, message_id=card.place.message_id)
    assert "changed meanwhile" in answer.parameters["text"]
    (answer,) = await lifting.presses(ShowCard())
    assert answer.method == "answerCallbackQuery"


async def test_who_asks_for_the_card_that_is_there_gets_it_anew(lifting: Phone, telegram: RecordingRequest) -> None:
    for _ in range(2):
        calls = await lifting.sends("/workout")
        assert "Bench Press (Barbell)" in only(calls, "sendMessage").text
        assert only(calls, "deleteMessages").parameters["message_ids"] == f"[{telegram.next_message_id - 1}]"


async def test_a_process_that_knows_nothing_is_told_and_shows_it_anew(
    lifting: Phone, telegram: RecordingRequest
) -> None:
    await lifting.sends("/workout")
    lifting.meets_a_new_process()
    telegram.refuse("editMessageText", 400, NOT_MODIFIED)
    assert "Bench Press (Barbell)" in only(await lifting.sends("/workout"), "sendMessage").text


async def test_what_another_process_has_shown_meanwhile_is_not_taken_for_known(
    lifting: Phone, turns: Turns, database: Database
) -> None:
    await lifting.sends("/workout")
    async with database.writing() as session:
        held = await lanes.claim(session, turns.application.bot.id, [lifting.lifter_id], "elsewhere")
        await lanes.leave(session, held.values())
    only(await lifting.presses(ShowCard()), "editMessageText")


async def test_buttons_are_taken_off_once(lifting: Phone, gym: Gym) -> None:
    await lifting.sends("100x5")
    card = await gym.workouts.card(lifting.lifter_id)
    stale = LogSuggested(card.workout_id, card.revision - 1)
    only(await lifting.presses(stale, message_id=400), "editMessageReplyMarkup")
    (answer,) = await lifting.presses(stale, message_id=400)
    assert answer.method == "answerCallbackQuery"


def test_a_message_that_is_about_to_change_shows_nothing_known() -> None:
    shown = LastShown()
    shown.showed(hand(), 1, SCREEN)
    assert shown.shows(hand(), 1, SCREEN)
    shown.forget(hand(), 1)
    assert not shown.shows(hand(), 1, SCREEN)


def test_the_same_words_over_other_buttons_are_something_else() -> None:
    rows = [button("Log", LogSuggested(1, 2)), button("Back", ShowCard())]
    shown = LastShown()
    shown.showed(hand(), 1, replace(SCREEN, rows=[rows]))
    assert shown.shows(hand(), 1, replace(SCREEN, rows=(tuple(rows),)))
    for other in (
        [],
        [[button("Log", LogSuggested(1, 3)), rows[1]]],
        [[button("Log it", LogSuggested(1, 2)), rows[1]]],
        [[button("Log", LogSuggested(1, 2), style="primary"), rows[1]]],
        [[rows[0]], [rows[1]]],
    ):
        assert not shown.shows(hand(), 1, replace(SCREEN, rows=other))


def test_one_chat_says_nothing_of_another() -> None:
    shown = LastShown()
    shown.removed(hand(), [1])
    assert shown.is_gone(hand(), 1)
    assert not shown.is_gone(hand(lifter_id=8), 1)


def test_only_the_newest_messages_of_the_newest_chats_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.last_shown._MOST_CHATS", 2)
    monkeypatch.setattr("handlers.last_shown._MOST_MESSAGES", 2)
    shown = LastShown()
    for message_id in (1, 2, 3):
        shown.bared(hand(), message_id)
    assert [shown.is_without_buttons(hand(), message_id) for message_id in (1, 2, 3)] == [False, True, True]
    for lifter_id in (8, 9):
        shown.bared(hand(lifter_id=lifter_id), 1)
    assert not shown.is_without_buttons(hand(), 3)


async def test_a_message_that_is_not_there_any_more_is_asked_for_once(
    lifting: Phone, telegram: RecordingRequest
) -> None:
    await lifting.sends("100x5")
    telegram.refuse("editMessageReplyMarkup", 400, "Bad Request: message to edit not found")
    only(await lifting.presses(LogSuggested(10**9, 0), 77), "editMessageReplyMarkup")
    browsing = await lifting.presses_raw("1pm:band:0:0:0", 77)
    assert not [call for call in browsing if call.method.startswith("editMessage")]
    assert "Band" in only(browsing, "sendMessage").text

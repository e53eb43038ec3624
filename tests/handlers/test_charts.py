"""Pictures in the chat: under the finger where a button was pressed, and words where there is no picture."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from telegram import Update

from handlers.callback_data import pack
from handlers.charts.chart import Bar, Bars
from handlers.charts.showing import send_chart, show_chart
from handlers.context import SpotterApplication, SpotterContext
from handlers.home.buttons import StartWorkout
from handlers.screen import LONGEST_CAPTION, Screen, as_caption, button, length_of
from handlers.showing import show, show_card
from handlers.words import Html, say
from storage import at_hand
from storage.at_hand import UpdateAtHand
from tests.support.phone import only
from tests.support.pictures import ONE_PIXEL, RecordingPictures
from tests.support.recording_request import BOT, Call, RecordingRequest
from training.card import CardPlace

SETS = Bars("Sets this week", (Bar("Chest", 12.0, "12"),))
VOLUME = Bars("Volume this week", (Bar("Chest", 4000.0, "4,000 kg"),))
SCREEN = Screen(say("<b>Sets</b> {name}", name="<Chest>"), [[button("Home", StartWorkout())]])
NO_TEXT = "Bad Request: there is no text in the message to edit"


@pytest.fixture
def context(application: SpotterApplication) -> SpotterContext:
    return SpotterContext(application)


@pytest.fixture(autouse=True)
def hand() -> Iterator[UpdateAtHand]:
    with at_hand.holding(UpdateAtHand(1, 7, None, None, alone_since=1)) as held:
        yield held


@pytest.fixture
def pressed() -> Update:
    """A button of message 400 was pressed."""
    return pressing(text="-")


@pytest.fixture
def pressed_picture() -> Update:
    """As `pressed`, and the message is a picture."""
    return pressing(photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}])


def pressing(**content: object) -> Update:
    message = {"message_id": 400, "date": 1, "chat": {"id": 7, "type": "private"}, "from": BOT, **content}
    person = {"id": 7, "is_bot": False, "first_name": "Ann"}
    query = {"id": "1", "from": person, "chat_instance": "1", "data": pack(StartWorkout()), "message": message}
    return Update.de_json({"update_id": 1, "callback_query": query})


def methods(calls: list[Call]) -> list[str]:
    return [call.method for call in calls if call.method != "getMe"]


def last(telegram: RecordingRequest, method: str) -> Call:
    return next(call for call in reversed(telegram.calls) if call.method == method)


async def test_a_pressed_message_becomes_the_picture_with_its_words_and_buttons(
    context: SpotterContext, pressed: Update, telegram: RecordingRequest, pictures: RecordingPictures
) -> None:
    await show_chart(pressed, context, SETS, SCREEN)
    call = only(telegram.calls, "editMessageMedia")
    media = json.loads(call.parameters["media"])
    assert (media["type"], media["caption"], media["parse_mode"]) == ("photo", SCREEN.text, "HTML")
    assert [one["text"] for one in call.buttons] == ["Home"]
    assert [content for _, content in telegram.files] == [ONE_PIXEL]
    assert pictures.charts == [SETS]


async def test_what_is_shown_already_is_neither_drawn_nor_sent_again_and_another_chart_is(
    context: SpotterContext, pressed: Update, telegram: RecordingRequest, pictures: RecordingPictures
) -> None:
    for chart in (SETS, SETS, VOLUME):
        await show_chart(pressed, context, chart, SCREEN)
    assert pictures.charts == [SETS, VOLUME]
    assert methods(telegram.calls) == ["editMessageMedia"] * 2


async def test_a_command_gets_a_new_picture_that_counts_as_a_message(
    context: SpotterContext, telegram: RecordingRequest, hand: UpdateAtHand
) -> None:
    await show_chart(None, context, SETS, SCREEN)
    assert await send_chart(context, VOLUME, SCREEN) == telegram.next_message_id
    assert methods(telegram.calls) == ["sendPhoto", "sendPhoto"]
    assert last(telegram, "sendPhoto").text == SCREEN.text
    assert hand.messages == 2


async def test_words_do_where_nothing_can_be_drawn(
    context: SpotterContext, pressed: Update, telegram: RecordingRequest, pictures: RecordingPictures
) -> None:
    pictures.busy = True
    await show_chart(pressed, context, SETS, SCREEN)
    await send_chart(context, SETS, SCREEN)
    assert methods(telegram.calls) == ["editMessageText", "sendMessage"]


@pytest.mark.parametrize("refusal", ["Bad Request: IMAGE_PROCESS_FAILED", "Bad Request: not enough rights"])
async def test_words_do_where_telegram_does_not_take_the_picture(
    context: SpotterContext, pressed: Update, telegram: RecordingRequest, refusal: str
) -> None:
    telegram.refuse("editMessageMedia", 400, refusal)
    telegram.refuse("sendPhoto", 400, refusal)
    await show_chart(pressed, context, SETS, SCREEN)
    await send_chart(context, SETS, SCREEN)
    assert methods(telegram.calls) == ["editMessageMedia", "editMessageText", "sendPhoto", "sendMessage"]


async def test_a_picture_that_would_no_longer_be_true_leaves_the_chat_with_the_words_that_follow(
    context: SpotterContext, pressed_picture: Update, telegram: RecordingRequest
) -> None:
    await show_chart(pressed_picture, context, None, SCREEN)
    assert methods(telegram.calls) == ["sendMessage", "deleteMessages"]
    assert json.loads(last(telegram, "deleteMessages").parameters["message_ids"]) == [400]


async def test_a_button_under_a_picture_leads_on_to_a_text(
    context: SpotterContext, pressed_picture: Update, telegram: RecordingRequest
) -> None:
    for _ in range(2):  # a thumb may be faster than the picture leaves
        assert await show(pressed_picture, context, SCREEN) == telegram.next_message_id
    assert methods(telegram.calls) == ["sendMessage", "deleteMessages", "sendMessage"]


async def test_so_does_what_has_become_a_picture_since_it_was_pressed(
    context: SpotterContext, pressed: Update, telegram: RecordingRequest
) -> None:
    telegram.refuse("editMessageText", 400, NO_TEXT)
    assert await show(pressed, context, SCREEN) == telegram.next_message_id
    assert methods(telegram.calls) == ["editMessageText", "sendMessage", "deleteMessages"]


async def test_a_card_takes_the_place_of_a_picture(
    context: SpotterContext, telegram: RecordingRequest, hand: UpdateAtHand
) -> None:
    telegram.refuse("editMessageText", 400, NO_TEXT)
    await show_card(context, SCREEN, None, CardPlace(message_id=400, messages_below=0))
    assert methods(telegram.calls) == ["editMessageText", "sendMessage", "deleteMessages"]


async def test_where_the_message_is_gone_the_picture_comes_anew(
    context: SpotterContext, pressed: Update, telegram: RecordingRequest
) -> None:
    telegram.refuse("editMessageMedia", 400, "Bad Request: message to edit not found")
    await show_chart(pressed, context, SETS, SCREEN)
    assert methods(telegram.calls) == ["editMessageMedia", "sendPhoto"]


async def test_a_server_that_adds_no_picture_to_a_text_gets_a_new_message(
    context: SpotterContext, pressed: Update, telegram: RecordingRequest
) -> None:
    telegram.refuse("editMessageMedia", 400, "Bad Request: there is no media in the message to edit")
    await show_chart(pressed, context, SETS, SCREEN)
    assert methods(telegram.calls) == ["editMessageMedia", "sendPhoto", "deleteMessages"]


def test_of_a_text_too_long_for_a_caption_the_first_lines_are_shown() -> None:
    line = "<b>" + "x" * 98 + "</b>"
    assert as_caption(Html("\n".join([line] * 10))) == "\n".join([line] * 10)
    assert as_caption(Html("\n".join([line] * 40))) == "\n".join([*[line] * 10, "…"])
    # A tag that is open over several lines is not left open.
    quoted = as_caption(Html("\n".join([line, "<blockquote>", *[line] * 40, "</blockquote>"])))
    assert quoted == f"{line}\n…"
    one_line = as_caption(say("<i>{words}</i>", words="&" * 3000))
    assert length_of(one_line) == LONGEST_CAPTION
    assert one_line.startswith("&amp;&amp;")
    assert one_line.endswith("…")

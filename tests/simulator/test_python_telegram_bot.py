"""The unmodified python-telegram-bot can't tell the simulator from Telegram."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    ReactionTypeEmoji,
    Update,
)
from telegram.constants import InlineKeyboardMarkupLimit, MessageEntityType, ReactionEmoji
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters
from telegram.request import HTTPXRequest

from simulator.driver import Lifter
from simulator.faults import Breaks
from simulator.server import Simulator
from tests.simulator.calling import until
from tests.simulator.pictures import png

ANN = 7
App = Application[Any, Any, Any, Any, Any, Any]


def built(telegram: Simulator, token: str) -> App:
    # A proxy of the machine's has no business on loopback.
    requests = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
    builder = ApplicationBuilder().token(token).request(requests[0]).get_updates_request(requests[1])
    return builder.base_url(f"{telegram.url}/bot").base_file_url(f"{telegram.url}/file/bot").build()


@pytest.fixture
async def app(telegram: Simulator) -> AsyncIterator[App]:
    application = built(telegram, telegram.token)
    async with application:
        yield application


@pytest.fixture
async def polling(app: App) -> AsyncIterator[App]:
    assert app.updater is not None
    await app.start()
    await app.updater.start_polling(timeout=5)
    yield app
    await app.updater.stop()
    await app.stop()


async def test_a_conversation(telegram: Simulator, polling: App) -> None:
    async def start(update: Update, _context: object) -> None:
        assert update.message is not None
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Bench", callback_data="bench", style="primary")]])
        await update.message.reply_html("<b>Which?</b>", reply_markup=keyboard, do_quote=True)

    async def pressed(update: Update, _context: object) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Chosen")
        await update.callback_query.edit_message_text(f"You chose {update.callback_query.data}")

    async def edited(update: Update, _context: object) -> None:
        assert update.edited_message is not None
        await update.edited_message.set_reaction("👍")

    polling.add_handler(CommandHandler("start", start, filters.UpdateType.MESSAGE))
    polling.add_handler(CallbackQueryHandler(pressed))
    polling.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited))
    ann = telegram.lifter("Ann")

    first = await ann.sends("/start")
    question = await ann.sees("Which?")
    assert question.reply_to == first
    await ann.taps("Bench")
    await ann.sees("You chose bench")
    assert ann.toasts == ["Chosen"]
    await ann.edits(first, "/start again")
    await ann.sees_reaction("👍", first)
    assert not telegram.refusals


async def test_what_is_sent_can_be_edited_and_deleted(app: App, ann: Lifter) -> None:
    sent = await app.bot.send_message(ANN, "one")
    assert await sent.edit_text("two")
    assert await sent.edit_reply_markup(InlineKeyboardMarkup([[InlineKeyboardButton("b", url="https://a.io")]]))
    assert await app.bot.delete_messages(ANN, [1])
    assert [message.text for message in ann.chat] == ["two"]
    assert await sent.delete()
    assert ann.chat == []


async def test_a_photo_and_a_document_come_back_as_they_were_sent(app: App, ann: Lifter) -> None:
    content = png(30, 20)
    photo = await app.bot.send_photo(ANN, content, caption="<i>chart</i>", parse_mode="HTML")
    document = await app.bot.send_document(ANN, io.BytesIO(b"a,b"), filename="sets.csv")

    assert (photo.photo[0].width, photo.caption) == (30, "chart")
    assert bytes(await (await photo.photo[0].get_file()).download_as_bytearray()) == content
    assert document.document is not None
    assert (document.document.file_name, document.document.mime_type) == ("sets.csv", "text/csv")
    assert bytes(await (await document.document.get_file()).download_as_bytearray()) == b"a,b"


async def test_a_text_is_made_a_picture_and_its_caption_changed(app: App, ann: Lifter) -> None:
    sent = await app.bot.send_message(ANN, "words")
    shown = await sent.edit_media(InputMediaPhoto(png(30, 20), "<i>chart</i>", "HTML"))
    assert isinstance(shown, Message)
    assert (shown.photo[0].width, shown.caption, shown.text) == (30, "chart", None)
    assert await shown.edit_caption("later")
    assert (ann.last.text, ann.file(ann.last)) == ("later", png(30, 20))


async def test_commands_are_set_and_read(app: App, telegram: Simulator, ann: Lifter) -> None:
    assert await app.bot.set_my_commands([BotCommand("help", "Help")])
    assert await app.bot.get_my_commands() == (BotCommand("help", "Help"),)
    assert telegram.people.commands(ANN) == [{"command": "help", "description": "Help"}]
    assert await app.bot.delete_my_commands()
    assert await app.bot.get_my_commands() == ()


async def test_the_bot_knows_who_it_is(app: App) -> None:
    assert (app.bot.username, app.bot.bot.is_bot) == ("simulated_bot", True)
    assert (await app.bot.get_webhook_info()).url == ""


async def test_every_reaction_that_the_library_knows_is_allowed(app: App, ann: Lifter) -> None:
    for emoji in ReactionEmoji:
        assert await app.bot.set_message_reaction(ANN, 1, ReactionTypeEmoji(emoji))


async def test_every_formatting_reads_back_as_the_library_writes_it(app: App, ann: Lifter) -> None:
    html = (
        "<b>b</b> <i>i</i> <u>u</u> <s>s</s> <code>c</code> <pre>p</pre> "
        '<tg-spoiler>x</tg-spoiler> <a href="https://a.io/">a</a> <blockquote expandable>q</blockquote>'
    )

    sent = await app.bot.send_message(ANN, html, parse_mode="HTML")

    assert sent.text_html.replace('<span class="tg-spoiler">x</span>', "<tg-spoiler>x</tg-spoiler>") == html


async def test_a_time_is_an_entity(app: App, ann: Lifter) -> None:
    sent = await app.bot.send_message(ANN, '<tg-time unix="1700000000" format="r">soon</tg-time>', parse_mode="HTML")

    (entity,) = sent.entities
    assert entity.type == MessageEntityType.DATE_TIME
    assert entity.date_time_format == "r"
    assert entity.unix_time is not None
    assert entity.unix_time.timestamp() == 1700000000


async def test_a_bot_that_is_blocked_is_forbidden_to_send(app: App, ann: Lifter) -> None:
    ann.blocks_bot()

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await app.bot.send_message(ANN, "hello")


async def test_a_refusal_is_a_bad_request(app: App, ann: Lifter) -> None:
    sent = await app.bot.send_message(ANN, "one")

    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("one")


async def test_a_keyboard_over_the_librarys_limits_is_refused(app: App, ann: Lifter) -> None:
    row = [InlineKeyboardButton("b", callback_data="d")] * (InlineKeyboardMarkupLimit.BUTTONS_PER_ROW + 1)

    with pytest.raises(BadRequest, match="markup is too long"):
        await app.bot.send_message(ANN, "t", reply_markup=InlineKeyboardMarkup([row]))


async def test_a_flood_says_how_long_to_wait(app: App, telegram: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # the library warns about the other way
    telegram.faults.flood("sendMessage", 3)

    with pytest.raises(RetryAfter) as refused:
        await app.bot.send_message(ANN, "hello")

    assert refused.value.retry_after == timedelta(seconds=3)


@pytest.mark.parametrize("code", [500, 502])
async def test_trouble_at_telegrams_is_a_network_error(app: App, telegram: Simulator, code: int) -> None:
    telegram.faults.fail("sendMessage", code)

    with pytest.raises(NetworkError):
        await app.bot.send_message(ANN, "hello")


async def test_a_lost_connection_is_a_network_error(app: App, telegram: Simulator, ann: Lifter) -> None:
    telegram.faults.drop("sendMessage", Breaks.AFTER)

    with pytest.raises(NetworkError):
        await app.bot.send_message(ANN, "hi")

    assert ann.last.text == "hi"


async def test_a_second_bot_gives_the_first_a_conflict(app: App, telegram: Simulator, ann: Lifter) -> None:
    await app.bot.get_updates(offset=-1)
    async with built(telegram, telegram.token) as other:
        first = asyncio.create_task(app.bot.get_updates(offset=2**31 - 1, timeout=50))
        await until(lambda: telegram.updates.polled)
        second = asyncio.create_task(other.bot.get_updates(offset=1, timeout=50))

        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await ann.sends("more")
        assert len(await second) == 1


async def test_a_wrong_token_is_invalid(telegram: Simulator) -> None:
    app = built(telegram, "110201543:wrong-token-in-the-right-form")

    with pytest.raises(InvalidToken):
        await app.initialize()

    await app.bot.shutdown()


async def test_a_sent_message_is_the_librarys_own(app: App, ann: Lifter) -> None:
    sent = await app.bot.send_message(ANN, "hi", message_effect_id="5104841245755180586")

    assert isinstance(sent, Message)
    assert sent.effect_id == "5104841245755180586"
    assert sent.api_kwargs == {}

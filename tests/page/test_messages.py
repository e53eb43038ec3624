"""The chat as it stands: what is new, changed and gone shows at once, and the newest message stays in view."""

from __future__ import annotations

import json

from playwright.async_api import Page, expect

from simulator.server import Simulator
from tests.page.bot_side import ANN, Bot, picture


async def test_an_edit_changes_the_message_in_place(chat: Page, bot: Bot) -> None:
    card = await bot.says("Set 1")
    await bot.says("Something newer")

    await bot.call("editMessageText", chat_id=ANN, message_id=card, text="Set 2")

    await expect(chat.locator(".words")).to_have_text(["/start", "Set 2", "Something newer"])


async def test_deleted_messages_go(chat: Page, bot: Bot) -> None:
    gone = [await bot.says("Going"), await bot.says("Going, too")]
    await bot.says("Staying")
    await expect(chat.locator(".message")).to_have_count(4)

    await bot.call("deleteMessages", chat_id=ANN, message_ids=gone)

    await expect(chat.locator(".words")).to_have_text(["/start", "Staying"])


async def test_a_chat_whose_last_message_is_deleted_can_be_started_again(chat: Page, bot: Bot) -> None:
    start = (await bot.hears("message"))["message_id"]

    await bot.call("deleteMessage", chat_id=ANN, message_id=start)

    await expect(chat.get_by_role("button", name="Start")).to_be_visible()
    await expect(chat.locator(".day")).to_have_count(0)


async def test_a_reaction_appears_and_goes(chat: Page, bot: Bot) -> None:
    start = (await bot.hears("message"))["message_id"]

    await bot.call("setMessageReaction", chat_id=ANN, message_id=start, reaction=[{"type": "emoji", "emoji": "👍"}])
    await expect(chat.get_by_label("Reactions")).to_have_text("👍")

    await bot.call("setMessageReaction", chat_id=ANN, message_id=start, reaction=[])
    await expect(chat.get_by_label("Reactions")).to_have_count(0)


async def test_a_photo_is_shown_with_its_caption(chat: Page, bot: Bot) -> None:
    caption = {"chat_id": str(ANN), "caption": "<b>Bench</b>: up 5 kg", "parse_mode": "HTML"}
    await bot.upload("sendPhoto", caption, "photo", "chart.png", picture(40, 30))

    photo = chat.locator(".message").last
    await expect(photo.locator(".words")).to_have_text("Bench: up 5 kg")
    assert await photo.locator("img").evaluate("async image => (await image.decode(), image.naturalWidth)") == 40


async def test_a_text_becomes_a_picture_and_the_picture_another_one(chat: Page, bot: Bot) -> None:
    message = await bot.says("Set 1")
    for width in (40, 60):
        media = {"type": "photo", "media": "attach://chart", "caption": f"{width} wide"}
        keyboard = {"inline_keyboard": [[{"text": "Year", "callback_data": "y"}]]}
        fields = {"chat_id": str(ANN), "message_id": str(message), "media": json.dumps(media)}
        fields["reply_markup"] = json.dumps(keyboard)
        await bot.upload("editMessageMedia", fields, "chart", "chart.png", picture(width, 30))

        shown = chat.locator(".message").last
        await expect(shown.locator(".words")).to_have_text(f"{width} wide")
        await expect(shown.get_by_role("button", name="Year")).to_be_visible()
        assert await shown.locator("img").evaluate("async image => (await image.decode(), image.naturalWidth)") == width


async def test_a_document_can_be_downloaded(chat: Page, bot: Bot) -> None:
    await bot.upload("sendDocument", {"chat_id": str(ANN)}, "document", "sets.csv", b"bench;100;5\n")

    async with chat.expect_download() as download:
        await chat.get_by_role("link", name="sets.csv").click()

    saved = await download.value
    assert saved.suggested_filename == "sets.csv"
    assert (await saved.path()).read_bytes() == b"bench;100;5\n"


async def test_a_sent_html_file_never_runs_as_part_of_the_page(chat: Page, bot: Bot, telegram: Simulator) -> None:
    sent = await telegram.people.send_document(ANN, "page.html", b"<script>alert(1)</script>", "text/html")
    link = chat.locator(f"[data-id='{sent}'] a")

    address = await link.get_attribute("href")

    answer = await chat.request.get(f"{telegram.url}{address}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "sandbox"


async def test_a_sticker_is_shown(chat: Page, telegram: Simulator) -> None:
    await telegram.people.send_sticker(ANN)

    await expect(chat.locator(".sticker")).to_have_text("💪")


async def test_the_newest_message_stays_in_view(chat: Page, bot: Bot) -> None:
    for number in range(30):
        await bot.says(f"Message {number}")

    await expect(chat.get_by_text("Message 29")).to_be_in_viewport()
    await expect(chat.get_by_role("button", name="To the newest message")).to_be_hidden()


async def test_a_reader_of_older_messages_is_not_pulled_away(chat: Page, bot: Bot) -> None:
    for number in range(30):
        await bot.says(f"Message {number}")
    await chat.get_by_text("Message 29").wait_for()
    await chat.get_by_text("/start").scroll_into_view_if_needed()
    to_end = chat.get_by_role("button", name="To the newest message")
    await to_end.wait_for()

    await bot.says("Newest")
    await chat.get_by_text("Newest").wait_for(state="attached")
    await expect(chat.get_by_text("/start")).to_be_in_viewport()

    await to_end.click()
    await expect(chat.get_by_text("Newest")).to_be_in_viewport()


async def test_new_messages_are_announced_to_screen_readers(chat: Page) -> None:
    log = chat.get_by_role("log")

    await expect(log).to_have_attribute("aria-live", "polite")
    assert str(await log.get_by_role("article").get_attribute("aria-label")).startswith("Ann, ")

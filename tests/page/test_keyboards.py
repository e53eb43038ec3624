"""Inline keyboards: how they look, what a press does and how the answer is shown."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.page.bot_side import ANN, Bot

LOG = {"text": "Log 100 × 5", "callback_data": "log"}


async def test_a_button_has_the_colour_of_its_style(chat: Page, bot: Bot) -> None:
    styles = ("primary", "success", "danger")
    await bot.offers([LOG], [{**LOG, "text": style, "style": style} for style in styles])

    keys = [chat.get_by_role("button", name=name, exact=True) for name in (LOG["text"], *styles)]
    colours = [await key.evaluate("key => getComputedStyle(key).backgroundColor") for key in keys]
    assert len(set(colours)) == len(colours)


async def test_a_pressed_button_waits_for_the_answer_and_the_answer_is_shown(chat: Page, bot: Bot) -> None:
    await bot.offers([LOG])
    key = chat.get_by_role("button", name="Log 100 × 5")

    await key.click()
    query = await bot.hears("callback_query")
    await expect(key).to_have_attribute("aria-busy", "true")
    assert query["data"] == "log"

    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Logged")
    await expect(chat.locator("#toast.shown")).to_have_text("Logged")
    await expect(key).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_waits_until_it_is_read(chat: Page, bot: Bot) -> None:
    await bot.offers([LOG])
    await chat.get_by_role("button", name="Log 100 × 5").click()
    query = await bot.hears("callback_query")

    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Too heavy?", show_alert=True)

    alert = chat.get_by_role("dialog", name="The bot says")
    await expect(alert).to_contain_text("Too heavy?")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_be_hidden()


async def test_each_button_of_a_grid_is_itself(chat: Page, bot: Bot) -> None:
    names = [["a", "b", "c"], ["d", "e"]]
    await bot.offers(*([{"text": name, "callback_data": name} for name in row] for row in names))

    await chat.get_by_role("button", name="e", exact=True).click()

    assert (await bot.hears("callback_query"))["data"] == "e"


async def test_keyboard_focus_stays_on_a_button_when_its_message_is_edited(chat: Page, bot: Bot) -> None:
    card = await bot.offers([LOG], [{"text": "Finish", "callback_data": "finish"}])
    await chat.get_by_role("button", name="Finish").focus()

    markup = {"inline_keyboard": [[LOG], [{"text": "Finish now", "callback_data": "finish"}]]}
    await bot.call("editMessageText", chat_id=ANN, message_id=card, text="Changed", reply_markup=markup)

    await expect(chat.get_by_role("button", name="Finish now")).to_be_focused()


async def test_a_button_that_is_gone_says_so(chat: Page, bot: Bot) -> None:
    await bot.offers([LOG])
    key = chat.get_by_role("button", name="Log 100 × 5")
    await chat.route("**/press", lambda route: route.continue_(post_data='{"row": 7, "column": 0}'))

    await key.click()

    await expect(chat.locator("#toast")).to_have_text("There is no such button any more.")
    await expect(key).not_to_have_attribute("aria-busy", "true")


async def test_an_address_opens_elsewhere(chat: Page, bot: Bot) -> None:
    await bot.offers([{"text": "Docs", "url": "https://core.telegram.org/bots"}])

    link = chat.get_by_role("link", name="Docs")
    await expect(link).to_have_attribute("href", "https://core.telegram.org/bots")
    await expect(link).to_have_attribute("target", "_blank")


async def test_a_copy_button_copies(chat: Page, bot: Bot) -> None:
    await bot.offers([{"text": "Copy", "copy_text": {"text": "100x5x3"}}])

    await chat.get_by_role("button", name="Copy", exact=True).click()

    await expect(chat.locator("#toast")).to_have_text("Copied")
    assert await chat.evaluate("navigator.clipboard.readText()") == "100x5x3"

"""Texts look as Telegram formats them, and are never taken for HTML."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.page.bot_side import Bot


@pytest.mark.parametrize(
    ("sent", "selector"),
    [
        ("<b>heavy</b>", "b"),
        ("<i>heavy</i>", "i"),
        ("<u>heavy</u>", "u"),
        ("<s>heavy</s>", "s"),
        ("<code>heavy</code>", "code"),
        ("<pre>heavy</pre>", "pre"),
        ("<blockquote>heavy</blockquote>", "blockquote"),
        ("<b><i>heavy</i></b>", ":is(b i, i b)"),
        ('<a href="https://core.telegram.org/bots">heavy</a>', "a[href='https://core.telegram.org/bots']"),
        ('<a href="tg://user?id=1001">heavy</a>', ".text_mention"),
    ],
)
async def test_each_kind_of_formatting_is_shown(chat: Page, bot: Bot, sent: str, selector: str) -> None:
    await bot.says_html(f"A {sent} set")

    words = chat.locator(".words").last
    await expect(words.locator(selector)).to_have_text("heavy")
    await expect(words).to_have_text("A heavy set", use_inner_text=False)


async def test_offsets_count_utf_16_units(chat: Page, bot: Bot) -> None:
    await bot.says_html("💪🏋️ <b>Bench</b> 🏁 <i>Press</i>")

    await expect(chat.locator(".words b")).to_have_text("Bench")
    await expect(chat.locator(".words i")).to_have_text("Press")


async def test_tags_in_a_plain_text_are_shown_literally(chat: Page, bot: Bot) -> None:
    await bot.says("<b>100</b> & more")

    await expect(chat.locator(".words").last).to_have_text("<b>100</b> & more")
    await expect(chat.locator(".words b")).to_have_count(0)


@pytest.mark.parametrize(
    "attack", ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "'\"><svg onload=alert(1)>"]
)
async def test_what_people_and_bot_write_never_becomes_html(chat: Page, bot: Bot, attack: str) -> None:
    dialogs: list[str] = []
    chat.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await chat.get_by_label("Message", exact=True).fill(attack)
    await chat.keyboard.press("Enter")
    await bot.says(attack, reply_markup={"inline_keyboard": [[{"text": attack, "callback_data": attack}]]})
    await bot.call("setMyCommands", commands=[{"command": "attack", "description": attack}])

    await expect(chat.locator(".words").last).to_have_text(attack)
    await expect(chat.locator(".key")).to_have_text(attack)
    await chat.get_by_role("button", name="Menu").click()
    await expect(chat.get_by_role("option")).to_have_text(f"/attack{attack}")
    assert await chat.locator("#phone :is(img, script, svg[onload])").count() == 0
    assert dialogs == []


async def test_a_name_never_becomes_html(chat: Page) -> None:
    await chat.locator("#who").click()
    await chat.get_by_label("Name of a person to add").fill("<img src=x onerror=alert(1)>")
    await chat.get_by_role("button", name="Add", exact=True).click()

    await expect(chat.locator("#who")).to_contain_text("<img src=x onerror=alert(1)>")
    assert await chat.locator("img").count() == 0


async def test_a_link_that_runs_script_stays_text(chat: Page) -> None:
    """Telegram refuses such links, so that no bot can send one: the page is asked itself."""
    assert await chat.evaluate(FORMATTED, "javascript:alert(1)") == "<span>press me</span>"
    assert (await chat.evaluate(FORMATTED, "https://a.io/")).startswith("<a ")


async def test_an_address_in_a_text_opens_elsewhere(chat: Page, bot: Bot) -> None:
    await bot.says("See https://core.telegram.org/bots, please")

    link = chat.get_by_role("link", name="https://core.telegram.org/bots")
    await expect(link).to_have_attribute("href", "https://core.telegram.org/bots")
    await expect(link).to_have_attribute("target", "_blank")


async def test_a_spoiler_hides_its_text_until_it_is_pressed(chat: Page, bot: Bot) -> None:
    await bot.says_html("Record: <tg-spoiler>142.5 kg</tg-spoiler>")
    spoiler = chat.get_by_role("button", name="Hidden text")
    await expect(spoiler).to_have_css("color", "rgba(0, 0, 0, 0)")

    await spoiler.press("Enter")

    await expect(chat.locator(".spoiler.revealed")).to_have_text("142.5 kg")


async def test_an_expandable_quote_shows_three_lines_until_it_is_opened(chat: Page, bot: Bot) -> None:
    await bot.says_html("<blockquote expandable>one\ntwo\nthree\nfour\nfive</blockquote>")
    quote = chat.locator(".expandable")
    await expect(quote).to_contain_text("five")
    closed = await quote.bounding_box()

    await chat.get_by_role("button", name="Show the whole quote").click()

    opened = await quote.bounding_box()
    assert closed
    assert opened
    assert opened["height"] > 1.4 * closed["height"]


async def test_no_empty_line_follows_a_quote(chat: Page, bot: Bot) -> None:
    await bot.says_html("<blockquote>quoted</blockquote>\nafter")

    words = chat.locator(".words").last
    await expect(words).to_contain_text("after")
    assert await words.inner_text() == "quoted\nafter"


async def test_pressing_code_copies_it(chat: Page, bot: Bot) -> None:
    await bot.says_html("Type <code>100x5</code>")

    await chat.locator(".words code").click()

    await expect(chat.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert await chat.evaluate("navigator.clipboard.readText()") == "100x5"


async def test_where_nothing_can_be_copied_the_page_says_so(chat: Page, bot: Bot) -> None:
    """As over plain HTTP from another machine, where browsers have no clipboard."""
    await chat.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await bot.says_html("Type <code>100x5</code>")

    await chat.locator(".words code").click()

    await expect(chat.get_by_role("status").filter(has_text="The browser allows no copying here.")).to_be_visible()


async def test_pressing_a_command_in_a_text_sends_it(chat: Page, bot: Bot) -> None:
    await bot.says("Lost? See /help")

    await chat.get_by_role("button", name="/help").click()

    await bot.hears("message")
    assert (await bot.hears("message"))["text"] == "/help"


async def test_a_pressed_command_that_could_not_be_sent_is_told(chat: Page, bot: Bot) -> None:
    await chat.route("**/messages", lambda route: route.fulfill(status=409, body="The bot is blocked."))
    await bot.says("Lost? See /help")

    await chat.get_by_role("button", name="/help").click()

    await expect(chat.locator("#toast")).to_have_text("Not sent: The bot is blocked.")


FORMATTED = """async url => {
  const { formatted } = await import("/page/formatting.js");
  const words = document.createElement("p");
  words.append(formatted("press me", [{ type: "text_link", offset: 0, length: 8, url }]));
  return words.innerHTML;
}"""
"""A link to this address as the page shows it."""

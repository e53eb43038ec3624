"""The page as a whole: it needs nothing from elsewhere, survives a restart, and fits a phone and a desk."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from simulator.page import chat_page
from simulator.server import Simulator
from tests.page.bot_side import ANN, Bot


async def test_nothing_is_loaded_from_elsewhere(page: Page, telegram: Simulator, bot: Bot) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))

    await page.goto(f"{telegram.url}/#{ANN}")
    await page.get_by_text("/start").wait_for()

    assert addresses
    assert all(address.startswith(telegram.url) for address in addresses)


async def test_a_policy_forbids_foreign_and_inline_code(page: Page, telegram: Simulator) -> None:
    answer = await page.request.get(telegram.url)

    assert "default-src 'self';" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/page/nothing.js", "/page/..%2Froutes.py", "/chat/files/nothing?name=x", "/chat/5/events"]
)
async def test_what_is_not_there_is_not_found(page: Page, telegram: Simulator, path: str) -> None:
    answer = await page.request.get(f"{telegram.url}{path}")

    assert answer.status == 404


async def test_it_finds_the_simulator_again_after_a_restart(page: Page, browser: Browser) -> None:
    async with Simulator(pages=lambda people: chat_page(people, bot_name="First")) as first:
        first.people.add(ANN, "Ann")
        await first.people.send_text(ANN, "Before")
        await page.goto(f"{first.url}/#{ANN}")
        await page.get_by_text("Before").wait_for()
        port = int(first.url.rpartition(":")[2])
    await expect(page.get_by_text("connecting…")).to_be_visible()

    async with Simulator(port=port, pages=lambda people: chat_page(people, bot_name="Second")) as second:
        second.people.add(ANN, "Ann")
        await second.people.send_text(ANN, "After")

        await expect(page.locator(".words")).to_have_text(["After"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_can_be_read_by_day_and_by_night(chat: Page, bot: Bot, scheme: Literal["light", "dark"]) -> None:
    await chat.emulate_media(color_scheme=scheme)
    await bot.says("Readable")

    bubble = chat.locator(".bubble").last
    await expect(bubble).to_contain_text("Readable")
    contrast = await bubble.evaluate(CONTRAST)
    assert contrast >= 7


async def test_a_narrow_screen_is_filled_and_a_wide_one_shows_a_phone(chat: Page) -> None:
    narrow = await chat.locator("#phone").bounding_box()
    await chat.set_viewport_size({"width": 1280, "height": 900})
    wide = await chat.locator("#phone").bounding_box()

    assert narrow == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert wide
    assert wide["width"] < 500
    assert abs(wide["x"] + wide["width"] / 2 - 640) < 2


async def test_a_tap_on_a_message_opens_its_menu_on_a_touch_screen(
    browser: Browser, telegram: Simulator, bot: Bot
) -> None:
    async with await browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        phone = await context.new_page()
        await phone.goto(f"{telegram.url}/#{ANN}")
        await bot.says("Tap me")

        await phone.get_by_text("Tap me").tap()

        await expect(phone.get_by_role("menuitem", name="Reply")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
async def test_nothing_is_cut_off_sideways(chat: Page, bot: Bot, width: int) -> None:
    await chat.set_viewport_size({"width": width, "height": 700})
    await bot.says("x" * 300)
    await bot.offers([{"text": f"A long label number {number}", "callback_data": "x"} for number in range(4)])
    await expect(chat.locator(".key")).to_have_count(4)

    assert await chat.evaluate("document.documentElement.scrollWidth") == width
    assert await chat.locator("#scroller").evaluate("scroller => scroller.scrollWidth <= scroller.clientWidth")


CONTRAST = """bubble => {
  const luminance = colour => {
    const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255);
    const [red, green, blue] = parts.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const style = getComputedStyle(bubble);
  const [dark, light] = [luminance(style.color), luminance(style.backgroundColor)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}"""
"""The contrast of a bubble's words, by https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio."""

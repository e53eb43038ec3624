"""Whose phone it is: switching, adding somebody, and what each of them sees."""

from __future__ import annotations

from playwright.async_api import Page, expect

from simulator.server import Simulator
from tests.page.bot_side import ANN, BOB, Bot


async def _switch(page: Page, name: str) -> None:
    await page.locator("#who").click()
    await page.locator("#people").get_by_role("button", name=name).click()


async def test_each_person_has_a_chat_of_their_own(chat: Page, bot: Bot, telegram: Simulator) -> None:
    await telegram.people.send_text(BOB, "Bob was here")
    await bot.says("For Ann alone")
    await expect(chat.get_by_text("For Ann alone")).to_be_visible()

    await _switch(chat, "Bob")

    await expect(chat.locator("#who")).to_have_text("BBob")
    await expect(chat.locator(".words")).to_have_text(["Bob was here"])
    await _switch(chat, "Ann")
    await expect(chat.locator(".words")).to_have_text(["/start", "For Ann alone"])


async def test_a_switch_takes_the_half_written_text_away(chat: Page) -> None:
    field = chat.get_by_label("Message", exact=True)
    await field.fill("half a thou")

    await _switch(chat, "Bob")

    await expect(field).to_have_value("")


async def test_an_admin_is_labelled(chat: Page) -> None:
    await chat.locator("#who").click()

    rows = chat.locator("#people").get_by_role("listitem")
    await expect(rows).to_contain_text(["Ann", "Bob", "admin"])


async def test_somebody_can_be_added_and_start_the_bot(chat: Page, bot: Bot) -> None:
    await chat.locator("#who").click()
    await chat.get_by_label("Name of a person to add").fill("Cleo")
    await chat.keyboard.press("Enter")
    await expect(chat.locator("#who")).to_contain_text("Cleo")
    await chat.get_by_role("button", name="Start").click()

    await bot.hears("message")
    update = await bot.hears("message")
    assert (update["from"]["first_name"], update["text"]) == ("Cleo", "/start")
    assert update["from"]["id"] not in (ANN, BOB)
    await expect(chat.get_by_label("Message", exact=True)).to_be_visible()


async def test_the_address_remembers_whose_phone_it_is(chat: Page) -> None:
    await _switch(chat, "Bob")
    await chat.reload()

    await expect(chat.locator("#who")).to_contain_text("Bob")


async def test_without_an_address_the_first_person_is_shown(page: Page, telegram: Simulator) -> None:
    await page.goto(telegram.url)

    await expect(page.locator("#who")).to_contain_text("Ann")
    await expect(page.get_by_role("heading", name="Testbot")).to_be_visible()

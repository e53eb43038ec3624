"""Whose phone it is: switching, adding somebody, and what each of them sees."""

from __future__ import annotations

import asyncio

from playwright.async_api import Page, Route, expect

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


async def test_what_waits_to_be_sent_stays_its_writers(chat: Page, bot: Bot) -> None:
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await chat.route("**/messages", hold)
    field = chat.get_by_label("Message", exact=True)
    for text in ("first", "second"):
        await field.fill(text)
        await field.press("Enter")
    await _switch(chat, "Bob")
    held.set()

    await bot.hears("message")
    said = [await bot.hears("message") for _ in range(2)]
    assert [(one["from"]["first_name"], one["text"]) for one in said] == [("Ann", "first"), ("Ann", "second")]


async def test_what_could_not_be_sent_does_not_come_back_to_somebody_else(chat: Page) -> None:
    held = asyncio.Event()

    async def refuse(route: Route) -> None:
        await held.wait()
        await route.fulfill(status=409, body="The bot is blocked.")

    await chat.route("**/messages", refuse)
    field = chat.get_by_label("Message", exact=True)
    await field.fill("a secret")
    await field.press("Enter")
    await _switch(chat, "Bob")
    held.set()

    await expect(chat.locator("#toast")).to_have_text("Not sent: The bot is blocked.")
    await expect(field).to_have_value("")


async def test_a_start_that_fails_is_told_and_can_be_tried_again(page: Page, telegram: Simulator) -> None:
    await page.goto(f"{telegram.url}/#{BOB}")
    await page.route("**/messages", lambda route: route.fulfill(status=409, body="Not now."), times=1)
    start = page.get_by_role("button", name="Start", exact=True)

    await start.click()
    await expect(page.locator("#toast")).to_have_text("Not sent: Not now.")
    await start.click()

    await expect(page.locator(".words")).to_have_text(["/start"])


async def test_two_clicks_start_once(page: Page, telegram: Simulator) -> None:
    await page.goto(f"{telegram.url}/#{BOB}")
    start = page.get_by_role("button", name="Start", exact=True)
    await expect(start).to_be_enabled()

    await start.evaluate("start => { start.click(); start.click(); }")
    await expect(page.locator(".words")).to_have_text(["/start"])
    await page.get_by_label("Message", exact=True).fill("hello")
    await page.keyboard.press("Enter")

    await expect(page.locator(".words")).to_have_text(["/start", "hello"])


async def test_the_address_remembers_whose_phone_it_is(chat: Page) -> None:
    await _switch(chat, "Bob")
    await chat.reload()

    await expect(chat.locator("#who")).to_contain_text("Bob")


async def test_without_an_address_the_first_person_is_shown(page: Page, telegram: Simulator) -> None:
    await page.goto(telegram.url)

    await expect(page.locator("#who")).to_contain_text("Ann")
    await expect(page.get_by_role("heading", name="Testbot")).to_be_visible()

"""A browser with the chat page of a simulator in it, and a bot on the other side."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect
from starlette.routing import BaseRoute

from simulator.page import chat_page
from simulator.people import People
from simulator.server import Simulator
from tests.page.bot_side import ANN, BOB, ROOT, Bot

PATIENCE = 20_000
"""Milliseconds after which nothing is waited for any longer; only a test that fails waits so long."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder share the browser's event loop."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def _pages(people: People) -> Sequence[BaseRoute]:
    return chat_page(people, bot_name="Testbot")


@pytest_asyncio.fixture(loop_scope="session")
async def telegram() -> AsyncIterator[Simulator]:
    # The bot on the other side is the tests' own: it writes whole chats at once, and has no patience.
    async with Simulator(pages=_pages, strict_floods=False) as running:
        running.people.add(ANN, "Ann")
        running.people.add(BOB, "Bob")
        running.people.add(ROOT, "Root", admin=True)
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def bot(telegram: Simulator) -> AsyncIterator[Bot]:
    """A bot that Ann has started."""
    async with aiohttp.ClientSession() as session:
        await telegram.people.send_text(ANN, "/start")
        yield Bot(telegram, session)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium if there is one, else Playwright's own; started once, as starting takes longest."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A phone. The test fails if a script of the page fails or its policy stops something."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="en-GB",
        timezone_id="Europe/Berlin",
        permissions=["clipboard-read", "clipboard-write"],
    )
    opened = await context.new_page()
    opened.set_default_timeout(PATIENCE)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if _is_error(message) else None)
    yield opened
    await context.close()
    assert errors == []


def _is_error(message: ConsoleMessage) -> bool:
    # The browser itself notes each answer that is no success; what the page makes of those is the tests' matter.
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest_asyncio.fixture(loop_scope="session")
async def chat(page: Page, telegram: Simulator, bot: Bot) -> Page:
    """Ann's chat with the bot, which she has started."""
    await page.goto(f"{telegram.url}/#{ANN}")
    await page.get_by_text("/start").wait_for()
    return page

"""Times are the reader's own, and relative ones count by themselves."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from simulator.server import Simulator
from tests.page.bot_side import ANN, Bot

NOON = 1_767_610_800
"""12:00 on Monday, 5 January 2026 in Berlin, where the phone is."""


@pytest_asyncio.fixture(loop_scope="session")
async def chat_at_noon(page: Page, telegram: Simulator, bot: Bot) -> Page:
    await page.clock.install(time=NOON - 3600)
    await page.clock.pause_at(NOON + 1)
    await page.goto(f"{telegram.url}/#{ANN}")
    await page.get_by_text("/start").wait_for()
    return page


def _time(seconds: int, form: str) -> str:
    return f'<tg-time unix="{NOON + 1 + seconds}" format="{form}">some time</tg-time>'


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (120, "in 2 minutes"),
        (59, "in 59 seconds"),
        (0, "in 0 seconds"),
        (-180, "3 minutes ago"),
        (-7200, "2 hours ago"),
        (3 * 86400, "in 3 days"),
    ],
)
async def test_a_relative_time_says_how_far_it_is(chat_at_noon: Page, bot: Bot, seconds: int, words: str) -> None:
    await bot.says_html(_time(seconds, "r"))

    await expect(chat_at_noon.locator(".words time")).to_have_text(words)


async def test_a_relative_time_counts_by_itself(chat_at_noon: Page, bot: Bot) -> None:
    await bot.says_html(f"Rest is over {_time(120, 'r')}")
    rest = chat_at_noon.locator(".words").last
    await expect(rest).to_have_text("Rest is over in 2 minutes")

    await chat_at_noon.clock.run_for(75_000)
    await expect(rest).to_have_text("Rest is over in 45 seconds")

    await chat_at_noon.clock.run_for(225_000)
    await expect(rest).to_have_text("Rest is over 3 minutes ago")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("t", "12:00"),
        ("T", "12:00:01"),
        ("d", "05/01/26"),
        ("D", "5 January 2026"),
        ("w", "Monday"),
        ("wDT", "Monday, 5 January 2026 at 12:00:01"),
        ("", "some time"),
    ],
)
async def test_an_absolute_time_is_shown_in_the_readers_zone(
    chat_at_noon: Page, bot: Bot, form: str, words: str
) -> None:
    await bot.says_html(_time(0, form))

    await expect(chat_at_noon.locator(".words time")).to_have_text(words)


async def test_a_time_beyond_all_calendars_shows_the_words_of_the_bot(chat_at_noon: Page) -> None:
    """No bot can send one, but nothing that comes may stop the page."""
    assert await chat_at_noon.evaluate(TIME, 1e14) == "some time"
    assert await chat_at_noon.evaluate(TIME, NOON) == "1 second ago"


TIME = """async unix => {
  const { timeElement } = await import("/page/times.js");
  return timeElement(unix, "r", "some time").textContent;
}"""
"""The words that are shown for a relative time."""

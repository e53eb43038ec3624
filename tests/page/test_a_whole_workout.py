"""A whole workout with the real bot, by thumb on the chat page. The README's pictures are taken on the way.

PICTURES=docs/pictures in the environment keeps them there; else they go with the test's temporary folder.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from sqlalchemy import select

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.page import chat_page
from simulator.server import Simulator
from storage.models import Exercise
from tests.page.bot_side import ANN, ROOT
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.rows import add_workout, kg

BENCH = "Bench Press (Barbell)"


@pytest.fixture
def clock() -> FakeClock:
    """The browser's clock can't be held, so the bot's begins where that one is."""
    return FakeClock(datetime.now(UTC))


@pytest_asyncio.fixture(loop_scope="session")
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator(pages=lambda people: chat_page(people, bot_name="Spotter")) as running:
        running.people.add(ANN, "Ann")
        running.people.add(ROOT, "Alex", admin=True)
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def spotter(telegram: Simulator, sqlite_url: str, clock: FakeClock) -> AsyncIterator[Spotter]:
    settings = Settings(bot_api_url=telegram.url, database_url=sqlite_url, admin_ids=frozenset({ROOT}), listen=None)
    bot = Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: ManualAlarm())
    async with bot.running():
        yield bot


class Album:
    """Keeps pictures of the phone."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._page = page
        self._folder = folder

    async def keeps(self, name: str) -> None:
        await self._page.mouse.move(0, 0)
        await self._page.screenshot(path=self._folder / f"{name}.png", animations="disabled")


@pytest.fixture
def album(page: Page, tmp_path: Path) -> Album:
    return Album(page, Path(os.environ.get("PICTURES", tmp_path)))


async def taps(page: Page, label: str) -> None:
    """Presses the newest button that says so."""
    await page.get_by_role("button", name=label, exact=True).last.click()


async def types(page: Page, text: str) -> None:
    await page.get_by_role("textbox").fill(text)
    await page.keyboard.press("Enter")


async def sees(page: Page, text: str) -> None:
    await expect(page.get_by_text(text).last).to_be_visible()


async def trained_last_week(spotter: Spotter, clock: FakeClock) -> None:
    async with spotter.database.reading() as session:
        bench = (await session.scalars(select(Exercise).where(Exercise.name == BENCH))).one()
    sets = [kg("97.5", 5), kg("97.5", 5), kg("97.5", 4)]
    before = clock() - timedelta(days=7)
    await add_workout(spotter.database, ANN, started_at=before, finished=True, performed={bench.id: sets})


async def test_a_lifter_trains_by_thumb(
    page: Page, telegram: Simulator, spotter: Spotter, clock: FakeClock, album: Album
) -> None:
    await page.goto(f"{telegram.url}/#{ANN}")
    await taps(page, "Start")
    await taps(page, "Kilograms (kg)")
    await sees(page, "Ready when you are, Ann.")
    await trained_last_week(spotter, clock)

    await taps(page, "💪 Start workout")
    await taps(page, "Chest")
    await taps(page, BENCH)
    await sees(page, "97.5 kg × 5, 5, 4")
    await taps(page, "✓ Log 97.5 kg × 5")
    await sees(page, "Today: 97.5 kg × 5")
    await types(page, "100x5")
    await sees(page, "97.5 kg × 5 · 100 kg × 5")
    await album.keeps("card")

    clock.advance(timedelta(minutes=3))
    await spotter.ring()
    await sees(page, "Rest is over.")
    await album.keeps("rest")
    await taps(page, "✓ Log 100 kg × 5")
    await sees(page, "97.5 kg × 5 · 100 kg × 5 🏆, 5")
    await expect(page.get_by_text("Rest is over.")).to_have_count(0)

    await types(page, "/set squat 120x5,5,4")
    await sees(page, "Squat (Barbell)")
    clock.advance(timedelta(minutes=41))
    await taps(page, "🏁 Finish")
    await sees(page, "Finish the workout?")
    await taps(page, "🏁 Finish")
    await sees(page, "Workout done")
    await sees(page, "44 min · 6 sets")
    await page.emulate_media(color_scheme="dark")
    await album.keeps("summary")
    assert not telegram.refusals


async def test_what_a_thumb_does_twice_is_done_once(page: Page, telegram: Simulator, spotter: Spotter) -> None:
    await page.goto(f"{telegram.url}/#{ANN}")
    await taps(page, "Start")
    await taps(page, "Kilograms (kg)")
    await taps(page, "💪 Start workout")
    await types(page, "bench")
    await sees(page, BENCH)
    await types(page, "60x10")
    await sees(page, "Today: 60 kg × 10")
    # The page itself passes over a second click, a phone need not.
    await Lifter(telegram.people, ANN).taps("Log 60 kg × 10", times=2)
    await sees(page, "60 kg × 10, 10")
    await spotter.lanes.idle()
    await expect(page.get_by_text("60 kg × 10, 10, 10")).to_have_count(0)

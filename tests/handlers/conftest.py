"""Lifters with mocked updates."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram.ext import Application

from bot.metrics import Metrics
from bot.turns import Turns
from handlers.context import CONTEXT_TYPES, SpotterApplication
from handlers.home.buttons import ChooseUnit
from handlers.registration import register
from storage.database import Database
from storage.values.quantity import WeightUnit
from tests.conftest import ADMIN
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.databases import SeededLibrary
from tests.support.phone import Phone
from tests.support.pictures import RecordingPictures
from tests.support.recording_request import RecordingRequest
from training.gym import Gym, open_gym


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Handlers see no database; what they call is tested on both kinds elsewhere."""
    return sqlite_url


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine, a press is answered with its words, not after a second without them."""
    monkeypatch.setattr("handlers.pressing._AT_THE_LATEST", 60.0)


@pytest.fixture
def telegram() -> RecordingRequest:
    return RecordingRequest()


@pytest.fixture
async def application(
    telegram: RecordingRequest, database: Database, gym: Gym, pictures: RecordingPictures
) -> AsyncIterator[SpotterApplication]:
    builder = Application.builder().token("4242:token").updater(None).request(telegram).get_updates_request(telegram)
    built = builder.job_queue(None).context_types(CONTEXT_TYPES).build()
    register(built, gym, pictures)
    async with built:
        yield built


@pytest.fixture
def pictures() -> RecordingPictures:
    """What has been drawn; no test of handlers starts a process for it."""
    return RecordingPictures()


@pytest.fixture
def gym(database: Database, clock: FakeClock, alarm: ManualAlarm) -> Gym:
    return open_gym(database, clock, alarm, admin_ids={ADMIN})


@pytest.fixture
def turns(application: SpotterApplication, database: Database, clock: FakeClock) -> Turns:
    return Turns(application, database, clock, {ADMIN}, "here", Metrics())


@pytest.fixture
def ann(turns: Turns, telegram: RecordingRequest) -> Phone:
    return Phone(turns, telegram)


@pytest.fixture
def admin(turns: Turns, telegram: RecordingRequest) -> Phone:
    return Phone(turns, telegram, ADMIN, "Root")


@pytest.fixture
async def ready(ann: Phone, library: SeededLibrary, database_url: str) -> Phone:
    """Ann, who lifts in kg, with the built-in library."""
    library.copy_to(database_url)
    await ann.sends("/start")
    await ann.presses(ChooseUnit(WeightUnit.KG))
    return ann


@pytest.fixture
async def lifting(ready: Phone) -> Phone:
    """Ann in a workout, at the bench, with nothing logged."""
    await ready.sends("/workout")
    await ready.sends("bench")
    return ready

"""What floods and blocked chats do to others: nothing. The budget's time stands still unless a test moves it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from telegram import Bot

from bot.budget import Budget
from bot.priority import Priority, sending_as
from bot.settings import Settings
from bot.spotter import Spotter
from bot.telegram_http import AiohttpRequest
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.database import Database
from storage.models import RestTimer, User
from storage.values.chat import RestState
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.loop_time import FakeTime
from tests.support.waiting import until

REST = timedelta(minutes=3)
RATE = 4
"""Messages a second that the bot may send."""


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def budget(time: FakeTime) -> Budget:
    return Budget(RATE, time)


@pytest.fixture
async def telegram(time: FakeTime) -> AsyncIterator[Simulator]:
    """A Telegram that counts its limits by the budget's time."""
    async with Simulator(clock=time.time) as simulator:
        yield simulator


@pytest.fixture
async def spotter(
    telegram: Simulator, database_url: str, clock: FakeClock, alarm: ManualAlarm, budget: Budget
) -> AsyncIterator[Spotter]:
    settings = Settings(bot_api_url=telegram.url, database_url=database_url, listen=None)
    bot = Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm, budget=budget)
    async with bot.running():
        yield bot


async def lifting(telegram: Simulator, time: FakeTime, name: str) -> Lifter:
    """At the bench, with one set logged, and ready for a burst of messages again."""
    lifter = telegram.lifter(name)
    await lifter.sends("/start")
    await lifter.taps("Kilograms")
    await lifter.taps("Start workout")
    await lifter.sees("Which exercise?")
    await lifter.sends("bench")
    await lifter.sees("Bench Press (Barbell)")
    await lifter.sends("100x5")
    await lifter.sees("Today: 100 kg × 5")
    await time.passes(10)
    return lifter


async def test_a_chat_that_must_wait_delays_nobody_else(telegram: Simulator, spotter: Spotter, time: FakeTime) -> None:
    ann, ben = await lifting(telegram, time, "Ann"), await lifting(telegram, time, "Ben")
    telegram.faults.flood("sendMessage", 3600)
    await ann.sends("102.5x5")

    async def ann_was_refused() -> bool:
        return any(call.status == 429 for call in telegram.called("sendMessage"))

    await until(ann_was_refused)
    await ben.sends("60x8")
    await ben.sees("60 kg × 8")
    await ben.sends("/help")
    await ben.sees("Log a set")
    ann.does_not_see("102.5 kg")


async def test_the_answer_to_a_thumb_comes_before_the_rests_that_wait(
    telegram: Simulator, spotter: Spotter, budget: Budget, time: FakeTime, clock: FakeClock
) -> None:
    lifters = [await lifting(telegram, time, f"Lifter {number}") for number in range(3 * RATE)]
    await spotter.lanes.idle()
    clock.advance(timedelta(minutes=1))
    presser = await lifting(telegram, time, "Ann")
    clock.advance(timedelta(minutes=2))
    before = len(telegram.called("sendMessage"))

    async def as_many_as_may_have_gone() -> bool:
        await spotter.ring()
        return len(telegram.called("sendMessage")) == before + RATE and budget.waiting > 0

    await until(as_many_as_may_have_gone)
    await presser.taps("✓ Log 100 kg × 5")
    await presser.sees("Today: 100 kg × 5, 5")
    assert len(telegram.called("sendMessage")) == before + RATE

    async def everybody_is_told() -> bool:
        await time.passes(1.1)
        await spotter.ring()
        return len(telegram.called("sendMessage")) == before + len(lifters)

    await until(everybody_is_told)
    for lifter in lifters:
        await lifter.sees("Rest is over")
    assert not telegram.refusals


async def test_a_thumb_does_not_wait_until_the_rests_of_others_are_through(
    telegram: Simulator, spotter: Spotter, budget: Budget, time: FakeTime, clock: FakeClock, database: Database
) -> None:
    lifters = [await lifting(telegram, time, f"Lifter {number}") for number in range(3 * RATE)]
    await spotter.lanes.idle()
    clock.advance(REST)
    before = len(telegram.called("sendMessage"))

    async def some_wait() -> bool:
        await spotter.ring()
        return len(telegram.called("sendMessage")) == before + RATE and budget.waiting > 1

    await until(some_wait)
    told = {call.arguments["chat_id"] for call in telegram.called("sendMessage")[before:]}
    async with database.reading() as session:
        rung = set(await session.scalars(select(RestTimer.user_id).where(RestTimer.state == RestState.RUNG)))
    presser = [lifter for lifter in lifters if str(lifter.id) not in told and lifter.id in rung][-1]
    polled = len(telegram.called("getUpdates"))
    await presser.taps("✓ Log 100 kg × 5", answered=False)

    async def it_is_written_down() -> bool:
        return len(telegram.called("getUpdates")) > polled

    await until(it_is_written_down)
    await time.passes(1.1)
    await presser.sees("Today: 100 kg × 5, 5")
    assert len(telegram.called("sendMessage")) <= before + 2 * RATE


async def test_answers_overtake_two_hundred_rests(telegram: Simulator, time: FakeTime) -> None:
    lifters = [telegram.lifter(f"Lifter {number}") for number in range(201)]
    for lifter in lifters:
        await lifter.sends("/start")
    async with AiohttpRequest(budget=Budget(30, time)) as request:
        bot = Bot(telegram.token, base_url=f"{telegram.url}/bot", request=request)
        with sending_as(Priority.REMINDER):
            rests = [asyncio.create_task(bot.send_message(lifter.id, "Rest is over")) for lifter in lifters[:200]]
        await time.passes(2)
        answer = asyncio.create_task(bot.send_message(lifters[200].id, "Logged"))
        await time.passes(10)
        await asyncio.gather(answer, *rests)
    texts = [call.arguments["text"] for call in telegram.called("sendMessage")]
    assert len(texts) == 201
    assert 30 <= texts.index("Logged") < 90
    assert not telegram.refusals


async def test_who_blocks_the_bot_gets_no_more_rests_until_they_write_again(
    telegram: Simulator, spotter: Spotter, time: FakeTime, clock: FakeClock, database: Database
) -> None:
    ann = await lifting(telegram, time, "Ann")
    ann.blocks_bot()
    clock.advance(REST)
    await spotter.ring()
    await spotter.lanes.idle()
    async with database.reading() as session:
        assert (await session.get_one(User, ann.id)).unreachable_since is not None
    assert [call.status for call in telegram.called("sendMessage")][-1] == 403
    ann.unblocks_bot()
    await ann.sends("100x5")
    await ann.sees("100 kg × 5, 5")
    async with database.reading() as session:
        assert (await session.get_one(User, ann.id)).unreachable_since is None
    await spotter.lanes.idle()
    clock.advance(REST)
    await spotter.ring()
    await ann.sees("Rest is over")

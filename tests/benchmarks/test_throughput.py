"""How much faster many lifters are served at once than one after the other: `make bench` prints the figures."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bot.budget import Budget
from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.support.waiting import until

LATENCY = 0.05
"""Seconds that a call to Telegram takes."""

UPDATES = 256


async def seconds_for(spotter: Spotter, telegram: Simulator, lifters: Sequence[Lifter]) -> float:
    """How long it takes until the updates, spread evenly over the lifters, are answered."""
    answered = len(telegram.called("sendMessage"))
    started = time.perf_counter()
    for number in range(UPDATES):
        await lifters[number % len(lifters)].sends("/help")

    async def all_answered() -> bool:
        return len(telegram.called("sendMessage")) >= answered + UPDATES

    await until(all_answered, within=120)
    await spotter.lanes.idle()
    return time.perf_counter() - started


async def test_many_lifters_at_once(database_url: str) -> None:
    async with Simulator(strict_floods=False) as telegram:
        telegram.faults.delay(LATENCY)
        settings = Settings(bot_api_url=telegram.url, database_url=database_url, listen=None)
        spotter = Spotter(settings, telegram.token, budget=Budget(1000, chat_burst=UPDATES))
        async with spotter.running():
            lifters = [telegram.lifter(f"Lifter {number}") for number in range(64)]
            alone = await seconds_for(spotter, telegram, lifters[:1])
            together = await seconds_for(spotter, telegram, lifters)
    kind = database_url.partition(":")[0]
    print(  # noqa: T201 -- what a benchmark is for
        f"\n{kind}: {UPDATES} updates, {LATENCY * 1000:.0f} ms a call: one lifter {UPDATES / alone:.0f}/s, "
        f"64 lifters {UPDATES / together:.0f}/s, {alone / together:.1f} times as many"
    )
    assert together < alone

"""A day of an admin's, over HTTP: the library, another admin, a word to everybody with a restart in its middle."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

import pytest

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from tests.conftest import ADMIN
from tests.support.clock import FakeClock, ManualAlarm

BEN = 1234567
CLOSED = "We are closed on Monday."


async def goes_on(bot: Spotter, times: int = 1) -> None:
    """The alarm rings so often, and what that sets off comes to its end."""
    for _ in range(times):
        await bot.ring()
        await bot.lanes.idle()


def how_often(lifters: Sequence[Lifter], text: str) -> list[int]:
    """In how many of the bot's messages each has the text, the preview left out."""
    return [
        sum(one.from_bot and text in one.text and "Preview" not in one.text for one in lifter.chat)
        for lifter in lifters
    ]


async def come_in(lifters: Sequence[Lifter]) -> None:
    for lifter in lifters:
        await lifter.sends("/start")
        await lifter.taps("Kilograms")
        await lifter.sees("Ready when you are")


async def keep_the_library(root: Lifter, ben: Lifter) -> None:
    await ben.sends("/exercise_add Steinborn; legs; barbell")
    await ben.sees("I don't know /exercise_add")
    await root.sends("/exercise_add")
    await root.sees("What is the new exercise called?")
    await root.sends("Zorbler; aliases: zb")
    await root.taps("Legs")
    await root.taps("Machine")
    await root.sees("✓ Added.")
    await root.taps("Rest")
    await root.taps("1:30")
    await root.sees("Rest: 1:30")
    await ben.sends("/set zb 100x5")
    await ben.sees("Today: 100 kg × 5")


async def make_an_admin(root: Lifter, ben: Lifter) -> None:
    await root.sends(f"/admins {BEN}")
    await root.sees("Ben (1234567) is an admin now.")
    await ben.sends("/stats")
    await ben.sees("active in the last 7 days: 1")


async def announce(root: Lifter) -> None:
    await root.sends("/announce")
    await root.sees("What shall everybody read?")
    await root.sends(CLOSED)
    await root.sees("It would go to 5 lifters")
    await root.taps("Send to 5")
    await root.sees("0 of 5 have it.")


async def stop_another(bot: Spotter, root: Lifter, ben: Lifter) -> None:
    await ben.sends("/announce Never mind.")
    await ben.taps("Send to 4")
    await ben.sees("0 of 4 have it.")
    await goes_on(bot)
    await root.sends("/announce")
    await root.taps("Stop")
    await root.sees("Stopped.\n2 of 4 have it.")


async def look_back(root: Lifter, ben: Lifter) -> None:
    await root.sends(f"/admins remove {BEN}")
    await root.taps("Admins")
    await root.taps("What was done")
    done = await root.sees("Root: removed Ben as an admin")
    assert "Ben: sent an announcement to 4 lifters" in done.text
    assert "Root: edited Zorbler: default rest" in done.text
    await ben.sends("/stats")
    await ben.sees("I don't know /stats")


async def test_an_admins_day(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bot() -> Spotter:
        return Spotter(settings, telegram.token, clock=clock, make_alarm=lambda _: alarm)

    monkeypatch.setattr("training.announcing.AT_ONCE", 2)
    root, ben = telegram.lifter("Root", id=ADMIN), telegram.lifter("Ben", id=BEN)
    *others, gone = [telegram.lifter(name) for name in ("Ann", "Cid", "Dee")]
    everybody = [root, ben, *others, gone]
    async with (before := bot()).running():
        await come_in(everybody)
        await keep_the_library(root, ben)
        await make_an_admin(root, ben)
        gone.blocks_bot()
        await announce(root)
        await goes_on(before)
        assert sum(how_often(everybody, CLOSED)) == 2
        assert alarm.due[-1] == clock.now + timedelta(seconds=1)
    async with (after := bot()).running():
        await after.lanes.idle()
        await goes_on(after, times=3)
        await root.sees("4 of 5 have it.\n1 can't be reached any more.")
        assert how_often(everybody, CLOSED) == [1, 1, 1, 1, 0]
        await stop_another(after, root, ben)
        await goes_on(after, times=3)
        assert sum(how_often(everybody, "Never mind.")) == 2
        await look_back(root, ben)
        await after.lanes.idle()
    # A bot that has just started doesn't know what has left for a chat a moment ago.
    expected = {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
    assert {refusal.status for refusal in telegram.refusals} <= expected

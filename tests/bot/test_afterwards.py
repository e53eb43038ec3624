"""What comes into a chat once its update is closed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs
from telegram.error import RetryAfter

from bot import priority
from bot.afterwards import Afterwards
from bot.priority import Priority
from storage import at_hand
from storage.at_hand import UpdateAtHand


def hand(comes: Callable[[], Awaitable[None]] | None, lifter_id: int = 7) -> UpdateAtHand:
    return UpdateAtHand(1, lifter_id, None, None, afterwards=comes)


async def test_it_comes_for_its_lifter_behind_whoever_waits_for_an_answer() -> None:
    found: list[tuple[int, Priority]] = []

    async def comes() -> None:
        found.append((at_hand.required().user_id, priority.current()))

    afterwards = Afterwards()
    afterwards.put(hand(comes))
    afterwards.put(hand(None, 8))
    await afterwards.stop(10)
    assert found == [(7, Priority.REMINDER)]


@pytest.mark.parametrize(("error", "level"), [(RetryAfter(30), "info"), (RuntimeError("a bug"), "error")])
async def test_what_fails_is_logged_and_left_out(error: Exception, level: str) -> None:
    async def fails() -> None:
        raise error

    afterwards = Afterwards()
    with capture_logs() as logs:
        afterwards.put(hand(fails))
        await afterwards.stop(10)
    assert [(entry["log_level"], entry["lifter_id"]) for entry in logs] == [(level, 7)]


async def test_what_hangs_is_left_out_at_the_end() -> None:
    left_out = asyncio.Event()

    async def hangs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            left_out.set()

    afterwards = Afterwards()
    afterwards.put(hand(hangs))
    await asyncio.sleep(0)
    await afterwards.stop(0)
    assert left_out.is_set()

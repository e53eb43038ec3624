import asyncio

import pytest

from bot.idling import look_now_and_then


class Minutes:
    """A sleep that a test ends."""

    def __init__(self) -> None:
        self.asleep, self.woken = asyncio.Event(), asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        assert seconds == 60
        self.asleep.set()
        await self.woken.wait()
        self.woken.clear()

    async def until_asleep(self) -> None:
        await self.asleep.wait()
        self.asleep.clear()


@pytest.mark.parametrize("failure", [OSError, ValueError])
async def test_it_is_looked_every_minute_whatever_failed_before(failure: type[Exception]) -> None:
    looks: list[int] = []

    async def look() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise failure

    minutes = Minutes()
    looking = asyncio.create_task(look_now_and_then("something", look, minutes))
    for number in (1, 2, 3):
        await minutes.until_asleep()
        assert len(looks) == number
        minutes.woken.set()
    looking.cancel()

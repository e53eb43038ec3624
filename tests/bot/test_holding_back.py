import asyncio

from bot.holding_back import MOST_HELD, PAUSE, HoldingBack


class Pauses:
    """Remembers how long was slept; wakes nobody until told to."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.wake = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.wake.wait()


async def test_who_has_few_waiting_is_answered_at_once() -> None:
    pauses = Pauses()
    await HoldingBack(pauses).hold(())
    assert pauses.slept == []


async def test_of_a_lifter_who_floods_one_answer_at_a_time_is_held_back() -> None:
    pauses = Pauses()
    holding_back = HoldingBack(pauses)
    held = asyncio.create_task(holding_back.hold({7}))
    await asyncio.sleep(0)
    await holding_back.hold({7})
    assert pauses.slept == [PAUSE]
    pauses.wake.set()
    await held
    await holding_back.hold({7})
    assert pauses.slept == [PAUSE, PAUSE]


async def test_however_many_flood_most_of_telegrams_connections_stay_free() -> None:
    pauses = Pauses()
    holding_back = HoldingBack(pauses)
    held = [asyncio.create_task(holding_back.hold({lifter_id})) for lifter_id in range(MOST_HELD)]
    await asyncio.sleep(0)
    await holding_back.hold({1001})
    assert len(pauses.slept) == MOST_HELD
    pauses.wake.set()
    await asyncio.gather(*held)


async def test_who_hangs_up_meanwhile_is_held_no_longer() -> None:
    pauses = Pauses()
    holding_back = HoldingBack(pauses)
    held = asyncio.create_task(holding_back.hold({7}))
    await asyncio.sleep(0)
    held.cancel()
    await asyncio.gather(held, return_exceptions=True)
    pauses.wake.set()
    await holding_back.hold({7})
    assert pauses.slept == [PAUSE, PAUSE]

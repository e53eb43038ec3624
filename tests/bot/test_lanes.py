import asyncio
from collections.abc import Callable

import pytest

from bot.lanes import Held, Lanes, Showing, Turn, worker_free
from tests.bot.scripted_telegram import Pauses


class Rows:
    """What waits for each lifter; `taken` is the order in which turns began and ended."""

    def __init__(self, waiting: dict[int, int]) -> None:
        self.waiting = dict(waiting)
        self.taken: list[tuple[str, int]] = []
        self.gate: dict[int, asyncio.Event] = {}

    async def take(self, lifter_id: int) -> Turn | Held:
        if not self.waiting[lifter_id]:
            return Turn.NOTHING_LEFT
        self.taken.append(("begin", lifter_id))
        if lifter_id in self.gate:
            await self.gate[lifter_id].wait()
        await asyncio.sleep(0)
        self.waiting[lifter_id] -= 1
        self.taken.append(("end", lifter_id))
        return Turn.HANDLED


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 -- the lanes run while this looks on
        await asyncio.sleep(0)


async def test_a_lifters_rows_are_taken_one_after_the_other() -> None:
    rows = Rows({1: 5})
    lanes = Lanes(rows.take, Pauses())
    for _ in range(5):
        lanes.wake(1)
    await lanes.idle()
    assert rows.taken == [("begin", 1), ("end", 1)] * 5


async def test_a_lifter_who_takes_long_keeps_nobody_waiting() -> None:
    rows = Rows({1: 1, 2: 3})
    rows.gate[1] = asyncio.Event()
    lanes = Lanes(rows.take, Pauses())
    lanes.wake(1)
    lanes.wake(2)
    async with asyncio.timeout(30):
        await until(lambda: not rows.waiting[2])
    assert rows.waiting[1] == 1
    rows.gate[1].set()
    await lanes.idle()


async def test_a_flood_from_one_lifter_takes_one_worker_only() -> None:
    rows = Rows({1: 1000, **dict.fromkeys(range(2, 40), 1)})
    lanes = Lanes(rows.take, Pauses())
    for lifter_id in rows.waiting:
        lanes.wake(lifter_id)
    async with asyncio.timeout(30):
        await until(lambda: not any(rows.waiting[lifter_id] for lifter_id in range(2, 40)))
    assert rows.waiting[1] > 900
    await lanes.idle()


async def test_a_call_that_outlives_its_turn_keeps_no_worker() -> None:
    come = asyncio.Event()
    calls: list[asyncio.Task[None]] = []

    async def call() -> None:
        async with worker_free():
            await come.wait()

    async def take(_: int) -> Turn:
        calls.append(asyncio.create_task(call()))
        await asyncio.sleep(0)
        return Turn.NOTHING_LEFT

    lanes = Lanes(take, Pauses())
    async with asyncio.timeout(30):
        for _ in range(2):
            for lifter_id in range(100):
                lanes.wake(lifter_id)
            await lanes.idle()
            come.set()
            await asyncio.gather(*calls)
    assert len(calls) == 200


async def test_what_comes_in_while_a_lane_finds_nothing_is_taken() -> None:
    waiting = [Turn.NOTHING_LEFT, Turn.HANDLED, Turn.NOTHING_LEFT]
    lanes: Lanes

    async def take(lifter_id: int) -> Turn:
        turn = waiting.pop(0)
        if len(waiting) == 2:
            lanes.wake(lifter_id)  # as if its row had been written just after the look
        await asyncio.sleep(0)
        return turn

    lanes = Lanes(take, Pauses())
    lanes.wake(1)
    await lanes.idle()
    assert waiting == []


async def test_a_lane_that_is_held_waits_longer_each_time_and_goes_on() -> None:
    turns: list[Turn | Held] = [Held(), Held(), Held(7.5), Turn.HANDLED, Held(), Turn.NOTHING_LEFT]

    async def take(_: int) -> Turn | Held:
        return turns.pop(0)

    pauses = Pauses()
    lanes = Lanes(take, pauses)
    lanes.wake(1)
    await lanes.idle()
    assert pauses == [1.0, 2.0, 7.5, 1.0]


async def test_a_lane_outlives_a_bug() -> None:
    outcomes = [ValueError("a bug"), None]

    async def take(_: int) -> Turn:
        if outcome := outcomes.pop(0):
            raise outcome
        return Turn.NOTHING_LEFT

    lanes = Lanes(take, Pauses())
    lanes.wake(1)
    await lanes.idle()
    assert outcomes == []


async def test_stopping_lets_a_turn_end_and_begins_no_other() -> None:
    rows = Rows({1: 2})
    rows.gate[1] = asyncio.Event()
    lanes = Lanes(rows.take, Pauses())
    lanes.wake(1)
    await asyncio.sleep(0)
    stopping = asyncio.create_task(lanes.stop(seconds=5))
    await asyncio.sleep(0)
    rows.gate[1].set()
    await stopping
    assert rows.waiting[1] == 1
    lanes.wake(1)
    await lanes.idle()
    assert rows.waiting[1] == 1


@pytest.mark.parametrize("held", [True, False])
async def test_stopping_waits_neither_for_a_held_lane_nor_for_ever(held: bool) -> None:
    async def take(_: int) -> Held:
        if not held:
            await asyncio.Event().wait()
        return Held()

    lanes = Lanes(take, lambda _: asyncio.Event().wait())
    lanes.wake(1)
    for _ in range(5):
        await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await lanes.stop(seconds=0.01 if not held else 60)


@pytest.fixture
def one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.lanes._WORKERS", 1)


async def test_who_waits_for_telegram_keeps_no_worker_and_goes_on_when_one_is_free(one_worker: None) -> None:
    telegram_answers, works = asyncio.Event(), asyncio.Event()
    ends, working = asyncio.Event(), 0

    async def take(lifter_id: int) -> Turn:
        nonlocal working
        if lifter_id == 1:
            async with worker_free():
                await telegram_answers.wait()
        working += 1
        assert working == 1
        if lifter_id == 2:
            works.set()
            await ends.wait()
        working -= 1
        return Turn.NOTHING_LEFT

    lanes = Lanes(take, Pauses())
    lanes.wake(1)
    lanes.wake(2)
    async with asyncio.timeout(30):
        await works.wait()
        telegram_answers.set()
        await asyncio.sleep(0)
        ends.set()
        await lanes.idle()
    assert working == 0


async def test_calls_side_by_side_give_one_worker_back_and_take_one(one_worker: None) -> None:
    working = most = 0

    async def call() -> None:
        async with worker_free():
            await asyncio.sleep(0)

    async def take(_: int) -> Turn:
        nonlocal working, most
        await asyncio.gather(call(), call(), call())
        working += 1
        most = max(most, working)
        await asyncio.sleep(0)
        working -= 1
        return Turn.NOTHING_LEFT

    lanes = Lanes(take, Pauses())
    for lifter_id in range(20):
        lanes.wake(lifter_id)
    async with asyncio.timeout(30):
        await lanes.idle()
    assert most == 1


async def test_a_turn_that_is_cancelled_while_it_waits_takes_no_worker_along(one_worker: None) -> None:
    async def take(lifter_id: int) -> Turn:
        if lifter_id == 1:
            async with worker_free():
                raise asyncio.CancelledError
        return Turn.NOTHING_LEFT

    lanes = Lanes(take, Pauses())
    lanes.wake(1)
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await lanes.idle()
        for lifter_id in (2, 3):
            lanes.wake(lifter_id)
        await lanes.idle()


async def test_outside_of_a_turn_there_is_no_worker_to_give_back() -> None:
    async with worker_free():
        pass


async def test_a_lane_ends_as_the_showing_does_that_it_waits_for() -> None:
    turns: list[Turn | Held] = [Held(3.0), Turn.NOTHING_LEFT]

    async def shown() -> Turn | Held:
        return turns.pop(0)

    async def take(_: int) -> Showing:
        return Showing(asyncio.create_task(shown()))

    pauses = Pauses()
    lanes = Lanes(take, pauses)
    lanes.wake(1)
    await lanes.idle()
    assert (pauses, turns) == ([3.0], [])


async def test_what_comes_in_while_something_is_shown_is_taken_at_once() -> None:
    arrives = asyncio.Event()
    taken = 0

    async def shown() -> Turn:
        await arrives.wait()
        return Turn.NOTHING_LEFT

    showing = asyncio.create_task(shown())

    async def take(_: int) -> Showing:
        nonlocal taken
        taken += 1
        return Showing(showing)

    lanes = Lanes(take, Pauses())
    lanes.wake(1)
    async with asyncio.timeout(30):
        await until(lambda: taken == 1)
        lanes.wake(1)
        await until(lambda: taken == 2)
        arrives.set()
        await lanes.idle()
    assert taken == 2


async def test_a_lane_that_another_replica_has_is_left_to_it() -> None:
    async def take(_: int) -> Turn:
        return Turn.ELSEWHERE

    lanes = Lanes(take, Pauses())
    lanes.wake(1)
    async with asyncio.timeout(30):
        await lanes.idle()

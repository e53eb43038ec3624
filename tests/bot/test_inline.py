"""Inline queries: never written down, never in anybody's way."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import NetworkError

from bot.inline import InlineQueries
from bot.metrics import Metrics


class Answerer:
    """Answers when it is let; knows who was answered, in which order, and how many were at once."""

    def __init__(self) -> None:
        self.answered: list[str] = []
        self.most_at_once = 0
        self.let = asyncio.Event()
        self.failure: Exception | None = None
        self._now = 0

    async def __call__(self, query: dict[str, Any]) -> None:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            await self.let.wait()
            if self.failure is not None:
                raise self.failure
            self.answered.append(query["query"])
        finally:
            self._now -= 1


class Taken:
    """Stands for the journal."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.failure: Exception | None = None

    async def __call__(self, updates: Sequence[dict[str, Any]]) -> Collection[int]:
        if self.failure is not None:
            raise self.failure
        self.updates += updates
        return {7}


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def asked(user_id: Any, text: str) -> dict[str, Any]:
    return {"update_id": 1, "inline_query": {"id": "1", "from": {"id": user_id}, "query": text, "offset": ""}}


MESSAGE = {"update_id": 2, "message": {"text": "100x5"}}


@pytest.fixture
def answerer() -> Answerer:
    return Answerer()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inline(answerer: Answerer, metrics: Metrics, clock: Clock) -> InlineQueries:
    return InlineQueries(answerer, metrics, clock)


def outcomes(metrics: Metrics) -> Counter[str]:
    lines = [line for line in metrics.page().decode().splitlines() if line.startswith("spotter_inline_queries_total{")]
    return Counter({line.split('"')[1]: int(float(line.rpartition(" ")[2])) for line in lines})


async def settled() -> None:
    """Lets every task go as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_what_is_asked_inline_is_not_written_down_and_everything_else_is(
    inline: InlineQueries, answerer: Answerer
) -> None:
    taken = Taken()
    answerer.let.set()
    assert await inline.parting_from(taken)([asked(8, "row"), MESSAGE, asked(9, "curl")]) == {7}
    assert taken.updates == [MESSAGE]
    await settled()
    assert answerer.answered == ["row", "curl"]


async def test_nothing_waits_for_an_answer_that_hangs(inline: InlineQueries, answerer: Answerer) -> None:
    taken = Taken()
    take = inline.parting_from(taken)
    async with asyncio.timeout(10):
        await take([asked(8, "row")])
        await take([MESSAGE])
    assert taken.updates == [MESSAGE]
    assert answerer.answered == []
    await inline.stop()


async def test_what_comes_again_with_a_refused_batch_is_answered_then(
    inline: InlineQueries, answerer: Answerer
) -> None:
    taken = Taken()
    answerer.let.set()
    taken.failure = OperationalError("INSERT", {}, Exception("gone"))
    with pytest.raises(OperationalError):
        await inline.parting_from(taken)([asked(8, "row"), MESSAGE])
    taken.failure = None
    await inline.parting_from(taken)([asked(8, "row"), MESSAGE])
    await settled()
    assert answerer.answered == ["row"]


async def test_only_a_few_are_answered_at_once_and_the_rest_in_turn(inline: InlineQueries, answerer: Answerer) -> None:
    await inline.parting_from(Taken())([asked(user_id, str(user_id)) for user_id in range(1, 21)])
    await settled()
    answerer.let.set()
    await settled()
    await settled()
    assert answerer.most_at_once == 4
    assert answerer.answered == [str(user_id) for user_id in range(1, 21)]


async def test_of_what_one_person_types_only_the_newest_waits(
    inline: InlineQueries, answerer: Answerer, metrics: Metrics
) -> None:
    take = inline.parting_from(Taken())
    for text in ("b", "be", "ben", "benc", "bench"):
        await take([asked(8, text)])
    await settled()  # the first one is under way by now
    answerer.let.set()
    await settled()
    assert answerer.answered == ["b", "bench"]
    assert outcomes(metrics) == {"answered": 2, "outdated": 3}


async def test_one_who_types_on_and_on_keeps_nobody_waiting(inline: InlineQueries, answerer: Answerer) -> None:
    take = inline.parting_from(Taken())
    await take([asked(8, "b")] * 300)
    await take([asked(9, "row")])
    answerer.let.set()
    await settled()
    assert sorted(answerer.answered) == ["b", "b", "row"]


async def test_of_too_many_the_oldest_are_given_up(inline: InlineQueries, answerer: Answerer, metrics: Metrics) -> None:
    await inline.parting_from(Taken())([asked(user_id, str(user_id)) for user_id in range(1, 201)])
    answerer.let.set()
    for _ in range(20):
        await settled()
    assert outcomes(metrics) == {"answered": 104, "crowded_out": 96}
    assert answerer.answered[-100:] == [str(user_id) for user_id in range(101, 201)]


async def test_what_is_too_late_is_not_answered(
    inline: InlineQueries, answerer: Answerer, metrics: Metrics, clock: Clock
) -> None:
    await inline.parting_from(Taken())([asked(user_id, str(user_id)) for user_id in range(1, 6)])
    await settled()
    clock.now += 10
    answerer.let.set()
    await settled()
    assert answerer.answered == ["1", "2", "3", "4"]
    assert outcomes(metrics) == {"answered": 4, "late": 1}


@pytest.mark.parametrize(
    "failure", [NetworkError("gone"), OperationalError("SELECT", {}, Exception("gone")), ValueError("a bug")]
)
async def test_a_failure_is_counted_and_the_next_one_answered(
    inline: InlineQueries, answerer: Answerer, metrics: Metrics, failure: Exception
) -> None:
    answerer.let.set()
    answerer.failure = failure
    await inline.parting_from(Taken())([asked(8, "row")])
    await settled()
    answerer.failure = None
    await inline.parting_from(Taken())([asked(8, "curl")])
    await settled()
    assert answerer.answered == ["curl"]
    assert outcomes(metrics) == {"failed": 1, "answered": 1}


@pytest.mark.parametrize("query", [None, "row", {}, {"from": 8}, {"from": {"id": "8"}}])
async def test_what_comes_from_nobody_is_passed_over(
    inline: InlineQueries, answerer: Answerer, metrics: Metrics, query: Any
) -> None:
    taken = Taken()
    await inline.parting_from(taken)([{"update_id": 1, "inline_query": query}])
    await settled()
    assert (taken.updates, answerer.answered) == ([], [])
    assert outcomes(metrics) == {"unreadable": 1}


async def test_stopping_ends_what_is_under_way(inline: InlineQueries, answerer: Answerer) -> None:
    await inline.parting_from(Taken())([asked(user_id, str(user_id)) for user_id in range(1, 10)])
    await settled()
    async with asyncio.timeout(10):
        await inline.stop()
    answerer.let.set()
    await settled()
    assert answerer.answered == []

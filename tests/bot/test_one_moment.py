from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import NetworkError

from bot.lanes import Held, Turn
from bot.one_moment import OneMoment

GONE = OperationalError("BEGIN", {}, ConnectionRefusedError())
HELD = Held(without_database=True)


class Telling:
    """Who was told, and upon which press."""

    def __init__(self) -> None:
        self.told: list[tuple[int, str | None]] = []

    async def __call__(self, lifter_id: int, query_id: str | None) -> None:
        self.told.append((lifter_id, query_id))
        if lifter_id == 403:
            raise NetworkError("out of reach")


@pytest.fixture
def telling() -> Telling:
    return Telling()


@pytest.fixture
def one_moment(telling: Telling) -> OneMoment:
    one_moment = OneMoment(telling)
    one_moment.speaks(True)
    return one_moment


async def fails(one_moment: OneMoment, *updates: dict[str, Any], times: int = 2) -> None:
    async def gone(_: object) -> Collection[int]:
        raise GONE

    for _ in range(times):
        with pytest.raises(OperationalError):
            await one_moment.taking(gone)(updates)
    await asyncio.sleep(0)


async def turns(one_moment: OneMoment, lifter_id: int, *ends: Turn | Held) -> None:
    left = list(ends)

    async def take(_: int) -> Turn | Held:
        return left.pop(0)

    for end in ends:
        assert await one_moment.turning(take)(lifter_id) == end
    await asyncio.sleep(0)


def message(lifter_id: int) -> dict[str, Any]:
    return {"update_id": 1, "message": {"from": {"id": lifter_id}}}


def press(lifter_id: int, query_id: str) -> dict[str, Any]:
    return {"update_id": 2, "callback_query": {"id": query_id, "from": {"id": lifter_id}}}


async def test_a_failure_that_is_mended_at_once_is_not_worth_a_word(one_moment: OneMoment, telling: Telling) -> None:
    await fails(one_moment, message(7), times=1)
    await turns(one_moment, 7, Turn.HANDLED, HELD, Turn.HANDLED)
    assert telling.told == []


async def test_everybody_concerned_is_told_once_however_long_it_lasts(one_moment: OneMoment, telling: Telling) -> None:
    await fails(one_moment, message(7), message(8), times=5)
    await turns(one_moment, 7, HELD, HELD)
    assert telling.told == [(7, None), (8, None)]


async def test_what_is_said_in_a_group_is_answered_to_nobody(one_moment: OneMoment, telling: Telling) -> None:
    said = message(7)
    said["message"] |= {"chat": {"id": -100, "type": "group"}, "text": "100x5"}
    await fails(one_moment, said, message(8))
    assert telling.told == [(8, None)]


async def test_a_press_is_answered(one_moment: OneMoment, telling: Telling) -> None:
    await fails(one_moment, press(7, "q1"))
    assert telling.told == [(7, "q1")]


async def test_whose_update_was_handled_in_between_is_told_again(one_moment: OneMoment, telling: Telling) -> None:
    await turns(one_moment, 7, HELD, HELD, Turn.HANDLED, HELD, HELD)
    assert telling.told == [(7, None), (7, None)]


async def test_a_lane_that_telegram_holds_is_not_the_databases_fault(one_moment: OneMoment, telling: Telling) -> None:
    await turns(one_moment, 7, Held(), Held(3), Held())
    assert telling.told == []


async def test_of_several_replicas_only_the_one_that_speaks_tells(one_moment: OneMoment, telling: Telling) -> None:
    one_moment.speaks(False)
    await fails(one_moment, message(7), message(8))
    assert telling.told == []


async def test_who_can_not_be_told_is_no_failure(
    one_moment: OneMoment, telling: Telling, caplog: pytest.LogCaptureFixture
) -> None:
    await fails(one_moment, message(403), {"update_id": 3, "poll": {}})
    assert telling.told == [(403, None)]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]

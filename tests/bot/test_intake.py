import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from bot.intake import Intake, sender_name
from bot.metrics import Metrics
from storage.database import Database
from storage.flooding import MOST_WAITING
from storage.models import JournalRow
from storage.values.chat import NOBODY
from tests.support.clock import FakeClock

ANN = {"id": 7, "is_bot": False, "first_name": "Ann <b>"}
BEN = {"id": 8, "is_bot": False, "first_name": "Ben"}


@pytest.fixture
def woken() -> list[int]:
    return []


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def intake(database: Database, clock: FakeClock, woken: list[int], metrics: Metrics) -> Intake:
    return Intake(database, 4242, clock, woken.append, metrics)


async def written(database: Database) -> list[tuple[int, int]]:
    async with database.reading() as session:
        rows = (await session.scalars(select(JournalRow).order_by(JournalRow.id))).all()
    return [(row.source_id, row.user_id) for row in rows]


async def test_a_batch_is_written_down_in_order_and_its_lifters_woken(
    intake: Intake, database: Database, woken: list[int]
) -> None:
    await intake.take(
        [
            {"update_id": 1, "message": {"from": ANN}},
            {"update_id": 2, "callback_query": {"from": BEN}},
            {"update_id": 3, "message": {"from": ANN}},
        ]
    )
    assert await written(database) == [(1, 7), (2, 8), (3, 7)]
    assert woken == [7, 8]


async def test_a_batch_that_is_delivered_again_is_there_once(intake: Intake, database: Database) -> None:
    for _ in range(2):
        await intake.take([{"update_id": 1, "message": {"from": ANN}}])
    assert await written(database) == [(1, 7)]


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": {}},
        {"message": None},
        {"message": {"from": "Ann"}},
        {"message": {"from": {"id": "7"}}},
        {"message": {"from": {"id": 2**63}}},
        {"message": {"from": {"id": True}}},
    ],
)
async def test_what_comes_from_nobody_is_kept_all_the_same(
    intake: Intake, database: Database, update: dict[str, Any]
) -> None:
    await intake.take([{"update_id": 1, **update}])
    assert await written(database) == [(1, NOBODY)]


@pytest.mark.parametrize("odd", ["a\0b", "a\ud800b"])
async def test_what_no_database_keeps_in_a_text_is_left_out(intake: Intake, database: Database, odd: str) -> None:
    await intake.take([{"update_id": 1, "message": {"from": {**ANN, "first_name": odd}, "entities": [{"url": odd}]}}])
    async with database.reading() as session:
        message = (await session.scalars(select(JournalRow.payload))).one()["message"]
    assert message["from"]["first_name"] in {"ab", "a?b"}
    assert message["entities"][0]["url"] in {"ab", "a?b"}


async def test_of_the_message_under_a_button_only_which_one_it_is_is_kept(intake: Intake, database: Database) -> None:
    chat = {"id": 7, "type": "private"}
    card = {"message_id": 5, "date": 1767636000, "chat": chat, "text": "Bench", "reply_markup": {"inline_keyboard": []}}
    query = {"id": "1", "from": ANN, "message": card, "data": "1c"}
    odd = {"update_id": 2, "callback_query": {"from": ANN, "message": "gone"}}
    await intake.take([{"update_id": 1, "callback_query": query}, odd, {"update_id": 3, "callback_query": 5}])
    async with database.reading() as session:
        kept = (await session.scalars(select(JournalRow.payload).order_by(JournalRow.id))).all()
    message = {"message_id": 5, "date": 1767636000, "chat": chat}
    assert kept[0] == {"update_id": 1, "callback_query": query | {"message": message}}
    assert kept[1:] == [odd, {"update_id": 3, "callback_query": 5}]
    assert query["message"] is card


async def test_of_a_picture_under_a_button_it_is_kept_that_it_is_one(intake: Intake, database: Database) -> None:
    sizes = [{"file_id": size, "file_unique_id": size, "width": 90, "height": 90} for size in ("small", "large")]
    message = {"message_id": 5, "date": 1767636000, "chat": {"id": 7, "type": "private"}}
    query = {"id": "1", "from": ANN, "message": message | {"photo": sizes, "caption": "x" * 1024}, "data": "1c"}
    await intake.take([{"update_id": 1, "callback_query": query}])
    async with database.reading() as session:
        kept = (await session.scalars(select(JournalRow.payload))).one()
    assert kept["callback_query"]["message"] == message | {"photo": sizes[:1]}


async def test_what_is_nested_too_deeply_does_not_keep_its_batch_out(intake: Intake, database: Database) -> None:
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"deep": deep}
    await intake.take([{"update_id": 1, "message": {"from": ANN, "text": deep}}, {"update_id": 2}])
    assert await written(database) == [(1, 7), (2, NOBODY)]


@pytest.mark.parametrize("odd", [float("inf"), float("nan")])
async def test_a_number_that_no_database_keeps_does_not_keep_its_batch_out(
    intake: Intake, database: Database, odd: float
) -> None:
    await intake.take([{"update_id": 1, "message": {"from": ANN, "duration": odd}}, {"update_id": 2}])
    assert await written(database) == [(1, 7), (2, NOBODY)]


async def test_what_is_refused_is_counted_once_however_often_it_comes(intake: Intake, metrics: Metrics) -> None:
    flood = [{"update_id": number, "message": {"from": ANN}} for number in range(1, MOST_WAITING + 4)]
    flood.append({"update_id": 1000, "message": {"from": BEN}})
    for _ in range(2):
        assert set(await intake.take(flood)) == {7}
    counted = [line for line in metrics.page().decode().splitlines() if line.startswith("spotter_updates_total")]
    assert counted == ['spotter_updates_total{kind="message",outcome="refused"} 3.0']


async def test_what_comes_in_side_by_side_is_written_down_together_and_each_told_of_whom_many_wait(
    intake: Intake, database: Database, woken: list[int]
) -> None:
    flood = [{"update_id": number, "message": {"from": ANN}} for number in range(1, MOST_WAITING + 3)]
    posts: list[list[dict[str, Any]]] = [[{"update_id": 1001, "message": {"from": BEN}}], flood, [{"update_id": 1002}]]
    assert [set(crowded) for crowded in await asyncio.gather(*(intake.take(post) for post in posts))] == [
        set(),
        {7},
        set(),
    ]
    assert [row for row in await written(database) if row[1] != 7] == [(1001, 8), (1002, NOBODY)]
    assert sorted(woken) == [NOBODY, 7, 8]


async def test_stopping_waits_until_everything_is_written_down(intake: Intake, database: Database) -> None:
    taking = asyncio.create_task(intake.take([{"update_id": 1, "message": {"from": ANN}}]))
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    await intake.stop()
    assert await written(database) == [(1, 7)]


GROUP = {"id": -100, "type": "supergroup", "title": "Gym"}


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"from": ANN, "chat": GROUP, "text": "I did 100x5"}},
        {"message": {"from": ANN, "chat": {"id": -1, "type": "group"}, "new_chat_members": [BEN]}},
        {"message": {"from": ANN, "chat": {"id": -2, "type": "channel"}, "text": 5}},
        {"edited_message": {"from": ANN, "chat": GROUP, "text": "/start"}},
    ],
)
async def test_what_is_said_in_a_group_and_not_to_a_bot_is_not_written_down(
    intake: Intake, database: Database, woken: list[int], update: dict[str, Any]
) -> None:
    command = {"update_id": 2, "message": {"from": BEN, "chat": GROUP, "text": "/start"}}
    press = {"update_id": 3, "callback_query": {"from": BEN, "message": {"chat": GROUP}}}
    await intake.take([{"update_id": 1, **update}])
    assert (await written(database), woken) == ([], [])
    await intake.take([{"update_id": 1, **update}, command, press])
    assert (await written(database), woken) == ([(2, 8), (3, 8)], [8])


async def test_nothing_wakes_nobody(intake: Intake, woken: list[int]) -> None:
    await intake.take([])
    assert woken == []


def test_the_name_is_the_senders() -> None:
    assert sender_name({"callback_query": {"from": ANN, "message": {"from": BEN}}}) == "Ann <b>"
    assert sender_name({"message": {"from": {"id": 7, "first_name": 3}}}) is None

"""What lies exactly at a limit passes; what lies beyond is refused in `test_refusals` and `test_files`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from simulator.driver import Lifter
from simulator.server import Simulator
from tests.simulator.calling import Caller
from tests.simulator.pictures import png
from tests.support.clock import FakeClock

ANN = 7
MIB = 1 << 20


def keyboard(*buttons: dict[str, Any], rows: int = 1) -> dict[str, Any]:
    return {"chat_id": ANN, "text": "t", "reply_markup": {"inline_keyboard": [list(buttons)] * rows}}


def commands(count: int, name: str, description: str) -> dict[str, Any]:
    return {"commands": [{"command": name, "description": description}] * count}


KEY = {"text": "b", "callback_data": "d"}

AT_THE_LIMIT: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"chat_id": ANN, "text": "é" * 4096}),
    ("sendMessage", {"chat_id": ANN, "text": "<b></b>" * 4681 + "x", "parse_mode": "HTML"}),  # 32,768 bytes
    ("sendMessage", keyboard(*[KEY] * 8)),
    ("sendMessage", keyboard(*[KEY] * 5, rows=20)),
    ("sendMessage", keyboard({"text": "b", "callback_data": "é" * 32})),
    ("sendMessage", keyboard({"text": "l" * 40, "callback_data": "d" * 60}, rows=100)),  # 10,000 bytes
    ("sendMessage", keyboard({"text": "b", "copy_text": {"text": "c" * 256}})),
    ("sendMessage", keyboard({"text": "b", "copy_text": {"text": "c"}})),
    ("deleteMessages", {"chat_id": ANN, "message_ids": [*range(1, 101)]}),
    ("setMyCommands", commands(100, "c", "d")),
    ("setMyCommands", commands(1, "c" * 32, "d" * 256)),
]


@pytest.mark.parametrize(("method", "arguments"), AT_THE_LIMIT)
async def test_a_call_at_the_limit_passes(call: Caller, ann: Lifter, method: str, arguments: dict[str, Any]) -> None:
    assert (await call(method, **arguments)).status == 200


@pytest.mark.parametrize(
    "picture",
    [png(5000, 5000), png(2000, 100), png(100, 2000), png(2, 2) + bytes(10 * MIB - len(png(2, 2)))],
    ids=["large", "wide", "high", "heavy"],
)
async def test_a_picture_at_the_limit_passes(call: Caller, ann: Lifter, picture: bytes) -> None:
    assert (await call.upload("sendPhoto", "photo", picture, chat_id=ANN)).status == 200


async def test_a_caption_at_the_limit_passes(call: Caller, ann: Lifter) -> None:
    assert (await call.upload("sendDocument", "document", b"x", chat_id=ANN, caption="c" * 1024)).status == 200


async def test_a_file_at_the_limit_can_be_fetched(call: Caller, ann: Lifter) -> None:
    await ann.sends_document("backup.zip", bytes(20 * MIB))
    document = (await call.updates())[-1]["message"]["document"]

    assert (await call("getFile", file_id=document["file_id"])).result["file_size"] == 20 * MIB


@pytest.mark.parametrize(
    ("method", "ids"), [("deleteMessage", {"message_id": 1}), ("deleteMessages", {"message_ids": [1]})]
)
async def test_a_message_can_be_deleted_for_two_days(
    call: Caller, ann: Lifter, clock: FakeClock, method: str, ids: dict[str, object]
) -> None:
    clock.advance(timedelta(hours=48))

    assert (await call(method, chat_id=ANN, **ids)).result is True
    assert ann.chat == []


async def test_a_press_can_be_answered_until_its_last_second_and_at_length(
    call: Caller, ann: Lifter, telegram: Simulator, clock: FakeClock
) -> None:
    await call("sendMessage", **keyboard(KEY))
    query_id = await telegram.people.press(ANN, 2, 0, 0)
    clock.advance(timedelta(seconds=15))

    assert (await call("answerCallbackQuery", callback_query_id=query_id, text="t" * 200)).result is True
    assert ann.toasts == ["t" * 200]


@pytest.mark.parametrize(("asked", "waits"), [(50, 50), (51, 50), (10**6, 50), (-1, 0)])
async def test_a_poll_waits_at_most_fifty_seconds(
    call: Caller, telegram: Simulator, monkeypatch: pytest.MonkeyPatch, asked: int, waits: int
) -> None:
    waited: list[float] = []

    async def fetch(_offset: int, _limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109 -- as the queue's own
        waited.append(timeout)
        return []

    monkeypatch.setattr(telegram.updates, "fetch", fetch)

    await call.updates(timeout=asked)

    assert waited == [waits]

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from sqlalchemy.exc import OperationalError

from bot.polling import Poller
from bot.telegram_http import AiohttpRequest
from tests.bot.scripted_telegram import Answer, Pauses, Telegram, answers, hangs_up, never_answers, too_soon

UPDATES = [{"update_id": 41}, {"update_id": 42}]


class Polls:
    """A poller against a scripted Telegram: what it asked for, and what it took."""

    def __init__(self, telegram: Telegram, request: AiohttpRequest) -> None:
        self.telegram = telegram
        self.pauses = Pauses()
        self.asked: list[dict[str, str]] = []
        self.taken: list[dict[str, Any]] = []
        self.failures: list[Exception] = []
        self.heard = 0
        self._request = request

    async def run(self, *script: Answer) -> None:
        """Polls until the script has been played; the last poll is held open for ever."""
        done = asyncio.Event()
        self.telegram.script = [*map(self._noting, script), self._noting(self._last(done))]
        poller = Poller(self._request, self.telegram.url("").rstrip("/"), self._take, self.pauses, self._hear)
        task = asyncio.create_task(poller.run())
        async with asyncio.timeout(30):
            await done.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def _hear(self) -> None:
        self.heard += 1

    async def _take(self, updates: Sequence[dict[str, Any]]) -> Collection[int]:
        if self.failures:
            raise self.failures.pop(0)
        self.taken.extend(updates)
        return ()

    def _noting(self, answer: Answer) -> Answer:
        async def noted(request: web.Request) -> web.StreamResponse:
            query = parse_qs(urlsplit(str(request.url)).query)
            self.asked.append({name: values[0] for name, values in query.items()})
            return await answer(request)

        return noted

    def _last(self, done: asyncio.Event) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def last(request: web.Request) -> web.StreamResponse:
            done.set()
            return await never_answers(request)

        return last

    @property
    def offsets(self) -> list[int]:
        return [int(asked["offset"]) for asked in self.asked]


@pytest.fixture
def polls(telegram: Telegram, request_: AiohttpRequest) -> Polls:
    return Polls(telegram, request_)


async def test_updates_are_acknowledged_by_the_next_poll(polls: Polls) -> None:
    await polls.run(answers(UPDATES), answers([]))
    assert polls.taken == UPDATES
    assert polls.offsets == [0, 43, 43]


async def test_only_what_is_understood_is_asked_for(polls: Polls) -> None:
    await polls.run(answers([]))
    assert polls.asked[0]["allowed_updates"] == '["message", "edited_message", "callback_query", "inline_query"]'


async def test_what_could_not_be_written_down_is_not_acknowledged(polls: Polls) -> None:
    polls.failures = [OperationalError("INSERT", {}, Exception("disk full")), ConnectionRefusedError()]
    await polls.run(answers(UPDATES), answers(UPDATES), answers(UPDATES))
    assert polls.offsets == [0, 0, 0, 43]
    assert polls.taken == UPDATES
    assert polls.pauses == [1.0, 2.0]


@pytest.mark.parametrize(
    "trouble",
    [hangs_up, answers(status=502), answers(status=409, description="Conflict: terminated"), answers(status=401)],
)
async def test_trouble_is_waited_out(polls: Polls, trouble: Answer) -> None:
    await polls.run(trouble, trouble, answers(UPDATES))
    assert polls.pauses == [1.0, 2.0]
    assert polls.taken == UPDATES


async def test_an_answer_that_is_no_json_is_waited_out(polls: Polls) -> None:
    async def gateway(_: web.Request) -> web.Response:
        return web.Response(status=502, text="<html>Bad gateway</html>")

    await polls.run(gateway, answers(UPDATES))
    assert polls.taken == UPDATES


@pytest.mark.parametrize("odd", [{"ok": True}, {"ok": True, "result": None}, []])
async def test_an_answer_of_another_shape_does_not_end_the_polling(polls: Polls, odd: object) -> None:
    async def oddly(_: web.Request) -> web.Response:
        return web.json_response(odd)

    await polls.run(oddly, answers(UPDATES))
    assert polls.taken[-2:] == UPDATES
    assert polls.offsets[-1] == 43


async def test_only_what_was_delivered_and_taken_counts_as_heard(polls: Polls) -> None:
    polls.failures = [ValueError("a bug")]
    await polls.run(hangs_up, answers(status=502), answers(UPDATES), answers(UPDATES), answers([]))
    assert polls.heard == 2


@pytest.mark.parametrize("odd", [{"message": {}}, {"update_id": "41"}, {"update_id": 2**63}])
async def test_updates_without_an_id_keep_no_others_from_being_taken(polls: Polls, odd: dict[str, Any]) -> None:
    await polls.run(answers([odd, *UPDATES]))
    assert polls.taken == UPDATES
    assert polls.offsets[-1] == 43


async def test_what_can_not_be_acknowledged_and_so_comes_again_at_once_is_asked_for_more_and_more_slowly(
    polls: Polls,
) -> None:
    await polls.run(*[answers([{"message": {}}])] * 3, answers(UPDATES))
    assert polls.pauses == [1.0, 2.0, 4.0]
    assert polls.taken == UPDATES


async def test_update_ids_that_begin_anew_are_acknowledged_too(polls: Polls) -> None:
    await polls.run(answers(UPDATES), answers([{"update_id": 7}]), answers([]))
    assert polls.offsets[1:] == [43, 8, 8]


async def test_a_bug_in_taking_does_not_end_the_polling(polls: Polls) -> None:
    polls.failures = [ValueError("a bug")]
    await polls.run(answers(UPDATES), answers(UPDATES))
    assert polls.taken == UPDATES


async def test_pauses_grow_to_half_a_minute_and_begin_anew_after_success(polls: Polls) -> None:
    await polls.run(*[hangs_up] * 7, answers([]), hangs_up)
    assert polls.pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 1.0]


async def test_flood_control_is_waited_out_as_told(polls: Polls) -> None:
    await polls.run(too_soon(3), answers(UPDATES))
    assert polls.pauses == [3.0]
    assert polls.taken == UPDATES

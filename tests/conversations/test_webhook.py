"""Updates that Telegram posts, over HTTP and on real databases: what is taken, what is refused, and nothing lost."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.settings import Settings
from bot.spotter import Spotter
from simulator.driver import Lifter
from simulator.server import Simulator
from storage.database import Database
from storage.models import JournalRow
from storage.values.chat import JournalStatus
from tests.conversations.conftest import SECRET
from tests.support.clock import FakeClock, ManualAlarm
from tests.support.waiting import until
from training.gym import Gym

HEADER = "X-Telegram-Bot-Api-Secret-Token"
PERSON = {"id": 7, "is_bot": False, "first_name": "Ann"}


@pytest.fixture
def way() -> str:
    return "webhook"


class Poster:
    """Somebody who posts to the webhook: Telegram, if they know the secret."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings) -> None:
        self._session = session
        self._url = str(settings.webhook_url)

    async def __call__(self, body: Any, secret: str | None = SECRET, **more: Any) -> int:
        """The status of the answer."""
        headers = {} if secret is None else {HEADER: secret}
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self._session.post(self._url, data=data, headers=headers, **more) as response:
            return response.status

    async def gets(self, path: str) -> tuple[int, str]:
        async with self._session.get(f"{self._url.removesuffix('/telegram/hook')}{path}") as response:
            return response.status, await response.text()


@pytest.fixture
async def post(settings: Settings, spotter: Spotter) -> AsyncIterator[Poster]:
    async with aiohttp.ClientSession() as session:
        yield Poster(session, settings)


async def journaled(database: Database) -> dict[int, JournalStatus]:
    async with database.reading() as session:
        return {row.source_id: row.status for row in await session.scalars(select(JournalRow))}


async def refusals(post: Poster) -> dict[str, float]:
    """How often what was refused, as the metrics say."""
    _, page = await post.gets("/metrics")
    start = 'spotter_webhook_refusals_total{reason="'
    lines = [line.removeprefix(start) for line in page.splitlines() if line.startswith(start)]
    return {line.partition('"')[0]: float(line.rpartition(" ")[2]) for line in lines}


async def test_the_bot_is_ready_and_alive(post: Poster) -> None:
    assert [await post.gets(path) for path in ("/healthz", "/readyz")] == [(200, "ok")] * 2


async def test_a_bot_that_does_not_take_updates_yet_is_alive_and_not_ready(
    telegram: Simulator, settings: Settings
) -> None:
    async def runs() -> None:
        async with Spotter(settings, telegram.token).running():
            pass

    async def asks_who_it_is() -> bool:
        return bool(telegram.called("getMe"))

    telegram.faults.delay(60, "getMe")
    running = asyncio.create_task(runs())
    async with aiohttp.ClientSession() as session:
        post = Poster(session, settings)
        await until(asks_who_it_is)
        assert await post.gets("/healthz") == (200, "ok")
        assert await post.gets("/readyz") == (503, "no updates are taken")
        assert await post({"update_id": 1}) == 503
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_metrics_count_what_a_lifter_does(
    ann: Lifter, spotter: Spotter, post: Poster, clock: FakeClock
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/set squat 100x5")
    await ann.sees("100 kg × 5")
    await spotter.lanes.idle()
    clock.advance(timedelta(seconds=185))
    await spotter.ring()
    await ann.sees("Rest is over")
    await spotter.lanes.idle()
    _, page = await post.gets("/metrics")
    for counted in (
        'spotter_updates_total{kind="message",outcome="done"} 2.0',
        'spotter_updates_total{kind="callback_query",outcome="done"} 1.0',
        'spotter_updates_total{kind="rest",outcome="done"} 1.0',
        "spotter_handling_seconds_count 4.0",
        "spotter_waiting_updates 0.0",
        'spotter_bot_api_calls_total{method="setWebhook",outcome="200"} 1.0',
        "spotter_reminder_lateness_seconds_sum 5.0",
        'spotter_database_seconds_count{statement="select"}',
    ):
        assert counted in page
    assert int(page.partition("\nspotter_tasks ")[2].partition(".")[0]) > 0
    assert "squat" not in page


async def test_the_metrics_say_what_waits_and_for_how_many(ann: Lifter, telegram: Simulator, post: Poster) -> None:
    telegram.faults.flood("sendMessage", 3600)
    await ann.sends("/start")
    await ann.sends("/help")

    async def two_of_one_lifter_wait() -> bool:
        _, page = await post.gets("/metrics")
        return "spotter_waiting_updates 2.0\nspotter_waiting_lanes 1.0" in re.sub(r"#.*\n", "", page)

    await until(two_of_one_lifter_wait)


@pytest.mark.parametrize(("secret", "status", "reason"), [(None, 401, "no_secret"), ("guessed", 403, "wrong_secret")])
async def test_who_does_not_know_the_secret_changes_nothing(
    post: Poster, database: Database, secret: str | None, status: int, reason: str
) -> None:
    assert await post({"update_id": 1, "message": {"from": PERSON, "text": "/start"}}, secret) == status
    assert await journaled(database) == {}
    assert await refusals(post) == {reason: 1}


async def test_broken_json_is_answered_and_counted(post: Poster, database: Database) -> None:
    assert [await post(body) for body in (b"{", b"[]", b'{"message": {}}')] == [200] * 3
    assert await journaled(database) == {}
    assert await refusals(post) == {"unreadable": 3}


@pytest.mark.parametrize("asks_first", [True, False])
async def test_a_body_of_ten_megabytes_is_refused(post: Poster, database: Database, *, asks_first: bool) -> None:
    # Who doesn't ask first may find the connection closed before the answer is read.
    with nullcontext() if asks_first else suppress(aiohttp.ClientError):
        assert await post(b" " * 10_000_000, expect100=asks_first) == 413
    assert await journaled(database) == {}
    assert await refusals(post) == {"too_large": 1}


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "hologram": {"from": PERSON, "beam": 3}},
        {"update_id": 1, "edited_message": {"from": PERSON, "text": "100x5"}, "since": {"bot_api": "99.0"}},
        {"update_id": 1, "message": {"from": PERSON, "hologram": [[1, {"deep": None}]]}},
        {"update_id": 1, "message": "a text in the place of an object"},
        {"update_id": 1},
    ],
    ids=["unknown kind", "not asked for", "future fields", "another shape", "nothing"],
)
async def test_what_this_release_does_not_know_is_kept_and_passed_over(
    post: Poster, spotter: Spotter, database: Database, update: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert await post(update) == 200
    await spotter.lanes.idle()
    (status,) = (await journaled(database)).values()
    assert status in {JournalStatus.DONE, JournalStatus.UNREADABLE}
    assert not [record for record in caplog.records if record.exc_info]


async def test_what_telegram_posts_again_is_done_once(ann: Lifter, spotter: Spotter, telegram: Simulator) -> None:
    await ann.sends("/start")
    await ann.sees("Hi Ann!")
    await until(nothing_waits(telegram))
    telegram.updates.deliver_again(1)
    await until(nothing_waits(telegram))
    await spotter.lanes.idle()
    assert len([message for message in ann.chat if message.from_bot]) == 1


def nothing_waits(telegram: Simulator) -> Any:
    async def all_taken() -> bool:
        return not telegram.updates.queues()

    return all_taken


async def test_while_the_database_is_gone_nothing_is_acknowledged_and_afterwards_nothing_is_missing(
    ann: Lifter, spotter: Spotter, post: Poster, telegram: Simulator, gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/set squat 100x5")
    await ann.sees("100 kg × 5")
    await spotter.lanes.idle()

    with monkeypatch.context() as outage:
        outage.setattr(spotter.database, "writing", gone)
        outage.setattr(spotter.database, "reading", gone)
        for reps in (4, 3):
            await ann.sends(f"100x{reps}")
        await until(lambda: refused_for(post, "database"))
        assert len(telegram.updates) == 2
        assert await post.gets("/readyz") == (503, "the database doesn't answer")
        assert (await post.gets("/healthz"))[0] == 200

    await ann.sees("100 kg × 5, 4, 3")
    assert (await gym.workouts.card(ann.id)).sets == 3
    assert await post.gets("/readyz") == (200, "ok")


@asynccontextmanager
async def gone() -> AsyncIterator[None]:
    """A transaction with a database that isn't there."""
    raise OperationalError("BEGIN", {}, ConnectionRefusedError())
    yield


async def refused_for(post: Poster, reason: str) -> bool:
    return (await refusals(post)).get(reason, 0) > 1


async def test_thirty_messages_at_once_keep_their_order(ann: Lifter, spotter: Spotter, gym: Gym) -> None:
    await ann.sends("/start")
    await ann.taps("Kilograms")
    await ann.sends("/set squat 100x5")
    await ann.sees("100 kg × 5")
    await asyncio.gather(*(ann.sends(f"100x{reps}") for reps in range(1, 31)))
    await ann.sees("31 sets", within=60)
    current = (await gym.workouts.card(ann.id)).current
    assert current is not None
    assert [entry.clean_reps for entry in current.today] == [5, *range(1, 31)]


async def test_the_webhook_stays_when_the_bot_stops_and_polling_takes_what_came_meanwhile(
    telegram: Simulator, settings: Settings, clock: FakeClock, alarm: ManualAlarm
) -> None:
    ann = telegram.lifter("Ann")
    polling = Settings.model_validate(
        {"bot_api_url": settings.bot_api_url, "database_url": settings.database_url, "listen": None}
    )

    def spotter(chosen: Settings) -> Spotter:
        return Spotter(chosen, telegram.token, clock=clock, make_alarm=lambda _: alarm)

    async with spotter(settings).running():
        await ann.sends("/start")
        await ann.taps("Kilograms")
    assert telegram.world.webhook.target is not None
    await ann.sends("/set squat 100x5")
    async with spotter(polling).running():
        await ann.sees("100 kg × 5")
        assert telegram.world.webhook.target is None
        await ann.sends("100x4")
        await ann.sees("100 kg × 5, 4")
    await ann.sends("100x3")
    async with spotter(settings).running():
        await ann.sees("100 kg × 5, 4, 3")
    assert not [call for call in telegram.refusals if call.status == 409]

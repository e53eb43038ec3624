from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.host_port import HostPort
from bot.http_server import KEPT_OPEN, http_app, serving

ANYWHERE = HostPort("127.0.0.1", 0)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def app(missing: Sequence[str] = ()) -> Starlette:
    async def what_is_missing() -> Sequence[str]:
        return missing

    async def metrics() -> bytes:
        return b"spotter_sets 3\n"

    async def hook(_: Request) -> Response:
        return PlainTextResponse("taken")

    return http_app(what_is_missing, metrics, ("/telegram/hook", hook))


@pytest.mark.parametrize(("missing", "status"), [([], 200), (["the database", "updates"], 503)])
async def test_readyz_says_what_is_missing_and_healthz_only_whether_the_process_answers(
    session: aiohttp.ClientSession, missing: list[str], status: int
) -> None:
    async with serving(app(missing), ANYWHERE, "LISTEN") as address:
        async with session.get(f"http://{address}/readyz") as response:
            assert response.status == status
            assert await response.text() == ("; ".join(missing) or "ok")
        async with session.get(f"http://{address}/healthz") as response:
            assert response.status == 200


async def test_metrics_are_served_in_prometheus_format(session: aiohttp.ClientSession) -> None:
    async with serving(app(), ANYWHERE, "LISTEN") as address, session.get(f"http://{address}/metrics") as response:
        assert response.headers["Content-Type"].startswith("text/plain; version=")
        assert await response.text() == "spotter_sets 3\n"


async def test_the_webhook_answers_posts_at_its_path_alone(session: aiohttp.ClientSession) -> None:
    async with serving(app(), ANYWHERE, "LISTEN") as address:
        statuses = []
        for method, path in (("POST", "/telegram/hook"), ("GET", "/telegram/hook"), ("POST", "/telegram")):
            async with session.request(method, f"http://{address}{path}?version=1") as response:
                statuses.append(response.status)
    assert statuses == [200, 405, 404]


async def test_without_a_webhook_nothing_takes_posts(session: aiohttp.ClientSession) -> None:
    async def nothing() -> Sequence[str]:
        return ()

    async def metrics() -> bytes:
        return b""

    async with (
        serving(http_app(nothing, metrics), ANYWHERE, "LISTEN") as address,
        session.post(f"http://{address}/") as response,
    ):
        assert response.status == 404


async def test_nothing_listens_afterwards(session: aiohttp.ClientSession) -> None:
    async with serving(app(), ANYWHERE, "LISTEN") as address:
        pass
    with pytest.raises(aiohttp.ClientConnectorError):
        await session.get(f"http://{address}/healthz")


async def test_an_idle_connection_is_kept_as_long_as_proxies_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    configured, config = [], uvicorn.Config

    def noted(*arguments: Any, **given: Any) -> uvicorn.Config:
        configured.append(config(*arguments, **given))
        return configured[-1]

    monkeypatch.setattr(uvicorn, "Config", noted)
    async with serving(app(), ANYWHERE, "LISTEN"):
        assert [one.timeout_keep_alive for one in configured] == [KEPT_OPEN]

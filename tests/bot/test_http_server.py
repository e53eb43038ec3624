import aiohttp
import pytest

from bot.host_port import HostPort
from bot.http_server import health_app, serving

ANYWHERE = HostPort("127.0.0.1", 0)


@pytest.mark.parametrize(("well", "status"), [(True, 200), (False, 503)])
async def test_healthz_says_whether_the_bot_is_well(*, well: bool, status: int) -> None:
    async def is_well() -> bool:
        return well

    async with (
        serving(health_app(is_well), ANYWHERE, "LISTEN") as address,
        aiohttp.ClientSession() as session,
        session.get(f"http://{address}/healthz") as response,
    ):
        assert response.status == status


async def test_nothing_listens_afterwards() -> None:
    async def is_well() -> bool:
        return True

    async with serving(health_app(is_well), ANYWHERE, "LISTEN") as address:
        pass
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(f"http://{address}/healthz")

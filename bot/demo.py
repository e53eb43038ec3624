"""The demo: the bot against a simulated Telegram on this machine, with a chat page to try it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.routing import BaseRoute

from bot.host_port import HostPort
from bot.http_server import cant_listen
from bot.settings import Settings
from bot.spotter import Spotter
from simulator.page import chat_page
from simulator.people import People
from simulator.server import Simulator

ANN, BEN, ADMIN = 1001, 1002, 1003

_WELCOME = """\
This is Spotter's demo: no BOT_TOKEN is used, and Telegram is simulated on this machine.

  Open {url} in a browser and say hello.

What you log here is gone when the demo ends. To use Spotter on your phone:
  1. In Telegram, open @BotFather, send /newbot and choose a name.
  2. Copy .env.example to .env and put the token that you get behind BOT_TOKEN=
  3. Run `make run` again.

Press Ctrl+C to end the demo.
"""


@asynccontextmanager
async def demo(settings: Settings) -> AsyncIterator[None]:
    """The demo runs within the block, on a database that is thrown away. Raises StartError."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="spotter-")))
        telegram = await _simulated_telegram(stack, settings.demo_listen)
        spotter = Spotter(_demo_settings(settings, telegram, folder), telegram.token)
        await stack.enter_async_context(spotter.running())
        print(_WELCOME.format(url=telegram.url), flush=True)  # noqa: T201 -- for the host at the console
        yield


async def _simulated_telegram(stack: AsyncExitStack, address: HostPort) -> Simulator:
    telegram = Simulator(host=address.host, port=address.port, pages=_pages)
    telegram.people.add(ANN, "Ann")
    telegram.people.add(BEN, "Ben")
    telegram.people.add(ADMIN, "Alex", admin=True)
    try:
        return await stack.enter_async_context(telegram)
    except OSError as error:
        raise cant_listen("DEMO_LISTEN", address, error) from None


def _pages(people: People) -> Sequence[BaseRoute]:
    return chat_page(people, bot_name="Spotter")


def _demo_settings(settings: Settings, telegram: Simulator, folder: Path) -> Settings:
    return settings.model_copy(
        update={
            "bot_token": None,
            "bot_api_url": telegram.url,
            "database_url": f"sqlite:///{folder / 'demo.db'}",
            "admin_ids": frozenset({ADMIN}),
            "webhook_url": None,
            "webhook_secret": None,
            "listen": None,
        }
    )

"""python -m bot: what a host can do."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

from bot import __version__
from bot.demo import demo
from bot.event_loop import new_event_loop
from bot.journal_command import list_set_aside, try_again
from bot.logs import set_up_logs
from bot.schema import schema_brought_up
from bot.settings import Settings, SettingsError, read_settings
from bot.spotter import Spotter
from bot.start_error import StartError

_USAGE_ERROR = 2
"""The exit code for what only the host can mend."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line says; the exit code."""
    given = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        set_up_logs(settings.log_level, settings.log_format, settings.bot_token)
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(_chosen(given, settings))
    except (SettingsError, StartError) as error:
        print(error, file=sys.stderr)  # noqa: T201 -- for the host at the console, whatever the log level
        return _USAGE_ERROR
    except KeyboardInterrupt:
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Spotter, a Telegram bot for lifters.")
    parser.add_argument("--version", action="version", version=f"spotter {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="command", description="Without a command: run if BOT_TOKEN is set, else demo."
    )
    commands.add_parser("run", help="run the bot against Telegram")
    commands.add_parser("demo", help="try the bot in the browser, without Telegram")
    commands.add_parser("migrate", help="bring the database up to this release, and end")
    journal = commands.add_parser("journal", help="list the updates that were set aside, or try them again")
    again = journal.add_subparsers(dest="journal", metavar="retry").add_parser("retry", help="try them again")
    again.add_argument("references", nargs="*", metavar="U-417", help="which ones; without any, all")
    return parser


def _chosen(given: argparse.Namespace, settings: Settings) -> Coroutine[Any, Any, None]:
    match given.command:
        case "journal" if given.journal == "retry":
            return _printed(try_again(settings, given.references))
        case "journal":
            return _printed(list_set_aside(settings))
        case "migrate":
            return _migrate(settings)
        case "demo":
            return _until_stopped(demo(settings))
        case None if settings.bot_token is None:
            return _until_stopped(demo(settings))
        case _:
            return _run(settings)


async def _run(settings: Settings) -> None:
    if settings.bot_token is None:
        raise StartError("BOT_TOKEN: is not set; put the token from @BotFather into .env, or run the demo")
    spotter = Spotter(settings, settings.bot_token.get_secret_value())
    await _until_stopped(spotter.running())


async def _until_stopped(running: AbstractAsyncContextManager[None]) -> None:
    """Stays in the block until the process is told to end. Told so before the block is entered, it ends as well."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        entering = asyncio.create_task(stack.enter_async_context(running))
        told = asyncio.create_task(stop.wait())
        await asyncio.wait({entering, told}, return_when=asyncio.FIRST_COMPLETED)
        if entering.done():
            await entering
            await told
        entering.cancel()
        told.cancel()
        await asyncio.gather(entering, told, return_exceptions=True)


async def _printed(command: Coroutine[Any, Any, Sequence[str]]) -> None:
    for line in await command:
        print(line)  # noqa: T201 -- the command's answer


async def _migrate(settings: Settings) -> None:
    revision = await schema_brought_up(settings.database_url)
    print(f"The database is at schema {revision}.")  # noqa: T201 -- the command's answer

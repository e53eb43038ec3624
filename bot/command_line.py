"""python -m bot: what a host can do."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import Any

from bot import __version__
from bot.audit_command import list_acts
from bot.backup import back_up, restore
from bot.demo import demo
from bot.ending import end_in_time
from bot.event_loop import new_event_loop
from bot.journal_command import list_set_aside, try_again
from bot.logs import set_up_logs
from bot.long_lived import leave_alone_what_is_there
from bot.move_command import move
from bot.schema import schema_brought_up
from bot.seed_command import seed
from bot.settings import Settings, SettingsError, read_settings
from bot.spotter import Spotter
from bot.start_error import StartError

_USAGE_ERROR = 2
"""The exit code for what only the host can mend."""

_INTERRUPTED, _TERMINATED = 130, 143
"""As shells have it: what was to be done hasn't been, and what was to follow must not."""


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
        return 0 if given.command in {None, "run", "demo"} else _INTERRUPTED
    except asyncio.CancelledError:
        return _TERMINATED
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
    backup = commands.add_parser("backup", help="copy a SQLite database to a file, also while the bot runs")
    backup.add_argument("file", type=Path, metavar="FILE", help="where to; it must not be there yet")
    restoring = commands.add_parser("restore", help="put a backup in the place of the SQLite database")
    restoring.add_argument("file", type=Path, metavar="FILE", help="a file that backup has made")
    moving = commands.add_parser("move", help="put all that a SQLite file holds into the PostgreSQL of DATABASE_URL")
    moving.add_argument("file", type=Path, metavar="FILE", help="what DATABASE_URL named before; it stays as it is")
    seeding = commands.add_parser("seed", help="load the built-in exercises, or a file's after showing what that does")
    seeding.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="CSV or JSON, as docs/library-format.md says"
    )
    seeding.add_argument("--yes", action="store_true", help="load it without asking")
    journal = commands.add_parser("journal", help="list the updates that were set aside, or try them again")
    again = journal.add_subparsers(dest="journal", metavar="retry").add_parser("retry", help="try them again")
    again.add_argument("references", nargs="*", metavar="U-417", help="which ones; without any, all")
    audit = commands.add_parser("audit", help="list what admins did, the latest last")
    audit.add_argument(
        "number", nargs="?", type=_positive, default=100, metavar="N", help="how many acts; 100 if not said"
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _chosen(given: argparse.Namespace, settings: Settings) -> Coroutine[Any, Any, None]:
    match given.command:
        case "demo":
            return _until_stopped(demo(settings))
        case None if settings.bot_token is None:
            return _until_stopped(demo(settings))
        case None | "run":
            return _run(settings)
        case "seed":
            return _printed_as_it_comes(seed(settings, given.file, yes=given.yes))
        case _:
            return _printed(_answer(given, settings))


def _answer(given: argparse.Namespace, settings: Settings) -> Coroutine[Any, Any, Sequence[str]]:
    match given.command:
        case "journal" if given.journal == "retry":
            return try_again(settings, given.references)
        case "journal":
            return list_set_aside(settings)
        case "audit":
            return list_acts(settings, given.number)
        case "backup" | "restore":
            return asyncio.to_thread(back_up if given.command == "backup" else restore, settings, given.file)
        case "move":
            return _tidied_up(move(settings, given.file))
        case _:
            return _migrate(settings)


async def _run(settings: Settings) -> None:
    if settings.bot_token is None:
        raise StartError("BOT_TOKEN: is not set; put the token from @BotFather into .env, or run the demo")
    spotter = Spotter(settings, settings.bot_token.get_secret_value())
    await _until_stopped(spotter.running())


async def _until_stopped(running: AbstractAsyncContextManager[None]) -> None:
    """Stays in the block until the process is told to end. Told so before the block is entered, it ends as well."""
    stop = asyncio.Event()

    def told_to_end() -> None:
        if not stop.is_set():
            stop.set()
            end_in_time()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_end)
    async with AsyncExitStack() as stack:
        entering = asyncio.create_task(stack.enter_async_context(running))
        told = asyncio.create_task(stop.wait())
        await asyncio.wait({entering, told}, return_when=asyncio.FIRST_COMPLETED)
        if entering.done():
            await entering
            leave_alone_what_is_there()
            await told
        entering.cancel()
        told.cancel()
        await asyncio.gather(entering, told, return_exceptions=True)


async def _tidied_up(command: Coroutine[Any, Any, Sequence[str]]) -> Sequence[str]:
    """Told to end in the middle, it takes away what it has made, as at Ctrl+C."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await command


async def _printed(command: Coroutine[Any, Any, Sequence[str]]) -> None:
    for line in await command:
        print(line)  # noqa: T201 -- the command's answer


async def _printed_as_it_comes(command: AsyncIterator[str]) -> None:
    async for line in command:
        print(line, flush=True)  # noqa: T201 -- the same


async def _migrate(settings: Settings) -> Sequence[str]:
    return [f"The database is at schema {await schema_brought_up(settings.database_url)}."]

"""What a host gets to read: one line that names the setting, and no traceback."""

import asyncio
import socket
import sqlite3
from pathlib import Path

import aiohttp
import pytest

from bot import __version__
from bot.command_line import main
from simulator.errors import ApiError
from simulator.server import Simulator
from storage.single_process import only_process
from tests.support.bot_process import TOKEN, Ended, running_bot
from tests.support.forked_bot import run_forked


def complains(ended: Ended, variable: str, *words: str) -> None:
    """The process ended as it should when its host has to mend a setting."""
    last = ended.err.strip().splitlines()[-1]
    assert ended.code == 2, ended
    assert last.startswith(f"{variable}: "), ended
    assert all(word in last for word in words), ended
    assert "Traceback" not in ended.err
    assert TOKEN.partition(":")[2] not in ended.err + ended.out


async def status(address: str, path: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"http://{address}{path}") as response:
        return response.status


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_the_version_is_told(tmp_path: Path) -> None:
    assert (await run_forked(tmp_path, "--version")).out == f"spotter {__version__}\n"


async def test_help_names_the_commands(tmp_path: Path) -> None:
    ended = await run_forked(tmp_path, "--help")
    assert ended.code == 0
    assert all(
        command in ended.out
        for command in ("run", "demo", "migrate", "backup", "restore", "move", "seed", "journal", "audit")
    )


@pytest.mark.parametrize(("command", "code"), [("run", 0), ("demo", 0), ("move spotter.db", 130), ("seed", 130)])
def test_what_is_interrupted_before_its_end_has_not_succeeded(
    command: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.command_line.read_settings", interrupted)
    assert main(command.split()) == code


async def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    assert (await run_forked(tmp_path, "fly")).code == 2


async def test_migrate_makes_the_tables_and_ends(tmp_path: Path) -> None:
    ended = await run_forked(tmp_path, "migrate")
    assert ended.code == 0, ended
    with sqlite3.connect(tmp_path / "data" / "spotter.db") as database:
        assert database.execute("SELECT count(*) FROM workouts").fetchone() == (0,)
    database.close()


async def test_run_needs_a_token(tmp_path: Path) -> None:
    complains(await run_forked(tmp_path, "run"), "BOT_TOKEN", "is not set")


@pytest.mark.parametrize("token", ["hello", "987654321", "123:short", "123456789:with spaces in it but long enough"])
async def test_a_malformed_token_is_refused(tmp_path: Path, token: str) -> None:
    ended = await run_forked(tmp_path, BOT_TOKEN=token)
    complains(ended, "BOT_TOKEN")
    assert token not in ended.err


async def test_a_token_that_telegram_does_not_know_is_refused(tmp_path: Path) -> None:
    async with Simulator() as telegram:
        ended = await run_forked(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=telegram.url)
    complains(ended, "BOT_TOKEN", "does not know")


@pytest.mark.parametrize("command", ["run", "migrate"])
@pytest.mark.parametrize("url", ["sqlite:////proc/nowhere/spotter.db", "sqlite:////dev/null/spotter.db"])
async def test_a_database_that_can_not_be_written_is_named(tmp_path: Path, command: str, url: str) -> None:
    complains(await run_forked(tmp_path, command, BOT_TOKEN=TOKEN, DATABASE_URL=url), "DATABASE_URL")


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be taken for one" * 40)
    complains(await run_forked(tmp_path, "run", BOT_TOKEN=TOKEN, DATABASE_URL="sqlite:///notes.txt"), "DATABASE_URL")


async def test_a_database_that_does_not_answer_is_named(tmp_path: Path, closed_port: int) -> None:
    url = f"postgresql://spotter:secret-word@127.0.0.1:{closed_port}/spotter"
    ended = await run_forked(tmp_path, "migrate", BOT_TOKEN=TOKEN, DATABASE_URL=url)
    complains(ended, "DATABASE_URL")
    assert "secret-word" not in ended.err


async def test_a_database_that_is_not_there_yet_is_waited_for(
    tmp_path: Path, closed_port: int, unused_tcp_port: int
) -> None:
    settings = {
        "DATABASE_URL": f"postgresql://spotter:secret-word@127.0.0.1:{closed_port}/spotter",
        "LISTEN": f"127.0.0.1:{unused_tcp_port}",
    }
    async with running_bot(tmp_path, "run", BOT_TOKEN=TOKEN, **settings) as process, asyncio.timeout(120):
        assert process.stderr is not None
        said = (await process.stderr.readuntil(b"seconds=2.0")).decode()
        assert said.count("the database can't be reached yet") == 2
        assert "DATABASE_URL: can't use the database" in said
        assert "secret-word" not in said
        assert [await status(settings["LISTEN"], path) for path in ("/healthz", "/readyz")] == [200, 503]
        process.terminate()
        assert await process.wait() == 0


@pytest.mark.parametrize("answer", [(429, "Too Many Requests: retry after 1"), (502, "Bad Gateway")])
async def test_a_telegram_in_trouble_is_waited_for(tmp_path: Path, answer: tuple[int, str]) -> None:
    async with Simulator() as telegram:
        telegram.faults.refuse("getMe", ApiError(*answer), times=5)
        settings = {"BOT_TOKEN": telegram.token, "BOT_API_URL": telegram.url}
        async with running_bot(tmp_path, "run", **settings) as process, asyncio.timeout(120):
            assert process.stderr is not None
            await process.stderr.readuntil(b"spotter runs")
            process.terminate()
            assert await process.wait() == 0


async def test_an_address_where_no_bot_api_answers_is_named(tmp_path: Path) -> None:
    async with Simulator() as telegram:
        telegram.faults.refuse("getMe", ApiError(400, "Logged out"), times=8)
        ended = await run_forked(tmp_path, "run", BOT_TOKEN=telegram.token, BOT_API_URL=telegram.url)
    complains(ended, "BOT_API_URL", telegram.url)


async def test_a_line_of_the_env_file_that_says_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"LOG_LEVEL=INFO\nBOT_TOKEN {TOKEN}\n")
    complains(await run_forked(tmp_path), ".env", "line 2")


@pytest.mark.parametrize("url", ["mysql://localhost/spotter", "spotter.db", "sqlite://", "sqlite://data/spotter.db"])
async def test_an_unknown_kind_of_database_is_named(tmp_path: Path, url: str) -> None:
    complains(await run_forked(tmp_path, "run", BOT_TOKEN=TOKEN, DATABASE_URL=url), "DATABASE_URL", "sqlite:///")


async def test_a_second_bot_on_the_same_file_is_refused(tmp_path: Path) -> None:
    with only_process(f"sqlite:///{tmp_path}/spotter.db"):
        ended = await run_forked(tmp_path, "run", BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite:///{tmp_path}/spotter.db")
    complains(ended, "DATABASE_URL", "another Spotter")


@pytest.fixture
def taken_port() -> "socket.socket":
    return socket.create_server(("127.0.0.1", 0))


@pytest.mark.parametrize(("command", "variable"), [("run", "LISTEN"), ("demo", "DEMO_LISTEN")])
async def test_a_taken_port_is_named(tmp_path: Path, taken_port: socket.socket, command: str, variable: str) -> None:
    address = f"127.0.0.1:{taken_port.getsockname()[1]}"
    with taken_port:
        ended = await run_forked(tmp_path, command, BOT_TOKEN=TOKEN, **{variable: address})
    complains(ended, variable, address)


async def test_it_can_be_stopped_while_telegram_is_out_of_reach(tmp_path: Path, closed_port: int) -> None:
    api = f"http://127.0.0.1:{closed_port}"
    async with running_bot(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=api) as process, asyncio.timeout(120):
        assert process.stderr is not None
        await process.stderr.readuntil(b"made again")
        process.terminate()
        assert await process.wait() == 0


async def test_without_a_token_the_demo_runs_and_says_how_to_get_one(tmp_path: Path) -> None:
    async with running_bot(tmp_path, DEMO_LISTEN="127.0.0.1:0") as process, asyncio.timeout(120):
        assert process.stdout is not None
        said = (await process.stdout.readuntil(b"end the demo")).decode()
        assert "http://127.0.0.1:" in said
        assert all(step in said for step in ("1. ", "@BotFather", "2. ", "BOT_TOKEN=", "3. ", "make run"))
        process.terminate()
        assert await process.wait() == 0
    assert files_in(tmp_path) == []

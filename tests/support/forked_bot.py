"""The bot as a process of its own, which is there at once."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO

from tests.support.bot_process import Ended, environment

_WITHIN = 120.0
"""Seconds after which a process that should have ended is a failure."""


class ForkedBot:
    """`python -m bot`, as `tests/support/nursery.py` starts it. What it says goes to files."""

    def __init__(self, pid: int, said: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """See `fork_bot`."""
        self.pid = pid
        self._said = said
        self._writer = writer
        self._ended = asyncio.create_task(self._end(reader))

    def send_signal(self, number: signal.Signals) -> None:
        """One that has ended gets none."""
        if not self._ended.done():
            os.kill(self.pid, number)

    async def end(self) -> Ended:
        """Waits for it to end; whoever is cancelled meanwhile can wait again."""
        return await asyncio.shield(self._ended)

    async def _end(self, reader: asyncio.StreamReader) -> Ended:
        code = int(await reader.readline())
        self._writer.close()
        await self._writer.wait_closed()
        out, err = (path.read_text(encoding="utf-8") for path in _outputs(self._said))
        shutil.rmtree(self._said)
        return Ended(code, out, err)


async def fork_bot(folder: Path, *arguments: str, **settings: str) -> ForkedBot:
    """Starts it in the folder, with these settings and nothing else in its environment."""
    reader, writer = await asyncio.open_unix_connection(_nursery())
    said = Path(tempfile.mkdtemp(prefix="said-", dir=folder))
    out, err = _outputs(said)
    for path in (out, err):
        path.touch()  # one that dies at once has said nothing
    asked = {
        "folder": str(folder),
        "arguments": arguments,
        "environment": environment(settings),
        "out": str(out),
        "err": str(err),
    }
    writer.write(json.dumps(asked).encode() + b"\n")
    return ForkedBot(int(await reader.readline()), said, reader, writer)


async def run_forked(folder: Path, *arguments: str, **settings: str) -> Ended:
    """Starts it and waits for its end; kills it if it doesn't."""
    bot = await fork_bot(folder, *arguments, **settings)
    try:
        return await asyncio.wait_for(bot.end(), _WITHIN)
    except TimeoutError:
        bot.send_signal(signal.SIGKILL)
        ended = await bot.end()
        raise AssertionError(f"the bot did not end:\n{ended.out}\n{ended.err}") from None


def _outputs(said: Path) -> tuple[Path, Path]:
    return said / "out", said / "err"


@cache
def _nursery() -> str:
    """Where this process's own nursery listens, which ends with this process."""
    folder = tempfile.mkdtemp(prefix="spotter-")
    address = f"{folder}/nursery"
    command = [sys.executable, "-m", "tests.support.nursery", address]
    process = subprocess.Popen(command, env=environment({}), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline(), "the nursery did not start"

    def end(stdin: IO[bytes] = process.stdin) -> None:
        stdin.close()
        process.wait()
        shutil.rmtree(folder)

    atexit.register(end)
    return address

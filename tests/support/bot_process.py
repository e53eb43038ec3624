"""The bot as a process of its own, started as a host starts it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
TOKEN = "123456789:AAE-looks_like_a_token_but_is_not_one"

_WITHIN = 120.0
"""Seconds after which a process that should have ended is a failure."""


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it said."""

    code: int
    out: str
    err: str


async def start_bot(folder: Path, *arguments: str, **settings: str) -> asyncio.subprocess.Process:
    """Starts `python -m bot` in the folder, with these settings and nothing else in its environment."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *arguments),
        cwd=folder,
        env=environment(settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run_bot(folder: Path, *arguments: str, **settings: str) -> Ended:
    """Starts `python -m bot` and waits for its end."""
    return await end_of(await start_bot(folder, *arguments, **settings))


async def end_of(process: asyncio.subprocess.Process) -> Ended:
    """Waits for the process to end; kills it if it doesn't."""
    try:
        async with asyncio.timeout(_WITHIN):
            out, err = await process.communicate()
    except TimeoutError:
        process.kill()
        out, err = await process.communicate()
        raise AssertionError(f"the bot did not end:\n{out.decode()}\n{err.decode()}") from None
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


@asynccontextmanager
async def running_bot(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot runs within the block, and is killed at its end if it still does."""
    process = await start_bot(folder, *arguments, **settings)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """That of a bot with these settings."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PYTHONPATH": str(PROJECT), **settings}

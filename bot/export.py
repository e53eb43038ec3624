"""The process that writes a lifter's data down: told what is wanted, it says how far it is, hands it over and ends.

Whatever passes is a pickle with its length before it: one `Wanted` on its standard input; `Done`, and at last what was
`Exported` or has gone wrong, on its standard output. It ends, too, when nobody reads what it says.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import struct
import sys
import traceback
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import BinaryIO

from bot.giving_way import give_way
from storage.database import Database
from training.accounts.exporting import Exports
from training.accounts.format import ExportKind
from training.clock import utc_now

LENGTH = struct.Struct(">I")
_MOST_MEMORY = 2 << 30
"""Bytes of addresses. 20,000 sets take a twentieth of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose data in which format, and where it is; `untitled` as `Exports.export` has it."""

    database_url: str
    lifter_id: int
    kind: ExportKind
    untitled: str


@dataclass(frozen=True, slots=True)
class Done:
    """How many of how many workouts are written down."""

    workouts: int
    of: int


def packed(thing: object) -> bytes:
    """As it passes."""
    pickled = pickle.dumps(thing)
    return LENGTH.pack(len(pickled)) + pickled


def main() -> None:
    """Answers what its standard input wants."""
    # Ctrl-C is for the bot, which ends this one if need be.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_way(_MOST_MEMORY)
    with suppress(BrokenPipeError), closing(os.fdopen(os.dup(1), "wb")) as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        (size,) = LENGTH.unpack(sys.stdin.buffer.read(LENGTH.size))
        wanted: Wanted = pickle.loads(sys.stdin.buffer.read(size))  # noqa: S301 -- from the bot itself
        answers.write(asyncio.run(_answer(wanted, answers)))


async def _answer(wanted: Wanted, answers: BinaryIO) -> bytes:
    def tell(workouts: int, of: int) -> None:
        answers.write(packed(Done(workouts, of)))
        answers.flush()

    database = Database(wanted.database_url, connections=1)
    try:
        exports = Exports(database, utc_now)
        return packed(await exports.export(wanted.lifter_id, wanted.kind, wanted.untitled, tell))
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 -- the bot knows what to do about it
        error.add_note("".join(traceback.format_tb(error.__traceback__)))
        return packed(error)
    finally:
        await database.close()


if __name__ == "__main__":
    from bot import export  # noqa: PLW0406 -- the bot, which unpickles what is said here, knows it by this name

    export.main()

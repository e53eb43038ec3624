"""The process that draws: reads charts from its standard input, and writes pictures to its standard output.

Whatever is before it is preceded by its length. It ends with its input, so that it never outlives the bot, and knows
neither token nor database.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
import traceback
from contextlib import closing, suppress
from typing import BinaryIO

from bot.giving_way import give_way

LENGTH = struct.Struct(">I")
"""What precedes a chart and a picture. A picture of length 0 is none: the chart can't be drawn."""

_MOST_MEMORY = 1 << 30
"""Bytes of addresses. Drawing takes a quarter of it."""


def main() -> None:
    """Draws until there is nothing more to read."""
    # Ctrl-C is for the bot, which ends this one when it is through.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_way(_MOST_MEMORY)
    with suppress(BrokenPipeError), closing(os.fdopen(os.dup(1), "wb")) as pictures:
        os.dup2(2, 1)  # what a library prints is no picture
        from handlers.charts.drawing import drawn  # noqa: PLC0415 -- after the limits are set

        while (pickled := _read(sys.stdin.buffer)) is not None:
            try:
                picture = drawn(pickle.loads(pickled))  # noqa: S301 -- from the bot itself
            except Exception as error:  # noqa: BLE001 -- the next chart may be better
                # What the error says may be a lifter's words.
                sys.stderr.write(f"a chart can't be drawn: {type(error).__name__}\n")
                sys.stderr.writelines(traceback.format_tb(error.__traceback__))
                picture = b""
            pictures.write(LENGTH.pack(len(picture)) + picture)
            pictures.flush()
            gc.collect()  # a figure is a cycle of large objects, and just now nobody waits


def _read(file: BinaryIO) -> bytes | None:
    """What comes next; None at the end."""
    length = file.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(length)
    return file.read(size)


if __name__ == "__main__":
    main()

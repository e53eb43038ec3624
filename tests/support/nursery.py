"""Forks bots from one process that has imported all they need, which is most of what `python -m bot` does to start.

Each runs in a process of its own what bot/__main__.py does, and ends as Python ends. Run as a module, this is what they
are forked from.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import sys
from pathlib import Path


def main() -> int:
    """Returns in each bot's process, with its exit code, and at the end in the one they are forked from."""
    from bot.command_line import main as run  # noqa: PLC0415 -- those that ask for bots import this module too

    arguments = _bots_arguments(sys.argv[1])
    return 0 if arguments is None else run(arguments)


def _bots_arguments(address: str) -> list[str] | None:
    """Forks whenever it is asked to, until stdin is closed. It returns arguments in a bot's process alone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait for a bot
    with socket.socket(socket.AF_UNIX) as listening, selectors.DefaultSelector() as selector:
        listening.bind(address)
        listening.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for source in (listening, sys.stdin):
            selector.register(source, selectors.EVENT_READ)
        while all(key.fileobj is listening for key, _ in selector.select()):
            connection, _ = listening.accept()
            if os.fork() == 0:
                break
            connection.close()
        else:
            Path(address).unlink()
            return None
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    return _one_bots_arguments(connection)


def _one_bots_arguments(connection: socket.socket) -> list[str]:
    """Forks once more. One process waits for the other and tells how it ended; the other is the bot's."""
    with connection, connection.makefile("rw", encoding="utf-8") as lines:
        asked = json.loads(lines.readline())
        pid = os.fork()
        if pid:
            lines.write(f"{pid}\n")
            lines.flush()
            lines.write(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n")
            lines.flush()
            os._exit(0)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    for number, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, asked["out"], os.O_WRONLY),
        (2, asked["err"], os.O_WRONLY),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    return list(asked["arguments"])


if __name__ == "__main__":
    sys.exit(main())

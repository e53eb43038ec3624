"""Keeps a second process off a SQLite file: two would each hand out the same updates."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from storage.url import engine_url, make_folder, require_writable


class InUseError(Exception):
    """Another process works on this file."""


@contextmanager
def only_process(url: str) -> Iterator[None]:
    """Within the block no other process can enter one for the same SQLite file. Raises InUseError, OSError.

    The lock is one of the operating system's, so it ends with the process however that dies. PostgreSQL needs none.
    """
    parsed, _ = engine_url(url)
    if parsed.get_backend_name() != "sqlite":
        yield
        return
    make_folder(url)
    with only_process_on(Path(parsed.database or "")):
        yield


@contextmanager
def only_process_on(file: Path) -> Iterator[None]:
    """The same for a file and, if that is a link, for the one it leads to. Raises InUseError, OSError."""
    with ExitStack() as stack:
        for name in sorted({file.parent.resolve() / file.name, file.resolve()}):
            stack.enter_context(closing(_locked(f"{name}-lock")))
        yield


def _locked(path: str) -> sqlite3.Connection:
    # SQLite would open a file that can't be written for reading, and the lock would silently hold nothing.
    Path(path).touch()
    require_writable(Path(path))
    try:
        lock = sqlite3.connect(path, timeout=0, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise InUseError from None
        raise OSError(str(error)) from None
    return lock

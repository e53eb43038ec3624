"""Copies of a SQLite file: made while others write to it, checked before anybody relies on them, put in its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from storage.migrate import known_revisions

_WAL = "-wal"
_BESIDE = (_WAL, "-shm")
"""What SQLite keeps beside a file that is in use, or was when its process died."""


class CopyError(Exception):
    """The file can't be copied or put in place; the message says why, without the file's name."""


def copy_to(source: Path, target: Path) -> None:
    """Copies what is committed, and checks the copy. Only its owner may read the new file.

    Raises CopyError; then there is no target.
    """
    if not source.exists():
        raise CopyError("there is no such file")
    with _new_file(target) as copy:
        _copy(source, copy)
        check(copy)
        if target.exists():
            raise CopyError(f"{target} is there already")
        copy.replace(target)


def put_in_place(source: Path, database: Path, now: datetime) -> Path | None:
    """Puts a copy of `source` in the place of `database`, which nobody may be using; where that is kept, if it was.

    Raises CopyError; then the database is as it was.
    """
    with _new_file(database) as copy:
        _copy(source, copy)
        check(copy)
        kept = None
        if database.exists():
            _make_alike(copy, database)
            kept = _keep(database, now)
        _close_off(database)
        copy.replace(database)
    return kept


def check(path: Path) -> None:
    """Raises CopyError if the file is damaged, or none that this release can work with."""
    try:
        with closing(_opened(path)) as file:
            (found,) = file.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise CopyError(f"it is damaged ({found})")
            if file.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise CopyError("it has rows that refer to nothing")
            revision = _revision(file)
    except sqlite3.DatabaseError as error:
        raise CopyError(f"it can't be read ({error})") from None
    if revision is None:
        raise CopyError("it is no database of Spotter's")
    if revision not in known_revisions():
        raise CopyError(f"it has schema {revision}, which is newer than this release; install that release")


@contextmanager
def _new_file(beside: Path) -> Iterator[Path]:
    """A file in the same folder, gone at the end of the block unless it has been moved."""
    try:
        handle, name = tempfile.mkstemp(prefix=f"{beside.name}.", suffix=".part", dir=beside.parent)
    except OSError as error:
        raise CopyError(f"can't write to {beside.parent} ({error.strerror})") from None
    os.close(handle)
    path = Path(name)
    try:
        yield path
    except OSError as error:
        raise CopyError(str(error)) from None
    finally:
        path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(_opened_to_read(source)) as file, closing(sqlite3.connect(target)) as copy:
            file.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # so that one file is all of it
    except sqlite3.Error as error:
        raise CopyError(f"it can't be copied ({error})") from None


def _make_alike(copy: Path, database: Path) -> None:
    """Root may restore what another user's bot has to write to afterwards."""
    was = database.stat()
    os.chown(copy, was.st_uid, was.st_gid)
    copy.chmod(stat.S_IMODE(was.st_mode))


def _keep(database: Path, now: datetime) -> Path:
    """Copies the file as it is, damaged or not, with what belongs to it."""
    kept = database.with_name(f"{database.stem}-until-{now:%Y%m%dT%H%M%SZ}{database.suffix}")
    if kept.exists():
        raise CopyError(f"{kept} is there already")
    try:
        for suffix in ("", _WAL):
            if Path(f"{database}{suffix}").exists():
                shutil.copy2(f"{database}{suffix}", f"{kept}{suffix}")
    except OSError:  # a part of it, as a full disk leaves it, would be taken for all
        for suffix in ("", _WAL):
            Path(f"{kept}{suffix}").unlink(missing_ok=True)
        raise
    return kept


def _close_off(database: Path) -> None:
    """Leaves nothing beside the file, so that whatever dies before it is replaced, it is whole."""
    with suppress(sqlite3.DatabaseError), closing(_opened(database)) as file:
        file.execute("PRAGMA journal_mode=DELETE")  # takes in what stands in the file beside it
    for suffix in _BESIDE:
        Path(f"{database}{suffix}").unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    """The file, which is not made if it isn't there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """The file, into which not even what stands in the log beside it is taken when it is closed again."""
    has_log = Path(f"{path.resolve()}{_WAL}").exists()
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True) if has_log else _opened(path)


def _revision(file: sqlite3.Connection) -> str | None:
    try:
        found = file.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    return None if found is None else str(found[0])

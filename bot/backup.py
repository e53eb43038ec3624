"""`python -m bot backup` and `restore`: a SQLite database in a file of its own, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings
from bot.start_error import StartError
from storage.single_process import InUseError, only_process
from storage.sqlite_copy import CopyError, copy_to, put_in_place
from storage.url import engine_url

_WITH_PG_DUMP = 'pg_dump --format=custom --file={file} "$DATABASE_URL"'
_WITH_PG_RESTORE = 'pg_restore --no-owner --single-transaction --dbname="$NEW_DATABASE_URL" {file}'
"""Into an empty database: in one that a newer release has changed what the dump doesn't know would be in the way."""


def back_up(settings: Settings, file: Path) -> Sequence[str]:
    """Copies the database to the file, also while a bot works on it; what to say. Raises StartError."""
    database = _sqlite_file(settings, _WITH_PG_DUMP.format(file=file))
    if not database.exists():
        raise StartError(f"DATABASE_URL: there is no {database} to back up")
    if file.exists():
        raise StartError(f"{file}: is there already; choose another name")
    try:
        copy_to(database, file)
    except CopyError as error:
        raise StartError(f"{file}: can't be made from {database}: {error}") from None
    return [f"{database} is backed up to {file}, {file.stat().st_size} bytes, checked."]


def restore(settings: Settings, file: Path) -> Sequence[str]:
    """Puts the backup in the place of the database, on which no bot may work; what to say. Raises StartError."""
    database = _sqlite_file(settings, _WITH_PG_RESTORE.format(file=file))
    if not file.is_file():
        raise StartError(f"{file}: there is no such file")
    try:
        with only_process(settings.database_url):
            kept = put_in_place(file, database, datetime.now(UTC))
    except InUseError:
        raise StartError("DATABASE_URL: a Spotter works on this file; stop it first") from None
    except CopyError as error:
        raise StartError(f"{file}: can't be restored: {error}") from None
    except OSError as error:
        raise StartError(f"DATABASE_URL: can't write there ({error})") from None
    return [f"{database} is restored from {file}." + (f" What it was before is kept as {kept}." if kept else "")]


def _sqlite_file(settings: Settings, command: str) -> Path:
    parsed, _ = engine_url(settings.database_url)
    if parsed.get_backend_name() != "sqlite" or parsed.database is None:
        raise StartError(f"DATABASE_URL: this is for SQLite; with PostgreSQL run: {command}")
    return Path(parsed.database)

"""Database URLs as people have them, turned into what the async drivers want."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError


class DatabaseUrlError(ValueError):
    """The URL can't be used; the message says why and what would do."""


_POSTGRESQL = {"postgresql", "postgres", "postgresql+asyncpg"}
_SQLITE = {"sqlite", "sqlite+aiosqlite"}
_SSL_MODES = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}


def engine_url(url: str) -> tuple[URL, dict[str, Any]]:
    """The URL for SQLAlchemy and the driver's connect arguments. Raises DatabaseUrlError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUrlError("not a database URL; use sqlite:///data/spotter.db or postgresql://…") from None
    if parsed.drivername in _SQLITE:
        if parsed.database in {None, "", ":memory:"}:
            raise DatabaseUrlError("names no file; use sqlite:///data/spotter.db")
        if parsed.host or "?" in url:
            raise DatabaseUrlError("is read as a host or has parameters; use sqlite:///data/spotter.db, three slashes")
        return parsed.set(drivername="sqlite+aiosqlite"), {}
    if parsed.drivername in _POSTGRESQL:
        return _asyncpg(parsed)
    raise DatabaseUrlError(f"scheme {parsed.drivername!r} is unknown; use sqlite:///… or postgresql://…")


def sqlite_url(path: Path) -> str:
    """The URL of this file, whatever its name: percents and question marks would be read as parts of a URL."""
    return URL.create("sqlite", database=str(path.absolute())).render_as_string()


def make_folder(url: str) -> None:
    """Makes the folder that a SQLite file is to stand in. Raises DatabaseUrlError, and OSError also where the file is
    there but can't be written.
    """
    parsed, _ = engine_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database is not None:
        path = Path(parsed.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            require_writable(path)


def require_writable(path: Path) -> None:
    """Raises OSError if the file can't be written.

    It isn't opened for that: with any of its files that a process closes it gives up all locks on it, also those by
    which other processes see that SQLite still works on it.
    """
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _asyncpg(url: URL) -> tuple[URL, dict[str, Any]]:
    arguments: dict[str, Any] = {}
    for name, given in url.query.items():
        value = given if isinstance(given, str) else given[-1]
        if name in {"sslmode", "ssl"}:
            if value not in _SSL_MODES:
                raise DatabaseUrlError(f"{name}={value} is unknown; use one of {', '.join(sorted(_SSL_MODES))}")
            arguments["ssl"] = value
        elif name == "application_name":
            arguments["server_settings"] = {"application_name": value}
        elif name == "connect_timeout":
            arguments["timeout"] = _seconds(name, value)
        elif name == "target_session_attrs":
            arguments["target_session_attrs"] = value
        elif name == "host":
            arguments["host"] = value
        elif name != "channel_binding":  # asyncpg negotiates that by itself
            raise DatabaseUrlError(f"parameter {name!r} is not supported")
    return url.set(drivername="postgresql+asyncpg", query={}), arguments


def _seconds(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise DatabaseUrlError(f"{name}={value} is no number of seconds") from None

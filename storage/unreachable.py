"""Whether a database server can't be reached just now, or is wrong for good."""

from __future__ import annotations

import socket

from asyncpg.exceptions import (  # type: ignore[import-untyped] # ships without types
    CannotConnectNowError,
    TooManyConnectionsError,
)
from sqlalchemy.exc import DBAPIError


def is_unreachable(error: BaseException | None) -> bool:
    """Whether the error says that nobody answers at the server's address, or not yet."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    waits = (ConnectionError, TimeoutError, socket.gaierror, CannotConnectNowError, TooManyConnectionsError)
    return isinstance(cause, waits) or isinstance(getattr(cause, "__cause__", None), waits)

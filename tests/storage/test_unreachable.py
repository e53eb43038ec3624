"""A server that doesn't answer is waited for; one that refuses for good is not."""

from __future__ import annotations

import socket

import pytest
from asyncpg.exceptions import (  # type: ignore[import-untyped] # ships without types
    CannotConnectNowError,
    InvalidPasswordError,
    TooManyConnectionsError,
)
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.unreachable import is_unreachable

SILENT = [
    ConnectionRefusedError(),
    ConnectionResetError(),
    TimeoutError(),
    socket.gaierror(),
    CannotConnectNowError("the database system is starting up"),
    TooManyConnectionsError("sorry, too many clients already"),
]
WRONG = [OSError(), ValueError(), InvalidPasswordError("no"), None]


def wrapped(error: BaseException) -> DBAPIError:
    return OperationalError("SELECT 1", None, error)


def caused_by(error: BaseException) -> Exception:
    outer = RuntimeError()
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize("error", SILENT)
def test_nobody_answering_is_known_however_the_driver_wraps_it(error: BaseException) -> None:
    assert is_unreachable(error)
    assert is_unreachable(wrapped(error))
    assert is_unreachable(wrapped(caused_by(error)))


@pytest.mark.parametrize("error", WRONG)
def test_what_waiting_does_not_mend_is_not_taken_for_silence(error: BaseException | None) -> None:
    assert not is_unreachable(error)
    if error is not None:
        assert not is_unreachable(wrapped(error))
        assert not is_unreachable(wrapped(caused_by(error)))

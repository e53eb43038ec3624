"""What is in the way of every update alike, and says nothing about the one that has met it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot.lanes import Held
from storage.blame import is_statements_own


def outage(failure: BaseException) -> Held | None:
    """How long to hold the lane, if the failure isn't the update's own."""
    if isinstance(failure, RetryAfter):
        told = failure.retry_after
        return Held(float(told) if isinstance(told, int | float) else told.total_seconds())
    if isinstance(failure, DBAPIError):
        return None if is_statements_own(failure) else Held()
    if isinstance(failure, BadRequest):
        return None
    return Held() if isinstance(failure, NetworkError | InvalidToken | NoConnectionFreeError | OSError) else None


def is_outage(failure: Exception) -> bool:
    """Whether it is in the way of every update."""
    return outage(failure) is not None

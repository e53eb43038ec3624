"""When a call to Telegram may be made again without doing anything twice."""

from __future__ import annotations

import json
import math
from http import HTTPStatus
from urllib.parse import urlsplit

from telegram.error import NetworkError

_PAUSES = (0.5, 1.0, 2.0)
"""Seconds before the second, third and fourth attempt after a failure."""

_LONGEST_WAIT = 1.0
"""Seconds that one call waits in all when Telegram says it comes too soon: it keeps a worker meanwhile.

With more the refusal stands, and the lane waits without one.
"""

_REPEATABLE_STARTS = ("get", "set", "edit", "delete")
_REPEATABLE = {"answerCallbackQuery", "answerInlineQuery", "sendChatAction"}
_NEVER_REPEATED = {"getUpdates"}  # whoever polls asks again anyway, and wants to know about failures


class NeverSentError(NetworkError):
    """No connection came about, so Telegram knows nothing of the call; after any other NetworkError it may."""


def may_be_repeated(url: str, http_method: str) -> bool:
    """Whether making the call at this URL twice leaves the chat as making it once."""
    if http_method == "GET":  # a file being fetched
        return True
    name = method_name(url)
    return name in _REPEATABLE or (name.startswith(_REPEATABLE_STARTS) and name not in _NEVER_REPEATED)


def method_name(url: str) -> str:
    """The method of Telegram's that is called at this URL."""
    return urlsplit(url).path.rpartition("/")[2]


class Patience:
    """How long one call goes on trying. A call that waits keeps no other one waiting."""

    def __init__(self, *, repeatable: bool) -> None:
        self._repeatable = repeatable
        self._pauses = iter(_PAUSES)
        self._waiting_left = _LONGEST_WAIT

    def after_answer(self, status: int, payload: bytes) -> float | None:
        """Seconds to wait before the next attempt; None if the answer stands."""
        if status == HTTPStatus.TOO_MANY_REQUESTS:  # a refusal: nothing was done, so anything may be sent again
            return self._as_told(payload)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and self._repeatable:
            return next(self._pauses, None)
        return None

    def after_failure(self, failure: NetworkError) -> float | None:
        """Seconds to wait before the next attempt; None if the failure stands."""
        if self._repeatable or isinstance(failure, NeverSentError):
            return next(self._pauses, None)
        return None

    def suffices(self, seconds: float) -> bool:
        """Whether a call that comes too soon waits so long; then that much less is left for another time."""
        if seconds > self._waiting_left:
            return False
        self._waiting_left -= seconds
        return True

    def _as_told(self, payload: bytes) -> float | None:
        seconds = retry_after(payload)
        return seconds if self.suffices(seconds) else None


def retry_after(payload: bytes) -> float:
    """What Telegram asks for, at least a second (https://core.telegram.org/bots/api#responseparameters)."""
    try:
        return max(1.0, float(json.loads(payload)["parameters"]["retry_after"]))
    except (ValueError, LookupError, TypeError):  # a proxy in between answers in its own words
        return 1.0


def too_large() -> tuple[int, bytes]:
    """What an answer of 413 means: the call is at fault, and making it again would end the same.

    python-telegram-bot takes that status for a failure of the network, which passes.
    """
    description = "Bad Request: Request Entity Too Large"
    answer = {"ok": False, "error_code": HTTPStatus.BAD_REQUEST, "description": description}
    return HTTPStatus.BAD_REQUEST, json.dumps(answer).encode()


def too_soon(seconds: float) -> tuple[int, bytes]:
    """The answer of a Telegram that wants to be left alone for so long."""
    whole = math.ceil(seconds)
    answer = {
        "ok": False,
        "error_code": HTTPStatus.TOO_MANY_REQUESTS,
        "description": f"Too Many Requests: retry after {whole}",
        "parameters": {"retry_after": whole},
    }
    return HTTPStatus.TOO_MANY_REQUESTS, json.dumps(answer).encode()

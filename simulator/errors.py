"""Telegram's refusals, in Telegram's words.

The prefixes and the rule for the first letter are those of tdlib/telegram-bot-api, Client.cpp, `fail_query_with_error`.
"""

from __future__ import annotations

from typing import Any, Final


class ApiError(Exception):
    """A call is refused: `code` is the HTTP status, `description` what the bot is told."""

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def envelope(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return body


def bad_request(message: str) -> ApiError:
    """400. The first letter becomes small, except in codes such as BUTTON_DATA_INVALID."""
    return ApiError(400, f"Bad Request: {_without_capital(message)}")


def within(what: str, refusal: ApiError) -> ApiError:
    """400 for something that is a part of `what`, whose own words follow."""
    said = refusal.description.removeprefix("Bad Request: ")
    return bad_request(f"{what}: {said[:1].upper()}{said[1:]}")


def migrated(chat_id: int) -> ApiError:
    """400: the group is a supergroup now, with this id."""
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, description, migrate_to=chat_id)


def forbidden(message: str) -> ApiError:
    """403: the bot has no access to the person or the group."""
    return ApiError(403, f"Forbidden: {_without_capital(message)}")


def conflict(message: str) -> ApiError:
    """409: somebody else takes the updates."""
    return ApiError(409, f"Conflict: {message}")


def too_many_requests(retry_after: int) -> ApiError:
    """429, to be tried again after so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def _without_capital(message: str) -> str:
    if len(message) > 1 and (message[1] == "_" or message[1].isupper()):
        return message
    return message[:1].lower() + message[1:]


NOT_FOUND: Final = "Not Found"
METHOD_NOT_FOUND: Final = "Not Found: method not found"
MALFORMED: Final = "Unauthorized: invalid token specified"
REVOKED: Final = "Unauthorized"
BROKEN: Final = "Internal Server Error: the simulator itself has failed"
TOO_LARGE: Final = "Request Entity Too Large"

NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

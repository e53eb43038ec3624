"""Log lines: text for a console or JSON for a collector, from our code and from libraries alike, without the token."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from types import TracebackType

import structlog
from pydantic import SecretStr
from structlog.typing import Processor

from bot.settings import LogFormat

_CHATTY = (
    *("aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "asyncpg"),
    *("httpcore", "httpx", "sqlalchemy", "telegram", "uvicorn"),
)
"""Libraries whose everyday lines tell a host nothing; some of them write the URL of every call, token included, or
every statement with a lifter's words."""

_QUOTING = "telegram.request"
"""Writes each answer that it can't parse, which may echo a lifter's words; the failure is logged by us as well."""

_IN_EVERY_LINE: Sequence[Processor] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)


def set_up_logs(level: str, log_format: LogFormat, token: SecretStr | None) -> None:
    """Sends every log line, warning and uncaught exception of this process to standard error.

    The secret part of the token is blotted out of each line, its traceback included, however the line quotes it.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_BlottingFormatter(_renderers(log_format), token))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for library in _CHATTY:
        logging.getLogger(library).setLevel(max(logging.WARNING, logging.getLogger().level))
    logging.getLogger(_QUOTING).setLevel(logging.CRITICAL)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_IN_EVERY_LINE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


class _BlottingFormatter(structlog.stdlib.ProcessorFormatter):
    """Blots at the very end, so that nothing a library or a traceback adds can slip past."""

    def __init__(self, renderers: Sequence[Processor], token: SecretStr | None) -> None:
        super().__init__(foreign_pre_chain=_IN_EVERY_LINE, processors=renderers)
        # What follows the colon is the secret, and reads the same in a URL where the colon has become %3A.
        self._secret = token.get_secret_value().partition(":")[2] if token else ""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line.replace(self._secret, "***") if self._secret else line


def _renderers(log_format: LogFormat) -> list[Processor]:
    unwrap = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if log_format is LogFormat.JSON:
        return [unwrap, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    # The prettier tracebacks show local variables, which may be a lifter's words, and break long lines, tokens too.
    plain = structlog.dev.plain_traceback
    return [unwrap, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


def _log_uncaught(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
    else:
        logging.getLogger("bot").critical("uncaught exception", exc_info=(kind, error, where))

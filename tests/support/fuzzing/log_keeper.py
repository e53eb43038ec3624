"""What the bot logs that should never be logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class LogKeeper(logging.Handler):
    """Keeps what is logged as an error, or with an exception, by anybody."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keeps what is logged within the block."""
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.exc_info:
            self._records.append(record)

    def taken(self) -> str:
        """All that was kept, with its tracebacks; it is forgotten."""
        formatter = logging.Formatter("%(levelname)s %(name)s: %(message)s")
        said = "\n".join(map(formatter.format, self._records))
        self._records.clear()
        return said

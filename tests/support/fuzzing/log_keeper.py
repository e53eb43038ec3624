"""What the bot logs that should never be logged."""

from __future__ import annotations

import logging


class LogKeeper(logging.Handler):
    """Keeps what is logged as an error, or with an exception, by anybody."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.exc_info:
            self.records.append(record)

    def taken(self) -> str:
        """All that was kept, with its tracebacks; it is forgotten."""
        formatter = logging.Formatter("%(levelname)s %(name)s: %(message)s")
        said = "\n".join(map(formatter.format, self.records))
        self.records.clear()
        return said

"""How long each part of stopping may take, so that all is over before whoever said stop loses patience."""

from __future__ import annotations

import os
import threading
from typing import Final

import structlog

_log = structlog.stdlib.get_logger(__name__)

TO_HANDLE: Final = 4.0
"""Seconds for updates that are being handled."""

TO_SHOW: Final = 1.0
"""Seconds for cards and reports that are on their way."""

TO_GIVE_BACK: Final = 0.5
"""Seconds for noting that what could not be ended in time has not failed, which happens twice."""

TO_SAY: Final = 1.0
"""Seconds for telling other replicas something, which happens twice."""

TO_ANSWER: Final = 1
"""Seconds for answers of the HTTP server that are under way."""

IN_ALL: Final = 9.5
"""Seconds after which the process ends whatever still hangs. Container engines kill after ten."""


def end_in_time() -> None:
    """Ends the process in time if it doesn't end by itself, as a database that hangs can keep it from.

    That is no worse than being killed, which loses nothing and doubles nothing.
    """
    last_resort = threading.Timer(IN_ALL, _end)
    last_resort.daemon = True
    last_resort.start()


def _end() -> None:
    _log.warning("spotter ends while something hangs; it goes on with that after the next start")
    os._exit(0)

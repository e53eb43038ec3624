"""What a process does that works for the bot: it lets everything else go first, and takes only so much memory."""

from __future__ import annotations

import os
from contextlib import suppress

_NICE = 10


def give_way(most_memory: int) -> None:
    """From now on whatever else the machine does goes first; `most_memory` are bytes of addresses."""
    with suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(_NICE)
    with suppress(AttributeError, OSError):  # nor has macOS this
        # A nice process is still let finish its turn when the bot has something to do; an idle one isn't.
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 -- the same

        resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))

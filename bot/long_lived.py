"""What lives as long as the process is left alone by the garbage collector."""

from __future__ import annotations

import gc


def leave_alone_what_is_there() -> None:
    """Has the garbage collector look through what is there a last time, and never again.

    Modules, handlers, statements and the tables' classes are some hundred thousand objects. To look through them all
    took up to 80 ms, every few seconds under load, in which nobody was answered. What comes later is looked after.
    """
    gc.collect()
    gc.freeze()

"""The event loop that the bot runs in: uvloop's where there is one, which is everywhere but on Windows."""

from __future__ import annotations

import asyncio

try:
    import uvloop
except ImportError:
    new_event_loop = asyncio.new_event_loop
else:
    new_event_loop = uvloop.new_event_loop

__all__ = ["new_event_loop"]

"""Other processes of this machine."""

from __future__ import annotations

import os


def is_there(process_id: int) -> bool:
    """Also a zombie is."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True

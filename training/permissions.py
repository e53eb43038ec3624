"""Who may do what all lifters see."""

from __future__ import annotations

from collections.abc import Collection

from storage import lifters
from storage.database import ReadSession


async def may_administer(session: ReadSession, lifter_id: int, admin_ids: Collection[int]) -> bool:
    """Whether the lifter may keep the library: one of the host's admins, or made one by an admin."""
    return lifter_id in admin_ids or await lifters.is_admin(session, lifter_id)

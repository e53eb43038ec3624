"""What admins do that is kept on record."""

from __future__ import annotations

from enum import StrEnum


class AdminAction(StrEnum):
    """The kinds of acts, with what the record says about each.

    The table takes any text, so that an older release can read what a newer one has written.
    """

    SEEDED = "seed"
    """The built-in catalogue was loaded: `new`, `changed`."""
    IMPORTED = "import"
    """A document was applied: `new`, `changed`."""
    EXPORTED = "export"
    """The library was given out: `exercises`."""
    EXERCISE_ADDED = "exercise_add"
    """`exercise`, by its id, as in all that follow."""
    EXERCISE_EDITED = "exercise_edit"
    """`exercise`, `fields`; where other names come and go too, as below."""
    ALIAS_ADDED = "alias_add"
    """Names came, others may have gone: `exercise`, `added` and `removed`, how many."""
    ALIAS_REMOVED = "alias_remove"
    """Names went: `exercise`, `removed`."""
    EXERCISE_ARCHIVED = "exercise_archive"
    EXERCISE_UNARCHIVED = "exercise_unarchive"
    EXERCISE_DELETED = "exercise_delete"
    EXERCISE_MERGED = "exercise_merge"
    """`exercise`, `into`."""
    PROPOSAL_ACCEPTED = "proposal_accept"
    """What a lifter proposed became everybody's: `exercise`."""
    PROPOSAL_MERGED = "proposal_merge"
    """`exercise`, which was one of everybody's already."""
    PROPOSAL_DECLINED = "proposal_decline"
    """`exercise`."""
    LIBRARY_UNDONE = "undo"
    """A change of the library was taken back: `exercises`."""
    ADMIN_GRANTED = "admin_grant"
    """`lifter`, by their id."""
    ADMIN_REVOKED = "admin_revoke"
    """`lifter`."""
    ADMINS_READ = "admins"
    """Who is an admin was looked at."""
    STATS_READ = "stats"
    """The figures were looked at."""
    ANNOUNCED = "announce"
    """A message to everybody was set off: `announcement`, `lifters` (how many)."""
    ANNOUNCEMENT_STOPPED = "announce_stop"
    """`announcement`."""


READING = frozenset({AdminAction.ADMINS_READ, AdminAction.STATS_READ})
"""Acts that change nothing, which would only hide the others in a chat."""

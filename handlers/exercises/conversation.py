"""The library as one conversation: any of its buttons works anywhere, and text goes to what was asked last."""

from __future__ import annotations

from handlers.conversation import StoredConversation
from handlers.exercises.flow import browsing_entries, browsing_states
from handlers.owning.flow import owning_entries, owning_states
from handlers.proposals.flow import proposal_entries, proposal_states
from handlers.wishes.flow import wish_entries, wish_states


def library_conversation() -> StoredConversation:
    """Browsing, and what can be done with an exercise there."""
    return StoredConversation(
        entry_points=[*browsing_entries(), *wish_entries(), *owning_entries(), *proposal_entries()],
        states={**browsing_states(), **wish_states(), **owning_states(), **proposal_states()},
        fallbacks=[],
    )

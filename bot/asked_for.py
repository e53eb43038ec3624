"""Which kinds of updates Spotter asks Telegram for, whichever way they come."""

ASKED_FOR = ("message", "edited_message", "callback_query", "inline_query")
"""Telegram sends no others (https://core.telegram.org/bots/api#update)."""

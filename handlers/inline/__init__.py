"""Exercises found in any chat, behind the bot's name."""

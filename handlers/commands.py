"""The command menu that Telegram shows beside the text field."""

from __future__ import annotations

from contextlib import suppress

from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.context import SpotterContext
from handlers.words import label
from storage import at_hand


def _for_lifters() -> list[BotCommand]:
    return [
        BotCommand("workout", label("Show or start your workout")),
        BotCommand("exercises", label("Pick an exercise")),
        BotCommand("set", label("Log sets: /set bench 100x5x3")),
        BotCommand("finish", label("Finish the workout")),
        BotCommand("undo", label("Take back the last thing you did")),
        BotCommand("settings", label("Unit, steps, rests, time zone and more")),
        BotCommand("cancel", label("Leave whatever is open")),
        BotCommand("help", label("How to write sets, and all commands")),
    ]


def _for_admins() -> list[BotCommand]:
    return [
        *_for_lifters(),
        BotCommand("seed", label("Load the built-in exercises again, or a file as a reply to it")),
        BotCommand("exercise_export", label("Get all exercises as a file")),
    ]


def known_commands() -> frozenset[str]:
    """Every command that a lifter can give, without the slash."""
    return frozenset({"start", *(entry.command for entry in _for_lifters())})


async def set_menu(bot: ExtBot[None]) -> None:
    """Gives every lifter the menu."""
    await bot.set_my_commands(_for_lifters(), scope=BotCommandScopeAllPrivateChats())


async def set_admin_menu(context: SpotterContext) -> None:
    """Gives an admin a menu of their own, if Telegram takes it: every /start tries again."""
    with suppress(TelegramError):
        scope = BotCommandScopeChat(at_hand.required().user_id)
        await context.bot.set_my_commands(_for_admins(), scope=scope)

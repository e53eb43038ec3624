"""The command menu that Telegram shows beside the text field."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.context import SpotterContext
from handlers.words import label


def _for_lifters() -> list[BotCommand]:
    return [
        BotCommand("workout", label("Show or start your workout")),
        BotCommand("exercises", label("Browse and search the exercises")),
        BotCommand("set", label("Log sets: /set bench 100x5x3")),
        BotCommand("rest", label("Start a rest: /rest 90, /rest 2:30")),
        BotCommand("timer", label("Countdown, EMOM, intervals: /timer 8x20/10")),
        BotCommand("finish", label("Finish the workout")),
        BotCommand("history", label("What you did, workout by workout")),
        BotCommand("progress", label("How you get on: /progress bench")),
        BotCommand("records", label("Your records: /records bench press")),
        BotCommand("past", label("Enter a workout of another day")),
        BotCommand("undo", label("Take back the last thing you did")),
        BotCommand("reminders", label("Training days, weekly summary, quiet hours")),
        BotCommand("settings", label("Unit, steps, rests, time zone and more")),
        BotCommand("export", label("Take your data away: JSON, CSV")),
        BotCommand("import", label("Bring it back from such a file")),
        BotCommand("privacy", label("What I keep of you")),
        BotCommand("delete_me", label("Delete everything that is yours")),
        BotCommand("cancel", label("Leave whatever is open")),
        BotCommand("help", label("How to write sets, and all commands")),
    ]


def _for_admins() -> list[BotCommand]:
    return [
        *_for_lifters(),
        BotCommand("seed", label("Load the built-in exercises again, or a file as a reply to it")),
        BotCommand("exercise_export", label("Get all exercises as a file")),
        BotCommand("exercise_add", label("Add an exercise to the library")),
        BotCommand("exercise_edit", label("Change an exercise of the library")),
        BotCommand("exercise_alias", label("Give an exercise other names")),
        BotCommand("exercise_archive", label("Take an exercise out of the lists")),
        BotCommand("exercise_merge", label("Make one exercise of two")),
        BotCommand("admins", label("Who is an admin, and what was done")),
        BotCommand("stats", label("The figures")),
        BotCommand("announce", label("Write to every lifter")),
    ]


def known_commands() -> frozenset[str]:
    """Every command that a lifter can give, without the slash."""
    return frozenset({"start", *(entry.command for entry in _for_lifters())})


async def set_menu(bot: ExtBot[None], former_admins: Iterable[int] = ()) -> None:
    """Gives every lifter the menu, and takes their own from those whom the host has taken out of ADMIN_IDS."""
    await bot.set_my_commands(_for_lifters(), scope=BotCommandScopeAllPrivateChats())
    for lifter_id in former_admins:
        await _take_admin_menu(bot, lifter_id)


async def give_admin_menu(context: SpotterContext, lifter_id: int) -> None:
    """Gives an admin a menu of their own, if Telegram takes it: every /start of theirs tries again."""
    with suppress(TelegramError):
        await context.bot.set_my_commands(_for_admins(), scope=BotCommandScopeChat(lifter_id))


async def take_admin_menu(context: SpotterContext, lifter_id: int) -> None:
    """Gives who is no admin any more the menu that everybody has, if Telegram takes it."""
    await _take_admin_menu(context.bot, lifter_id)


async def _take_admin_menu(bot: ExtBot[None], lifter_id: int) -> None:
    with suppress(TelegramError):
        await bot.delete_my_commands(scope=BotCommandScopeChat(lifter_id))

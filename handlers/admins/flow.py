"""Callbacks of /admins."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from handlers.admins import views
from handlers.admins.buttons import GrantAdmin, LeaveAdmin, RevokeAdmin, ShowAdmins, ShowRecord
from handlers.admins.whom import Hidden, meant_by, read_wish
from handlers.commands import give_admin_menu, take_admin_menu
from handlers.context import SpotterContext
from handlers.conversation import END, Step, StoredConversation, leads_to
from handlers.for_admins import admin_command, for_admins
from handlers.home.showing import show_home
from handlers.notebook.flow import write_line
from handlers.pressing import OnPress
from handlers.showing import show
from handlers.typed import PRIVATE_MESSAGE, after_command, typed_text
from storage import at_hand
from training.errors import HostsAdminError, NotFoundError
from training.notation import may_be_sets


@leads_to(END)
async def admins(update: Update, context: SpotterContext) -> None:
    """Does what the command says, or shows who is an admin and asks whom to add."""
    wish = read_wish(after_command(update), _message(update))
    if wish is None:
        await show(update, context, views.unreadable())
    elif wish.whom is None:
        await show_admins(update, context)
    else:
        await _change(update, context, wish.whom, grants=wish.grants)


@leads_to(Step.NAMING_ADMIN)
async def show_admins(update: Update, context: SpotterContext, _: ShowAdmins | None = None) -> None:
    """Shows who is an admin; what is sent next names another one."""
    await show(update, context, views.admins(await context.gym.admins.all(at_hand.required().user_id)))


@leads_to(END)
async def name_admin(update: Update, context: SpotterContext) -> None:
    """Takes what was sent for who is to become an admin; sets are logged all the same."""
    whom = meant_by(_message(update))
    if whom is not None:
        await _change(update, context, whom, grants=True)
    elif may_be_sets(typed_text(update)):
        await write_line(update, context)
    else:
        at_hand.required().next_step = Step.NAMING_ADMIN
        await show(update, context, views.unreadable())


@leads_to(END)
async def grant(update: Update, context: SpotterContext, press: GrantAdmin) -> None:
    """Makes the lifter an admin."""
    await _change(update, context, press.lifter_id, grants=True)


@leads_to(END)
async def revoke(update: Update, context: SpotterContext, press: RevokeAdmin) -> None:
    """Makes the admin a lifter like others."""
    await _change(update, context, press.lifter_id, grants=False)


@leads_to(END)
async def show_record(update: Update, context: SpotterContext, press: ShowRecord) -> None:
    """Shows what admins did."""
    page = await context.gym.admins.record(at_hand.required().user_id, press.before or None)
    await show(update, context, views.record(page, is_first=not press.before))


@leads_to(END)
async def leave(update: Update, context: SpotterContext, _: LeaveAdmin) -> None:
    """Leaves the question, for where the lifter stands."""
    await show_home(update, context, await context.gym.lifters.home(at_hand.required().user_id))


def admins_conversation() -> StoredConversation:
    """By command with arguments, or asked for: a number, a contact, something forwarded."""
    naming = PRIVATE_MESSAGE & ~filters.COMMAND & (filters.TEXT | filters.CONTACT | filters.FORWARDED)
    return StoredConversation(
        entry_points=[
            admin_command("admins", admins),
            OnPress(ShowAdmins, for_admins(show_admins)),
            OnPress(GrantAdmin, for_admins(grant)),
            OnPress(RevokeAdmin, for_admins(revoke)),
            OnPress(ShowRecord, for_admins(show_record)),
            OnPress(LeaveAdmin, for_admins(leave)),
        ],
        states={Step.NAMING_ADMIN: [MessageHandler(naming, for_admins(name_admin))]},
        fallbacks=[],
    )


async def _change(update: Update, context: SpotterContext, whom: int | Hidden, *, grants: bool) -> None:
    if isinstance(whom, Hidden):
        await show(update, context, views.hidden())
        return
    lifter_id, gym = at_hand.required().user_id, context.gym.admins
    try:
        done = await (gym.grant(lifter_id, whom) if grants else gym.revoke(lifter_id, whom))
    except NotFoundError:
        await show(update, context, views.never_wrote(whom))
    except HostsAdminError:
        await show(update, context, views.hosts())
    else:
        await show(update, context, views.granted(done) if grants else views.revoked(done))
        await (give_admin_menu if grants else take_admin_menu)(context, whom)


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None
    return message

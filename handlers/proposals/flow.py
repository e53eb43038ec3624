"""Callbacks of proposals."""

from __future__ import annotations

from telegram import Update
from telegram.ext import TypeHandler

from handlers.context import Handler, SpotterContext
from handlers.conversation import END, Step, asked_about, stand_at
from handlers.exercises.showing import finds_back, show_exercise, show_here
from handlers.incoming import ProposalNews
from handlers.notebook.buttons import TakeAsText
from handlers.notebook.meaning import asking_for_text, text_asked_for
from handlers.own_exercise import own_exercise
from handlers.picking.views import measures_differ
from handlers.pressing import OnPress, answer_press
from handlers.proposals import views
from handlers.proposals.buttons import (
    Accept,
    AcceptAs,
    AskToDecline,
    AskToPropose,
    Decline,
    ListProposals,
    OpenProposal,
    Propose,
    Withdraw,
)
from handlers.screen import Screen
from handlers.showing import send
from handlers.words import say
from storage import at_hand
from storage.values.proposal import ProposalState
from training.errors import InvalidValueError, MeasureMismatchError, NameTakenError, StaleButtonError
from training.proposals import Answered, Proposed


@finds_back
async def ask_to_propose(update: Update, context: SpotterContext, press: AskToPropose) -> None:
    """Says what proposing means."""
    await show_here(update, context, views.propose_question(await own_exercise(context, press.exercise_id)))


@finds_back
async def propose(update: Update, context: SpotterContext, press: Propose) -> None:
    """Asks the admins."""
    it = await own_exercise(context, press.exercise_id)
    try:
        proposal = await context.gym.proposals.propose(at_hand.required().user_id, it.id, context.bot.id)
    except NameTakenError as taken:
        await show_here(update, context, views.already_there(it, taken.existing))
    except InvalidValueError as limited:
        await show_exercise(update, context, it.id, views.too_many(limited.limit or 0))
    else:
        await show_exercise(update, context, it.id, views.proposed(proposal))


@finds_back
async def withdraw(update: Update, context: SpotterContext, press: Withdraw) -> None:
    """Proposes it no more."""
    await context.gym.proposals.withdraw(at_hand.required().user_id, press.exercise_id)
    await show_exercise(update, context, press.exercise_id, views.withdrawn())


@finds_back
async def list_proposals(update: Update, context: SpotterContext, press: ListProposals) -> None:
    """Shows an admin what waits."""
    page = await context.gym.proposals.waiting(at_hand.required().user_id, press.page)
    await show_here(update, context, views.waiting_page(page))


@finds_back
async def open_proposal(update: Update, context: SpotterContext, press: OpenProposal) -> None:
    """Shows an admin what is proposed."""
    _leave_the_word()
    await show_here(update, context, views.question(await _look(context, press.proposal_id)))


@finds_back
async def accept(update: Update, context: SpotterContext, press: Accept) -> None:
    """Takes the exercise into the library, as the admin has seen it."""
    lifter_id, bot_id = at_hand.required().user_id, context.bot.id
    try:
        answer = await context.gym.proposals.accept(lifter_id, press.proposal_id, press.mark, bot_id)
    except StaleButtonError:
        proposal = await _look(context, press.proposal_id)
        await show_here(update, context, views.question(proposal, views.changed_meanwhile()))
    except NameTakenError as taken:
        screen = views.name_taken(await _look(context, press.proposal_id), taken.existing)
        await show_here(update, context, screen)
    else:
        await _show_answer(update, context, answer)


@finds_back
async def accept_as(update: Update, context: SpotterContext, press: AcceptAs) -> None:
    """Has its history move to one that everybody sees already."""
    lifter_id, bot_id = at_hand.required().user_id, context.bot.id
    try:
        answer = await context.gym.proposals.merge(lifter_id, press.proposal_id, press.exercise_id, bot_id)
    except MeasureMismatchError as differing:
        notice = say("{words}", words=measures_differ(differing.have, differing.wanted))
        await show_here(update, context, views.question(await _look(context, press.proposal_id), notice))
    else:
        await _show_answer(update, context, answer)


@finds_back
async def ask_to_decline(update: Update, context: SpotterContext, press: AskToDecline) -> None:
    """Asks for a word why not."""
    proposal = await _look(context, press.proposal_id)
    if proposal.state is not ProposalState.WAITING:
        answer_press(views.other_was_first())
        await show_here(update, context, views.question(proposal))
        return
    stand_at(Step.DECLINING_PROPOSAL, proposal.id)
    await show_here(update, context, views.decline_question(proposal))


@finds_back
async def decline(update: Update, context: SpotterContext, press: Decline) -> None:
    """Declines it without a word."""
    await _decline(update, context, press.proposal_id, "")


@finds_back
async def type_word(update: Update, context: SpotterContext, press: TakeAsText | None = None) -> None:
    """Declines it with this word."""
    if (word := await text_asked_for(update, context, press)) is None:
        return
    try:
        await _decline(update, context, asked_about(), word)
    except InvalidValueError:
        stand_at(Step.DECLINING_PROPOSAL, asked_about())
        await show_here(update, context, Screen(views.unfit_word()))


async def tell(update: ProposalNews, context: SpotterContext) -> None:
    """Tells an admin what waits, or a lifter what has become of theirs; nothing if it is no news any more."""
    proposal = await context.gym.proposals.news(update.lifter_id, update.notice_id)
    if proposal is not None:
        is_theirs = proposal.lifter_id == update.lifter_id
        await send(context, views.news(proposal) if is_theirs else views.question(proposal))


async def _decline(update: Update, context: SpotterContext, proposal_id: int, word: str) -> None:
    _leave_the_word()
    answer = await context.gym.proposals.decline(at_hand.required().user_id, proposal_id, word, context.bot.id)
    await _show_answer(update, context, answer)


async def _show_answer(update: Update, context: SpotterContext, answer: Answered) -> None:
    if not answer.is_first:
        answer_press(views.other_was_first())
    await show_here(update, context, views.question(answer.proposal))


def _leave_the_word() -> None:
    """If a word was being asked for, it is no more; other conversations of the admin's go on."""
    hand = at_hand.required()
    if (hand.step or "").startswith(Step.DECLINING_PROPOSAL):
        hand.next_step = END


async def _look(context: SpotterContext, proposal_id: int) -> Proposed:
    return await context.gym.proposals.look(at_hand.required().user_id, proposal_id)


def proposal_entries() -> list[Handler]:
    """The buttons."""
    return [
        OnPress(AskToPropose, ask_to_propose),
        OnPress(Propose, propose),
        OnPress(Withdraw, withdraw),
        OnPress(ListProposals, list_proposals),
        OnPress(OpenProposal, open_proposal),
        OnPress(Accept, accept),
        OnPress(AcceptAs, accept_as),
        OnPress(AskToDecline, ask_to_decline),
        OnPress(Decline, decline),
    ]


def proposal_states() -> dict[object, list[Handler]]:
    """What is typed."""
    return {Step.DECLINING_PROPOSAL: asking_for_text(type_word)}


def proposal_handlers() -> list[Handler]:
    """What the journal has to tell."""
    return [TypeHandler[ProposalNews, SpotterContext, None](ProposalNews, tell)]

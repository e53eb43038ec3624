"""What is said about proposals, to lifters and to admins."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from handlers.amounts import relative
from handlers.describing import kind_line, muscles
from handlers.exercises.buttons import OpenExercise, OpenLibrary
from handlers.exercises.views import back_to_exercise
from handlers.paging import page_turning
from handlers.proposals.buttons import (
    Accept,
    AcceptAs,
    AskToDecline,
    Decline,
    ListProposals,
    OpenProposal,
    Propose,
)
from handlers.screen import Row, Screen, button, shortened
from handlers.words import Html, label, lines, say
from storage.values.proposal import ProposalState
from training.exercise_detail import ExerciseDetail
from training.matches import Choice
from training.proposals import LONGEST_WORD, Proposed, WaitingPage

_LONGEST_NAMES = 300
_LONGEST_ON_BUTTON = 30


def propose_question(it: ExerciseDetail) -> Screen:
    """What proposing means."""
    text = lines(
        say("<b>Propose {name} to everybody?</b>", name=it.name),
        say(
            "If the admins agree, everybody sees its name, its other names and how it is done. What you logged with it "
            "stays yours alone."
        ),
    )
    yes = button(label("📨 Propose it"), Propose(it.id), style=KeyboardButtonStyle.PRIMARY)
    return Screen(text, [[yes], [back_to_exercise(it.id)]])


def proposed(proposal: Proposed) -> Html:
    """It is on its way, or there already."""
    if proposal.state is ProposalState.ACCEPTED:
        return say("✓ Everybody sees it now.")
    return say("✓ Proposed. I'll tell you what the admins say.")


def already_there(it: ExerciseDetail, existing: Choice) -> Screen:
    """Everybody sees an exercise of that name."""
    text = say("Everybody sees <b>{existing}</b> already, which has the name of yours.", existing=existing.name)
    return Screen(text, [[button(existing.name, OpenExercise(existing.id))], [back_to_exercise(it.id)]])


def too_many(limit: int) -> Html:
    """The admins have enough of this lifter's to decide."""
    return say("{limit} of yours wait for an answer already. Propose this one when they have it.", limit=limit)


def withdrawn() -> Html:
    """It is proposed no more."""
    return say("✓ It isn't proposed any more.")


def changed_meanwhile() -> Html:
    """The exercise is another than the one that was looked at."""
    return say("It has been changed meanwhile. This is what it is now.")


def question(proposal: Proposed, notice: Html | None = None) -> Screen:
    """An admin is asked, or sees what has become of it."""
    if proposal.state is not ProposalState.WAITING:
        return Screen(lines(notice, _about(proposal), _outcome(proposal)), [[_others()]])
    accept = button(label("✓ Into the library"), Accept(proposal.id, proposal.mark), style=KeyboardButtonStyle.SUCCESS)
    decline = button(label("✕ Decline"), AskToDecline(proposal.id), style=KeyboardButtonStyle.DANGER)
    text = lines(
        notice,
        say(
            "📥 <b>{who} proposes an exercise</b> for the library, {when}:",
            who=proposal.lifter or label("A lifter"),
            when=relative(proposal.proposed_at),
        ),
        _about(proposal),
        say("\nIs it one of these? Then its history moves there.") if proposal.alike else None,
    )
    return Screen(text, [[accept], *_same(proposal, proposal.alike), [decline], [_others()]])


def name_taken(proposal: Proposed, existing: Choice) -> Screen:
    """It can't be taken in as it is: everybody sees one of that name."""
    text = lines(
        _about(proposal),
        say("\nEverybody sees <b>{existing}</b> already, which has that name.", existing=existing.name),
        say("Is it the same? Then its history moves there."),
    )
    decline = button(label("✕ Decline"), AskToDecline(proposal.id))
    return Screen(text, [*_same(proposal, [existing]), [decline], [_others()]])


def decline_question(proposal: Proposed) -> Screen:
    """A word why not."""
    text = lines(
        say("<b>Decline {name}?</b>", name=proposal.exercise.name),
        say("Type a word why, which {who} will read.", who=proposal.lifter or label("its lifter")),
    )
    without = button(label("Without a word"), Decline(proposal.id))
    return Screen(text, [[without], [button(label("‹ Back"), OpenProposal(proposal.id))]])


def unfit_word() -> Html:
    """It can't be kept."""
    return say("That can't be kept: at most {most} characters. Type it anew.", most=LONGEST_WORD)


def other_was_first() -> str:
    """The toast for an answer that doesn't count."""
    return label("Somebody has answered already.")


def waiting_page(page: WaitingPage) -> Screen:
    """What waits."""
    text = say("<b>Proposed for the library</b>") if page.choices else say("Nothing is proposed.")
    rows = [[button(choice.name, OpenProposal(choice.id))] for choice in page.choices]
    turning = page_turning(page.page, page.pages, ListProposals)
    return Screen(text, [*rows, *turning, [button(label("‹ Library"), OpenLibrary())]])


def news(proposal: Proposed) -> Screen:
    """What its lifter is told."""
    name = proposal.exercise.name
    match proposal.state:
        case ProposalState.MERGED if proposal.into is not None:
            text = say(
                "📚 <b>{name}</b> was in the library already, as <b>{into}</b>. "
                "What you logged is there now, and your names lead you there.",
                name=name,
                into=proposal.into.name,
            )
            return Screen(text, [[_look(proposal.into.id)]])
        case ProposalState.DECLINED:
            text = lines(
                say("The admins would rather not have <b>{name}</b> in the library. It stays yours.", name=name),
                say("They say: “{word}”", word=proposal.word) if proposal.word else None,
            )
        case _:
            text = say("📚 <b>{name}</b> is in the library now, for everybody. Thank you!", name=name)
    return Screen(text, [[_look(proposal.exercise.id)]])


def _about(proposal: Proposed) -> Html:
    it = proposal.exercise
    worked, also = muscles(it.primary, it.secondary), ", ".join(proposal.aliases)
    return lines(
        say("\n<b>{name}</b>", name=it.name),
        kind_line(it.body_part, it.modality, it.measure),
        say("Muscles: {muscles}", muscles=worked) if worked else None,
        say("Also called: {names}", names=shortened(also, _LONGEST_NAMES)) if also else None,
        say("{how}", how=it.how) if it.how else None,
    )


def _outcome(proposal: Proposed) -> Html:
    who = proposal.answered_by or label("an admin")
    match proposal.state:
        case ProposalState.ACCEPTED:
            return say("\n✓ Taken into the library by {who}.", who=who)
        case ProposalState.MERGED:
            into = proposal.into.name if proposal.into is not None else label("another one")
            return say("\n✓ {who} has found it to be <b>{into}</b>.", who=who, into=into)
        case ProposalState.DECLINED if proposal.word:
            return say("\n✕ Declined by {who}: “{word}”", who=who, word=proposal.word)
        case ProposalState.DECLINED:
            return say("\n✕ Declined by {who}.", who=who)
        case _:
            return say("\nIts lifter doesn't propose it any more.")


def _same(proposal: Proposed, choices: Sequence[Choice]) -> list[Row]:
    return [
        [button(label("= {name}", name=shortened(choice.name, _LONGEST_ON_BUTTON)), AcceptAs(proposal.id, choice.id))]
        for choice in choices
    ]


def _others() -> InlineKeyboardButton:
    return button(label("‹ All proposals"), ListProposals(0))


def _look(exercise_id: int) -> InlineKeyboardButton:
    return button(label("Look at it"), OpenExercise(exercise_id))

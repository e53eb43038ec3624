"""The buttons of proposals. Those that answer do so once: of several presses, and several admins, the first counts."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.callback_data import press


@press("qp")
@dataclass(frozen=True, slots=True)
class AskToPropose:
    """Says what proposing means."""

    exercise_id: int


@press("qq")
@dataclass(frozen=True, slots=True)
class Propose:
    """Asks the admins to take the lifter's own exercise into the library."""

    exercise_id: int


@press("qw")
@dataclass(frozen=True, slots=True)
class Withdraw:
    """Doesn't propose it any more."""

    exercise_id: int


@press("ql")
@dataclass(frozen=True, slots=True)
class ListProposals:
    """Shows an admin a page of what waits."""

    page: int


@press("qo")
@dataclass(frozen=True, slots=True)
class OpenProposal:
    """Shows an admin what is proposed."""

    proposal_id: int


@press("qa")
@dataclass(frozen=True, slots=True)
class Accept:
    """Everybody sees the exercise from now on, if it still is what the mark stands for."""

    proposal_id: int
    mark: int


@press("qm")
@dataclass(frozen=True, slots=True)
class AcceptAs:
    """It is one that everybody sees already."""

    proposal_id: int
    exercise_id: int


@press("qd")
@dataclass(frozen=True, slots=True)
class AskToDecline:
    """Asks for a word why not."""

    proposal_id: int


@press("qn")
@dataclass(frozen=True, slots=True)
class Decline:
    """Declines it without a word."""

    proposal_id: int

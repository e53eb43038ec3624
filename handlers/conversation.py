"""Conversations whose step is a row in the database, so that any process can go on with them.

PTB's own ConversationHandler keeps the step in one process's memory. This one reads as PTB people know it
(entry points, states, fallbacks), but takes the step from the update at hand, and a callback declares
with `leads_to` where it leads, so that the step commits together with the callback's effect.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec

from telegram import Update
from telegram.ext import BaseHandler, ConversationHandler

from handlers.context import SpotterApplication, SpotterContext
from storage import at_hand

_P = ParamSpec("_P")
_Callback = Callable[_P, Coroutine[Any, Any, None]]


class Step(StrEnum):
    """Where a conversation can stand."""

    CHOOSING_UNIT = "choosing_unit"
    PICKING_EXERCISE = "picking_exercise"
    NOTING_EXERCISE = "noting_exercise"
    NOTING_SET = "noting_set"
    NAMING_WORKOUT = "naming_workout"
    CHANGING_SET = "changing_set"
    REPLACING_SETS = "replacing_sets"
    CHOOSING_ZONE = "choosing_zone"
    NARROWING_HISTORY = "narrowing_history"
    NAMING_PAST = "naming_past"
    NOTING_PAST = "noting_past"
    REWRITING = "rewriting"
    ENTERING_PAST = "entering_past"
    NAMING_ADMIN = "naming_admin"
    WRITING_ANNOUNCEMENT = "writing_announcement"
    ADDING_EXERCISE = "adding_exercise"
    FINDING_EXERCISE = "finding_exercise"
    EDITING_EXERCISE = "editing_exercise"
    NAMING_EXERCISE = "naming_exercise"
    BROWSING_LIBRARY = "browsing_library"
    NAMING_PRIVATELY = "naming_privately"
    NAMING_OWN = "naming_own"
    RENAMING_OWN = "renaming_own"
    DESCRIBING_OWN = "describing_own"
    DECLINING_PROPOSAL = "declining_proposal"
    CHOOSING_TIME = "choosing_time"
    CHOOSING_QUIET = "choosing_quiet"
    CHOOSING_PROGRESS = "choosing_progress"
    LOOKING_UP_RECORDS = "looking_up_records"


_ASK_ELSEWHERE = frozenset(
    {
        Step.NARROWING_HISTORY,
        Step.NAMING_PAST,
        Step.NOTING_PAST,
        Step.REWRITING,
        Step.ENTERING_PAST,
        Step.CHOOSING_PROGRESS,
        Step.LOOKING_UP_RECORDS,
    }
)


def asks_at_card(step: str | None) -> bool:
    """Whether the conversation asks for a text where the card of the open workout stands."""
    return step is not None and step.partition(":")[0] not in _ASK_ELSEWHERE


END = None
"""No conversation is under way."""


def step_with(step: Step, details: str) -> str:
    """The step, with what the conversation has to remember while it stands there."""
    return f"{step}:{details}"


def details_of(step: str | None) -> str:
    """What the conversation remembers at this step."""
    return (step or "").partition(":")[2]


def leads_to(step: Step | None) -> Callable[[_Callback[_P]], _Callback[_P]]:
    """The callback leaves the conversation at this step, unless it raises before its effect is committed.

    The question for the unit stays open, with the sets that wait for it, unless the callback itself closes it.
    """

    def decorate(callback: _Callback[_P]) -> _Callback[_P]:
        @wraps(callback)
        async def moving(*args: _P.args, **kwargs: _P.kwargs) -> None:
            hand = at_hand.required()
            unit_is_asked = (hand.step or "").partition(":")[0] == Step.CHOOSING_UNIT
            hand.next_step = hand.step if step is END and unit_is_asked else step
            try:
                await callback(*args, **kwargs)
            except BaseException:
                if not hand.applied:
                    hand.next_step = hand.step
                raise

        return moving

    return decorate


def stand_at(step: Step, about: int) -> None:
    """The conversation comes to this step, which is about what has this id."""
    at_hand.required().next_step = f"{step}:{about}"


def asked_about() -> int:
    """The id of what the step under way is about."""
    return int((at_hand.required().step or "").partition(":")[2])


def owes_summary(workout_id: int) -> None:
    """If the process dies between the coming commit and its answer, this workout's summary will be shown.

    Whatever promises nothing is answered by showing where the lifter stands.
    """
    at_hand.required().owed = f"{_SUMMARY}{workout_id}"


def owed_summary(answer: str | None) -> int | None:
    """The workout whose summary is owed, if that is what the answer says."""
    return int(answer.removeprefix(_SUMMARY)) if answer is not None and answer.startswith(_SUMMARY) else None


def owes_look(watch_id: int) -> None:
    """As `owes_summary`: what this watch has found will be told."""
    at_hand.required().owed = f"{_LOOK}{watch_id}"


def owed_look(answer: str | None) -> int | None:
    """The watch of which it is owed what it has found, if that is what the answer says."""
    return int(answer.removeprefix(_LOOK)) if answer is not None and answer.startswith(_LOOK) else None


def owes_document() -> None:
    """As `owes_summary`: how it stands with the lifter's latest document will be shown."""
    at_hand.required().owed = _DOCUMENT


def is_owed_document(answer: str | None) -> bool:
    """Whether the answer says that this is owed."""
    return answer == _DOCUMENT


def owes_export(kind: str) -> None:
    """As `owes_summary`: the library will be sent as a file of this format."""
    at_hand.required().owed = f"{_EXPORT}{kind}"


def owed_export(answer: str | None) -> str | None:
    """The format in which the library is owed, if that is what the answer says."""
    return answer.removeprefix(_EXPORT) if answer is not None and answer.startswith(_EXPORT) else None


def owes_import() -> None:
    """As `owes_summary`: how it stands with the lifter's own file will be shown, and an import goes on."""
    at_hand.required().owed = _IMPORT


def is_owed_import(answer: str | None) -> bool:
    """Whether the answer says that this is owed."""
    return answer == _IMPORT


def owes_delivery(delivery_id: int) -> None:
    """As `owes_summary`: this announcement will be passed on."""
    at_hand.required().owed = f"{_DELIVERY}{delivery_id}"


def owed_delivery(answer: str | None) -> int | None:
    """The delivery that is owed, if that is what the answer says."""
    return int(answer.removeprefix(_DELIVERY)) if answer is not None and answer.startswith(_DELIVERY) else None


def owes_farewell() -> None:
    """As `owes_summary`: the deletion of the lifter will be ended, and they will be told."""
    at_hand.required().owed = _FAREWELL


def is_owed_farewell(answer: str | None) -> bool:
    """Whether the answer says that this is owed."""
    return answer == _FAREWELL


def owes_nothing() -> None:
    """What was promised won't come: there was no effect."""
    at_hand.required().owed = None


_SUMMARY = "summary:"
_LOOK = "look:"
_DOCUMENT = "document"
_EXPORT = "export:"
_IMPORT = "import"
_DELIVERY = "delivery:"
_FAREWELL = "farewell"


class StoredConversation(ConversationHandler[SpotterContext]):
    """A conversation that stands where the database says. Handlers that take it up again anew are entry points."""

    def check_update(self, update: object) -> Any:
        """The handler for the lifter's step: of the step itself, then an entry point, then a fallback."""
        hand = at_hand.current()
        if not isinstance(update, Update) or hand is None:
            return None
        step = (hand.step or "").partition(":")[0]
        under_way = step in self.states
        candidates = [
            *(self.states[step] if under_way else ()),
            *self.entry_points,
            *(self.fallbacks if under_way else ()),
        ]
        return _first_match(candidates, update)

    async def handle_update(  # type: ignore[override] # PTB's own override narrows the types as well
        self,
        update: Update,
        application: SpotterApplication,
        check_result: tuple[BaseHandler[Update, SpotterContext, None], object],
        context: SpotterContext,
    ) -> None:
        """Runs the callback; the step that it leads to is committed with its effect."""
        handler, check = check_result
        await handler.handle_update(update, application, check, context)


def _first_match(
    candidates: list[BaseHandler[Update, SpotterContext, object]], update: Update
) -> tuple[BaseHandler[Update, SpotterContext, object], object] | None:
    for handler in candidates:
        check = handler.check_update(update)
        if check is not None and check is not False:
            return handler, check
    return None

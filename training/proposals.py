"""Lifters' own exercises that are proposed for the library, and what the admins say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from storage import audit, exercises, flooding, journal, keeping, lifters, proposals
from storage.database import Database, ReadSession, WriteSession
from storage.forgetting import forget_exercises
from storage.models import Exercise, Proposal, ProposalNotice
from storage.values.audit import AdminAction
from storage.values.chat import Source
from storage.values.finding import SearchFilter
from storage.values.proposal import ProposalState
from storage.values.texts import is_storable
from training.browsing import Described, described
from training.clock import Clock
from training.errors import InvalidValueError, NameTakenError, NotFoundError, StaleButtonError
from training.library import PAGE_SIZE, choices_of, find, nearest, place_of
from training.matches import Choice
from training.merging import merge
from training.permissions import may_administer
from training.promoting import promote

MOST_WAITING = 5
"""Proposals of one lifter."""

LONGEST_WORD = 200
"""Characters in which a proposal is declined."""

_MOST_ALIKE, _MOST_LOOKED_AT = 3, 10

_EVERYTHING = SearchFilter()

_ACTS = {
    ProposalState.ACCEPTED: AdminAction.PROPOSAL_ACCEPTED,
    ProposalState.MERGED: AdminAction.PROPOSAL_MERGED,
    ProposalState.DECLINED: AdminAction.PROPOSAL_DECLINED,
}

_NOBODY = 0
"""Whose library is the one that everybody sees."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it stands.

    `alike` are exercises that everybody sees and that it may be, while it waits; `into` the one that it was.
    `answered_by` is the admin's name, `word` what they said.
    """

    id: int
    lifter_id: int
    lifter: str
    exercise: Described
    aliases: tuple[str, ...]
    state: ProposalState
    proposed_at: datetime
    alike: tuple[Choice, ...] = ()
    into: Choice | None = None
    answered_by: str = ""
    word: str = ""

    @property
    def mark(self) -> int:
        """Stands for what the exercise is, as an admin was shown it: nobody can make up another one of this mark."""
        shown = repr((self.exercise, self.aliases)).encode()
        return int.from_bytes(sha256(shown).digest()[:6])


@dataclass(frozen=True, slots=True)
class Answered:
    """What has become of a proposal; `is_first` unless another answer had come before this one, and counts."""

    proposal: Proposed
    is_first: bool


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of the proposals that wait, the oldest first: of each what is proposed. Pages count from 0."""

    choices: tuple[Choice, ...]
    page: int
    pages: int


class Proposals:
    """Brings lifters' own exercises into the library, if an admin agrees. The first answer counts.

    Who is to be told is told through the journal, so that no restart loses it: `bot_id` is whose. What only admins may
    do raises NotFoundError for others, as for a proposal that isn't there.
    """

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def propose(self, lifter_id: int, exercise_id: int, bot_id: int) -> Proposed:
        """Asks the admins to take the lifter's own exercise into the library; one who is an admin needn't ask.

        One that waits already stays as it is. Raises NotFoundError, NameTakenError if an exercise that everybody sees
        has its name, and InvalidValueError with the most that may wait.
        """
        now = self._clock()
        async with self._database.writing() as session:
            await lifters.hold(session, lifter_id)
            is_admin = await may_administer(session, lifter_id, self._admin_ids)
            if is_admin:
                await exercises.hold_catalogue(session)
            exercise = await _own(session, lifter_id, exercise_id, alone=is_admin)
            await _require_new(session, exercise)
            known = await proposals.latest_of(session, lifter_id, exercise_id)
            if known is None or known.state is not ProposalState.WAITING:
                if await proposals.count_waiting(session, lifter_id) >= MOST_WAITING:
                    raise InvalidValueError("proposals", MOST_WAITING)
                known = Proposal(
                    user_id=lifter_id, exercise_id=exercise_id, state=ProposalState.WAITING, proposed_at=now
                )
                session.add(known)
                await session.flush()
                if not is_admin:
                    admins = await proposals.reachable_admins(session, self._admin_ids)
                    await self._tell(session, known, admins, bot_id)
            if is_admin:
                await promote(session, exercise)
                await self._settle(session, known, ProposalState.ACCEPTED, lifter_id, bot_id)
            return await _proposed(session, known)

    async def withdraw(self, lifter_id: int, exercise_id: int) -> None:
        """The lifter doesn't propose it any more; if it was answered in time, that stays. Raises NotFoundError."""
        async with self._database.writing() as session:
            await lifters.hold(session, lifter_id)
            latest = await proposals.latest_of(session, lifter_id, exercise_id)
            held = None if latest is None else await proposals.find(session, latest.id)
            if held is None:
                raise NotFoundError
            if held.state is ProposalState.WAITING:
                held.state = ProposalState.WITHDRAWN
                await proposals.forget_notices(session, held.id)

    async def waiting(self, admin_id: int, page: int) -> WaitingPage:
        """A page of what waits for an answer; a page that doesn't exist gives the nearest one."""
        async with self._database.reading() as session:
            await self._require_admin(session, admin_id)
            shown, pages = place_of(page, await proposals.count_waiting(session))
            found = await proposals.waiting(session, range(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE))
        return WaitingPage(tuple(Choice(proposal_id, name) for proposal_id, name in found), shown, pages)

    async def look(self, admin_id: int, proposal_id: int) -> Proposed:
        """The proposal as it stands."""
        async with self._database.reading() as session:
            await self._require_admin(session, admin_id)
            proposal = await proposals.find(session, proposal_id)
            if proposal is None:
                raise NotFoundError
            return await _proposed(session, proposal)

    async def accept(self, admin_id: int, proposal_id: int, mark: int, bot_id: int) -> Answered:
        """Everybody sees the exercise from now on, with its name, aliases and how it is done; history stays with it.

        Raises NotFoundError also if its lifter has it no more, StaleButtonError if its lifter has changed it since it
        was shown with this mark, and NameTakenError if everybody sees one of its name.
        """
        async with self._answering(admin_id, proposal_id, writes_library=True) as (session, proposal):
            if proposal.state is not ProposalState.WAITING:
                return Answered(await _proposed(session, proposal), is_first=False)
            exercise = await _own(session, proposal.user_id, proposal.exercise_id, alone=True)
            if (await _proposed(session, proposal)).mark != mark:
                raise StaleButtonError
            await promote(session, exercise)
            await self._settle(session, proposal, ProposalState.ACCEPTED, admin_id, bot_id)
            return Answered(await _proposed(session, proposal), is_first=True)

    async def merge(self, admin_id: int, proposal_id: int, into_id: int, bot_id: int) -> Answered:
        """It is one that everybody sees already: its history moves there, and its lifter finds that by its names.

        Raises NotFoundError also if its lifter has it no more or everybody doesn't see the other one, and
        MeasureMismatchError.
        """
        async with self._answering(admin_id, proposal_id, writes_library=True) as (session, proposal):
            if proposal.state is not ProposalState.WAITING:
                return Answered(await _proposed(session, proposal), is_first=False)
            own_id, owner = proposal.exercise_id, proposal.user_id
            await keeping.interrupt(session, [own_id, into_id], merged_id=own_id)
            held = {it: await keeping.seen(session, owner, it) for it in sorted((own_id, into_id))}
            own, into = held[own_id], held[into_id]
            if own is None or into is None or own.user_id is None or into.user_id is not None:
                raise NotFoundError
            await merge(session, own, into, self._clock())
            await forget_exercises(session, owner, None, [own_id, into_id])
            await self._settle(session, proposal, ProposalState.MERGED, admin_id, bot_id)
            return Answered(await _proposed(session, proposal), is_first=True)

    async def decline(self, admin_id: int, proposal_id: int, word: str, bot_id: int) -> Answered:
        """The exercise stays its lifter's own, who is told the word, if there is one. Raises InvalidValueError."""
        said = " ".join(word.split())
        if len(said) > LONGEST_WORD or not is_storable(said):
            raise InvalidValueError("word", LONGEST_WORD)
        async with self._answering(admin_id, proposal_id, writes_library=False) as (session, proposal):
            is_first = proposal.state is ProposalState.WAITING
            if is_first:
                proposal.word = said
                await self._settle(session, proposal, ProposalState.DECLINED, admin_id, bot_id)
            return Answered(await _proposed(session, proposal), is_first)

    async def news(self, lifter_id: int, notice_id: int) -> Proposed | None:
        """What a notice has to tell this lifter: an admin of a proposal that waits, else what has become of theirs.

        None if it is no news any more.
        """
        async with self._database.reading() as session:
            notice = await proposals.notice_for(session, lifter_id, notice_id)
            proposal = None if notice is None else await proposals.find(session, notice.proposal_id)
            if proposal is None or proposal.state is ProposalState.WITHDRAWN:
                return None
            waits, is_theirs = proposal.state is ProposalState.WAITING, proposal.user_id == lifter_id
            if waits is is_theirs or (waits and not await may_administer(session, lifter_id, self._admin_ids)):
                return None
            return await _proposed(session, proposal)

    @asynccontextmanager
    async def _answering(
        self, admin_id: int, proposal_id: int, *, writes_library: bool
    ) -> AsyncIterator[tuple[WriteSession, Proposal]]:
        """The proposal, held. Locks are taken in the order that all of the library's writers keep."""
        async with self._database.writing() as session:
            known = await session.get(Proposal, proposal_id)
            if known is None:
                raise NotFoundError
            for lifter_id in sorted({admin_id, known.user_id}):
                await lifters.hold_if_there(session, lifter_id)
            await self._require_admin(session, admin_id)
            if writes_library:
                await exercises.hold_catalogue(session)
            proposal = await proposals.find(session, proposal_id)
            if proposal is None:
                raise NotFoundError
            yield session, proposal

    async def _require_admin(self, session: ReadSession, lifter_id: int) -> None:
        if not await may_administer(session, lifter_id, self._admin_ids):
            raise NotFoundError

    async def _settle(
        self, session: WriteSession, proposal: Proposal, state: ProposalState, admin_id: int, bot_id: int
    ) -> None:
        now = self._clock()
        proposal.state, proposal.answered_by, proposal.answered_at = state, admin_id, now
        await audit.note(session, admin_id, _ACTS[state], now, exercise=proposal.exercise_id)
        await proposals.forget_notices(session, proposal.id)
        await self._tell(session, proposal, {proposal.user_id} - {admin_id}, bot_id)

    async def _tell(self, session: WriteSession, proposal: Proposal, whom: Iterable[int], bot_id: int) -> None:
        notices = [ProposalNotice(user_id=user_id, proposal_id=proposal.id) for user_id in whom]
        session.add_all(notices)
        await session.flush()
        incoming = [flooding.Incoming(Source.PROPOSAL, notice.id, notice.user_id, {}) for notice in notices]
        await journal.write_down(session, bot_id, incoming, self._clock())


async def _own(session: WriteSession, lifter_id: int, exercise_id: int, *, alone: bool) -> Exercise:
    exercise = await keeping.seen(session, lifter_id, exercise_id, alone=alone)
    if exercise is None or exercise.user_id is None:
        raise NotFoundError
    return exercise


async def _require_new(session: ReadSession, exercise: Exercise) -> None:
    taken = await keeping.taken(session, None, [exercise.name_key])
    if taken:
        raise NameTakenError(exercise.name, Choice(taken[0].exercise_id, taken[0].name))


async def _proposed(session: ReadSession, proposal: Proposal) -> Proposed:
    exercise = await session.get_one(Exercise, proposal.exercise_id)
    aliases = await keeping.aliases_of(session, exercise.id)
    into_id = exercise.merged_into_id if proposal.state is ProposalState.MERGED else None
    into = None if into_id is None else await session.get_one(Exercise, into_id)
    lifter = await lifters.by_id(session, proposal.user_id)
    admin = None if proposal.answered_by is None else await lifters.find(session, proposal.answered_by)
    return Proposed(
        id=proposal.id,
        lifter_id=proposal.user_id,
        lifter=lifter.name,
        exercise=described(exercise),
        aliases=tuple(aliases),
        state=proposal.state,
        proposed_at=proposal.proposed_at,
        alike=await _alike(session, exercise) if proposal.state is ProposalState.WAITING else (),
        into=None if into is None else Choice(into.id, into.name),
        answered_by="" if admin is None else admin.name,
        word=proposal.word,
    )


async def _alike(session: ReadSession, exercise: Exercise) -> tuple[Choice, ...]:
    """What everybody sees and this may be: sets that are there have to fit it."""
    found = await find(session, _NOBODY, exercise.name, _EVERYTHING)
    likeliest = (found.ranked or await nearest(session, _NOBODY, exercise.name))[:_MOST_LOOKED_AT]
    measures = await exercises.measures_of(session, [name.id for name in likeliest])
    fitting = [name for name in likeliest if measures[name.id] is exercise.measure]
    return choices_of(fitting[:_MOST_ALIKE])

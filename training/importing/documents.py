"""Documents with exercises: shown as what they would do, and loaded in one transaction once an admin has said so."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage import audit, documents, exercises, lifters, shelf
from storage.database import Database, ReadSession, WriteSession
from storage.models import LibraryDocument
from storage.shelf import Shelved
from storage.values.audit import AdminAction
from training.admins import require_admin
from training.clock import Clock
from training.errors import StaleButtonError
from training.importing.comparing import Plan, Verdict, compared
from training.importing.exporting import written
from training.importing.reading import Document, Format, read_document
from training.importing.ticking import Ticker, beside_the_loop

_MOST_ATTEMPTS = 3
"""How often a plan is made for a library that others are just changing."""


class Stage(StrEnum):
    """What is being done to a document."""

    READING = "reading"
    COMPARING = "comparing"
    LOADING = "loading"


Tell = Callable[[Stage, int, int], Awaitable[None]]
"""Is told how many of how many exercises are done; of how many is 0 while nobody knows. No transaction is open."""


async def _tell_nobody(_: Stage, __: int, ___: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What loading a document would do to the library as it stands."""

    document: Document
    plan: Plan
    shelf: Sequence[Shelved]


@dataclass(frozen=True, slots=True)
class Preview:
    """What loading the document would do. `document_id` is None if that is nothing, and then it isn't kept."""

    document_id: int | None
    revision: int
    name: str
    document: Document
    plan: Plan


@dataclass(frozen=True, slots=True)
class Loaded:
    """The document of this name is loaded: how many of its exercises got which verdict."""

    name: str
    figures: dict[Verdict, int]


class Documents:
    """What admins send to be loaded into the library, and what they get out of it.

    All of it is for admins: others get NotAllowedError. One document waits per admin: a new one takes the old one's
    place. Whoever answers says which revision of it they saw: StaleButtonError if it isn't so any more, or if it was
    dropped meanwhile.
    """

    def __init__(self, database: Database, clock: Clock, admin_ids: Collection[int]) -> None:
        """`admin_ids` are the host's admins."""
        self._database = database
        self._clock = clock
        self._admin_ids = admin_ids

    async def offer(self, admin_id: int, name: str, content: bytes, tell: Tell = _tell_nobody) -> Preview:
        """What loading the document would do; it waits until it is loaded or dropped.

        Raises UnreadableDocumentError.
        """
        async with self._database.reading() as session:
            await require_admin(session, admin_id, self._admin_ids)
        run = await self.dry_run(content, tell)
        if not run.plan.does_something:
            return Preview(None, 0, name, run.document, run.plan)
        packed, shown = await asyncio.to_thread(lambda: (zlib.compress(content), run.plan.digest()))
        async with self._database.writing() as session:
            await lifters.hold(session, admin_id)
            await require_admin(session, admin_id, self._admin_ids)
            kept = await documents.put(session, admin_id, name, packed, shown)
            return Preview(kept.id, kept.revision, name, run.document, run.plan)

    async def latest(self, admin_id: int) -> Preview | Loaded | None:
        """How it stands with the admin's latest document: what loading it would do by now, or what that has done."""
        async with self._database.reading() as session:
            await require_admin(session, admin_id, self._admin_ids)
            kept = await documents.of(session, admin_id)
        if kept is None:
            return None
        if kept.outcome is not None:
            return _loaded(kept)
        run = await self.dry_run(await asyncio.to_thread(zlib.decompress, kept.content))
        return Preview(kept.id, kept.revision, kept.name, run.document, run.plan)

    async def load(self, admin_id: int, document_id: int, revision: int, tell: Tell = _tell_nobody) -> Loaded | Preview:
        """Loads the document in one transaction: all of the plan that the admin has seen, or nothing.

        Where the library has changed since, so that it would do something else, nothing is loaded: it is shown anew.
        What is loaded already is told again.
        """
        async with self._database.reading() as session:
            kept = await self._seen(session, admin_id, document_id)
        if kept.outcome is not None:
            return _loaded(kept)
        if kept.revision != revision:
            raise StaleButtonError
        content = await asyncio.to_thread(zlib.decompress, kept.content)
        for _ in range(_MOST_ATTEMPTS):
            run = await self.dry_run(content, tell)
            digest = await asyncio.to_thread(run.plan.digest)
            if digest != kept.shown:
                break
            await tell(Stage.LOADING, 0, len(run.plan.made) + len(run.plan.changed))
            async with self._waiting(admin_id, document_id, revision) as (session, waiting):
                if await self._carried_out(session, run, admin_id):
                    waiting.content, waiting.outcome = (
                        b"",
                        {it.value: count for it, count in run.plan.figures().items()},
                    )
                    waiting.revision += 1
                    return _loaded(waiting)
        return await self._show_anew(admin_id, kept, run, digest)

    async def drop(self, admin_id: int, document_id: int, revision: int) -> None:
        """Forgets the document."""
        async with self._waiting(admin_id, document_id, revision) as (session, waiting):
            await session.delete(waiting)

    async def export(self, admin_id: int, kind: Format) -> bytes:
        """Every system exercise, archived ones too, as a document."""
        found = await self._whole(admin_id)
        async with self._database.writing() as session:
            await require_admin(session, admin_id, self._admin_ids)
            await audit.note(session, admin_id, AdminAction.EXPORTED, self._clock(), exercises=len(found))
        return await asyncio.to_thread(written, found, kind, Ticker())

    async def exported(self, admin_id: int, kind: Format) -> bytes:
        """What `export` returns, once more: it is on record already."""
        return await asyncio.to_thread(written, await self._whole(admin_id), kind, Ticker())

    async def dry_run(self, content: bytes, tell: Tell = _tell_nobody) -> DryRun:
        """What loading the document would do: for the host, who may load it. Raises UnreadableDocumentError."""
        document = await beside_the_loop(
            lambda ticker: read_document(content, ticker),
            lambda ticker: tell(Stage.READING, ticker.done, ticker.total),
        )
        async with self._database.reading() as session:
            found = await shelf.system_exercises(session)
            performed = frozenset(await shelf.performed(session))
        plan = await beside_the_loop(
            lambda ticker: compared(document.entries, found, performed, ticker),
            lambda ticker: tell(Stage.COMPARING, ticker.done, ticker.total),
        )
        return DryRun(document, plan, found)

    async def load_for_host(self, run: DryRun) -> bool:
        """Loads what the dry run has shown, in one transaction; False if the library has changed since: nothing is."""
        async with self._database.writing() as session:
            return await self._carried_out(session, run, None)

    async def _carried_out(self, session: WriteSession, run: DryRun, admin_id: int | None) -> bool:
        """Writes what was planned, if the library is still as it was then. All that is loaded passes here.

        `admin_id` is None for the host.
        """
        await exercises.hold_catalogue(session)
        if await shelf.system_exercises(session) != run.shelf:
            return False
        if await shelf.held_performed(session, run.plan.remeasured):
            return False
        now = self._clock()
        await shelf.make(session, [replace(it, columns=_columns(it.columns, now)) for it in run.plan.made])
        await shelf.change(session, [replace(it, columns=_columns(it.columns, now)) for it in run.plan.changed])
        if run.plan.made:
            await exercises.count_anew(session)
        done = {"new": len(run.plan.made), "changed": len(run.plan.changed)}
        await audit.note(session, admin_id, AdminAction.IMPORTED, now, **done)
        return True

    async def _whole(self, admin_id: int) -> Sequence[Shelved]:
        async with self._database.reading() as session:
            await require_admin(session, admin_id, self._admin_ids)
            return await shelf.system_exercises(session)

    async def _show_anew(self, admin_id: int, kept: LibraryDocument, run: DryRun, digest: str) -> Preview:
        async with self._waiting(admin_id, kept.id, kept.revision) as (session, waiting):
            if not run.plan.does_something:
                await session.delete(waiting)
                return Preview(None, 0, kept.name, run.document, run.plan)
            waiting.shown = digest
            waiting.revision += 1
            return Preview(waiting.id, waiting.revision, waiting.name, run.document, run.plan)

    @asynccontextmanager
    async def _waiting(
        self, admin_id: int, document_id: int, revision: int
    ) -> AsyncIterator[tuple[WriteSession, LibraryDocument]]:
        async with self._database.writing() as session:
            await lifters.hold(session, admin_id)
            kept = await self._seen(session, admin_id, document_id)
            if kept.revision != revision or kept.outcome is not None:
                raise StaleButtonError
            yield session, kept

    async def _seen(self, session: ReadSession, admin_id: int, document_id: int) -> LibraryDocument:
        """The document, if it is this admin's latest; else raises StaleButtonError."""
        await require_admin(session, admin_id, self._admin_ids)
        kept = await documents.of(session, admin_id)
        if kept is None or kept.id != document_id:
            raise StaleButtonError
        return kept


def _columns(planned: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What was planned, as the table has it."""
    columns = {**planned}
    if (archived := columns.pop("is_archived", None)) is not None:
        columns["archived_at"] = now if archived else None
    return columns


def _loaded(kept: LibraryDocument) -> Loaded:
    outcome = kept.outcome or {}
    return Loaded(kept.name, {verdict: outcome.get(verdict, 0) for verdict in Verdict})

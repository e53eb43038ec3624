"""What loading a document would do to the library: decided line by line before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from storage.shelf import Shelved, ToChange, ToMake
from training.exercise_detail import muscles_leaving
from training.importing.entries import Entry, Reason, Unread, Why
from training.importing.known_names import Claim, KnownNames
from training.importing.spelling import name_key, names_equipment, spelling
from training.importing.ticking import Ticker
from training.making import usual_measure
from training.naming import LONGEST_NAME, MOST_ALIASES


class Verdict(StrEnum):
    """What becomes of one exercise of a document."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"
    """The library says otherwise, and goes on doing so."""
    REFUSED = "refused"
    """It is no exercise that can be kept, or the document says it twice."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What becomes of the exercise at this place of the document, and why.

    `known_as` is what the library calls it, or will, `fields` are those that change, `names` those that it gets.
    """

    place: int
    name: str
    verdict: Verdict
    reason: Reason | None = None
    known_as: str = ""
    fields: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading a document does."""

    findings: Sequence[Finding]
    made: Sequence[ToMake]
    changed: Sequence[ToChange]

    @property
    def does_something(self) -> bool:
        """Whether it does anything at all."""
        return bool(self.made or self.changed)

    @property
    def remeasured(self) -> Sequence[int]:
        """The exercises that will be logged otherwise."""
        return [change.exercise_id for change in self.changed if "measure" in change.columns]

    def digest(self) -> str:
        """Stands for the plan: the same for the same doings."""
        whole = sha256()
        for part in (*self.findings, *self.changed):
            whole.update(repr(part).encode())
        return whole.hexdigest()

    def figures(self) -> dict[Verdict, int]:
        """How many exercises of the document get each verdict."""
        counts = dict.fromkeys(Verdict, 0)
        for finding in self.findings:
            counts[finding.verdict] += 1
        return counts


def compared(
    entries: Sequence[Entry | Unread], shelf: Sequence[Shelved], performed: frozenset[int], ticker: Ticker
) -> Plan:
    """What becomes of each entry, given the library as it stands and which exercises stand in workouts.

    What is known is recognised by its names, however they are written. What an admin has changed stays, unless the
    entry says to replace it. From a document that isn't in our own format a built-in exercise takes names only.
    """
    comparing = _Comparing(shelf, performed)
    ticker.total = len(entries)
    for entry in entries:
        comparing.take(entry)
        ticker.tick()
    return Plan(comparing.findings, comparing.made, comparing.changed)


class _Comparing:
    """The names that are taken, by the library and by the entries before, and what is decided so far."""

    def __init__(self, shelf: Sequence[Shelved], performed: frozenset[int]) -> None:
        self.findings: list[Finding] = []
        self.made: list[ToMake] = []
        self.changed: list[ToChange] = []
        self._performed = performed
        self._names = KnownNames()
        self._said_at: dict[str, int] = {}
        for exercise in shelf:
            self._names.enter(Claim(exercise.name, exercise.modality, exercise), exercise.aliases)

    def take(self, entry: Entry | Unread) -> None:
        """Decides what becomes of the next entry."""
        if isinstance(entry, Unread):
            self.findings.append(Finding(entry.place, entry.name, Verdict.REFUSED, entry.reason))
            return
        claim = self._claimed(entry)
        if isinstance(claim, Reason):
            name = self._name_with_equipment(entry) if claim.why is Why.ELSEWHERE else ""
            if name:
                self._take_new(entry, name)
            else:
                self._leave_open(entry, Verdict.CONFLICT, claim)
        elif claim is None:
            self._take_new(entry, entry.name)
        elif (place := self._said_at.get(claim.name)) is not None:
            self._find(entry, Verdict.REFUSED, Reason(Why.REPEATS, place=place), claim)
        else:
            assert claim.known is not None
            self._take_known(entry, claim, claim.known)

    def _take_new(self, entry: Entry, name: str) -> None:
        claim = Claim(name, entry.about.get("modality"), None)
        if needed := tuple(field for field in ("body_part", "modality") if field not in entry.about):
            self._leave_open(entry, Verdict.REFUSED, Reason(Why.NEEDED, values=needed))
        elif len(entry.aliases) > MOST_ALIASES:
            self._leave_open(entry, Verdict.REFUSED, Reason(Why.UNFIT, "aliases", limit=MOST_ALIASES))
        elif (place := self._names.reserved(claim, (name, *entry.aliases))) is not None:
            self._leave_open(entry, Verdict.REFUSED, Reason(Why.REPEATS, place=place))
        else:
            usual = usual_measure(entry.about["body_part"], entry.about["modality"])
            columns = {"measure": usual, **entry.about, "name": name, "is_archived": bool(entry.archived)}
            self.made.append(ToMake(columns, {name_key(alias): alias for alias in entry.aliases}))
            self._said_at[name] = entry.place
            self._names.enter(claim, entry.aliases)
            self._find(entry, Verdict.NEW, None, claim)

    def _take_known(self, entry: Entry, claim: Claim, known: Shelved) -> None:
        said, names = self._said_of(entry, claim, known)
        said |= {column: tuple(muscles) for column, muscles in muscles_leaving(said, known).items()}
        differing = {column: value for column, value in said.items() if getattr(known, column) != value}
        fields = tuple(differing)
        if (place := self._reserved(claim, known, differing, names)) is not None:
            self._leave_open(entry, Verdict.REFUSED, Reason(Why.REPEATS, place=place))
            return
        self._said_at[claim.name] = entry.place
        if not differing and not names:
            self._find(entry, Verdict.SAME, None, claim)
        elif _is_admins(known, fields) and not entry.replaces:
            self._leave_open(entry, Verdict.CONFLICT, Reason(Why.EDITED), claim, fields, tuple(names.values()))
        elif "measure" in differing and known.id in self._performed:
            self._leave_open(entry, Verdict.CONFLICT, Reason(Why.PERFORMED), claim, fields)
        elif names and len(known.aliases) + len(names) > MOST_ALIASES:
            self._leave_open(entry, Verdict.CONFLICT, Reason(Why.UNFIT, "aliases", limit=MOST_ALIASES), claim)
        else:
            if known.is_built_in and fields not in {(), ("is_archived",)}:
                differing["is_edited"] = True  # or the next start would take it back
            self.changed.append(ToChange(known.id, differing, names))
            if "modality" in differing:
                self._names.leave(claim, known.aliases)
                claim.modality = differing["modality"]
            self._names.enter(claim, (*known.aliases, *names.values()))
            self._find(entry, Verdict.CHANGED, None, claim, fields, tuple(names.values()))

    def _said_of(self, entry: Entry, claim: Claim, known: Shelved) -> tuple[dict[str, Any], dict[str, str]]:
        """What the entry says about an exercise that is there, by column, and the names that it gives it, by key.

        A document that isn't in our own format says nothing about what an admin has changed or put away, and of what is
        built in only how it is called too.
        """
        if not entry.is_ours and (known.is_edited or known.is_archived):
            return {}, {}
        names = {name_key(name): name for name in (entry.name, *entry.aliases)}
        names = {key: name for key, name in names.items() if self._names.exactly(name) is None}
        if not entry.is_ours:
            if any(claim not in claims for claims in self._names.led_to(entry.name)):
                names = {}  # without the equipment the name means another one
            guessed = {"modality", "measure"} if entry.modality is None else set()
            said = {column: value for column, value in entry.about.items() if column not in guessed}
            return {} if known.is_built_in else said, names
        return {**entry.about} if entry.archived is None else {**entry.about, "is_archived": entry.archived}, names

    def _leave_open(  # noqa: PLR0913, PLR0917 -- as `_find`
        self,
        entry: Entry,
        verdict: Verdict,
        reason: Reason,
        claim: Claim | None = None,
        fields: tuple[str, ...] = (),
        names: tuple[str, ...] = (),
    ) -> None:
        """Nothing is done about the entry, and nothing below it may take its names.

        A repeat would find these, and do something after all.
        """
        self._names.reserve(entry.name, entry.equipment, entry.aliases, entry.place)
        self._find(entry, verdict, reason, claim, fields, names)

    def _reserved(
        self, claim: Claim, known: Shelved, differing: Mapping[str, Any], names: Mapping[str, str]
    ) -> int | None:
        """Where an entry stands about which nothing is done, and that would mean the exercise once it is changed."""
        if "modality" not in differing:
            return self._names.reserved(claim, (*names.values(),))
        # What it is done with decides what its names mean.
        will_be = Claim(claim.name, differing["modality"], known)
        have = (known.name, *known.aliases)
        place = self._names.reserved(claim, have)
        return self._names.reserved(will_be, (*have, *names.values())) if place is None else place

    def _name_with_equipment(self, entry: Entry) -> str:
        """A name for what is called as another exercise is that is done with something else; "" if there is none.

        Only a document from elsewhere needs one: in our own format the name is the one that is meant.
        """
        name = f"{entry.name} ({entry.equipment})"
        fits = bool(entry.equipment) and len(name) <= LONGEST_NAME and not names_equipment(spelling(entry.name))
        return name if fits and not any(self._names.so_spelt(spelling(name))) else ""

    def _find(  # noqa: PLR0913, PLR0917 -- what there is to say about a line
        self,
        entry: Entry,
        verdict: Verdict,
        reason: Reason | None = None,
        claim: Claim | None = None,
        fields: tuple[str, ...] = (),
        names: tuple[str, ...] = (),
    ) -> None:
        known_as = "" if claim is None else claim.name
        shown = tuple(_SAID_AS.get(field, field) for field in fields if field != "weight_step_unit")
        self.findings.append(Finding(entry.place, entry.name, verdict, reason, known_as, shown, names))

    def _claimed(self, entry: Entry) -> Claim | Reason | None:
        """The exercise that the entry means; why none can be told, or None if there is none yet."""
        found = self._meant(entry)
        if found is None:
            found = self._by_its_aliases(entry)
        if isinstance(found, Reason) or (found is not None and found.name in self._said_at):
            return found
        for alias in entry.aliases:
            if (taken := self._of_another(alias, found)) is not None:
                if found is not None:
                    self._said_at[found.name] = entry.place
                return Reason(Why.TAKEN, values=(alias, taken.name))
        return found

    def _of_another(self, alias: str, claim: Claim | None) -> Claim | None:
        """The exercise that the alias leads to, if that isn't this one and this one hasn't got it already."""
        if claim is not None and claim.known is not None and alias in claim.known.aliases:
            return None
        exact = self._names.exactly(alias)
        claims = [exact] if exact is not None else next(self._names.led_to(alias), ())
        return None if claim in claims else next(iter(claims), None)

    def _meant(self, entry: Entry) -> Claim | Reason | None:
        elsewhere: Claim | None = None
        for candidates in self._names.led_to(entry.name, entry.equipment):
            if len(candidates) > 1:
                return Reason(Why.SEVERAL, values=tuple(claim.name for claim in candidates))
            claim = candidates[0]
            if _go_together(entry, claim) or (entry.is_ours and self._names.is_name_of(claim, entry.name)):
                return claim
            elsewhere = elsewhere or claim
        return None if elsewhere is None else Reason(Why.ELSEWHERE, values=(elsewhere.name,))

    def _by_its_aliases(self, entry: Entry) -> Claim | Reason | None:
        """What the entry's other names lead to, if its name leads nowhere."""
        found = {claim.name: claim for alias in entry.aliases if (claim := self._names.exactly(alias)) is not None}
        if len(found) > 1:
            return Reason(Why.SEVERAL, values=tuple(found))
        claim = next(iter(found.values()), None)
        if claim is not None and not _go_together(entry, claim):
            return Reason(Why.ELSEWHERE, values=(claim.name,))
        return claim


_SAID_AS = {
    "primary_muscles": "primary",
    "secondary_muscles": "secondary",
    "default_rest": "rest",
    "is_archived": "archived",
}
"""Under which field a document says what has another name here."""


def _go_together(entry: Entry, claim: Claim) -> bool:
    """Whether nothing speaks against the entry being this exercise."""
    return entry.modality is None or claim.modality is None or entry.modality is claim.modality


def _is_admins(known: Shelved, fields: Sequence[str]) -> bool:
    """Whether an admin has made or changed the exercise, or has put it away and it would come back."""
    return known.is_edited or (known.is_archived and "is_archived" in fields)

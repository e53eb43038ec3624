"""Everything that training offers, put together once per process."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from storage.database import Database
from training.accounts.exporting import Export, Exports
from training.accounts.importing import Imports
from training.admins import Admins
from training.amending import Amending
from training.annotating import Annotating
from training.announcing import Announcements
from training.browsing import Browsing
from training.clock import Alarm, Clock
from training.curating import Curating
from training.editing import Editing
from training.exercises import Exercises
from training.history import History
from training.idle import IdleWorkouts
from training.importing.documents import Documents
from training.leaving import Leaving
from training.library import Library
from training.lifters import Lifters
from training.next_set import NextSet
from training.notebook import Notebook
from training.pasting import Pastes
from training.picking import Picking
from training.private_names import PrivateNames
from training.progress import Progress
from training.proposals import Proposals
from training.record_book import RecordBook
from training.reminders import Reminders
from training.reminding import Reminding
from training.resting import Resting
from training.rests import Rests
from training.retouching import Retouching
from training.starting import Starting
from training.stats import Stats
from training.timers import Timers
from training.undo import Undo
from training.workouts import Workouts
from training.zones import Zones


@dataclass(frozen=True, slots=True)
class Gym:
    """What handlers call: each method is one transaction and returns plain values."""

    lifters: Lifters
    leaving: Leaving
    zones: Zones
    library: Library
    browsing: Browsing
    exercises: Exercises
    documents: Documents
    private_names: PrivateNames
    proposals: Proposals
    picking: Picking
    workouts: Workouts
    next_set: NextSet
    notebook: Notebook
    pastes: Pastes
    amending: Amending
    annotating: Annotating
    rests: Rests
    resting: Resting
    timers: Timers
    history: History
    progress: Progress
    record_book: RecordBook
    editing: Editing
    retouching: Retouching
    exports: Export
    imports: Imports
    undo: Undo
    starting: Starting
    idle: IdleWorkouts
    reminders: Reminders
    reminding: Reminding
    admins: Admins
    curating: Curating
    stats: Stats
    announcements: Announcements


def open_gym(database: Database, clock: Clock, alarm: Alarm, admin_ids: Collection[int]) -> Gym:
    """Builds the services on one database."""
    library = Library(database, clock, admin_ids)
    return Gym(
        lifters=Lifters(database, clock, admin_ids),
        leaving=Leaving(database, clock, admin_ids),
        zones=Zones(clock),
        library=library,
        browsing=Browsing(database, admin_ids),
        exercises=Exercises(database, clock, admin_ids),
        documents=Documents(database, clock, admin_ids),
        private_names=PrivateNames(database, clock),
        proposals=Proposals(database, clock, admin_ids),
        picking=Picking(database, clock),
        workouts=Workouts(database, clock, alarm),
        next_set=NextSet(database, clock),
        notebook=Notebook(database, clock, alarm),
        pastes=Pastes(database, clock, alarm),
        amending=Amending(database, clock),
        annotating=Annotating(database, clock),
        rests=Rests(database, clock),
        resting=Resting(database, clock, alarm),
        timers=Timers(database, clock, alarm),
        history=History(database, clock),
        progress=Progress(database, clock),
        record_book=RecordBook(database),
        editing=Editing(database, clock),
        retouching=Retouching(database, clock),
        exports=Exports(database, clock),
        imports=Imports(database, clock),
        undo=Undo(database, clock, admin_ids),
        starting=Starting(database, clock),
        idle=IdleWorkouts(database, clock),
        reminders=Reminders(database, clock),
        reminding=Reminding(database, clock),
        admins=Admins(database, clock, admin_ids),
        curating=Curating(database, library, admin_ids),
        stats=Stats(database, clock, admin_ids),
        announcements=Announcements(database, clock, alarm, admin_ids),
    )

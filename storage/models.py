"""The tables. A model knows no rule; what must always hold is a constraint here."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    false,
    literal_column,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from storage.columns import BigKey, HalfSteps, UtcDateTime, closed_set
from storage.values.change import ChangeKind
from storage.values.chat import AnnouncementState, DeliveryState, JournalStatus, RestState, Source, WatchState
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.lifted import SetEntry, SetKind
from storage.values.proposal import ProposalState
from storage.values.quantity import Distance, DistanceUnit, Weight, WeightUnit
from storage.values.reminder import ReminderKind
from storage.values.timer import TimerKind, TimerState

_RUNS = "state = 'running'"
_WARNS = "warns"
_WAITS = "status IN ('pending', 'applied')"
_WATCHING = "state = 'watching'"
_WATCHES = "state IN ('watching', 'due')"
_TYPED = "message_id IS NOT NULL"
_SENDING = "state = 'sending'"
_UNDELIVERED = "state = 'waiting'"
_PROPOSED = "state = 'waiting'"


class Base(DeclarativeBase):
    """Every table of Spotter, with constraint names that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, str: Text}  # noqa: RUF012 -- SQLAlchemy's own declaration


class User(Base):
    """A lifter; `id` is the Telegram user id."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]
    unit: Mapped[WeightUnit | None] = mapped_column(closed_set(WeightUnit, "unit"))
    """None until the lifter has chosen."""
    default_rest: Mapped[int] = mapped_column(CheckConstraint("default_rest >= 0", name="default_rest"), default=120)
    """Seconds between sets where the exercise says nothing."""
    step: Mapped[str | None]
    """The step of the conversation that is under way."""
    unreachable_since: Mapped[datetime | None]
    """When Telegram said that the bot is blocked; None while messages arrive."""
    created_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(server_default="UTC", default="UTC")
    """An IANA name, such as Europe/Berlin."""
    warm_up_rest: Mapped[int] = mapped_column(
        CheckConstraint("warm_up_rest >= 0", name="warm_up_rest"), server_default="0", default=0
    )
    """Seconds of rest after a warm-up."""
    weight_step: Mapped[int | None] = mapped_column(BigInteger, CheckConstraint("weight_step > 0", name="weight_step"))
    """Thousandths of the lifter's unit that − and + change a weight by; None: what is usual for the unit."""
    is_admin: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether an admin made this lifter one; those of the host's settings are admins without it."""
    leaving_since: Mapped[datetime | None]
    """When the lifter asked to be deleted: what is left of them goes at the next start at the latest."""
    asks_rpe: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether the card asks for the RPE of a working set."""
    cleans_messages: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether a message whose sets were logged leaves the chat."""
    rests_alike: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether `default_rest` holds for built-in exercises too, whatever these say."""
    drop_rest: Mapped[int] = mapped_column(
        CheckConstraint("drop_rest >= 0", name="drop_rest"), server_default="0", default=0
    )
    """Seconds of rest before a drop set."""
    warns_of_rest: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether a word comes shortly before a rest ends."""


class Exercise(Base):
    """An entry of the library: system (no `user_id`) or one lifter's own."""

    __tablename__ = "exercises"
    __table_args__ = (
        Index(
            "uq_exercises_system_name_key",
            "name_key",
            unique=True,
            sqlite_where=text("user_id IS NULL"),
            postgresql_where=text("user_id IS NULL"),
        ),
        UniqueConstraint("user_id", "name_key"),
        Index(None, "user_id", "body_part"),
        {"sqlite_autoincrement": True},  # a button of a deleted exercise never means another one
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    name_key: Mapped[str]
    catalogue_key: Mapped[str | None] = mapped_column(unique=True)
    """The name key of the built-in entry it was made from, by which seeding finds it again after a renaming."""
    body_part: Mapped[BodyPart] = mapped_column(closed_set(BodyPart, "body_part"))
    modality: Mapped[Modality] = mapped_column(closed_set(Modality, "modality"))
    measure: Mapped[Measure] = mapped_column(closed_set(Measure, "measure"))
    primary_muscles: Mapped[list[str]] = mapped_column(JSON, default=list)
    secondary_muscles: Mapped[list[str]] = mapped_column(JSON, default=list)
    default_rest: Mapped[int | None] = mapped_column(CheckConstraint("default_rest >= 0", name="default_rest"))
    how: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None]
    weight_step: Mapped[int | None] = mapped_column(BigInteger, CheckConstraint("weight_step > 0", name="weight_step"))
    """Thousandths of `weight_step_unit` that − and + change a weight by; None: the lifter's own step."""
    weight_step_unit: Mapped[WeightUnit | None] = mapped_column(closed_set(WeightUnit, "weight_step_unit"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("exercises.id", ondelete="CASCADE"), index=True)
    """The exercise that has taken over this one's history and names. The row stays, so that seeding doesn't bring it
    back and an undo that refers to it finds its successor."""
    is_edited: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether an admin has changed it: seeding then leaves it as it is."""

    aliases: Mapped[list[ExerciseAlias]] = relationship(
        back_populates="exercise", cascade="all, delete-orphan", order_by="ExerciseAlias.id", lazy="raise"
    )


class ExerciseAlias(Base):
    """Another name of an exercise."""

    __tablename__ = "exercise_aliases"
    __table_args__ = (
        UniqueConstraint("exercise_id", "alias_key"),
        Index(None, "alias_key"),
        {"sqlite_autoincrement": True},  # one that is taken back never meets another alias under its id
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id", ondelete="CASCADE"))
    alias: Mapped[str]
    alias_key: Mapped[str]

    exercise: Mapped[Exercise] = relationship(back_populates="aliases", lazy="raise")


class Workout(Base):
    """One training session, open until `finished_at` is set; at most one is open per lifter."""

    __tablename__ = "workouts"
    __table_args__ = (
        Index(
            "uq_workouts_open_user_id",
            "user_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index(None, "user_id", "started_at"),
        CheckConstraint("finished_at >= started_at", name="finished_after_start"),
        UniqueConstraint("id", "user_id"),  # what executions refer to, so that they have the same owner
        {"sqlite_autoincrement": True},  # an id in a button never comes to mean another workout
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    """Counts the changes; a button made for an older revision changes nothing."""
    card_message_id: Mapped[int | None] = mapped_column(BigInteger)
    messages_below: Mapped[int] = mapped_column(default=0)
    """How many messages have come below the card since it was sent."""
    finished_before: Mapped[datetime | None]
    """When it was finished before it was reopened."""
    ends_at: Mapped[datetime | None]
    """When it ended, as its lifter has said while it was open."""

    executions: Mapped[list[ExerciseExecution]] = relationship(
        back_populates="workout",
        cascade="all, delete-orphan",
        order_by="ExerciseExecution.position",
        lazy="raise",
    )


class ExerciseExecution(Base):
    """An exercise performed in a workout. The one focused last is the current one."""

    __tablename__ = "exercise_executions"
    __table_args__ = (
        UniqueConstraint("workout_id", "position"),
        Index(None, "exercise_id", "workout_id"),
        Index(None, "user_id", "exercise_id"),
        ForeignKeyConstraint(["workout_id", "user_id"], ["workouts.id", "workouts.user_id"], ondelete="CASCADE"),
        {"sqlite_autoincrement": True},  # as with workouts
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    workout_id: Mapped[int] = mapped_column(BigKey)
    user_id: Mapped[int] = mapped_column(BigInteger)
    """The workout's owner, so that one lifter's history of an exercise is one index away."""
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id", ondelete="RESTRICT"))
    position: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    focused_at: Mapped[datetime]
    superset: Mapped[int | None]
    """Executions of a workout with the same number are done in turn, a set of each."""
    turned: Mapped[dict[str, int | str] | None] = mapped_column(JSON(none_as_null=True))
    """How many steps the suggested set's parts have been turned up or down since the last set, and its kind."""

    workout: Mapped[Workout] = relationship(back_populates="executions", lazy="raise")
    exercise: Mapped[Exercise] = relationship(lazy="raise")
    sets: Mapped[list[Set]] = relationship(cascade="all, delete-orphan", order_by="Set.position", lazy="raise")
    targets: Mapped[list[Target]] = relationship(cascade="all, delete-orphan", order_by="Target.position", lazy="raise")


class Lifted:
    """The columns that a set and a target share.

    `weight` and `distance` are in thousandths of their own unit, as entered; `weight_mg` (milligrams)
    and `distance_mm` (millimetres) stand beside them for comparing. `duration` is in seconds.
    """

    kind: Mapped[SetKind] = mapped_column(closed_set(SetKind, "kind"))
    weight: Mapped[int | None] = mapped_column(BigInteger)
    unit: Mapped[WeightUnit | None] = mapped_column(closed_set(WeightUnit, "unit"))
    weight_mg: Mapped[int | None] = mapped_column(BigInteger)
    clean_reps: Mapped[int | None]
    forced_reps: Mapped[int] = mapped_column(default=0)
    rpe: Mapped[Decimal | None] = mapped_column(HalfSteps)
    duration: Mapped[int | None]
    distance: Mapped[int | None] = mapped_column(BigInteger)
    distance_unit: Mapped[DistanceUnit | None] = mapped_column(closed_set(DistanceUnit, "distance_unit"))
    distance_mm: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(default="")

    @property
    def entry(self) -> SetEntry:
        """The row as an exact value."""
        return SetEntry(
            weight=None if self.weight is None or self.unit is None else Weight(self.weight, self.unit),
            clean_reps=self.clean_reps,
            forced_reps=self.forced_reps,
            kind=self.kind,
            rpe=self.rpe,
            duration=self.duration,
            distance=None
            if self.distance is None or self.distance_unit is None
            else Distance(self.distance, self.distance_unit),
            note=self.note,
        )

    @entry.setter
    def entry(self, entry: SetEntry) -> None:
        weight, distance = entry.weight, entry.distance
        self.kind = entry.kind
        self.weight = None if weight is None else weight.thousandths
        self.unit = None if weight is None else weight.unit
        self.weight_mg = None if weight is None else weight.milligrams
        self.clean_reps = entry.clean_reps
        self.forced_reps = entry.forced_reps
        self.rpe = entry.rpe
        self.duration = entry.duration
        self.distance = None if distance is None else distance.thousandths
        self.distance_unit = None if distance is None else distance.unit
        self.distance_mm = None if distance is None else distance.millimetres
        self.note = entry.note


def _lifted_checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("(weight IS NULL) = (unit IS NULL) AND (weight IS NULL) = (weight_mg IS NULL)", name="weight"),
        CheckConstraint(
            "(distance IS NULL) = (distance_unit IS NULL) AND (distance IS NULL) = (distance_mm IS NULL)",
            name="distance",
        ),
        CheckConstraint("clean_reps >= 0 AND forced_reps >= 0", name="reps"),
        CheckConstraint("duration >= 0", name="duration"),
        CheckConstraint("distance >= 0", name="distance_not_negative"),
        CheckConstraint("rpe BETWEEN 2 AND 20", name="rpe"),
    )


class Set(Lifted, Base):
    """One line of work that was done."""

    __tablename__ = "sets"
    __table_args__ = (
        UniqueConstraint("execution_id", "position"),
        Index(
            "ix_sets_message_id",
            "message_id",
            sqlite_where=text(_TYPED),
            postgresql_where=text(_TYPED),
        ),
        *_lifted_checks(),
        {"sqlite_autoincrement": True},  # as with workouts
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    execution_id: Mapped[int] = mapped_column(ForeignKey("exercise_executions.id", ondelete="CASCADE"))
    position: Mapped[int]
    logged_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(BigInteger, sort_order=1)
    """The lifter's message that it was typed in: editing that one amends it."""
    message_edited_at: Mapped[datetime | None] = mapped_column(sort_order=1)
    """When that message was last edited, if it was."""


class Target(Lifted, Base):
    """A set that is suggested, not done."""

    __tablename__ = "targets"
    __table_args__ = (
        UniqueConstraint("execution_id", "position"),
        *_lifted_checks(),
        {"sqlite_autoincrement": True},  # as with workouts
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    execution_id: Mapped[int] = mapped_column(ForeignKey("exercise_executions.id", ondelete="CASCADE"))
    position: Mapped[int]


class ExercisePreference(Base):
    """What one lifter wants otherwise with one exercise; None: as everywhere else."""

    __tablename__ = "exercise_preferences"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    exercise_id: Mapped[int] = mapped_column(
        ForeignKey("exercises.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    unit: Mapped[WeightUnit | None] = mapped_column(closed_set(WeightUnit, "unit"))
    weight_step: Mapped[int | None] = mapped_column(BigInteger, CheckConstraint("weight_step > 0", name="weight_step"))
    """Thousandths of the unit that this lifter logs the exercise in."""
    rest: Mapped[int | None] = mapped_column(CheckConstraint("rest >= 0", name="rest"))
    """Seconds."""
    hidden: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether the lifter wants it in no list: its exact name finds it all the same."""


class PrivateAlias(Base):
    """A name that one lifter has given an exercise that everybody sees: it leads them there, and nobody else."""

    __tablename__ = "private_aliases"
    __table_args__ = (
        UniqueConstraint("user_id", "alias_key"),
        {"sqlite_autoincrement": True},  # as with aliases
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id", ondelete="CASCADE"), index=True)
    alias: Mapped[str]
    alias_key: Mapped[str]


class Proposal(Base):
    """A lifter's own exercise that the admins are asked to take into the library; at most one waits for each."""

    __tablename__ = "proposals"
    __table_args__ = (
        Index(
            "uq_proposals_waiting_exercise_id",
            "exercise_id",
            unique=True,
            sqlite_where=text(_PROPOSED),
            postgresql_where=text(_PROPOSED),
        ),
        Index(None, "exercise_id"),
        Index(None, "user_id"),
        {"sqlite_autoincrement": True},  # a button of one that is gone never means another one
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id", ondelete="CASCADE"))
    state: Mapped[ProposalState] = mapped_column(closed_set(ProposalState, "state"))
    proposed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    word: Mapped[str] = mapped_column(default="")
    """What the admin who declined it has said."""


class ProposalNotice(Base):
    """Somebody is to be told of a proposal: an admin that it waits, or its lifter what has become of it."""

    __tablename__ = "proposal_notices"
    __table_args__ = (
        Index(None, "user_id"),
        {"sqlite_autoincrement": True},  # a notice's id names it in the journal, so it is never given twice
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), index=True)


class Change(Base):
    """What a lifter did last, with the rows as they were before: what taking it back needs."""

    __tablename__ = "changes"
    __table_args__ = (Index(None, "user_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[ChangeKind] = mapped_column(closed_set(ChangeKind, "kind"))
    made_at: Mapped[datetime]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """`{"table": …, "key": […], "was": {column: value} | null, "is": {column: value} | null}`: the whole row before,
    null if the change made it, and what the change wrote, null if it removed the row."""


class Paste(Base):
    """A workout typed or pasted as text, which waits until its lifter has seen how it reads; the latest one only."""

    __tablename__ = "pastes"
    __table_args__ = (
        UniqueConstraint("user_id"),
        {"sqlite_autoincrement": True},  # a button of one that is gone never means another one
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str]
    answers: Mapped[dict[str, int]] = mapped_column(JSON)
    """For a name, by its key, the exercise that is meant; 0: none, it is left out."""
    shown: Mapped[str] = mapped_column(server_default="", default="")
    """What stands for the reading that the lifter has seen."""
    revision: Mapped[int] = mapped_column(default=0)
    """Counts what the lifter has answered; a button made for an older revision changes nothing."""
    workout_id: Mapped[int | None] = mapped_column(BigInteger)
    """The finished workout that it is to take the place of; it may be gone."""


class AuditRow(Base):
    """What an admin did, written with its effect. Rows are added and never deleted, and nothing is changed but that who
    leaves is named no more.
    """

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)  # ids give the order

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    admin_id: Mapped[int | None] = mapped_column(BigInteger)
    """Not a foreign key: the record outlives the admin. None: the host, on the command line; 0: who has left."""
    done_at: Mapped[datetime]
    action: Mapped[str]
    """An `AdminAction`, or one of a newer release."""
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Ids, counts and names of fields, as `AdminAction` says; nothing that anybody has written."""


class Announcement(Base):
    """A message from an admin to every lifter."""

    __tablename__ = "announcements"
    __table_args__ = (
        Index(
            "ix_announcements_sending",
            "id",
            sqlite_where=text(_SENDING),
            postgresql_where=text(_SENDING),
        ),
        Index(None, "user_id"),
        {"sqlite_autoincrement": True},  # its id names it in the journal and in buttons
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    """The admin."""
    text: Mapped[str]
    state: Mapped[AnnouncementState] = mapped_column(closed_set(AnnouncementState, "state"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    """The message in the admin's chat that shows how far it has come."""
    told_at: Mapped[datetime | None]
    """When the admin was last shown that."""


class Delivery(Base):
    """An announcement for one lifter."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("announcement_id", "user_id"),
        Index(
            "ix_deliveries_waiting",
            "announcement_id",
            "id",
            sqlite_where=text(_UNDELIVERED),
            postgresql_where=text(_UNDELIVERED),
        ),
        Index(None, "user_id"),
        {"sqlite_autoincrement": True},  # its id names it in the journal, so it is never given twice
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    state: Mapped[DeliveryState] = mapped_column(closed_set(DeliveryState, "state"))


class LibraryDocument(Base):
    """Exercises sent as a file, which wait until an admin has seen what loading them would do; the latest one only."""

    __tablename__ = "library_documents"
    __table_args__ = (
        UniqueConstraint("user_id"),
        {"sqlite_autoincrement": True},  # as with pastes
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    """The file's."""
    content: Mapped[bytes]
    """What was sent, compressed; nothing once it is loaded."""
    shown: Mapped[str]
    """What stands for the plan that the admin has seen."""
    outcome: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    """How much was done, once it is loaded."""
    revision: Mapped[int] = mapped_column(default=0)
    """Counts how often it was planned anew or loaded; a button made for an older revision changes nothing."""


class RestTimer(Base):
    """The countdown to the next set; at most one runs per lifter.

    The row keeps `message_id` until that message is removed from the chat.
    """

    __tablename__ = "rest_timers"
    __table_args__ = (
        Index(
            "uq_rest_timers_running_user_id",
            "user_id",
            unique=True,
            sqlite_where=text(_RUNS),
            postgresql_where=text(_RUNS),
        ),
        Index(
            "ix_rest_timers_running_due_at",
            "due_at",
            sqlite_where=text(_RUNS),
            postgresql_where=text(_RUNS),
        ),
        Index(
            "ix_rest_timers_warning_due_at",
            "due_at",
            sqlite_where=text(f"{_RUNS} AND {_WARNS}"),
            postgresql_where=text(f"{_RUNS} AND {_WARNS}"),
        ),
        Index(None, "user_id"),
        {"sqlite_autoincrement": True},  # a timer's id names it in the journal, so it is never given twice
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    workout_id: Mapped[int] = mapped_column(ForeignKey("workouts.id", ondelete="CASCADE"), index=True)
    execution_id: Mapped[int] = mapped_column(ForeignKey("exercise_executions.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[RestState] = mapped_column(closed_set(RestState, "state"))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    """That says that the rest is over, or, while it runs, that it soon will be."""
    planned: Mapped[int | None]
    """Seconds that it lasts by itself; None if that says nothing of what its lifter is used to."""
    wanted: Mapped[int | None]
    """Seconds that it has come to, with all that its lifter has added and taken away."""
    warns: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether a word before its end is still to be said."""


class RestHabit(Base):
    """What a lifter has lately changed the rests after an exercise to; none while they leave them as they come."""

    __tablename__ = "rest_habits"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    exercise_id: Mapped[int] = mapped_column(
        ForeignKey("exercises.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    length: Mapped[int]
    """Seconds that the last one came to."""
    times: Mapped[int]
    """How many in a row have come to about as much."""
    offered: Mapped[int | None]
    """The length that was offered before, and not taken."""


class Timer(Base):
    """A countdown, EMOM or intervals that a lifter has started; each has at most one, whatever has become of it.

    It is so many `rounds` of `work` seconds with `rest` seconds between them. If it times a set, that is of this
    execution, and `set_kind`, `weight` and `unit` are what it will be besides its duration.
    """

    __tablename__ = "timers"
    __table_args__ = (
        UniqueConstraint("user_id"),
        CheckConstraint("rounds > 0 AND work > 0 AND rest >= 0", name="plan"),
        CheckConstraint("(weight IS NULL) = (unit IS NULL)", name="weight"),
        {"sqlite_autoincrement": True},  # a timer's id is part of what names its beats in the journal
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    execution_id: Mapped[int | None] = mapped_column(
        ForeignKey("exercise_executions.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[TimerKind] = mapped_column(closed_set(TimerKind, "kind"))
    rounds: Mapped[int]
    work: Mapped[int]
    rest: Mapped[int]
    set_kind: Mapped[SetKind | None] = mapped_column(closed_set(SetKind, "set_kind"))
    """None where it times no set."""
    weight: Mapped[int | None] = mapped_column(BigInteger)
    unit: Mapped[WeightUnit | None] = mapped_column(closed_set(WeightUnit, "unit"))
    starts_at: Mapped[datetime]
    """When it says "go"."""
    beat: Mapped[int] = mapped_column(default=-1)
    """The beat that was handed out last, -1 before the first."""
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When there is something to do about it; None if never again."""
    state: Mapped[TimerState] = mapped_column(closed_set(TimerState, "state"))
    held: Mapped[int | None]
    """Once it is over, how many seconds it has run."""
    message_id: Mapped[int | None] = mapped_column(BigInteger)


class IdleWatch(Base):
    """When to look whether an open workout has been left idle; at most one watches each, and each looks once."""

    __tablename__ = "idle_watches"
    __table_args__ = (
        Index(
            "uq_idle_watches_waiting_workout_id",
            "workout_id",
            unique=True,
            sqlite_where=text(_WATCHES),
            postgresql_where=text(_WATCHES),
        ),
        Index(
            "ix_idle_watches_watching_due_at",
            "due_at",
            sqlite_where=text(_WATCHING),
            postgresql_where=text(_WATCHING),
        ),
        Index(None, "user_id"),
        Index(None, "workout_id"),
        {"sqlite_autoincrement": True},  # a watch's id names it in the journal, so it is never given twice
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    workout_id: Mapped[int] = mapped_column(ForeignKey("workouts.id", ondelete="CASCADE"))
    revision: Mapped[int]
    """The workout's revision when the watch began: while it stays, nothing has been done."""
    quiet_since: Mapped[datetime]
    """When something was done last, as far as is known."""
    due_at: Mapped[datetime]
    has_asked: Mapped[bool]
    """Whether the lifter has been asked already since then."""
    state: Mapped[WatchState] = mapped_column(closed_set(WatchState, "state"))


class ReminderPlan(Base):
    """When a lifter wants to be reminded, and when not; minutes since midnight, by the clock of their time zone.

    There is one once the lifter has chosen any of this, or a time zone.
    """

    __tablename__ = "reminder_plans"
    __table_args__ = (
        CheckConstraint("training_at BETWEEN 0 AND 1439 AND summary_at BETWEEN 0 AND 1439", name="times"),
        CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until "
            "AND quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439",
            name="quiet",
        ),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    training_at: Mapped[int]
    summary_at: Mapped[int]
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]


class Reminder(Base):
    """A day of the week on which a lifter wants to be reminded, and when that is to be the next time."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "weekday"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        Index(None, "due_at"),
        {"sqlite_autoincrement": True},  # its id names it in the journal, so it is never given twice
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[ReminderKind] = mapped_column(closed_set(ReminderKind, "kind"))
    weekday: Mapped[int]
    """0 is Monday."""
    title: Mapped[str] = mapped_column(default="")
    """Of the workouts that the lifter does on this day; empty: not said."""
    due_at: Mapped[datetime]


class JournalRow(Base):
    """An update (or a timer that is due), written down before it is acknowledged. The journal is the only queue."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("bot_id", "source", "source_id"),
        Index(
            "ix_journal_waiting",
            "user_id",
            "id",
            sqlite_where=text(_WAITS),
            postgresql_where=text(_WAITS),
        ),
        {"sqlite_autoincrement": True},  # ids give the order, also after old rows are gone
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    bot_id: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[Source] = mapped_column(closed_set(Source, "source"))
    source_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger)
    """Whose lane it waits in; not a foreign key, since it is written down before anything is known."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[JournalStatus] = mapped_column(closed_set(JournalStatus, "status"), default=JournalStatus.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    owed: Mapped[str | None]
    """Which answer the lifter is owed, once the effect is applied."""
    received_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    has_effect: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether its effect is in the data, whatever has become of the answer."""


class Replica(Base):
    """A process that runs the bot."""

    __tablename__ = "replicas"

    id: Mapped[str] = mapped_column(primary_key=True)
    bot_id: Mapped[int] = mapped_column(BigInteger, index=True)
    lives_until: Mapped[int | None] = mapped_column(BigInteger)
    """Milliseconds since 1970 by the database's clock, unless it says so again; None where only one process can be."""


class Lane(Base):
    """Which replica handles a lifter's updates at the moment."""

    __tablename__ = "lanes"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Not a foreign key, as with the journal."""
    owner: Mapped[str | None]
    """A replica; one that lives no more owns nothing."""
    epoch: Mapped[int]
    """How often the lane has changed hands."""


class Duty(Base):
    """What one replica does for all of them."""

    __tablename__ = "duties"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    """A replica; one that lives no more has no duty."""


RUNS: ColumnElement[Any] = literal_column(f"{RestTimer.__tablename__}.{_RUNS}")
"""A rest timer counts down. Written out, as in the partial indexes: with a parameter SQLite could not use them."""

WARNS: ColumnElement[Any] = literal_column(f"{RestTimer.__tablename__}.{_WARNS}")
"""A word before the timer's end is still to be said. Written out, as `RUNS` is."""

WAITS: ColumnElement[Any] = literal_column(f"{JournalRow.__tablename__}.{_WAITS}")
"""Something still has to be done for a journal row. Written out, as `RUNS` is."""

WATCHING: ColumnElement[Any] = literal_column(f"{IdleWatch.__tablename__}.{_WATCHING}")
"""A watch over an open workout waits for its time. Written out, as `RUNS` is."""

WATCHES: ColumnElement[Any] = literal_column(f"{IdleWatch.__tablename__}.{_WATCHES}")
"""A watch over an open workout has not looked yet. Written out, as `RUNS` is."""

SENDING: ColumnElement[Any] = literal_column(f"{Announcement.__tablename__}.{_SENDING}")
"""An announcement is on its way. Written out, as `RUNS` is."""

UNDELIVERED: ColumnElement[Any] = literal_column(f"{Delivery.__tablename__}.{_UNDELIVERED}")
"""An announcement has not been handed out to a lifter yet. Written out, as `RUNS` is."""
PROPOSED: ColumnElement[Any] = literal_column(f"{Proposal.__tablename__}.{_PROPOSED}")
"""A proposal waits for an answer. Written out, as `RUNS` is."""

# What every update passes is written without the unit of work: of a statement through a model half the time is spent on
# finding out which loaded objects it touches.
JOURNAL, LANES, REST_TIMERS, CHANGES = (
    Base.metadata.tables[model.__tablename__] for model in (JournalRow, Lane, RestTimer, Change)
)

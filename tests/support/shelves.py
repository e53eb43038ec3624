"""The library in memory, for tests of what is decided before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storage.catalogue import built_in
from storage.shelf import Shelved, ToMake
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.name_key import name_key
from training.importing.comparing import Plan


def shelved(
    number: int,
    name: str,
    *,
    aliases: Sequence[str] = (),
    part: BodyPart = BodyPart.CHEST,
    modality: Modality = Modality.BARBELL,
    measure: Measure = Measure.WEIGHT_REPS,
    rest: int | None = None,
    how: str = "",
    primary: Sequence[str] = (),
    secondary: Sequence[str] = (),
    archived: bool = False,
    built_in: bool = False,
    edited: bool = False,
) -> Shelved:
    return Shelved(
        id=number,
        name=name,
        name_key=name_key(name),
        body_part=part,
        modality=modality,
        measure=measure,
        primary_muscles=tuple(primary),
        secondary_muscles=tuple(secondary),
        default_rest=rest,
        weight_step=None,
        weight_step_unit=None,
        how=how,
        is_archived=archived,
        is_built_in=built_in,
        is_edited=edited,
        aliases=tuple(aliases),
    )


def built_in_shelf() -> list[Shelved]:
    """The library as the first start leaves it."""
    return [
        shelved(
            number,
            it.name,
            aliases=it.aliases,
            part=it.body_part,
            modality=it.modality,
            measure=it.measure,
            rest=it.rest,
            how=it.how,
            primary=it.primary,
            secondary=it.secondary,
            built_in=True,
        )
        for number, it in enumerate(built_in(), start=1)
    ]


def after(shelf: Sequence[Shelved], plan: Plan) -> list[Shelved]:
    """The library as the plan leaves it."""
    changes = {change.exercise_id: change for change in plan.changed}
    kept = [
        replace(it, **change.columns, aliases=(*it.aliases, *change.aliases.values()))
        if (change := changes.get(it.id)) is not None
        else it
        for it in shelf
    ]
    return [*kept, *(_made(len(shelf) + number, it) for number, it in enumerate(plan.made, start=1))]


def _made(number: int, wanted: ToMake) -> Shelved:
    bare = shelved(number, wanted.columns["name"], aliases=tuple(wanted.aliases.values()))
    return replace(bare, **wanted.columns)

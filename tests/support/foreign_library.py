"""A document in the shape of the public free-exercise-db, with the defects that the real one has, always the same.

Its texts are made up here; nothing is copied from it. What should become of each of its exercises is known without
asking the code that is tested.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.catalogue import built_in
from storage.values.name_key import name_key

# As the data set writes them, with what it says they are done with, and the name here by which they are known.
_KNOWN = (
    ("Barbell Bench Press", "barbell", "chest", "bench press"),
    ("Barbell Bench Press - Medium Grip", "barbell", "chest", "bench press"),
    ("Bench Press - Powerlifting", "barbell", "chest", "bench press"),
    ("Dumbbell Bench Press", "dumbbell", "chest", "db bench press"),
    ("Bench Press", "dumbbell", "chest", "db bench press"),
    ("Smith Machine Bench Press", "machine", "chest", "smith bench press"),
    ("Incline Dumbbell Press", "dumbbell", "chest", "incline db press"),
    ("Barbell Incline Bench Press - Medium Grip", "barbell", "chest", "incline bench press"),
    ("Decline Barbell Bench Press", "barbell", "chest", "decline bench press"),
    ("Dumbbell Flyes", "dumbbell", "chest", "dumbbell fly"),
    ("Cable Crossover", "cable", "chest", "cable crossover"),
    ("Pushups", "body only", "chest", "push-up"),
    ("Push-Ups", None, "chest", "push-up"),
    ("Dips - Chest Version", "other", "chest", "chest dip"),
    ("Dips - Triceps Version", "other", "triceps", "triceps dip"),
    ("Bench Dips", "body only", "triceps", "bench dip"),
    ("Barbell Deadlift", "barbell", "lower back", "deadlift"),
    ("Sumo Deadlift", "barbell", "hamstrings", "sumo deadlift"),
    ("Trap Bar Deadlift", "other", "quadriceps", "trap bar deadlift"),
    ("Rack Pulls", "barbell", "lower back", "rack pull"),
    ("Good Morning", "barbell", "hamstrings", "good morning"),
    ("Hyperextensions (Back Extensions)", "other", "lower back", "hyperextension"),
    ("Pullups", "body only", "lats", "pull-up"),
    ("Pull Ups", "other", "lats", "pull-up"),
    ("Chin-Up", "body only", "lats", "chin-up"),
    ("Bent Over Barbell Row", "barbell", "middle back", "bent over row"),
    ("One-Arm Dumbbell Row", "dumbbell", "middle back", "one arm row"),
    ("Seated Cable Rows", "cable", "middle back", "seated cable row"),
    ("Wide-Grip Lat Pulldown", "cable", "lats", "wide grip lat pulldown"),
    ("Straight-Arm Pulldown", "cable", "lats", "straight arm pulldown"),
    ("Barbell Shrug", "barbell", "traps", "barbell shrug"),
    ("Dumbbell Shrug", "dumbbell", "traps", "dumbbell shrug"),
    ("Seated Dumbbell Press", "dumbbell", "shoulders", "seated dumbbell press"),
    ("Arnold Dumbbell Press", "dumbbell", "shoulders", "arnold press"),
    ("Side Lateral Raise", "dumbbell", "shoulders", "side lateral raise"),
    ("Face Pull", "cable", "shoulders", "face pull"),
    ("Upright Barbell Row", "barbell", "shoulders", "upright row"),
    ("Barbell Curl", "barbell", "biceps", "barbell curl"),
    ("EZ-Bar Curl", "e-z curl bar", "biceps", "ez bar curl"),
    ("Hammer Curls", "dumbbell", "biceps", "hammer curl"),
    ("Preacher Curl", "barbell", "biceps", "barbell preacher curl"),
    ("Concentration Curls", "dumbbell", "biceps", "concentration curl"),
    ("Triceps Pushdown", "cable", "triceps", "triceps pushdown"),
    ("EZ-Bar Skullcrusher", "e-z curl bar", "triceps", "ez bar skullcrusher"),
    ("Barbell Squat", "barbell", "quadriceps", "barbell squat"),
    ("Squats (Barbell)", None, "quadriceps", "barbell squat"),
    ("Front Barbell Squat", "barbell", "quadriceps", "front squat"),
    ("Goblet Squat", "dumbbell", "quadriceps", "goblet squat"),
    ("Leg Press", "machine", "quadriceps", "leg press"),
    ("Leg Extensions", "machine", "quadriceps", "leg extension"),
    ("Lying Leg Curls", "machine", "hamstrings", "lying leg curl"),
    ("Romanian Deadlift", "barbell", "hamstrings", "romanian deadlift"),
    ("Stiff-Legged Barbell Deadlift", "barbell", "hamstrings", "stiff leg deadlift"),
    ("Barbell Hip Thrust", "barbell", "glutes", "hip thrust"),
    ("Standing Calf Raises", "machine", "calves", "standing calf raise"),
    ("Seated Calf Raise", "machine", "calves", "seated calf raise"),
    ("Plank", "body only", "abdominals", "plank"),
    ("Crunches", "body only", "abdominals", "crunch"),
    ("Cable Crunch", "cable", "abdominals", "cable crunch"),
    ("Hanging Leg Raise", None, "abdominals", "hanging leg raise"),
    ("Russian Twist", None, "abdominals", "russian twist"),
    ("Farmer's Walk", "other", "forearms", "farmer's walk"),
    ("Kettlebell Swings", "kettlebells", "hamstrings", "kettlebell swing"),
    ("Dumbbell Rear Lunge", "dumbbell", "quadriceps", "reverse lunge"),
    ("Standing Military Press", "barbell", "shoulders", "military press"),
    ("Leverage Chest Press", "machine", "chest", "machine chest press"),
)

# The name and the equipment say different things.
_CONFLICTING = (
    ("Barbell Curls", "dumbbell", "biceps"),
    ("Dumbbell Shrugs", "barbell", "traps"),
    ("Cable Crossovers", "machine", "chest"),
)

# Called as something else is here: an abdominal exercise in the data set, a machine in a gym.
_CALLED_ALIKE = (("Air Bike", "body only", "abdominals"), ("Leg Press", "barbell", "quadriceps"))

_BROKEN: tuple[Any, ...] = (
    {"equipment": "barbell", "primaryMuscles": ["chest"], "category": "strength"},
    {"name": "  ", "equipment": "barbell", "primaryMuscles": ["chest"], "category": "strength"},
    {"name": "Tow Rope", "equipment": "rope", "primaryMuscles": ["lats"], "category": "strength"},
    {"name": "Big Toe Curl", "equipment": "other", "primaryMuscles": ["big toe"], "category": "strength"},
    {"name": "Chair Yoga", "equipment": None, "primaryMuscles": ["abdominals"], "category": "yoga"},
    {"name": "Nothing In Particular", "equipment": None, "primaryMuscles": [], "category": "strength"},
    {"name": "Press " * 40, "equipment": "barbell", "primaryMuscles": ["chest"], "category": "strength"},
    "Bench Press",
)

_PEOPLE = [
    "Abelard",
    "Brunhild",
    "Cuthbert",
    "Dagobert",
    "Ethelred",
    "Fredegar",
    "Gundobad",
    "Hildegar",
    "Ingeborg",
    "Jaropolk",
    "Kunigund",
    "Leofric",
    "Meinhard",
    "Nithard",
    "Osgyth",
    "Plektrud",
    "Quenburga",
    "Radegund",
    "Sigismund",
    "Theodrad",
    "Ulfketel",
    "Vsevolod",
    "Wiborad",
    "Ysolde",
    "Zwentibold",
]

_MOVEMENTS: Mapping[str, str] = {
    "Press": "chest",
    "Row": "middle back",
    "Curl": "biceps",
    "Raise": "shoulders",
    "Squat": "quadriceps",
    "Lunge": "quadriceps",
    "Extension": "triceps",
    "Pulldown": "lats",
    "Twist": "abdominals",
    "Crunch": "abdominals",
    "Stretch": "hamstrings",
    "Hold": "abdominals",
    "Walk": "forearms",
    "Kickback": "glutes",
    "Fly": "chest",
    "Shrug": "traps",
    "Thrust": "glutes",
    "Jump": "quadriceps",
    "Abduction": "abductors",
    "Adduction": "adductors",
    "Bridge": "lower back",
    "Nod": "neck",
    "Hop": "calves",
    "Reach": "shoulders",
    "Drive": "glutes",
    "Slam": "lats",
    "Circle": "shoulders",
    "Swing": "hamstrings",
    "Snap": "quadriceps",
    "Dip": "triceps",
}

_EQUIPMENT = ("barbell", "dumbbell", "other", "body only", "cable", "machine", "kettlebells", "bands", None)
_IN_NAMES = {"barbell": "Barbell", "dumbbell": "Dumbbell", "cable": "Cable", "machine": "Machine"}
_BRACKETED = re.compile(r"(.+) \((Barbell|Dumbbell|Cable|Machine|Smith Machine)\)")
_CALLED = {"Smith Machine": "machine"}
_CATEGORIES = ("strength", "strength", "strength", "stretching", "plyometrics", "strongman", "powerlifting")


@dataclass
class ForeignLibrary:
    """The exercises, and what should become of them in a library that holds the built-in ones."""

    items: list[Any] = field(default_factory=list)
    expected: Counter[str] = field(default_factory=Counter)
    meaning: dict[str, str] = field(default_factory=dict)
    """For a name in the document, the name of the built-in exercise that it means."""
    novel: list[str] = field(default_factory=list)
    """What is in no gym."""

    @property
    def content(self) -> bytes:
        """The document."""
        return json.dumps(self.items, indent=2).encode()


def foreign_library(size: int = 900) -> ForeignLibrary:
    """A document of so many exercises, a few hundred at least."""
    library = _Making()
    for name, equipment, muscle, known_as in _KNOWN:
        library.known(name, equipment, muscle, known_as)
    for number, entry in enumerate(built_in()):
        if number < 150 and (parts := _BRACKETED.fullmatch(entry.name)) is not None:
            movement, equipment = parts.groups()
            name = f"{equipment} {movement}" if number % 2 else f"{_plural(movement)}, {equipment}"
            library.known(name, _CALLED.get(equipment, equipment.lower()), "chest", entry.name)
    for name, equipment, muscle in _CONFLICTING:
        library.add(_item(name, equipment, muscle), "conflict")
    for name, equipment, muscle in _CALLED_ALIKE:
        library.add(_item(name, equipment, muscle), "new")
    for item in _BROKEN:
        library.add(item, "refused")
    library.fill(size)
    return library.made


class _Making:
    def __init__(self) -> None:
        self.made = ForeignLibrary()
        self._leads_to = {name_key(name): it.name for it in built_in() for name in (it.name, *it.aliases)}
        self._said: set[str] = set()
        self._random = random.Random(900)  # noqa: S311 -- the same each time is what it is for

    def add(self, item: Any, verdict: str) -> None:
        self.made.items.append(item)
        self.made.expected[verdict] += 1
        if verdict == "new":
            self.made.novel.append(item["name"])

    def known(self, name: str, equipment: str | None, muscle: str, known_as: str) -> None:
        """Another name of a built-in exercise, which it gets unless it has it; the second one is a near-double."""
        target = self._leads_to[name_key(known_as)]
        has_it = self._leads_to.get(name_key(name))
        verdict = "refused" if target in self._said else "same" if has_it is not None else "changed"
        self._said.add(target)
        self.made.meaning[name] = target
        self.add(_item(name, equipment, muscle), verdict)

    def fill(self, size: int) -> None:
        """Exercises that nobody knows, every twentieth of them once more in another spelling."""
        people = itertools.product(_MOVEMENTS.items(), _PEOPLE)
        for number, ((movement, muscle), person) in enumerate(people):
            equipment = self._random.choice(_EQUIPMENT)
            name, category = f"{person} {movement}", self._random.choice(_CATEGORIES)
            for item, verdict in self._novel(number, name, equipment, muscle, category):
                if len(self.made.items) == size:
                    return
                self.add(item, verdict)
        raise AssertionError("there are not so many names")

    def _novel(
        self, number: int, name: str, equipment: str | None, muscle: str, category: str
    ) -> Iterator[tuple[Any, str]]:
        yield _item(name, equipment, muscle, category), "new"
        if number % 20 == 0:
            yield _item(_plural(name), equipment, muscle, category), "refused"
        elif number % 20 == 10 and equipment in _IN_NAMES:
            yield _item(f"{name} ({_IN_NAMES[equipment]})", equipment, muscle, category), "refused"


def _item(name: str, equipment: str | None, muscle: str, category: str = "strength") -> dict[str, Any]:
    return {
        "name": name,
        "force": "pull",
        "level": "beginner",
        "mechanic": None,
        "equipment": equipment,
        "primaryMuscles": [muscle],
        "secondaryMuscles": ["forearms", muscle],
        "instructions": [f"Get ready for the {name}.", "Do it <b>slowly</b> & evenly.", "=1+1 breaths, then again."],
        "category": category,
        "images": [f"{name}/0.jpg"],
        "id": name.replace(" ", "_"),
    }


def _plural(name: str) -> str:
    return f"{name}es" if name.endswith(("s", "sh", "ch", "x")) else f"{name}s"

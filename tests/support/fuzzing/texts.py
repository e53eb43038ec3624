"""What lifters type, what they paste, and what nobody should."""

from __future__ import annotations

from hypothesis import strategies as st

MARK = "{mark}"
"""What only the lifter writes who writes this."""

_SETS = (
    *("100x5", "100 x 5", "100kg 5", "100 5", "225lb x 5", "102,5x5", "22½ x 8", "100x5x3", "100x5,5,4", "100x5, 95x6"),
    *("3x5@60", "5x5 @ 100kg", "100x5+2", "100x5 @8.5", "100x5 rpe 8,5", "w 60x8", "60x8 d", "100x5+", "a 60x8", "8"),
    *("+20x8", "-15x6", "bw x 12", "1:30", "90s", "20kg 1:00", "5km 25:00", "40kg 30m", "100x5 paused, belt", "5km"),
    *(
        f"100x5 # {MARK}",
        f"60x8 {MARK}",
        "100x5 # 2 min rest",
        "- 100x5",
        "60x8 w/ belt",
        "100x5x3+2",
        "@8",
        "rpe 9",
        "easy, felt light",
    ),
    # to be asked about, or to be refused
    *("100,5", "102,5,5", "1,000x5", "5x100", "12.03", "2024", "1200x5", "100x300", "100x5x25", "5km 25", "100x5x120"),
    *(
        "100x5 rpe 12",
        "100x-5",
        "225#",
        "100x",
        "x5",
        "0x0",
        "100x0",
        "-100x5",
        "1e9x5",
        "9999999x5",
        "100.0001x5",
        "٣x٥",
    ),
    *(
        "100x5 # <b>&amp;</b>",
        "100x5 # " + "long " * 100,
        "100x5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5",
        "100x5\n100x4",
    ),
)

_NAMES = (
    *("bench", "Bench press", "ohp", "rdl", "bss", "squat", "plank", "pull up", "running", "farmers walk", "push up"),
    *("curl", "row", "press", "21s", "5/3/1", "bnech press", "sqaut", "barbell", "45° back extension", "3/4 sit-up"),
    # to be created
    *(
        f"{MARK} curl",
        "Zercher shrug",
        "Jefferson deadlift",
        "<b>Bold</b> lunge",
        "Tom & Jerry",
        "Kniebeuge",
        "Жим лёжа",
        "💪 machine",
    ),
    *("\u202eRight to left", "A" * 100, "A" * 101, "word " * 30, "12 xyz", "!!!", "?", "Überzüge\u200b", "N/A"),
)

_WORDS = (
    "kg",
    "lbs",
    "pounds",
    "Berlin",
    "new york",
    "12:30",
    "7 pm",
    "Push day",
    f"{MARK} day",
    "Leg day <3",
    "yes",
    "no",
    "ok",
    "0",
)

_COMMANDS = (
    *(
        "/start",
        "/workout",
        "/exercises",
        "/finish",
        "/undo",
        "/settings",
        "/reminders",
        "/cancel",
        "/help",
        "/set",
        "/history",
        "/records",
        "/records bench",
    ),
    *("/start group", "/workout now", "/undo 3", "/set 100x5", "/set bench 100x5x3", "/set bench", "/set zercher 60x8"),
    *("/set plank 1:30", "/set xyzzy 60x8", "/set 100,5", "/set press 60x8", "/set squat:\n100x5\n100x5", "/seed"),
    *("/timer", "/timer 60", "/timer emom 10", "/timer 8x20/10", "/timer 4", "/timer off", "/timer <soon>"),
    *("/past", "/past 2025-12-24\nbench 100x5", "/history squat", "/admins", "/announce hello", "/exercise_add x"),
    *("/start@simulated_bot", "/set@another_bot 8", "/nonsense", "/", "//", "/set" + " 100x5" * 500, "/UNDO"),
)

_PASTES = (
    "Bench\n100x5x3\n90x8\n\nSquat\n140x5\n140x5\n\nDeadlift: 180x3",
    "2025-12-24\nSquat 100x5,5,5\nOHP: 50x8, 45x8\nPlank\n1:30",
    "bench\n100x5\nZercher carry\n40kg 30m\n<i>curls</i>\n20x12 # <3",
    "press\n60x8\nxyzzy\n60x8\n100,5",
    "Bench press\nsquat\ndeadlift",
    "bench 100x5\nbench 100x5\nbench 100x5x30",
    "squat\n" + "100x5\n" * 150,
    "\n".join(f"Machine number {number} alpha\n{number}x8" for number in range(1, 60)),
    "24.12.2025\nbench\n100x5",
    f"{MARK} row\n60x8\nbench\n100x5 # {MARK}",
    "2026-02-28\nsquat 100x5x3",
)

_LIFTS = (
    *(
        "Bench Press (Barbell)",
        "Squat (Barbell)",
        "Deadlift (Barbell)",
        "Overhead Press (Barbell)",
        "Leg Press (Machine)",
    ),
    *("Lat Pulldown (Cable)", "Shoulder Press (Dumbbell)", "Chest Press (Machine)", "Wrist Curl (Barbell)"),
    *("Incline Bench Press (Barbell)", "Incline Bench Press (Dumbbell)", "Close-Grip Bench Press (Barbell)"),
    *("Bench Press (Dumbbell)", "Bench Press (Smith Machine)", "Triceps Pushdown (Cable)", "Shrug (Barbell)"),
)
_SERIES = "\n".join(", ".join(f"{weight}x5" for weight in range(start, start + 14)) for start in (40, 60))

LONG_WORKOUT = "\n".join(f"{name}\n{_SERIES}" for name in _LIFTS)
"""More than one message takes when it is shown."""

_RUDE = (
    *("<b>", "</b>", "&lt;", "<a href='x'>", "<tg-time unix='1'>", "<3", "&", "\u202e\u200f\u061c", "\u200b", "…", "½"),
    *("x" * 4096, "1" * 4096, "💪" * 4096, "&" * 4096, "<" * 4096, "100x5 " * 680, "bench\n100x5\n" * 340, "x" * 5000),
    *(
        "Z\u0351\u036b\u0343" * 500,
        "\n" * 50 + "?",
        "a\nb\nc",
        "word " * 800,
        "1x1," * 1000,
        "@" * 300,
        "x" * 100 + ":",
    ),
    *("\u202e" + "100x5", "１００ｘ５", "100\u00a0x\u00a05", "/" * 200, "null", "{name}", "%s %d", "' OR 1=1 --", "\\"),
)

_NOTATION = st.text("0123456789 xX*@+-.,:;#/kglbmswda½×\n", min_size=1, max_size=30)
_ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)

TEXTS = st.one_of(
    *(st.sampled_from(some) for some in (_SETS, _SETS, _SETS, _NAMES, _NAMES, _COMMANDS, _PASTES, _WORDS, _RUDE)),
    _NOTATION,
    _ANYTHING,
)
"""Whatever is typed, mostly what is meant for the bot."""

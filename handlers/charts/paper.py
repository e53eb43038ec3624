"""What pictures are drawn on: places are pixels, from the lower left, and words are cut where there is no room.

A chat on a phone shows a picture three tenths as large: 38 pixels are eleven points there. The paper is light and
opaque, so that it reads the same in a light and in a dark chat; what differs does so in lightness or shape, and not in
colour alone.
"""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it warns where it can't keep its list of fonts

import matplotlib as mpl  # noqa: E402 -- after its words are turned off
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402 -- the same
from matplotlib.figure import Figure  # noqa: E402 -- the same
from matplotlib.font_manager import FontProperties, get_font  # noqa: E402 -- the same
from matplotlib.lines import Line2D  # noqa: E402 -- the same
from matplotlib.patches import FancyBboxPatch, Rectangle  # noqa: E402 -- the same
from matplotlib.patheffects import withStroke  # noqa: E402 -- the same
from matplotlib.text import Text  # noqa: E402 -- the same
from matplotlib.transforms import IdentityTransform  # noqa: E402 -- the same
from PIL import Image, ImageColor  # noqa: E402 -- the same

WIDTH = 1080
MARGIN = 48

BACKGROUND = "#f4f5f7"
INK = "#1c2530"
MUTED = "#55616e"
FAINT = "#d3d9e0"
MAIN = "#2166ac"
ACCENT = "#d95f02"
ACCENT_INK = "#9a3d00"
"""The accent, dark enough for words."""

SHADES = ("#dde2e8", "#9cc2e2", "#63a0d0", "#2a6bb0", "#123a73")
"""From nothing to much: each is darker than the one before, in grey as well."""

TITLE = 48
_SMALLER_TITLE = 38
BODY = 38
SMALL = 35

_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
_REGULAR = _FONTS / "DejaVuSans.ttf"
_BOLD = _FONTS / "DejaVuSans-Bold.ttf"
_BLENDS = 10
"""Steps from one colour to the one behind it, as the edges of letters have."""

_TOFU = "□"
"""What stands for a letter that the font doesn't have."""

Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a place in common."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


class Paper:
    """A picture in the making."""

    def __init__(self, height: int) -> None:
        self.height = height
        # 72 dots per inch: a point is a pixel.
        self.figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=BACKGROUND)
        FigureCanvasAgg(self.figure)

    def png(self) -> bytes:
        """The picture. The same one is always the same bytes."""
        pixels, file = io.BytesIO(), io.BytesIO()
        self.figure.savefig(pixels, format="rgba", dpi=72)
        drawn = Image.frombytes("RGBA", (WIDTH, self.height), pixels.getvalue())
        drawn.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, format="PNG")
        return file.getvalue()

    def title(self, text: str) -> None:
        """What the picture is about."""
        room = WIDTH - 2 * MARGIN
        size = TITLE if self.width_of(text, TITLE, bold=True) <= room else _SMALLER_TITLE
        self.text(MARGIN, self.height - 72, self.fitted(text, room, size, bold=True), size, bold=True)

    def width_of(self, text: str, size: int, *, bold: bool = False) -> float:
        """How wide the text would be."""
        font = get_font(str(_BOLD if bold else _REGULAR))
        font.set_size(size, 72)
        font.set_text(drawable(text), 0.0)
        width: float = font.get_width_height()[0] / 64
        return width

    def fitted(self, text: str, width: float, size: int, *, bold: bool = False) -> str:
        """The text, or its beginning with an ellipsis if it is wider."""
        text = drawable(text)
        if self.width_of(text, size, bold=bold) <= width:
            return text
        shortest, longest = 0, len(text)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            if self.width_of(text[:middle].rstrip() + "…", size, bold=bold) <= width:
                shortest = middle
            else:
                longest = middle - 1
        return text[:shortest].rstrip() + "…"

    def text(  # noqa: PLR0913 -- where it stands and how it looks
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        *,
        color: str = INK,
        bold: bool = False,
        side: Side = "left",
        halo: bool = False,
    ) -> None:
        """Writes on this line, with its left end, middle or right end there; with a `halo` also over other things."""
        words = Text(
            x,
            y,
            drawable(text),
            color=color,
            fontproperties=FontProperties(fname=_BOLD if bold else _REGULAR, size=size),
            horizontalalignment=side,
            verticalalignment="baseline",
            parse_math=False,
            transform=IdentityTransform(),
        )
        if halo:
            words.set_path_effects([withStroke(linewidth=8, foreground=BACKGROUND)])
        words.set_zorder(5)
        self.figure.add_artist(words)

    def line(self, xs: Sequence[float], ys: Sequence[float], color: str, width: float, *, dotted: bool = False) -> None:
        """Draws from place to place."""
        line = Line2D(xs, ys, color=color, linewidth=width, solid_capstyle="round", solid_joinstyle="round")
        if dotted:
            line.set_linestyle((0, (1, 2.5)))
            line.set_dash_capstyle("round")
        self._add(line, 2)

    def dots(self, xs: Sequence[float], ys: Sequence[float], size: float) -> None:
        """Marks places."""
        self._add(Line2D(xs, ys, linestyle="", marker="o", markersize=size, color=MAIN, markeredgewidth=0), 3)

    def stars(self, xs: Sequence[float], ys: Sequence[float], size: float) -> None:
        """Marks places as outstanding."""
        line = Line2D(xs, ys, linestyle="", marker="*", markersize=size, markerfacecolor=ACCENT)
        line.set_markeredgecolor(INK)
        line.set_markeredgewidth(max(1.5, size / 14))
        self._add(line, 4)

    def block(self, box: Box, color: str, *, rounded: float = 0) -> None:
        """Fills a rectangle."""
        place, width, height = (box.left, box.bottom), box.right - box.left, box.top - box.bottom
        patch: Rectangle | FancyBboxPatch
        if rounded:
            rounding = min(rounded, width / 2, height / 2)
            patch = FancyBboxPatch(
                place, width, height, boxstyle=f"round,pad=0,rounding_size={rounding}", mutation_aspect=1
            )
        else:
            patch = Rectangle(place, width, height)
        patch.set(facecolor=color, edgecolor="none", linewidth=0, transform=IdentityTransform(), zorder=1)
        self.figure.add_artist(patch)

    def _add(self, line: Line2D, order: int) -> None:
        line.set_transform(IdentityTransform())
        line.set_zorder(order)
        self.figure.add_artist(line)


@cache
def _palette() -> Image.Image:
    """All colours of a picture: a third of the bytes, and each stays what it was but for a trace."""
    behind = [(one, BACKGROUND) for one in (INK, MUTED, FAINT, MAIN, ACCENT, ACCENT_INK, *SHADES)]
    pairs = [*behind, (INK, ACCENT), (INK, MAIN), (MAIN, "#ffffff"), (INK, "#ffffff"), (BACKGROUND, "#ffffff")]
    blended = {_between(*pair, step / _BLENDS) for pair in pairs for step in range(_BLENDS + 1)}
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in sorted(blended) for part in colour])
    return palette


def _between(one: str, other: str, share: float) -> tuple[int, ...]:
    parts = zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)
    return tuple(round(part + (end - part) * share) for part, end in parts)


def drawable(text: str) -> str:
    """The text as the font can write it: without emoji, with a box for every letter that it lacks."""
    return " ".join("".join(map(_drawn, unicodedata.normalize("NFC", text))).split())


@cache
def _known() -> frozenset[int]:
    """What the font has a picture of."""
    return frozenset(get_font(str(_REGULAR)).get_charmap())


def _drawn(one: str) -> str:
    kind = unicodedata.category(one)
    if one.isspace() or kind == "Cc":
        return " "
    if kind in {"Cf", "Cs", "Co", "Cn"} or unicodedata.name(one, "").startswith("VARIATION SELECTOR"):
        return ""
    # An emoji that the font happens to have would be a small outline among letters; stars and arrows are no emoji.
    if ord(one) in _known() and ord(one) < 0x1F000:
        return one
    return _TOFU if kind.startswith(("L", "N")) else ""

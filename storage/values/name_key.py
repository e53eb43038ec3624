"""When two spellings are the same name."""

import re
import unicodedata
from functools import lru_cache

# Both decompose into a space with a mark or into a letter, so they are replaced before that happens.
_BEFORE_DECOMPOSING = str.maketrans({"\N{ACUTE ACCENT}": "'", "\N{MASCULINE ORDINAL INDICATOR}": "\N{DEGREE SIGN}"})

_AFTER_DECOMPOSING = str.maketrans(
    {
        # Letters that Unicode gives no decomposition.
        "æ": "ae",
        "ð": "d",
        "đ": "d",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ł": "l",
        "ø": "o",
        "œ": "oe",
        "þ": "th",
        # "Farmer's Walk" is also written "Farmers Walk", so apostrophes part no words.
        "'": "",
        "`": "",
        "\N{LEFT SINGLE QUOTATION MARK}": "",
        "\N{RIGHT SINGLE QUOTATION MARK}": "",
        "\N{MODIFIER LETTER APOSTROPHE}": "",
        "\N{PRIME}": "",
        # ½ decomposes into digits around a fraction slash.
        "\N{FRACTION SLASH}": "/",
        "\N{DIVISION SLASH}": "/",
        "\N{MULTIPLICATION SIGN}": "x",
    }
)

_BETWEEN_DIGITS_ONLY = re.compile(r"(?<!\d)[/.,]|[/.,](?!\d)")


@lru_cache(maxsize=8192)  # all of the catalogue's, which every start compares with what there is
def name_key(text: str) -> str:
    """The key under which `text` is the same name: two names with one key are one name to a lifter.

    Case, accents, apostrophes, punctuation and runs of whitespace make no difference; digits, fractions ("5/3/1",
    "½") and decimals do. A text of nothing but symbols is its own key, so only a blank text has an empty one.
    """
    letters = _decomposed(_fractions_apart(text.translate(_BEFORE_DECOMPOSING))).translate(_AFTER_DECOMPOSING)
    plain = "".join(_plain(character) for character in letters)
    words = _BETWEEN_DIGITS_ONLY.sub(" ", plain).replace(",", ".").split()
    return unicodedata.normalize("NFC", " ".join(words)) or text.strip()


def _fractions_apart(text: str) -> str:
    # Without the spaces "1½" would decompose into "11/2".
    return "".join(f" {character} " if unicodedata.category(character) == "No" else character for character in text)


def _decomposed(text: str) -> str:
    # Folding case can compose anew and decomposing can bring capitals forth, hence both sides.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Me"} or _is_accent(character) or _is_variation_selector(character):
        return ""
    if category[0] in "LMN" or character in "/.,":
        return character
    return " "


def _is_accent(mark: str) -> bool:
    # The classes between are voicing marks of kana, viramas of Indic scripts and vowels and tones of Thai:
    # those tell words apart as letters do.
    combining = unicodedata.combining(mark)
    return combining == 1 or 10 <= combining <= 36 or combining >= 200


def _is_variation_selector(character: str) -> bool:
    return "\N{VARIATION SELECTOR-1}" <= character <= "\N{VARIATION SELECTOR-16}"

"""Which text a database takes."""

from unicodedata import category


def is_storable(text: str) -> bool:
    """Whether every database takes the text: no control characters but spacing, no halves of surrogate pairs."""
    return all(character in "\n\r\t" or category(character) not in {"Cc", "Cs"} for character in text)


def storable(text: str) -> str:
    """The text with a space for whatever no database takes: what is searched for is nowhere with that in it."""
    return "".join(character if is_storable(character) else " " for character in text)

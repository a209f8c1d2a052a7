"""Numbers and lists as sentences have them."""

from collections.abc import Sequence


def counted(n: int, noun: str) -> str:
    """ "1 row", "3,000 rows"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def capital(text: str) -> str:
    """The text with its first letter large, and the others as they are."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; "" of none."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

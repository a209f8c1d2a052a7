"""Which encoding a text is in, told from its bytes."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from gmm_core.errors import SettingsError, TableError

CHUNK = 1 << 22
"""Bytes decoded at a time, so that checking a large file costs little memory."""


@dataclass(frozen=True)
class Encoding:
    """An encoding: Python's name for it, what people call it, and the mark at the start of such a text, if any."""

    codec: str
    words: str
    mark: bytes = b""


UTF8_MARKED = Encoding("utf-8", "UTF-8", codecs.BOM_UTF8)
UTF8 = Encoding("utf-8", "UTF-8")
MARKED = (
    UTF8_MARKED,
    Encoding("utf-16-le", "UTF-16", codecs.BOM_UTF16_LE),
    Encoding("utf-16-be", "UTF-16", codecs.BOM_UTF16_BE),
)
UNMARKED = (UTF8, Encoding("cp1252", "Windows-1252"), Encoding("latin-1", "Latin-1"))
"""Tried in this order: UTF-8 is rarely valid by accident, and Latin-1 takes any bytes."""


KNOWN = {codecs.lookup(encoding.codec).name: encoding for encoding in UNMARKED}


def find_encoding(data: bytes) -> Encoding:
    """Encoding of a text: by its mark, or else the first of UTF-8, Windows-1252 and Latin-1 in which it is valid."""
    marked = (encoding for encoding in MARKED if data.startswith(encoding.mark))
    return next(marked, None) or next(encoding for encoding in UNMARKED if _is_valid(data, encoding.codec))


def as_utf8(data: bytes, encoding: Encoding) -> bytes:
    """The same text in UTF-8, without a mark.

    Raises
    ------
    TableError
        Where the bytes break off within a character, or are none in the encoding that their mark promises.
    """
    if encoding.codec == "utf-8" and _is_valid(data, "utf-8"):
        return data.removeprefix(codecs.BOM_UTF8)
    try:
        text = b"".join(piece.encode() for piece in _decoded(data, encoding.codec))
    except UnicodeError as error:
        raise TableError(
            f"The file is said to be in {encoding.words}, but part of it is something else.",
            "Save it anew as CSV in UTF-8, or choose another encoding.",
        ) from error
    return text.removeprefix(codecs.BOM_UTF8)


def known_encoding(codec: str) -> Encoding:
    """An encoding by Python's name for it.

    Raises
    ------
    SettingsError
        Where Python knows none of that name.
    """
    try:
        b"    ".decode(codec, errors="replace")  # codecs that make no text refuse here, but not for no bytes
        name = codecs.lookup(codec).name
    except LookupError as error:
        problem = f"There is no encoding called {codec}."
        raise SettingsError(problem, "Try utf-8, cp1252 or utf-16.", value=codec) from error
    return KNOWN.get(name, Encoding(codec, codec))


def _is_valid(data: bytes, codec: str) -> bool:
    try:
        return data.isascii() or all(True for _ in _decoded(data, codec))
    except UnicodeError:
        return False


def _decoded(data: bytes, codec: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)()
    for at in range(0, len(data), CHUNK):
        yield decoder.decode(data[at : at + CHUNK], final=at + CHUNK >= len(data))

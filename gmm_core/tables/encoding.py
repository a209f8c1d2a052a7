"""Which encoding a text is in, told from its bytes."""

import codecs
import re
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


GBK = Encoding("gb18030", "GBK")

OFFERED = (
    *UNMARKED,
    Encoding("utf-16", "UTF-16"),
    GBK,
    Encoding("cp1250", "Windows-1250 (Central Europe)"),
    Encoding("cp1251", "Windows-1251 (Cyrillic)"),
    Encoding("iso8859-15", "Latin-9"),
    Encoding("mac-roman", "Mac Roman"),
    Encoding("cp437", "DOS (437)"),
    Encoding("cp850", "DOS (850)"),
    Encoding("shift_jis", "Shift JIS"),
    Encoding("big5", "Big5"),
)
"""Those that a person may choose among on screen."""

KNOWN = {codecs.lookup(encoding.codec).name: encoding for encoding in OFFERED}


HEAD = 1 << 16
"""Bytes on which an encoding is told by how often some of them turn up."""

_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")
_COMMON_PAIR = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
ENOUGH_PAIRS = 4
"""Characters of two bytes below which nothing is told from them."""


def find_encoding(data: bytes) -> Encoding:
    """Encoding of a text: by its mark, or by zeros in every other byte, or as GBK where that is safe to tell, or else
    the first of UTF-8, Windows-1252 and Latin-1 in which it is valid."""
    marked = next((encoding for encoding in MARKED if data.startswith(encoding.mark)), None)
    found = marked or unmarked_utf16(data)
    if found is not None or _is_valid(data, "utf-8"):
        return found or UTF8
    return GBK if _is_gbk(data) else next(each for each in UNMARKED[1:] if _is_valid(data, each.codec))


def unmarked_utf16(data: bytes) -> Encoding | None:
    """UTF-16 without a mark, if that is what a text mostly of ASCII is in: every other byte of it is zero."""
    head = data[:HEAD]
    zeros = [head[start::2].count(0) for start in (1, 0)]
    for encoding, zero, other in zip(MARKED[1:], zeros, zeros[::-1], strict=True):
        if not len(data) % 2 and other == 0 and 2 * zero > 0.8 * len(head):
            return encoding
    return None


def _is_gbk(data: bytes) -> bool:
    """Whether bytes beyond ASCII come in the pairs of the commonest Chinese characters, which those of European words
    don't."""
    pairs = _PAIR.findall(data[:HEAD])
    common = sum(_COMMON_PAIR.fullmatch(pair) is not None for pair in pairs)
    return common >= ENOUGH_PAIRS and common >= 0.9 * len(pairs) and _is_valid(data, GBK.codec)


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

"""What bytes are, told from the bytes and never from the file's name, and what is refused with which sentence."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from gmm_core.errors import TableError

SAVE_AS = "Save the table as a CSV file or an Excel workbook (.xlsx) and load that."

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
WORKBOOK_PARTS = re.compile(r"xl/workbook\w*\.xml")
BINARY_WORKBOOK_PART = "xl/workbook.bin"
HEAD = 4096


@dataclass(frozen=True)
class Refusal:
    """Something that is no table, or none that is read: how to tell it, what to call it, and what to do."""

    what: str
    recognises: Callable[[bytes], bool]
    remedy: str = SAVE_AS

    def error(self, name: str) -> TableError:
        """The sentence for a file of this kind."""
        return TableError(f"{name} is {self.what}.", self.remedy)


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip archive does; workbooks are zip archives."""
    return data.startswith(ZIP_MAGIC)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip archive with an .xlsx workbook's main part in it."""
    return is_zip(data) and any(map(WORKBOOK_PARTS.fullmatch, _members(data)))


def check_readable(data: bytes, name: str) -> None:
    """Raise the ``TableError`` of the first refusal that recognises the bytes; text and .xlsx workbooks pass."""
    for refusal in REFUSALS:
        if refusal.recognises(data):
            raise refusal.error(name)


def _members(data: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):  # what zipfile says of broken archives
        return frozenset()


def _begins(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(magic)


def _reads(*words: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(words)


def _blank(data: bytes) -> bool:
    marks = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\x0b\x0c"  # those of UTF-8 and UTF-16 before or between white space
    return not data[:HEAD].strip(marks) and not data.strip(marks)


def _locked(data: bytes) -> bool:
    return data.startswith(OLE_MAGIC) and "EncryptedPackage".encode("utf-16-le") in data


def _binary(data: bytes) -> bool:
    return not is_zip(data) and not data.startswith(UTF16_MARKS) and b"\x00" in data


REFUSALS = (
    Refusal("empty", lambda data: not data, "Choose a file that holds a table."),
    Refusal("blank: it holds nothing but white space", _blank, "Choose a file that holds a table."),
    Refusal(
        "a picture",
        _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM\x00", b"II*\x00", b"MM\x00*"),
        "Load the table behind it as a CSV file or an Excel workbook (.xlsx).",
    ),
    Refusal("a PDF document", _begins(b"%PDF")),
    Refusal("a workbook locked with a password", _locked, "Save it without the password and load that."),
    Refusal("an old Office file (such as .xls)", _begins(OLE_MAGIC)),
    Refusal("a Parquet file", _begins(b"PAR1")),
    Refusal("a compressed file", _begins(b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"), "Unpack it first."),
    Refusal("a damaged workbook or archive", lambda data: is_zip(data) and not _members(data), "Save it anew."),
    Refusal(
        "a binary workbook (.xlsb)",
        lambda data: is_zip(data) and BINARY_WORKBOOK_PART in _members(data),
    ),
    Refusal(
        "a zip archive or another kind of document, not an .xlsx workbook",
        lambda data: is_zip(data) and not is_workbook(data),
    ),
    Refusal("a web page or an XML document", _reads(b"<!doctype", b"<html", b"<?xml", b"<table")),
    Refusal("a JSON document", _reads(b'{"', b"[{", b"{\r", b"{\n")),
    Refusal("not text and not an .xlsx workbook", _binary),
)
"""In the order in which they are asked: the first that recognises the bytes speaks."""

"""What bytes are, told from the bytes and never from the file's name, and what is refused with which sentence."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from gmm_core.errors import TableError
from gmm_core.tables.encoding import unmarked_utf16

SAVE_AS = "Save the table as a CSV file or an Excel workbook (.xlsx) and load that."

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
WORKBOOK_PARTS = re.compile(r"xl/workbook\w*\.xml")
BINARY_WORKBOOK_PART = "xl/workbook.bin"
DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", BINARY_WORKBOOK_PART})
"""What tells documents and programs from archives of files."""

SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
OLD_WORKBOOKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
"""What is raised for archives that are damaged, locked or packed in an unknown way, and for rows beyond all numbers."""

_LOCKED_XLS = re.compile(rb"\x09\x08[\x08\x10]\x00.{8}(?:.{8})?\x2f\x00", re.DOTALL)
"""A sheet's first record and right behind it the one that says that the rest is encrypted (MS-XLS 2.4.117)."""

HEAD = 4096

_JSON_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*\{|\{\s*[\"}]|\[\s*\])")


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


def is_modern_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip archive with the main part of an .xlsx or .xlsm workbook in it."""
    return is_zip(data) and any(map(WORKBOOK_PARTS.fullmatch, members(data)))


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook in a format that is read: .xlsx, .xlsm, .xlsb, .ods or .xls."""
    if data.startswith(OLE_MAGIC):
        return any(name in data for name in OLD_WORKBOOKS)
    return is_modern_workbook(data) or (is_zip(data) and (BINARY_WORKBOOK_PART in members(data) or _is_ods(data)))


def is_parquet(data: bytes) -> bool:
    """Whether the bytes begin as a Parquet file does."""
    return data.startswith(b"PAR1")


def is_json(data: bytes) -> bool:
    """Whether a text begins as JSON with names in it does."""
    return _JSON_BEGINNING.match(data[:HEAD]) is not None


def is_document(data: bytes) -> bool:
    """Whether a zip archive is a document or a program, such as workbooks are."""
    return is_modern_workbook(data) or bool(DOCUMENT_PARTS & members(data))


def locked(name: str) -> TableError:
    """The error for a workbook that asks for a password."""
    return LOCKED.error(name)


def check_readable(data: bytes, name: str) -> None:
    """Raise the ``TableError`` of the first refusal that recognises the bytes; text and workbooks pass."""
    for refusal in REFUSALS:
        if refusal.recognises(data):
            raise refusal.error(name)


def members(data: bytes) -> frozenset[str]:
    """Names of what a zip archive holds; none where it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (*BROKEN_ZIP, NotImplementedError):
        return frozenset()


def _is_ods(data: bytes) -> bool:
    """Whether a zip archive says, as its first words, that it is an OpenDocument spreadsheet."""
    return SPREADSHEET in data[:200]


def _begins(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(magic)


def _reads(*words: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(words)


def _blank(data: bytes) -> bool:
    marks = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\x0b\x0c"  # those of UTF-8 and UTF-16 before or between white space
    return not data[:HEAD].strip(marks) and not data.strip(marks)


def is_locked(data: bytes) -> bool:
    """Whether a workbook asks for a password: .xlsx wrapped in an old container, .xls or .ods."""
    if data.startswith(OLE_MAGIC):
        return "EncryptedPackage".encode("utf-16-le") in data or _LOCKED_XLS.search(data) is not None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(1 << 20)
    except (*BROKEN_ZIP, NotImplementedError, KeyError):
        return False


def _is_binary(data: bytes) -> bool:
    is_text = data.startswith(UTF16_MARKS) or unmarked_utf16(data) is not None
    return not is_zip(data) and not is_text and b"\x00" in data


LOCKED = Refusal("a workbook locked with a password", is_locked, "Save it without the password and load that.")

REFUSALS = (
    Refusal("empty", lambda data: not data, "Choose a file that holds a table."),
    Refusal("blank: it holds nothing but white space", _blank, "Choose a file that holds a table."),
    Refusal(
        "a picture",
        _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM\x00", b"II*\x00", b"MM\x00*"),
        "Load the table behind it as a CSV file or an Excel workbook (.xlsx).",
    ),
    Refusal("a PDF document", _begins(b"%PDF")),
    LOCKED,
    Refusal("an old Office document without sheets", lambda data: data.startswith(OLE_MAGIC) and not is_workbook(data)),
    Refusal("a compressed file", _begins(b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"), "Unpack it first."),
    Refusal("a tar archive", lambda data: data[257:262] == b"ustar", "Unpack it first."),
    Refusal("a damaged workbook or archive", lambda data: is_zip(data) and not members(data), "Save it anew."),
    Refusal(
        "another kind of document, not a workbook",
        lambda data: is_zip(data) and not is_workbook(data),
    ),
    Refusal("a web page or an XML document", _reads(b"<!doctype", b"<html", b"<?xml", b"<table")),
    Refusal("neither text nor a workbook", _is_binary),
)
"""In the order in which they are asked: the first that recognises the bytes speaks. Archives are unpacked before."""

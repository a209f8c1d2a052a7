"""A table inside a gzip or zip archive: unpacked in memory, one file, never beyond the limit."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from gmm_core.errors import TableError
from gmm_core.tables.formats import BROKEN_ZIP, is_document, is_zip, members
from gmm_core.tables.limits import MAX_BYTES, megabytes

GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = 31
"""What zlib takes for "with a gzip header"."""

JUNK_FOLDERS = ("__MACOSX",)
JUNK_FILES = ("Thumbs.db", "desktop.ini")
"""What operating systems put into archives unasked; files that begin with a point are such, too."""


def is_archive(data: bytes) -> bool:
    """Whether the bytes are an archive of files, and no workbook or other document (which are zip archives as well)."""
    return data.startswith(GZIP_MAGIC) or (is_zip(data) and bool(members(data)) and not is_document(data))


def unpacked(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of the one file in an archive, with a remark that says so; other bytes as they are.

    Raises
    ------
    TableError
        Where the archive is damaged, locked, empty or beyond the limit, or holds several files or another archive.
    """
    if not is_archive(data):
        return data, ()
    content, inner = (_gunzipped(data, name), "") if data.startswith(GZIP_MAGIC) else _unzipped(data, name)
    if is_archive(content):
        raise TableError(f"{name} is an archive within an archive.", "Unpack it first.")
    return content, (f"Unpacked from an archive{f' ({inner})' if inner else ''}.",)


def _gunzipped(data: bytes, name: str) -> bytes:
    content = io.BytesIO()
    try:
        while data.startswith(GZIP_MAGIC):  # a gzip file may hold several parts that follow each other
            part = zlib.decompressobj(GZIP_WINDOW)
            content.write(part.decompress(data, MAX_BYTES + 1 - content.tell()))
            _check_size(content.tell(), name)
            if not part.eof:
                raise _damaged(name)
            data = part.unused_data
    except zlib.error as error:
        raise _damaged(name) from error
    return content.getvalue()


def _unzipped(data: bytes, name: str) -> tuple[bytes, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = _only_file(archive, name)
            with archive.open(member) as file:
                content = file.read(MAX_BYTES + 1)
    except TableError:  # a ValueError as well
        raise
    except BROKEN_ZIP as error:
        raise _damaged(name) from error
    _check_size(len(content), name)
    return content, PurePosixPath(member.filename).name


def _only_file(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    files = [member for member in archive.infolist() if not (member.is_dir() or _is_junk(member.filename))]
    if not files:
        raise TableError(f"{name} is an archive without a file in it.", "Load the table itself.")
    if len(files) > 1:
        raise TableError(
            f"{name} is an archive of {len(files)} files, and only one can be read.",
            "Unpack it and load the file with the table.",
            value=len(files),
        )
    if files[0].flag_bits & 1:
        raise TableError(f"{name} is an archive locked with a password.", "Unpack it and load the file in it.")
    return files[0]


def _is_junk(filename: str) -> bool:
    path = PurePosixPath(filename)
    return path.name.startswith(".") or path.name in JUNK_FILES or any(part in JUNK_FOLDERS for part in path.parts)


def _check_size(n_bytes: int, name: str) -> None:
    if n_bytes > MAX_BYTES:
        raise TableError(
            f"{name} unpacks to more than {megabytes(MAX_BYTES)}, the most that is read.",
            "Keep only the columns and rows you need, or take a sample of the rows.",
            value=n_bytes,
        )


def _damaged(name: str) -> TableError:
    return TableError(f"{name} is a damaged archive.", "Pack it anew, or load the file that is in it.")

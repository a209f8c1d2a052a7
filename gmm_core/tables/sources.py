"""What a table is read from: bytes, a file object or a path."""

import os
from pathlib import Path
from typing import IO, Any

from gmm_core.errors import TableError
from gmm_core.tables.limits import MAX_BYTES, check_bytes

Source = bytes | bytearray | memoryview | str | os.PathLike[str] | IO[Any]
"""A table's bytes, the path of its file, or an open file (binary, or text)."""

UNNAMED = "The file"


def load(source: Source, name: str | None = None) -> tuple[bytes, str]:
    """Bytes of a source, and the name by which messages call it.

    Parameters
    ----------
    source : bytes, path or file object
        A file object is read from where it stands, and left open.
    name : str, optional
        What to call it; by default the file's own name.

    Raises
    ------
    TableError
        Where there is no such file, or it is larger than ``limits.MAX_BYTES``.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return _checked(bytes(source), name or UNNAMED)
    if isinstance(source, str | os.PathLike):
        return _from_path(Path(source), name or Path(source).name)
    return _from_file(source, name or _own_name(source))


def _from_path(path: Path, name: str) -> tuple[bytes, str]:
    try:
        check_bytes(path.stat().st_size, name)
        return path.read_bytes(), name
    except OSError as error:
        raise TableError(f"{name} cannot be opened.", "Check its name and place, and that it may be read.") from error


def _from_file(file: IO[Any], name: str) -> tuple[bytes, str]:
    content = file.read(MAX_BYTES + 1)
    return _checked(content.encode() if isinstance(content, str) else bytes(content), name)


def _checked(data: bytes, name: str) -> tuple[bytes, str]:
    check_bytes(len(data), name)
    return data, name


def _own_name(file: IO[Any]) -> str:
    own = getattr(file, "name", None)  # a number where the file was opened by its descriptor
    return Path(own).name if isinstance(own, str) and own else UNNAMED

"""Writers of the old and rare workbook formats, as small as their readers allow: .xls, .xlsb and .ods by hand."""

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[str | float]]

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def archive(members: dict[str, bytes | str]) -> bytes:
    """A zip archive of these files, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def ods(rows: Rows, extra: str = "") -> bytes:
    """An OpenDocument spreadsheet with one sheet; ``extra`` is XML for more rows of it."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{body}{extra}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def xls(rows: Rows, locked: bool = False) -> bytes:
    """A workbook of Excel 97: BIFF8 records (MS-XLS 2.4) in a compound file (MS-CFB 2).

    ``locked`` puts the record there that says that the rest is encrypted.
    """
    cells = b"".join(
        _xls_cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values)
    )
    begin = [_record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0)) for kind in (5, 0x10)]
    name = b"\x04\x00Data"
    offset = len(begin[0]) + 4 + 6 + len(name) + 4
    sheet = _record(0x85, struct.pack("<IH", offset, 0) + name)
    lock = _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if locked else b""
    stream = begin[0] + lock + sheet + _record(0xA, b"") + begin[1] + cells + _record(0xA, b"")
    return _compound("Workbook", stream.ljust(4096, b"\0"))


def _xls_cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x203, place + struct.pack("<d", value))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file of one stream: its header, the allocation table, the directory, the stream."""
    n_sectors = -(-len(stream) // SECTOR)
    table = [FAT, END, *range(3, n_sectors + 2), END]
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        END,
        0,
        END,
        0,
        0,
    )
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    folder = _entry("Root Entry", 5, END, 0, child=1) + _entry(name, 2, 2, len(stream))
    return header.ljust(SECTOR, b"\xff") + fat + folder.ljust(SECTOR, b"\0") + stream.ljust(n_sectors * SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII36xIQ", letters, len(letters), kind, 1, FREE, FREE, child, start, size)


def xlsb(rows: Rows) -> bytes:
    """A binary workbook of Excel 2007: records (MS-XLSB 2.4) in a zip archive."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    sheet = _bin(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Data"))
    workbook = _bin(131) + _bin(143) + sheet + _bin(144) + _bin(132)
    span = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    body = b"".join(_bin_row(number, row) for number, row in enumerate(rows))
    cells = _bin(129) + _bin(148, span) + _bin(145) + body + _bin(146) + _bin(130)
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": relations,
            "xl/worksheets/sheet1.bin": cells,
        }
    )


def _bin_row(number: int, row: Sequence[str | float]) -> bytes:
    cells = (
        _bin(6, place + _wide(value)) if isinstance(value, str) else _bin(5, place + struct.pack("<d", value))
        for place, value in ((struct.pack("<II", column, 0), value) for column, value in enumerate(row))
    )
    return _bin(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)) + b"".join(cells)


def _bin(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size, sizes = len(data), b""
    while True:
        sizes += bytes([size & 127 | (128 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + sizes + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")

"""Archives, Parquet and JSON: what is in them comes out, and what can't be read is told."""

import datetime as dt
import decimal
import gzip
import io
import json
import tarfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gmm_core.errors import TableError
from gmm_core.tables import archives, json_records, parquet
from gmm_core.tables.formats import SPREADSHEET
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.reading import read_report, read_table
from tests.tables.corpus_books import archive, ods, xls, xlsb

CSV = b"x,y\n1,2\n3,4\n"
VALUES = {"x": [1, 3], "y": [2, 4]}


def _parquet(columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def _problem(data):
    with pytest.raises(TableError) as caught:
        read_table(data, name="shop.dat")
    assert caught.value.remedy
    return caught.value.problem


def _words(value):
    """A case's name: archives hold the time at which they were made, so their bytes are none."""
    return value if isinstance(value, str) else "file"


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(CSV),
        gzip.compress(CSV[:4]) + gzip.compress(CSV[4:]),
        archive({"table.csv": CSV}),
        archive({"folder/": b"", "folder/table.csv": CSV, "__MACOSX/._table.csv": b"\0", ".DS_Store": b"\0"}),
        gzip.compress(_parquet(VALUES)),
        archive({"table.json": json.dumps(VALUES)}),
        archive({"book.ods": ods([["x", "y"], [1, 2], [3, 4]])}),
    ],
    ids=_words,
)
def test_the_one_table_in_an_archive_is_read(data):
    report = read_report(data)
    assert report.frame.to_dict("list") == VALUES
    assert report.notes.remarks[0].startswith("Unpacked from an archive")


def _tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as file:
        file.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (archive({"a.csv": CSV, "b.csv": CSV}), "shop.dat is an archive of 2 files, and only one can be read."),
        (archive({"folder/": b""}), "shop.dat is an archive without a file in it."),
        (gzip.compress(gzip.compress(CSV)), "shop.dat is an archive within an archive."),
        (archive({"a.zip": archive({"a.csv": CSV})}), "shop.dat is an archive within an archive."),
        (gzip.compress(CSV)[:-9], "shop.dat is a damaged archive."),
        (gzip.compress(b""), "shop.dat is empty."),
        (_tar(), "shop.dat is a tar archive."),
        (archive({"a.csv": CSV})[:-30], "shop.dat is a damaged workbook or archive."),
        (archive({"[Content_Types].xml": b"", "word/document.xml": b""}), "shop.dat is another kind of document"),
        (_parquet(VALUES)[:-10], "shop.dat is a damaged Parquet file."),
        (_parquet({"x": pa.array([], pa.int64())}), "shop.dat is a Parquet file without rows."),
        (b'[{"x": 1}, {"x"', "shop.dat is a JSON document that isn't well formed."),
        (b'[{"x":' * 100_000, "shop.dat is a JSON document that isn't well formed."),
        (b"[]", "shop.dat is a JSON document without a list of records in it."),
        (b'{"x": [1, 2], "y": [1]}', "shop.dat is a JSON document without a list of records in it."),
        (xls([["x"], [1]], locked=True), "shop.dat is a workbook locked with a password."),
        (
            archive({"mimetype": SPREADSHEET, "META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            "shop.dat is a workbook locked with a password.",
        ),
        (xls([["x"], [1]])[:3000], "shop.dat is a damaged workbook"),
    ],
    ids=_words,
)
def test_what_cannot_be_read_has_its_own_sentence(data, problem):
    assert _problem(data).startswith(problem)


def test_no_more_is_unpacked_than_the_limit(monkeypatch):
    monkeypatch.setattr(archives, "MAX_BYTES", 1024**2)
    bomb = bytes(50 * 1024**2)
    for data in (gzip.compress(bomb), archive({"a.csv": bomb})):
        assert _problem(data) == "shop.dat unpacks to more than 1 MB, the most that is read."
    monkeypatch.setattr(parquet, "MAX_UNPACKED_BYTES", 10)
    assert _problem(_parquet(VALUES)).startswith("shop.dat unpacks to")
    monkeypatch.setattr(json_records, "MAX_JSON_BYTES", 10)
    assert _problem(json.dumps(VALUES).encode()).startswith("shop.dat is a JSON document of more than 0 MB")


@pytest.mark.parametrize(
    "document",
    [
        '[{"x": 1, "y": 2}, {"x": 3, "y": 4}]',
        '{"x": 1, "y": 2}\n\n{"x": 3, "y": 4}\n',
        '{"x": [1, 3], "y": [2, 4]}',
        '{"n": 2, "rows": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]}',
        ' \n[{"x": 1, "y": "2"}, {"x": 3, "y": "4"}]',
    ],
)
def test_json_is_read_in_each_of_its_shapes(document):
    for encoding in ("utf-8", "utf-8-sig"):
        assert read_table(document.encode(encoding)).to_dict("list") == VALUES


def test_json_values_keep_their_kinds_and_gaps():
    records = [
        {"x": 1, "big": 2**60 + 1, "w": "a", "b": True, "l": [1]},
        {"x": None, "big": 5, "w": None, "b": False, "l": {"k": 2}, "late": 7},
    ]
    table = read_table(json.dumps(records).encode())
    assert table["x"].isna().tolist() == [False, True]
    assert table["big"].tolist() == [2**60 + 1, 5]
    assert table["b"].tolist() == [True, False]
    assert table["l"].tolist() == ["[1]", '{"k": 2}']
    assert table["late"].isna().tolist() == [True, False]


def test_parquet_columns_keep_their_kinds():
    stamp = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    table = read_table(
        _parquet(
            {
                "n": [1, None],
                "big": pa.array([2**63 + 5, None], pa.uint64()),
                "f": pa.array([1.5, 2.5], pa.float32()),
                "money": [decimal.Decimal("1.50"), None],
                "when": [stamp, None],
                "day": [dt.date(2024, 5, 1)] * 2,
                "at": [dt.time(12, 30), None],
                "took": [dt.timedelta(minutes=90)] * 2,
                "b": [True, None],
                "kind": pa.array(["u", "v"]).dictionary_encode(),
                "words": ["1,5", "2,5"],
                "raw": [b"\x00", b"a"],
            }
        )
    )
    first = {name: table[name].iloc[0] for name in table}
    assert first["n"] == 1
    assert table["n"].dtype == float
    assert first["big"] == str(2**63 + 5)
    assert (first["f"], first["money"], first["words"]) == (1.5, 1.5, 1.5)
    assert first["when"] == pd.Timestamp("2024-05-01 12:00")
    assert first["day"] == pd.Timestamp("2024-05-01")
    assert (first["at"], first["took"], first["b"], first["kind"]) == (12.5, 1.5, True, "u")


@pytest.mark.parametrize("write", [ods, xls, xlsb])
def test_the_rarer_workbooks_are_read_as_xlsx_is(write):
    rows = [["Report", "", ""], ["name", "x", "y"], ["a", 1.0, 2.5], ["b", 3.0, 4.5], ["Total", 4.0, 7.0]]
    report = read_report(write(rows), options=ReadOptions(skip_foot=1))
    assert report.frame.to_dict("list") == {"name": ["a", "b"], "x": [1, 3], "y": [2.5, 4.5]}
    assert report.notes.sheets == ("Data",)
    assert report.notes.details() == (
        "1 line above the table left out (“Report”).",
        "The last row left out, as totals are no cases (“Total”).",
    )


def test_a_far_cell_in_a_rarer_workbook_costs_no_more_than_a_sentence():
    repeated = 'table:number-columns-repeated="16384" office:value-type="float" office:value="1"'
    rows = f'<table:table-row table:number-rows-repeated="1000000"><table:table-cell {repeated}/></table:table-row>'
    assert _problem(ods([["x"], [1.0]], rows)).endswith("lie too far apart.")

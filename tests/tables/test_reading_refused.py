"""What is no table, or too large, is told in a sentence with a remedy."""

import numpy as np
import pytest

from gmm_core.errors import TableError
from gmm_core.tables import limits
from gmm_core.tables.reading import read_table

NAN = np.nan


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "shop.csv is empty."),
        (b" \r\n\t\n", "shop.csv is blank: it holds nothing but white space."),
        (b"\xef\xbb\xbf", "shop.csv is blank: it holds nothing but white space."),
        (b"a,b\n", "The table has a header but no rows below it."),
        (b"a,b\n,\n", "The table has a header but no rows below it."),
        (b",,\n,,\n", "The file holds no table: all its cells are blank."),
        (b"\x89PNG\r\n\x1a\n\x00", "shop.csv is a picture."),
        (b"\xff\xd8\xff\xe0\x00", "shop.csv is a picture."),
        (b"GIF89a\x01\x00", "shop.csv is a picture."),
        (b"%PDF-1.7\n", "shop.csv is a PDF document."),
        (b"MZ\x90\x00\x03", "shop.csv is neither text nor a workbook."),
        (b"a,b\n1,\x00\n", "shop.csv is neither text nor a workbook."),
        (b"PAR1\x15\x04", "shop.csv is a damaged Parquet file."),
        (b"\x1f\x8b\x08\x00", "shop.csv is a damaged archive."),
        (b"<!DOCTYPE html>\n<table>", "shop.csv is a web page or an XML document."),
        (b'[{"a": 1}', "shop.csv is a JSON document that isn't well formed."),
        (b"name,city\nx,y\n", "No column of the table holds numbers, so there is nothing to find groups in."),
        (b"a,b\n1,2\n3,4,5\n", "Line 3 of the file has 3 cells where the first row has 2."),
        (b'a,b\n"x\ny",2\n3,4,5\n', "Line 4 of the file has 3 cells where the first row has 2."),
        (b'a,b\n1,"2\n3,4\n', "A quotation mark in line 2 of the file is never closed"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "A quotation mark in line 3 of the file is never closed"),
        (b"\xef\xbb\xbfa\xff\n1\n", "The file is said to be in UTF-8, but part of it is something else."),
        (b"\xff\xfea\x00\n\x00\x00\xdc\x00", "The file is said to be in UTF-16, but part of it is something else."),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence_with_a_remedy(data, problem):
    with pytest.raises(TableError) as caught:
        read_table(data, name="shop.csv")
    assert caught.value.problem.startswith(problem)
    assert caught.value.problem.count(". ") == 0
    assert caught.value.remedy
    assert not any(word in str(caught.value) for word in ("Error", "Exception", "pyarrow", "codec", "0x"))


def test_a_cell_without_end_is_told():
    with pytest.raises(TableError, match=r"^Line 1 of the file has a cell of more than 128 KB"):
        read_table(b"x" * 1_000_000)
    with pytest.raises(TableError, match=r"^A quotation mark in line 1 of the file is never closed"):
        read_table(b'"' + b"x,y\n" * 1_000_000)


def test_a_quotation_mark_that_swallows_a_large_file_is_named():
    with pytest.raises(TableError, match="quotation mark in line 3"):
        read_table(b'a,b\n1,2\n3,"4\n' + b"1,2\n" * 50_000 + b'5,"6"\n')


def test_the_limits_are_kept(monkeypatch):
    with pytest.raises(TableError, match=r"has 5,001 columns; at most 5,000 are read\. Keep only"):
        read_table((",".join(f"c{i}" for i in range(5_001)) + "\n" + ",".join("1" * 5_001) + "\n").encode())
    monkeypatch.setattr(limits, "MAX_ROWS", 10)
    with pytest.raises(TableError, match=r"has 11 rows; at most 10 are read\. Take a sample"):
        read_table(b"x\n" + b"1\n" * 11)


def test_a_file_beyond_the_size_limit_is_not_even_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(limits.MAX_BYTES + 1)
    with pytest.raises(TableError, match=r"^large\.csv is larger than 200 MB, the most that is read\."):
        read_table(path)


def test_units_beside_the_numbers_are_named_where_no_other_column_holds_numbers():
    data = b"part,weight\n" + b"".join(b"P%d,2.%d kg\n" % (i, i) for i in range(9))
    with pytest.raises(TableError, match=r"In “weight” units stand beside the numbers \(“2.0 kg”\)"):
        read_table(data)

"""Writes the corpus of small ugly files: ``PYTHONPATH=. python tests/tables/corpus_maker.py``.

Each is made by hand after what offices send. What should come out of each stands in ``corpus/expected.csv``.
"""

import datetime as dt
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.tables.corpus_books import archive, ods, xls, xlsb

CORPUS = Path(__file__).with_name("corpus")

GERMAN = "Ort;Umsatz;Kunden;Anteil\nKöln;6.743;12;12,5 %\nBonn;1.250;743;7,0 %\nTrier;12.001;99;80,5 %\n"
PLAIN = "name,x,y\na,1,2.5\nb,3,4.5\nc,5,0.5\n"
CHINESE = "城市,人口,面积\n北京市,2189,16410\n上海市,2487,6340\n广州市,1868,7434\n"
TABLE = [["name", "x", "y"], ["a", 1.0, 2.5], ["b", 3.0, 4.5]]

TEXTS: dict[str, str] = {
    "plain.csv": PLAIN,
    "windows_lines.csv": PLAIN.replace("\n", "\r\n"),
    "tabs.tsv": PLAIN.replace(",", "\t"),
    "bars.txt": PLAIN.replace(",", "|"),
    "sep_line.csv": "sep=;\n" + PLAIN.replace(",", ";").replace(".", ","),
    "german_thousands.csv": GERMAN,
    "only_thousands.csv": "Ort;Umsatz\nKöln;6.743\nBonn;1.250\nTrier;2.001\n",
    "three_decimals.csv": "id;length;width\nA;6.743;1.250\nB;5.120;0.250\nC;4.875;1.125\n",
    "apostrophes.csv": "Kanton;Franken\nBern;1'234.50\nZug;12'345'678.00\n",
    "no_break_blanks.csv": "ville;habitants\nParis;2\u00a0145\u00a0906\nLyon;522\u202f250\n",
    "currencies.csv": 'item,price,cost\npen,"$1,234.50",($12.00)\nink,$7.00,$3.25\ncap,-$0.50,$1.00\n',
    "accounting.csv": 'account,balance\ncash,"(1,234.00)"\nbank,"2,500.50"\nloan,(10.00)\n',
    "trailing_minus.csv": "Konto;Saldo\n1000;1.234,56-\n2000;7,00\n",
    "unicode_minus.csv": "x,y\n\u22121.5,1\n2.5,\u22122\n",
    "infinite.csv": "x,y\n1,2\ninf,3\n-Infinity,4\n",
    "null_words.csv": "x,y\n1,2\nNA,3\nn/a,4\n-,5\n#N/A,6\nnull,7\n2,8\n",
    "leading_zeros.csv": "plz,x\n01067,1\n80331,2\n",
    "large_integers.csv": "card,x\n9007199254740993,1\n9007199254740995,2\n",
    "large_integers_with_gap.csv": "card,x\n9007199254740993,1\n,2\n",
    "german_dates.csv": "Datum;Wert\n31.12.2024;1,5\n1.2.2024;2,5\n",
    "open_dates.csv": "day,x\n01/02/2024,1\n03/04/2024,2\n",
    "american_dates.csv": "when,x\n12/31/2024 2:30 PM,1\n1/2/2025 12:05 AM,2\n",
    "named_months.csv": 'day,x\n"May 5, 2024",1\n"Dec 31, 2024",2\n',
    "iso_times.csv": "when,x\n2024-05-01T12:00:00Z,1\n2024-05-02T13:30:00Z,2\n",
    "clock.csv": "start,x\n12:30,1\n1:15:30,2\n",
    "answers.csv": "member,x\nyes,1\nno,2\nyes,3\n",
    "title_above.csv": "Sales of May\nas of 2024-06-01\n\nregion,sales,costs\nnorth,1,2\nsouth,3,4\n",
    "padded_title.csv": "Report;;;\n;;;\nregion;sales;costs;gain\nnorth;1;2;3\nsouth;4;5,5;6\n",
    "comments.csv": "# made by x, in 2024\n# see y\na,b\n1,2\n3,4\n",
    "comment_header.txt": "# x y z\n1 2 3\n4 5 6\n",
    "two_line_header.csv": "Region;Sales;;Costs;\n;2019;2020;2019;2020\nnorth;1;2;3;4\nsouth;5;6;7;8\n",
    "units_below.csv": "Länge;Gewicht;Art\n(cm);(kg);\n1,5;2;x\n2,5;3;y\n",
    "no_header.csv": "1,2.5\n3,4\n",
    "no_header_but_labels.data": "5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,versicolor\n",
    "some_percent.csv": "a;b\n12 %;x\n0,5;y\n",
    "survey.csv": 'id,q1,q2\n"Response ID","How happy?","How old?"\n1,5,30\n2,4,41\n',
    "bank.csv": "Account: 123\nPeriod: 2024\n\nDate;Text;Amount\n01.02.2024;Shop;-12,50\n02.02.2024;Pay;2.500,00\n\n"
    "Balance;;2.487,50\n",
    "duplicate_names.csv": "x,x,,x (2)\n1,2,3,4\n5,6,7,8\n",
    "ragged.csv": "a,b,c\n1\n4,5,6\n7,8\n",
    "quoted_breaks.csv": 'note,x\n"two\nlines",1\n"a ""b"", c",2\n',
    "total_and_source.csv": "region,sales,n\na,1,2\nb,2,3\nc,3,4\nd,4,5\nTotal,10,14\nSource: the office\n",
    "long_note.csv": "region,sales,n\na,1,2\nb,2,3\n\n* unaudited, rounded, and as of May, see page 2\n",
    "unnamed_total.csv": "region,sales,n\na,1,2\nb,2,3\nc,3,4\nd,4,5\n,10,14\n",
    "r_table.txt": '"x" "y"\n"1" 5 6.5\n"2" 7 8\n"3" 9 1\n',
    "fixed_blanks.dat": "City         pop   area\nNew York      8     7.5\nLos Angeles   4     3.1\n",
    "old_faithful.dat": "    eruptions waiting\n1       3.600      79\n2       1.800      54\n3       3.333      74\n",
    "formulas.csv": "name,x\n=1+1,1\n\"=cmd|' /C calc'!A0\",2\n@SUM(A1),3\n",
    "dangerous_names.csv": "<img src=x onerror=alert(1)>,$\\LaTeX$,a.b[c]:d,=1+1\n1,2,3,4\n5,6,7,8\n",
    "slips.csv": "x,y\n" + "1,2\n" * 40 + "oops,3\n",
    "too_many_cells.csv": "a,b\n1,2\n3,4,5\n",
    "open_quote.csv": 'a,b\n1,2\n"3,4\n5,6\n',
    "header_only.csv": "a,b,c\n",
    "white_space.csv": " \n\t\n  \n",
    "empty.csv": "",
    "words_only.csv": "name,city\nAnna,Bonn\nEva,Trier\n",
    "web_page.xls": "<html><body><table><tr><td>1</td></tr></table></body></html>",
    "records.json": '[{"x": 1, "y": 2.5, "w": "a"}, {"x": 3, "w": "b"}, {"x": 5, "y": null, "w": [1]}]',
    "lines.jsonl": '{"x": 1, "y": 2.5}\n{"x": 3, "y": 4.5}\n',
    "by_column.json": '{"x": [1, 2, 3], "y": [2.5, 3.5, 4.5]}',
    "inside.json": '{"count": 2, "rows": [{"x": 1}, {"x": 2}]}',
    "broken.json": '[{"x": 1}, {"x": ',
}

ENCODED = {
    "utf8_mark.csv": ("utf-8-sig", GERMAN),
    "utf16.csv": ("utf-16", GERMAN),
    "utf16_unmarked.csv": ("utf-16-le", PLAIN),
    "cp1252.csv": ("cp1252", GERMAN),
    "gbk.csv": ("gbk", CHINESE),
}


def _xlsx(write: Callable[[xlsxwriter.Workbook, xlsxwriter.workbook.Worksheet], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": dt.datetime(2024, 1, 1)})
        write(book, book.add_worksheet("Data"))
    return out.getvalue()


def _office_sheet(book: xlsxwriter.Workbook, sheet: xlsxwriter.workbook.Worksheet) -> None:
    """A title, a header of merged cells in two rows, a hidden row, a formula, a total and a note."""
    sheet.merge_range("B2:F2", "Sales of the year")
    for row, cells in enumerate(
        (["Region", "2019", "2020"], ["north", 1, 2], ["south", 3, 4], ["east", 5, 6], ["Total", 9, 12]), start=4
    ):
        sheet.write_row(row, 1, cells)
    sheet.merge_range("C4:D4", "Sales")
    sheet.write("B11", "Source: the office, unaudited")
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.write_formula("C9", "=SUM(C6:C8)", None, 9)


def _kinds_sheet(book: xlsxwriter.Workbook, sheet: xlsxwriter.workbook.Worksheet) -> None:
    clock = book.add_format({"num_format": "hh:mm"})
    rows = [["day", "at", "member", "x"], [dt.date(2024, 5, 1), 0.5, True, 1.5], [dt.date(2024, 5, 2), 0.25, False, ""]]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
        if number:
            sheet.write_number(number, 1, row[1], clock)


def _far_cell(book: xlsxwriter.Workbook, sheet: xlsxwriter.workbook.Worksheet) -> None:
    for number, row in enumerate(TABLE):
        sheet.write_row(number, 0, row)
    sheet.write("XFD1048576", 5)


def _parquet() -> bytes:
    out = io.BytesIO()
    columns = {
        "x": [1, 2, None],
        "y": [1.5, 2.5, 3.5],
        "w": ["1,5", "2,5", None],
        "day": [dt.date(2024, 5, 1)] * 3,
        "b": [True, None, False],
        "l": [[1], [], None],
    }
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def binary_files() -> dict[str, bytes]:
    """The files that are no text, by name."""
    packed = PLAIN.encode()
    office = _xlsx(_office_sheet)
    return {
        "office.xlsx": office,
        "kinds.xlsx": _xlsx(_kinds_sheet),
        "far_cell.xlsx": _xlsx(_far_cell),
        "damaged.xlsx": office[:2000],
        "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + "EncryptedPackage".encode("utf-16-le"),
        "old.xls": xls(TABLE),
        "binary.xlsb": xlsb(TABLE),
        "open.ods": ods(TABLE),
        "table.parquet": _parquet(),
        "table.csv.gz": gzip.compress(packed, mtime=0),
        "one_file.zip": archive({"data/table.csv": packed, "__MACOSX/._table.csv": b"\0"}),
        "two_files.zip": archive({"a.csv": packed, "b.csv": packed}),
        "nested.zip": archive({"inner.gz": gzip.compress(packed, mtime=0)}),
        "picture.csv": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "program.csv": b"MZ\x90\0\3\0\0\0\4\0\0\0",
    }


def all_files() -> dict[str, bytes]:
    """Every file of the corpus, by name."""
    texts = {name: text.encode() for name, text in TEXTS.items()}
    encoded = {name: text.encode(codec) for name, (codec, text) in ENCODED.items()}
    return texts | encoded | binary_files()


if __name__ == "__main__":
    CORPUS.mkdir(exist_ok=True)
    for name, data in all_files().items():
        (CORPUS / name).write_bytes(data)

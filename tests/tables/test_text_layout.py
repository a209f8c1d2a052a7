"""Where the rows of a text begin, and how wide they are."""

import pytest

from gmm_core.tables.options import ReadOptions
from gmm_core.tables.text_layout import SAMPLE_BYTES, find_layout, without_sep_line


@pytest.mark.parametrize(
    ("text", "delimiter", "header", "start", "lines"),
    [
        (b"a,b\n1,2\n", ",", ("a", "b"), 4, 1),
        (b"\r\n\r\na,b\r\n1,2\r\n", ",", ("a", "b"), 9, 3),
        ("größe;b\n1;2\n".encode(), ";", ("größe", "b"), 10, 1),
        (b'"a\nb",c\n1,2\n', ",", ("a\nb", "c"), 8, 2),
        (b"1,2\n3,4\n", ",", ("", ""), 0, 0),
        (b"a;b\n1;2;\n3;4;\n", ";", ("a", "b", ""), 4, 1),
        (b"a,b\nx,1,2\ny,3,4\n", ",", ("", "a", "b"), 4, 1),
        (b"A report\n\na,b,c\n1,2,3\n", ",", ("a", "b", "c"), 16, 3),
        (b"Report\n\n1,2,3\n1,2,3\n", ",", ("", "", ""), 8, 2),
        (b"a,,b,\nx,y,x,y\n1,2,3,4\n", ",", ("a x", "a y", "b x", "b y"), 14, 2),
    ],
)
def test_the_header_and_the_first_byte_after_it_are_found(text, delimiter, header, start, lines):
    layout = find_layout(text, delimiter, ReadOptions())
    assert (layout.header, layout.start, layout.lines_above) == (header, start, lines)


def test_a_header_longer_than_the_sample_is_read_whole():
    names = ",".join(f"a rather long name of column {i}" for i in range(4_999))
    assert len(names) < SAMPLE_BYTES
    wide = names.replace("rather", "rather " * 10)
    assert len(wide) > SAMPLE_BYTES
    assert len(find_layout(f"{wide}\n{',' * 4_998}\n".encode(), ",", ReadOptions()).header) == 4_999


@pytest.mark.parametrize(
    ("text", "rest", "delimiter"),
    [
        (b"sep=;\na;b\n", b"a;b\n", ";"),
        (b'"sep=\t"\r\na\n', b"a\n", "\t"),
        (b"SEP=|;;\na\n", b"a\n", "|"),
        (b"separate\n1\n", b"separate\n1\n", None),
        (b"a,b\nsep=;\n", b"a,b\nsep=;\n", None),
    ],
)
def test_a_sep_line_is_cut_off_and_heeded(text, rest, delimiter):
    assert without_sep_line(text) == (rest, delimiter)

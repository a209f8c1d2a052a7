"""Small ugly files come back as the tables in them, or with the sentence that says why not; so do broken copies."""

import csv
import resource
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from gmm_core.errors import SettingsError, TableError
from gmm_core.tables.dialect import NO_DELIMITER
from gmm_core.tables.encoding import OFFERED
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.reading import read_report
from tests.tables.corpus_maker import CORPUS, all_files

EXPECTED = CORPUS / "expected.csv"


@dataclass(frozen=True)
class Outcome:
    """What comes out of a file, in words: of a table its columns with their kinds, its first and last row, and what is
    said of it; of anything else the error's sentence."""

    file: str
    rows: str
    columns: str = ""
    first: str = ""
    last: str = ""
    said: str = ""


def outcome(path: Path) -> Outcome:
    """What comes out of a file."""
    try:
        read = read_report(path)
    except TableError as error:
        return Outcome(path.name, "none", said=error.problem)
    frame = read.frame
    columns = " | ".join(f"{name}: {dtype}" for name, dtype in zip(frame.columns, frame.dtypes, strict=True))
    first, last = (" | ".join(map(str, frame.iloc[row])) for row in (0, -1))
    said = " ".join((read.notes.summary(), *read.notes.details()))
    return Outcome(path.name, str(len(frame)), columns, first, last, said)


def expected() -> list[Outcome]:
    """What should come out of each file."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return [Outcome(**row) for row in csv.DictReader(file)]


def write_expected() -> None:
    """Write down what comes out now, to be read line by line before it is believed."""
    with EXPECTED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Outcome.__dataclass_fields__)
        writer.writerows(astuple(outcome(CORPUS / name)) for name in sorted(all_files()))


@pytest.mark.parametrize("wanted", expected(), ids=lambda wanted: wanted.file)
def test_a_file_comes_back_as_the_table_in_it(wanted):
    assert outcome(CORPUS / wanted.file) == wanted


def test_the_corpus_is_what_its_maker_writes_and_all_of_it_is_expected():
    made = all_files()
    assert {path.name for path in CORPUS.iterdir()} - {EXPECTED.name} == set(made) == {each.file for each in expected()}
    for name, data in made.items():
        if not name.endswith(
            (".xlsx", ".parquet", ".gz", ".zip", ".xlsb", ".ods")
        ):  # packed otherwise by other versions
            assert (CORPUS / name).read_bytes() == data, name


@pytest.mark.parametrize("name", [each.file for each in expected() if each.rows != "none"])
def test_what_was_found_out_gives_the_same_table_when_it_is_taken_as_given(name):
    found = read_report(CORPUS / name)
    notes = found.notes
    said = ReadOptions(
        delimiter=notes.delimiter or NO_DELIMITER if notes.kind == "text" else None,
        decimal=notes.decimal or None,
        skip_lines=notes.top,
        header_rows=notes.header_rows,
        day_first=notes.day_first,
    )
    again = read_report(CORPUS / name, sheet=notes.sheet or None, options=said)
    assert_frame_equal(again.frame, found.frame)
    assert again.notes.top == notes.top


N_MUTATIONS = 8
READ_APART = (".xls", ".xlsb", ".ods")
"""A process for each takes a fifth of a second, so these get fewer."""

MOST_MEMORY = 600 * 1024**2


def _mutations(data: bytes, others: list[bytes], n: int, rng: np.random.Generator) -> Iterator[bytes]:
    """Copies with bytes changed, cut out, doubled, put in, or taken from another file."""
    for number in range(n):
        low, high = sorted(rng.integers(len(data) + 1, size=2))
        match number % 5:
            case 0:
                changed = np.frombuffer(data, dtype=np.uint8).copy()
                changed[rng.integers(len(data), size=rng.integers(1, 6))] = rng.integers(256)
                yield changed.tobytes()
            case 1:
                yield data[:low] + data[high:]
            case 2:
                yield data[:high] + data[low:high] * int(rng.integers(1, 4)) + data[high:]
            case 3:
                yield (
                    data[:low]
                    + bytes(rng.choice(list(b'"\x00\xff;,\t\n\r{[#.-'), size=rng.integers(1, 9)))
                    + data[low:]
                )
            case _:
                yield data[:low] + others[rng.integers(len(others))][low:]


def test_broken_copies_are_tables_or_table_errors_and_cost_little(rng):
    files = {path.name: data for path in sorted(CORPUS.iterdir()) if (data := path.read_bytes())}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    remedies = []
    for name, data in files.items():
        for broken in _mutations(data, list(files.values()), 2 if name.endswith(READ_APART) else N_MUTATIONS, rng):
            try:
                frame = read_report(broken, options=ReadOptions(needs_numbers=False)).frame
            except TableError as error:
                remedies.append((name, error.remedy))
            else:
                assert len(frame) > 0
                assert frame.columns.is_unique
    assert [name for name, remedy in remedies if not remedy] == []
    assert 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < MOST_MEMORY


SAID = {
    "encoding": [each.codec for each in OFFERED],
    "delimiter": [*",;\t| :a", "  ", NO_DELIMITER],
    "decimal": [*".,"],
    "thousands": [*",.' ", ""],
    "skip_lines": [0, 1, 5],
    "header_rows": [0, 1, 2],
    "skip_foot": [1, 3],
    "day_first": [True, False],
    "text_columns": [("x",)],
    "number_columns": [("x", "a", "id", "Region", "code")],
    "gap_words": [("1", "-", "a")],
}


def test_whatever_is_said_of_a_file_it_is_a_table_or_an_error_with_a_sentence(rng):
    files = [CORPUS / each.file for each in expected() if not each.file.endswith(READ_APART)]
    n_tables, problems = 0, []
    for _ in range(150):
        said = {name: values[rng.integers(len(values))] for name, values in SAID.items() if rng.random() < 0.3}
        try:
            read = read_report(files[rng.integers(len(files))], options=ReadOptions(**said, needs_numbers=False))
        except (TableError, SettingsError) as error:
            problems.append(error.problem)
        else:
            n_tables += len(read.frame) > 0 and bool(read.notes.summary())
    assert n_tables > 50
    assert all(problems)

"""How a file was read, as part of a recipe."""

import json

import pandas as pd
import pytest

from gmm_core.errors import InterchangeError
from gmm_core.tables.features import FeatureSpec
from gmm_core.tables.notes import ReadingNotes
from gmm_core.tables.options import ReadOptions
from gmm_core.tables.reading import read_report
from gmm_core.tables.reading_alike import READING_FIELDS, Reading
from gmm_core.tables.recipe import from_recipe, to_recipe, whole_recipe

PREPARED = FeatureSpec(("x",)).prepare(pd.DataFrame({"x": [1.0, 2.0, 4.0]}))
SAID = ReadOptions(skip_foot=2, text_columns=("plz",), gap_words=("-999",), day_first=True)
READING = Reading.of(SAID, ReadingNotes("text", delimiter=";", decimal=","))


def test_what_was_found_and_what_was_said_come_back_from_a_recipe():
    assert READING.options.delimiter == ";"
    assert READING.options.decimal == ","
    assert whole_recipe(to_recipe(PREPARED, READING))[1] == READING
    assert whole_recipe(to_recipe(PREPARED))[1] is None


def test_a_file_is_read_with_it_as_it_was():
    content = b"Bericht\n\nplz;x\n01;1.234,5\n02;-999\nSumme;9\n"
    told = ReadOptions(skip_foot=1, text_columns=("plz",), gap_words=("-999",))
    first = read_report(content, options=told)
    again = read_report(content, options=Reading.of(told, first.notes).options)
    pd.testing.assert_frame_equal(again.frame, first.frame)
    assert first.frame["x"].tolist()[0] == 1234.5


def test_recipes_of_the_first_version_tell_nothing_of_it():
    content = json.loads(to_recipe(PREPARED))
    del content["reading"]
    old = json.dumps({**content, "version": 1})
    assert from_recipe(old).spec == PREPARED.spec
    assert whole_recipe(old)[1] is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("decimal", ";", "decimal sign must be a point or a comma"),
        ("delimiter", "ab", "must be a single character"),
        ("encoding", "rot13", "makes no sense"),
        ("header_rows", 7, "A header has 0, 1 or 2 rows"),
        ("skip_lines", 1.5, "“skip_lines” must be a whole number"),
        ("skip_foot", -1, "No fewer than 0 rows"),
        ("day_first", "yes", "“day_first” must be true, false or null"),
        ("gap_words", "-999", "“gap_words” must be a list of texts"),
        ("sheet", 3, "“sheet” must be a text"),
        ("needs_numbers", False, "“needs_numbers” is unknown"),
    ],
)
def test_each_field_is_checked_on_loading(field, value, words):
    content = json.loads(to_recipe(PREPARED, READING))
    assert set(content["reading"]) == set(READING_FIELDS)
    content["reading"][field] = value
    with pytest.raises(InterchangeError, match=words):
        whole_recipe(json.dumps(content))


def test_a_file_of_another_kind_takes_what_concerns_it_and_leaves_out_its_own_totals():
    book = ReadingNotes("workbook", decimal="", foot=("Summe",), sheet="Juni", sheets=("Juni", "Juli"))
    alike = READING.for_file(ReadOptions(), book)
    assert (alike.options.delimiter, alike.options.decimal, alike.options.skip_foot) == (None, ",", 1)
    assert alike.sheet == "Juni"
    assert Reading(ReadOptions(), "Juli").for_file(ReadOptions(), book).sheet == "Juli"


def test_every_decision_has_its_words():
    words = "; ".join(READING.words())
    assert words == (
        "semicolons between columns; decimal comma; 1 row of names; 2 rows left out at the end; dates with the day "
        "first; kept as text: “plz”; also gaps: “-999”"
    )
    assert Reading(ReadOptions()).words() == ()

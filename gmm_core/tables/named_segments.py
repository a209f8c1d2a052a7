"""Segments as a file: a line each, with what people call them; and read again, to find them in another fit."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gmm_core.errors import TableError
from gmm_core.tables.column_facts import NUMBER, numbers_of, storage_of
from gmm_core.tables.export import RISKY
from gmm_core.tables.naming import clear_name
from gmm_core.tables.results import NOISE

Floats = NDArray[np.float64]

GIVEN = {"name": "segment", "colour": "colour", "note": "note"}
"""What a person gives to a segment, and its columns in the file."""


def summary_frame(sizes: pd.DataFrame, given: Sequence[Mapping[str, str]], profile: pd.DataFrame) -> pd.DataFrame:
    """One row a segment.

    Parameters
    ----------
    sizes : pandas.DataFrame
        Of ``segments.sizes_frame``.
    given : sequence of mappings of str to str
        For each segment, name, colour and note; "" where none was given. An unnamed segment is called by its letter.
    profile : pandas.DataFrame
        Of ``segments.profile_frame``.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``segment``, ``share``, ``expected``, ``assigned``, ``colour``, ``note``, and ``centre x`` for each
        column of the profile.
    """
    frame = sizes.copy()
    names = [each["name"] or letter for each, letter in zip(given, sizes["group"], strict=True)]
    frame.insert(1, GIVEN["name"], names)
    for what in ("colour", "note"):
        frame[GIVEN[what]] = [each[what] for each in given]
    columns = list(dict.fromkeys(profile["column"]))
    for column, centres in zip(columns, centres_in(profile, sizes["group"], columns).T, strict=True):
        frame[clear_name(_centre(column), set(frame.columns))] = centres
    return frame


def centres_in(profile: pd.DataFrame, groups: Iterable[str], columns: Iterable[str]) -> Floats:
    """Centres of these groups in these columns of a profile, (C, D): those that a file of segments holds."""
    wide = profile.pivot(index="group", columns="column", values="centre")
    return wide.loc[list(groups), list(columns)].to_numpy()


def read_segments(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[list[dict[str, str]], Floats]:
    """What was given to each segment in such a file, noise aside, and the centres (C, D) in these columns.

    Raises
    ------
    TableError
        Where the frame is no such file, or one of segments made from other columns.
    """
    missing = [name for name in ("group", *GIVEN.values()) if name not in frame.columns]
    if missing:
        remedy = "Give a file that was downloaded on Segments."
        raise TableError(f"The file has no column “{missing[0]}”, so it names no segments.", remedy)
    for name in columns:
        if _centre(name) not in frame.columns or storage_of(frame[_centre(name)]) != NUMBER:
            raise TableError(
                f"The file's segments have no centre in “{name}”.", "Choose the columns that they were made from."
            )
    centres = np.column_stack([numbers_of(frame[_centre(name)]) for name in columns])
    groups = _texts(frame["group"])
    told = ~np.isnan(centres).any(axis=1) & (np.asarray(groups, dtype=object) != NOISE)
    cells = {what: _texts(frame[column]) for what, column in GIVEN.items()}
    cells["name"] = ["" if name == group else name for name, group in zip(cells["name"], groups, strict=True)]
    return [{what: cells[what][i] for what in GIVEN} for i in np.flatnonzero(told)], centres[told]


def _centre(column: str) -> str:
    return f"centre {column}"


def _texts(series: "pd.Series[Any]") -> list[str]:
    """Cells as text, without the mark that the export puts before what a spreadsheet would run."""
    texts = ["" if pd.isna(cell) else str(cell) for cell in series]
    return [text[1:] if text.startswith("'") and re.match(RISKY, text[1:]) else text for text in texts]

"""What a session holds: a table, which of its columns to use and how, and what to fit. Values only, no state."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gmm_core import EXAMPLES, FitSettings, load_example

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.features import FeatureSpec

MOST_GROUPS = 12
"""Upper end of the slider for the number of groups."""

MOST_STARTS = 200

SAMPLE = 20_000
"""Rows of a sample on which models of a long table may be compared."""

LARGEST_SEED = 2**31 - 1

SCREEN_SETTINGS = FitSettings(n_init=10, tol=1e-8, missing_values="em")
"""What pages begin with: more starts than the default, no more digits than a screen shows, and what gaps the features
have are kept, since the rule for gaps has settled the others."""


@dataclass(frozen=True, eq=False)
class LoadedTable:
    """A table with what is known of where it came from.

    ``digest`` identifies the content and how it was read; every cached result is keyed on it. ``raw`` holds the bytes
    of a workbook with several sheets, from which another may be read.
    """

    frame: pd.DataFrame
    name: str
    digest: str
    how_read: str
    example: str | None = None
    raw: bytes = b""
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Workspace:
    """The inputs that all pages share; every result follows from these."""

    table: LoadedTable
    spec: FeatureSpec
    settings: FitSettings
    n_clusters: int | None = None
    """Clusters that the groups are merged into; None leaves them as fitted. Another fit begins without merging."""
    guided: bool = False
    """Whether the fit starts from those with fewer groups as well, as the models that are compared do."""

    @property
    def key(self) -> str:
        """Identifies the features: the table's content and the specification."""
        return f"{self.table.digest}|{self.spec!r}"

    @property
    def fit_key(self) -> str:
        """Identifies the fit."""
        return f"{self.key}|{self.settings!r}{'|guided' if self.guided else ''}"

    @property
    def grid_key(self) -> str:
        """Identifies the comparison of models, which depends on neither the workspace's K nor its family."""
        settings = replace(self.settings, n_components=1, covariance_type="full")
        return f"{self.key}|{settings!r}"

    def with_spec(self, **changes: Any) -> Workspace:
        """The workspace with another choice of columns or preparation."""
        return replace(self, spec=replace(self.spec, **changes), n_clusters=None, guided=False)

    def with_settings(self, **changes: Any) -> Workspace:
        """The workspace with other fit settings."""
        return replace(self, settings=replace(self.settings, **changes), n_clusters=None, guided=False)

    def on_sample(self) -> Workspace:
        """The workspace with a sample of its rows, on which the models of a long table are compared."""
        return self.with_spec(sample=SAMPLE)

    def with_model(self, n_components: int, covariance_type: str) -> Workspace:
        """The workspace with a model from those compared: its fit is guided as theirs are."""
        return replace(self.with_settings(n_components=n_components, covariance_type=covariance_type), guided=True)

    def with_clusters(self, n: int) -> Workspace:
        """The workspace with the fit's groups merged into ``n`` clusters."""
        return replace(self, n_clusters=n if n < self.settings.n_components else None)


def example_workspace(name: str) -> Workspace:
    """The built-in example with its own suggestions for columns, K and family."""
    from gmm_core.tables.features import FeatureSpec

    example = EXAMPLES[name]
    table = LoadedTable(load_example(name), example.title, f"example:{name}", example.see, example=name)
    settings = replace(SCREEN_SETTINGS, n_components=example.n_components, covariance_type=example.family)
    return Workspace(table, FeatureSpec(example.columns), settings)


def file_workspace(content: bytes, name: str, sheet: str | None = None) -> Workspace:
    """A person's own file, with a first choice of columns.

    Raises
    ------
    TableError
        Where the file is no table, or none of its columns can be used.
    """
    from gmm_core.errors import TableError
    from gmm_core.tables.features import FeatureSpec
    from gmm_core.tables.profile import suggest_columns
    from gmm_core.tables.reading import read_report

    read = read_report(content, name=name, sheet=sheet)
    columns = suggest_columns(read.frame)
    if not columns:
        raise TableError(
            f"{name} holds no column of numbers that could be grouped.",
            "Give a table with at least one numeric column whose values differ.",
        )
    digest = hashlib.sha256(content).hexdigest() + f":{read.notes.sheet}"
    how_read = " ".join([read.notes.summary(), *read.notes.details()])
    sheets = tuple(read.notes.sheets)
    raw = content if len(sheets) > 1 else b""
    table = LoadedTable(read.frame, name, digest, how_read, raw=raw, sheet=read.notes.sheet, sheets=sheets)
    settings = replace(SCREEN_SETTINGS, covariance_type=_first_family(len(read.frame)))
    return Workspace(table, FeatureSpec(columns), settings)


def _first_family(n_rows: int) -> str:
    """Free shapes where there are rows to carry them, else axis-aligned ones."""
    return "full" if n_rows >= 40 else "diag"  # two groups in two columns have 11 free parameters

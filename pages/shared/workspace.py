"""What a session holds: a table, which of its columns to use and how, and what to fit. Values only, no state."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gmm_core import EXAMPLES, FitSettings, load_example

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.tables.features import FeatureSpec
    from gmm_core.tables.notes import ReadingNotes
    from gmm_core.tables.options import ReadOptions
    from pages.shared.tags import Naming

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
class OwnFile:
    """A person's file, kept so that it can be read again, and how it was read.

    Its bytes are at most ``limits.MAX_BYTES``. A session keeps few: the table's own, what that was made
    from, and a second one to be scored.
    """

    content: bytes
    name: str
    options: ReadOptions
    sheet: str | None
    notes: ReadingNotes


@dataclass(frozen=True, eq=False)
class LoadedTable:
    """A table with what is known of where it came from.

    ``digest`` identifies the content and how it was read; every cached result is keyed on it. ``unedited`` is the table
    as it was before rows were edited on the page.
    """

    frame: pd.DataFrame
    name: str
    digest: str
    how_read: str
    example: str | None = None
    file: OwnFile | None = None
    unedited: LoadedTable | None = None
    made_from: Workspace | None = None
    """What the table was made from, to which one may go back."""

    @property
    def read_from(self) -> OwnFile | None:
        """The file that the rows came from, edited or made into others though they may be; None for an example."""
        before = self.unedited or (self.made_from.table if self.made_from else None)
        return before.read_from if before else self.file

    @cached_property
    def profile(self) -> pd.DataFrame:
        """One row a column; see ``gmm_core.profile_columns``."""
        from gmm_core import profile_columns

        return profile_columns(self.frame)

    @cached_property
    def suggested(self) -> tuple[str, ...]:
        """A first choice of columns."""
        from gmm_core.tables.profile import suggest_columns

        return EXAMPLES[self.example].columns if self.example else suggest_columns(self.frame, profile=self.profile)


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
    naming: Naming | None = None
    """What the person calls the groups; it is found again in other fits, and plays no part in any result."""

    @property
    def key(self) -> str:
        """Identifies the features: the table's content and the specification."""
        return f"{self.table.digest}|{self.spec!r}"

    @property
    def fit_key(self) -> str:
        """Identifies the fit."""
        return f"{self.key}|{self.settings!r}{'|guided' if self.guided else ''}"

    @property
    def groups_key(self) -> str:
        """Identifies the fit and how its groups are merged."""
        return f"{self.fit_key}|{self.n_clusters}"

    @property
    def grid_key(self) -> str:
        """Identifies the comparison of models, which depends on neither the workspace's K nor its family."""
        settings = replace(self.settings, n_components=1, covariance_type="full")
        return f"{self.key}|{settings!r}"

    def with_spec(self, **changes: Any) -> Workspace:
        """The workspace with another choice of columns or preparation."""
        return self.with_whole_spec(replace(self.spec, **changes))

    def with_whole_spec(self, spec: FeatureSpec) -> Workspace:
        """The workspace with this choice of columns and preparation."""
        return replace(self, spec=spec, n_clusters=None, guided=False)

    def with_settings(self, **changes: Any) -> Workspace:
        """The workspace with other fit settings."""
        return replace(self, settings=replace(self.settings, **changes), n_clusters=None, guided=False)

    def on_sample(self) -> Workspace:
        """The workspace with a sample of its rows, on which the models of a long table are compared."""
        return self.with_spec(sample=SAMPLE)

    def with_model(self, n_components: int, covariance_type: str) -> Workspace:
        """The workspace with a model from those compared: its fit is guided as theirs are."""
        return replace(self.with_settings(n_components=n_components, covariance_type=covariance_type), guided=True)

    def with_table(self, table: LoadedTable) -> Workspace:
        """The workspace with another table and its choices, as far as that has their columns.

        The first choice of columns is made anew where it was not changed and no longer holds.
        """
        from gmm_core.tables.carried import carried

        spec, untouched = carried(self.spec, table.frame), self.spec.columns == self.table.suggested
        if spec.columns != self.spec.columns and (untouched or not spec.columns):
            spec = replace(spec, columns=table.suggested, label=None)
        return replace(self, table=table, spec=spec, n_clusters=None)

    def with_clusters(self, n: int) -> Workspace:
        """The workspace with the fit's groups merged into ``n`` clusters."""
        return replace(self, n_clusters=n if n < self.settings.n_components else None)


def example_workspace(name: str) -> Workspace:
    """The built-in example with its own suggestions for columns, K and family."""
    from gmm_core.tables.features import FeatureSpec

    example = EXAMPLES[name]
    table = LoadedTable(load_example(name), example.title, f"example:{name}", example.see, name)
    settings = replace(SCREEN_SETTINGS, n_components=example.n_components, covariance_type=example.family)
    return Workspace(table, FeatureSpec(example.columns), settings)


def file_workspace(
    content: bytes, name: str, sheet: str | None = None, options: ReadOptions | None = None
) -> Workspace:
    """A person's own file, with a first choice of columns.

    Raises
    ------
    GmmError
        Where the file is no table, or none of its columns can be used.
    """
    return fresh(read_file(content, name, sheet, options))


def fresh(table: LoadedTable) -> Workspace:
    """A table of one's own with the first choice of columns and what pages begin with."""
    from gmm_core.tables.features import FeatureSpec

    settings = replace(SCREEN_SETTINGS, covariance_type=first_family(len(table.frame)))
    return Workspace(table, FeatureSpec(table.suggested), settings)


def read_file(content: bytes, name: str, sheet: str | None = None, options: ReadOptions | None = None) -> LoadedTable:
    """The table in a file; raises as ``file_workspace`` does."""
    return checked(any_table(content, name, sheet, options))


def any_table(content: bytes, name: str, sheet: str | None = None, options: ReadOptions | None = None) -> LoadedTable:
    """The table in a file, whether or not a column of it could be grouped; ``TableError`` where there is none.

    Without options totals at its foot are left out.
    """
    from gmm_core.tables.options import ReadOptions
    from gmm_core.tables.reading import read_report

    if options is None:
        return without_totals(any_table(content, name, sheet, ReadOptions()))
    read = read_report(content, name=name, sheet=sheet, options=options)
    file = OwnFile(content, name, options, read.notes.sheet or None, read.notes)
    digest = f"{hashlib.sha256(content).hexdigest()}:{read.notes.sheet}:{options!r}"
    return LoadedTable(read.frame, name, digest, read.notes.summary(), file=file)


def without_totals(table: LoadedTable) -> LoadedTable:
    """The table read again without the rows at its foot that are totals beyond doubt; itself where there are none."""
    file = table.file
    if file is None or not file.notes.n_totals:
        return table
    return any_table(file.content, file.name, file.sheet, replace(file.options, skip_foot=file.notes.n_totals))


def checked(table: LoadedTable) -> LoadedTable:
    """The table itself; ``TableError`` where none of its columns can be used."""
    from gmm_core.errors import TableError

    if not table.suggested:
        raise TableError(
            f"{table.name} holds no column of numbers that could be grouped.",
            "Give a table with at least one numeric column whose values differ.",
        )
    return table


def first_family(n_rows: int) -> str:
    """Free shapes where there are rows to carry them, else axis-aligned ones."""
    return "full" if n_rows >= 40 else "diag"  # two groups in two columns have 11 free parameters

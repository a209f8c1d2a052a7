"""The parts of "How many groups?": curves by family, the best, the ranked table."""

from __future__ import annotations

from functools import partial
from math import inf, isnan
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from gmm_core.model.choice.cell import Cell, lowest
from gmm_core.model.choice.criteria import CRITERIA as COMPUTED
from gmm_core.model.families import FAMILIES, get_family
from pages.shared import downloads, drawing, grids, session
from pages.shared.criteria_panel import CRITERIA, best_by, disagreement
from pages.shared.grids import FIRST_LOOK, Grid
from pages.shared.sentences import few_rows
from pages.shared.wording import count_word, counted
from pages.shared.workspace import MOST_GROUPS, Workspace

if TYPE_CHECKING:
    import pandas as pd

CHART, PICK = "many-chart", "pick"
"""Key of the chart, and its selection of a point."""

SAMPLE = 20_000
LONG = 2 * SAMPLE
"""Rows of a sample to compare models on, and those beyond which it is offered."""

_WITHOUT_BEST = {
    (False, False): "Nothing has been compared yet.",
    (True, False): "None of the models so far has a sound solution.",
    (True, True): "None of these models has a sound solution; the table says why.",
}
"""What to say by whether there are cells, and whether they are all."""


_AHEAD = ((2, "barely ahead"), (6, "ahead"), (10, "well ahead"), (inf, "far ahead"))
_AGAINST = ((2, "hardly any against"), (6, "some against"), (10, "strong against"), (inf, "very strong against"))
"""By differences of BIC, on the scale of Kass and Raftery (1995)."""


def criterion(key: str) -> str:
    """Choose the criterion to look at."""
    picked = st.segmented_control(
        "Criterion",
        list(COMPUTED),
        default="bic",
        format_func=lambda name: CRITERIA[name].name,
        key=key,
        required=True,
        persist_state="session",
    )
    name = picked if picked in COMPUTED else "bic"
    st.caption(CRITERIA[name].question)
    return name


def most_groups(key: str) -> int:
    """Choose up to how many groups to compare."""
    picked = st.slider("Compare up to", 2, 12, FIRST_LOOK, key=key, persist_state="session", format="%d groups")
    return min(max(int(picked), 2), 12)


def shapes(key: str) -> tuple[str, ...]:
    """Choose between the common families and all of them."""
    workspace = session.workspace()
    if grids.n_features(workspace) == 1:
        st.caption("With one column only two shapes differ: each group with a spread of its own, or one for all.")
        return grids.shapes(workspace, every=False)
    every = st.toggle(
        "All fourteen shapes", key=key, persist_state="session", help="Takes three to four times as long."
    )
    return grids.shapes(workspace, every)


def sampled(key: str) -> Workspace:
    """Choose whether to compare on a sample of a long table; the workspace that the grid is of."""
    workspace = session.workspace()
    n_rows = len(workspace.table.frame)
    if n_rows <= LONG:
        return workspace
    on = st.toggle(
        f"On a sample of {SAMPLE:,} rows",
        value=True,
        key=key,
        persist_state="session",
        help=f"Compares the models on {SAMPLE:,} rows drawn at random. The model that is taken is fitted to all rows.",
    )
    return workspace.with_spec(sample=SAMPLE) if on else workspace


def curves(grid: Grid, criterion: str) -> None:
    """The criterion by number of groups, a line a family."""
    frame = cells_frame(grid, criterion)
    if not frame["best"].any():
        return
    close_up = st.toggle(
        "Only the best models",
        value=True,
        key="many-close-up",
        persist_state="session",
        help="Shows the better half of the models at a larger scale. Off: all models, however far behind.",
    )
    lines = partial(charts.criteria, frame, criterion=CRITERIA[criterion].name, close_up=close_up, pick=PICK)
    alt = f"{CRITERIA[criterion].name} by number of groups for each family"
    drawing.chart(CHART, None, lines, alt, on_pick=partial(_take_picked, grid))
    st.caption("Click a point to take that fit on all pages.")


def take_best(grid: Grid, criterion: str) -> None:
    """A button that makes the best model the fit on all pages."""
    best = best_by(grid, criterion)
    if best is None:
        return
    settings = session.workspace().settings
    taken = (settings.n_components, settings.covariance_type) == (best.n_components, best.covariance_type)
    st.button(
        "This is the fit" if taken else f"Use {best.n_components}, {get_family(best.covariance_type).words}",
        key="many-take",
        type="primary",
        disabled=taken,
        width="stretch",
        on_click=grids.adopt,
        args=(best,),
    )


def verdict(grid: Grid, criterion: str) -> str:
    """What the criterion says, in a sentence."""
    best = best_by(grid, criterion)
    if best is None:
        return _WITHOUT_BEST[bool(grid.cells), grid.complete]
    count = "one group" if best.n_components == 1 else f"{count_word(best.n_components)} groups"
    so_far = "" if grid.complete else " so far"
    words = get_family(best.covariance_type).words
    return f"{CRITERIA[criterion].name} is lowest{so_far} for {count} ({words}){_lead(grid, criterion, best)}."


def cautions(grid: Grid, criterion: str) -> list[str]:
    """Where the criteria disagree, and what could not be fitted."""
    found = []
    best = best_by(grid, criterion)
    if grid.complete and best is not None and best.n_components == _most(grid) < MOST_GROUPS:
        found.append(f"{_most(grid)} is the largest number compared, so more groups may do better still: compare more.")
    found += [disagreement(grid)] if disagreement(grid) else []
    found += few_rows(best.n_parameters, grid.n_rows) if best is not None else []
    unsound = [cell for cell in grid.cells if not cell.sound]
    if unsound:
        found.append(f"{counted(len(unsound), 'model')} without a sound solution; the table says why.")
    return found


def table(grid: Grid, criterion: str) -> None:
    """All models, the best first."""
    if grid.cells:
        frame = ranked_frame(grid, criterion)
        decimals = {name: 1 for name in frame.columns if frame[name].dtype == float} | {"found by": 2}
        downloads.table(frame, "models", "many-table", "All models, the best first", decimals)


def cells_frame(grid: Grid, criterion: str) -> pd.DataFrame:
    """The frame that the chart of criteria takes."""
    import pandas as pd

    best = best_by(grid, criterion)
    rows = [
        {
            "n_components": cell.n_components,
            "family": get_family(cell.covariance_type).words,
            "value": cell.value(criterion),
            "sound": cell.sound,
            "reason": cell.reason,
            "best": cell == best,
        }
        for cell in grid.cells
    ]
    return pd.DataFrame(rows, columns=["n_components", "family", "value", "sound", "reason", "best"])


def ranked_frame(grid: Grid, criterion: str) -> pd.DataFrame:
    """One row a model, sorted by the criterion, with the distance to the best."""
    import pandas as pd

    best = best_by(grid, criterion)
    low = best.value(criterion) if best else float("nan")
    first = best_by(grid, "bic")
    lowest_bic = first.bic if first else float("nan")
    rows = [
        {
            "groups": cell.n_components,
            "shape": get_family(cell.covariance_type).words,
            f"{CRITERIA[criterion].name} above best": cell.value(criterion) - low,
            "evidence": evidence(cell.bic - lowest_bic),
            "BIC": cell.bic,
            "ICL": cell.icl,
            "AIC": cell.aic,
            "AICc": cell.aicc,
            "log-likelihood": cell.log_likelihood,
            "held out": cell.cross_validated,
            "free parameters": cell.n_parameters,
            "found by": cell.found,
            "why not": cell.reason,
        }
        for cell in grid.cells
    ]
    return pd.DataFrame(rows).sort_values(f"{CRITERIA[criterion].name} above best", kind="stable", ignore_index=True)


def _lead(grid: Grid, criterion: str, best: Cell) -> str:
    """How far the next number of groups is behind."""
    others = [cell for cell in grid.cells if cell.sound and cell.n_components != best.n_components]
    if not others:
        return ""
    second = lowest(others, criterion)
    gap = second.value(criterion) - best.value(criterion)
    groups = "one group" if second.n_components == 1 else f"{count_word(second.n_components)} groups"
    firmness = next(words for most, words in _AHEAD if gap < most)
    return f", {firmness} of {groups} ({gap:,.1f} lower)"


def evidence(gap: float) -> str:
    """How strongly a BIC so far above the lowest speaks against a model; Kass and Raftery (1995), section 3.2."""
    return "" if isnan(gap) else "best" if gap == 0 else next(words for most, words in _AGAINST if gap < most)


def _most(grid: Grid) -> int:
    return max(cell.n_components for cell in grid.cells)


def _take_picked(grid: Grid) -> None:
    pair = model_of(drawing.picked(CHART, PICK))
    for cell in grid.cells:
        if cell.pair == pair and cell.sound:
            grids.adopt(cell)


def model_of(points: list[dict[str, Any]]) -> tuple[int, str] | None:
    """K and family of the point that was clicked, which the chart names in words; None where none is selected."""
    names = {family.words: name for name, family in FAMILIES.items()}
    found = [(int(point["n_components"]), names[point["family"]]) for point in points if point["family"] in names]
    return found[0] if found else None

"""The parts of "How many groups?": curves by family, the best, the ranked table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from gmm_core.model.choice.cell import Cell, lowest
from gmm_core.model.families import FAMILIES, get_family
from pages.shared import downloads, drawing, grids, session
from pages.shared.grids import FIRST_LOOK, Grid
from pages.shared.sentences import few_rows
from pages.shared.wording import count_word, counted
from pages.shared.workspace import MOST_GROUPS

if TYPE_CHECKING:
    import pandas as pd

CHART, PICK = "many-chart", "pick"
"""Key of the chart, and its selection of a point."""

CRITERION_WORDS = {
    "bic": "BIC weighs fit against the number of free parameters; it asks how many bell shapes describe the rows.",
    "icl": "ICL also asks for groups that are clearly apart, so it often prefers fewer.",
    "aic": "AIC asks which model would predict new rows best; it often prefers more groups.",
}


_WITHOUT_BEST = {
    (False, False): "Nothing has been compared yet.",
    (True, False): "None of the models so far has a sound solution.",
    (True, True): "None of these models has a sound solution; the table says why.",
}
"""What to say by whether there are cells, and whether they are all."""


def criterion(key: str) -> str:
    """Choose the criterion to look at."""
    picked = st.segmented_control(
        "Criterion",
        list(CRITERION_WORDS),
        default="bic",
        format_func=str.upper,
        key=key,
        required=True,
        persist_state="session",
    )
    name = picked if picked in CRITERION_WORDS else "bic"
    st.caption(CRITERION_WORDS[name])
    return name


def most_groups(key: str) -> int:
    """Choose up to how many groups to compare."""
    picked = st.slider("Compare up to", 2, 12, FIRST_LOOK, key=key, persist_state="session", format="%d groups")
    return min(max(int(picked), 2), 12)


def shapes(key: str) -> tuple[str, ...]:
    """Choose between the common families and all of them."""
    workspace = session.workspace()
    if len(workspace.spec.columns) == 1:
        st.caption("With one column only two shapes differ: each group with a spread of its own, or one for all.")
        return grids.shapes(workspace, every=False)
    every = st.toggle(
        "All fourteen shapes", key=key, persist_state="session", help="Takes three to four times as long."
    )
    return grids.shapes(workspace, every)


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
    lines = partial(charts.criteria, frame, criterion=criterion.upper(), close_up=close_up, pick=PICK)
    alt = f"{criterion.upper()} by number of groups for each family"
    drawing.chart(CHART, None, lines, alt, on_pick=_take_picked)
    st.caption("Click a point to take that fit on all pages.")


def take_best(grid: Grid, criterion: str) -> None:
    """A button that makes the best model the fit on all pages."""
    best = _best(grid, criterion)
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
        on_click=_take,
        args=(best,),
    )


def verdict(grid: Grid, criterion: str) -> str:
    """What the criterion says, in a sentence."""
    best = _best(grid, criterion)
    if best is None:
        return _WITHOUT_BEST[bool(grid.cells), grid.complete]
    count = "one group" if best.n_components == 1 else f"{count_word(best.n_components)} groups"
    so_far = "" if grid.complete else " so far"
    words = get_family(best.covariance_type).words
    return f"{criterion.upper()} is lowest{so_far} for {count} ({words}){_lead(grid, criterion, best)}."


def cautions(grid: Grid, criterion: str) -> list[str]:
    """Where the criteria disagree, and what could not be fitted."""
    found = []
    best = _best(grid, criterion)
    if grid.complete and best is not None and best.n_components == _most(grid) < MOST_GROUPS:
        found.append(f"{_most(grid)} is the largest number compared, so more groups may do better still: compare more.")
    picks = {name: _best(grid, name) for name in CRITERION_WORDS}
    counts = {name: best.n_components for name, best in picks.items() if best is not None}
    if len(set(counts.values())) > 1:
        said = ", ".join(f"{name.upper()} {k}" for name, k in counts.items())
        overlap = "ICL asks for fewer than BIC: some bell shapes overlap, and may describe one group of another shape."
        fewer = counts["icl"] < counts["bic"]
        found.append(f"The criteria disagree on the number of groups ({said}). {overlap if fewer else ''}".strip())
    found += few_rows(best.n_parameters, grid.n_rows) if best is not None else []
    unsound = [cell for cell in grid.cells if not cell.sound]
    if unsound:
        found.append(f"{counted(len(unsound), 'model')} without a sound solution; the table says why.")
    return found


def table(grid: Grid, criterion: str) -> None:
    """All models, the best first."""
    if grid.cells:
        frame = ranked_frame(grid, criterion)
        decimals = {name: 1 for name in frame.columns if frame[name].dtype == float}
        downloads.table(frame, "models", "many-table", "All models, the best first", decimals)


def cells_frame(grid: Grid, criterion: str) -> pd.DataFrame:
    """The frame that the chart of criteria takes."""
    import pandas as pd

    best = _best(grid, criterion)
    rows = [
        {
            "n_components": cell.n_components,
            "family": get_family(cell.covariance_type).words,
            "value": getattr(cell, criterion),
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

    best = _best(grid, criterion)
    low = getattr(best, criterion) if best else float("nan")
    rows = [
        {
            "groups": cell.n_components,
            "shape": get_family(cell.covariance_type).words,
            f"{criterion.upper()} above best": getattr(cell, criterion) - low,
            "BIC": cell.bic,
            "ICL": cell.icl,
            "AIC": cell.aic,
            "log-likelihood": cell.log_likelihood,
            "free parameters": cell.n_parameters,
            "why not": cell.reason,
        }
        for cell in grid.cells
    ]
    return pd.DataFrame(rows).sort_values(f"{criterion.upper()} above best", kind="stable", ignore_index=True)


def _best(grid: Grid, criterion: str) -> Cell | None:
    sound = [cell for cell in grid.cells if cell.sound]
    return lowest(sound, criterion) if sound else None


def _lead(grid: Grid, criterion: str, best: Cell) -> str:
    """How far the next number of groups is behind."""
    others = [cell for cell in grid.cells if cell.sound and cell.n_components != best.n_components]
    if not others:
        return ""
    second = lowest(others, criterion)
    gap = getattr(second, criterion) - getattr(best, criterion)
    groups = "one group" if second.n_components == 1 else f"{count_word(second.n_components)} groups"
    firmness = "barely ahead" if gap < 2 else "ahead" if gap < 6 else "well ahead" if gap < 10 else "far ahead"
    return f", {firmness} of {groups} ({gap:,.1f} lower)"


def _most(grid: Grid) -> int:
    return max(cell.n_components for cell in grid.cells)


def _take(cell: Cell) -> None:
    session.change_settings(n_components=cell.n_components, covariance_type=cell.covariance_type)


def _take_picked() -> None:
    chosen = model_of(drawing.picked(CHART, PICK))
    if chosen is not None:
        session.change_settings(n_components=chosen[0], covariance_type=chosen[1])


def model_of(points: list[dict[str, Any]]) -> tuple[int, str] | None:
    """K and family of the point that was clicked, which the chart names in words; None where none is selected."""
    names = {family.words: name for name, family in FAMILIES.items()}
    found = [(int(point["n_components"]), names[point["family"]]) for point in points if point["family"] in names]
    return found[0] if found else None

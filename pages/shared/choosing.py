"""The parts of "How many groups?": the answer, what to compare, and the curves by family."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts
from gmm_core.model.choice.criteria import CRITERIA as COMPUTED
from gmm_core.model.families import FAMILIES, get_family
from pages.shared import drawing, evidence, grids, jobs, session
from pages.shared.criteria_panel import CRITERIA, best_by
from pages.shared.findings import CHECKS
from pages.shared.grids import FIRST_LOOK, Grid
from pages.shared.results import features_of
from pages.shared.verdict import Finding, judged, turned
from pages.shared.wording import counted, listed, several
from pages.shared.workspace import MOST_GROUPS, SAMPLE, Workspace

if TYPE_CHECKING:
    import pandas as pd

CHART, PICK = "many-chart", "pick"
"""Key of the chart, and its selection of a point."""

LONG = 2 * SAMPLE
"""Rows beyond which the models may be compared on a sample."""

_WITHOUT_BEST = {
    (False, False): "Nothing has been compared yet.",
    (True, False): "None of the models so far has a sound solution.",
    (True, True): "None of these models has a sound solution; the table says why.",
}
"""What to say by whether there are cells, and whether they are all."""


def criterion(key: str) -> str:
    """Choose the criterion to look at."""
    picked = st.radio(
        "Criterion",
        list(COMPUTED),
        horizontal=True,
        format_func=lambda name: CRITERIA[name].name,
        key=key,
        persist_state="session",
    )
    name = picked if picked in COMPUTED else "bic"
    st.caption(f"{CRITERIA[name].full}. {CRITERIA[name].question}")
    return name


def most_groups(key: str) -> int:
    """Choose up to how many groups to compare."""
    picked = st.slider(
        "Compare up to", 2, MOST_GROUPS, FIRST_LOOK, key=key, persist_state="session", format="%d groups"
    )
    return min(max(int(picked), 2), MOST_GROUPS)


def shapes(key: str) -> tuple[str, ...]:
    """Choose between the common families and all of them."""
    workspace = session.workspace()
    if grids.n_features(workspace) == 1:
        st.caption("With one column only two shapes differ: each group with a spread of its own, or one for all.")
        return grids.shapes(workspace, every=False)
    every = st.toggle("All 14 shapes", key=key, persist_state="session", help="Takes three to four times as long.")
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
    return workspace.on_sample() if on else workspace


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
    settings, job = session.workspace().settings, jobs.current("grid")
    taken = (settings.n_components, settings.covariance_type) == best.pair
    words = f"{best.n_components}, {get_family(best.covariance_type).words}"
    st.button(
        "This is the fit" if taken else f"Use {words}" if grid.complete else f"Best so far: {words}",
        key="many-take",
        type="primary",
        disabled=taken or (not grid.complete and job is not None and job.live),
        width="stretch",
        on_click=grids.adopt,
        args=(best,),
    )


def answer(grid: Grid) -> tuple[str, list[str], str]:
    """How many groups there are and how firm that is; what to beware of; and the evidence, a line each."""
    found = evidence.known(session.workspace(), grid)
    if not found:
        return _WITHOUT_BEST[bool(grid.cells), grid.complete], _unsound(grid), ""
    if not grid.complete:
        number = several(found[0].numbers[0], "group").capitalize()
        return f"{number} so far, but not all models are compared yet.", _unsound(grid), ""
    return judged(found).sentence, _unsound(grid), _lines(grid, found)


def _lines(grid: Grid, found: list[Finding]) -> str:
    """The evidence as a list, and what could be asked for yet."""
    workspace, says = session.workspace(), [finding.says for finding in found if finding.says]
    if workspace.settings.noise:
        says.append("Odd rows that fit no group (noise) are no group, and are not counted as one.")
    if grid.n_rows < len(features_of(workspace).values):
        says.append(f"The models were compared on a sample of {counted(grid.n_rows, 'row')}.")
    missing, turn = evidence.not_asked(found), turned(found, CHECKS)
    says += [f"Not worked out yet: {listed(missing)}."] if missing else []
    return "\n\n".join([*([turn] if turn else []), "\n".join(f"- {each}" for each in says)])


def _unsound(grid: Grid) -> list[str]:
    n, models = sum(not cell.sound for cell in grid.cells), counted(len(grid.cells), "model")
    return [f"{n} of {models} found no sound solution and do not count; the table says why."] if n else []


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

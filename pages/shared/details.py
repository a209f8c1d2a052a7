"""What lies a click below the fit: parameters, covariances, convergence, starts, and what was checked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.families import get_family
from pages.shared import (
    centre_lines,
    controls,
    covariances,
    downloads,
    drawing,
    firmness,
    labels,
    pairs,
    tabbed,
    tagging,
)
from pages.shared.centres import Centres
from pages.shared.digits import decimals_for
from pages.shared.results import Fitted
from pages.shared.selected import Chosen
from pages.shared.terms import explained
from pages.shared.wording import counted

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core import Fit
    from gmm_core.model.fit import Start
    from gmm_core.model.solutions import Solution

NOTES = {
    "sound": "another optimum, less likely",
    "collapsed": "collapsed onto a line or a value",
    "too few rows": "a group of too few rows",
    "spurious": "a spike on a few rows",
    "saddle": "groups held in balance, not at a maximum",
    "empty": "a group without rows",
}
"""What a solution other than the fit is, in a few words."""


def tabs(fitted: Fitted, chosen: Chosen | None) -> None:
    """The tabs; each is built only while it is open. ``chosen`` are the rows that were chosen on the map."""
    drawers: dict[str, Callable[[Fitted], None]] = {
        "Parameters": _parameters,
        "Centres": centre_lines.section,
        "Pairs": partial(pairs.section, chosen=chosen),
        "Covariances": covariances.section,
        "How sure": firmness.section,
        "Known labels": labels.section,
        "Convergence": _convergence,
        "Starts": _starts,
        "Audit": _audit,
    }
    tabbed.tabs("fit-tabs", {title: partial(draw, fitted) for title, draw in drawers.items()})


def _parameters(fitted: Fitted) -> None:
    from gmm_core.tables.results import parameters_frame

    features, centres = fitted.features, Centres(fitted)
    frame = parameters_frame(fitted.mixture, features.columns, features.transforms)
    decimals = {
        f"{what} {name}": _decimals(centres, len(frame), j)
        for j, (name, transform) in enumerate(zip(features.columns, features.transforms, strict=True))
        for what in (transform.centre, "sd", "from", "to")
        if f"{what} {name}" in frame.columns
    }
    alt = "Share, centre and spread of each group"
    shown = tagging.with_names(fitted, frame)
    downloads.table(shown, "parameters", "fit-parameters", alt, {"share": 3, **decimals})
    family, constants = get_family(fitted.fit.mixture.family), features.way.n_parameters
    found = f" ({constants:,} of them found for the preparation)" if constants else ""
    st.caption(
        f"{family.words.capitalize()}: {family.sentence} "
        f"{counted(fitted.evidence.n_parameters, 'free parameter')}{found}; "
        f"log-likelihood {fitted.log_likelihood:,.1f}, BIC {fitted.criterion('bic'):,.1f}, "
        f"ICL {fitted.criterion('icl'):,.1f}, AIC {fitted.criterion('aic'):,.1f} (lower is better for the last three)."
    )


def _decimals(centres: Centres, n: int, column: int) -> list[int]:
    """Decimals of each group in a column of the table of n rows; the noise has no number there."""
    own = [decimals_for(centres.grain(k, column)) for k in range(centres.fitted.mixture.n_components)]
    return own + [0] * (n - len(own))


def _convergence(fitted: Fitted) -> None:
    from gmm_core.tables.results import trace_frame

    frame = trace_frame(fitted.fit, fitted.features.log_jacobian)
    drawing.chart("fit-trace", fitted.key, lambda: charts.convergence(frame), "Log-likelihood by iteration")
    st.caption(course(fitted.fit))
    downloads.button(lambda: frame, "convergence", "fit-trace-csv")


def _starts(fitted: Fitted) -> None:
    with st.container(horizontal=True):
        controls.starts("fit-starts")
    best = fitted.fit.solutions[0]
    text = f"{best.n_found} of {counted(len(fitted.fit.starts), 'start')} found the best sound solution."
    st.caption(text, help=explained(text))
    frame = solutions_frame(fitted)
    drawing.chart("fit-solutions", fitted.key, lambda: charts.solutions(frame), "How many starts found which solution")
    alt = "What became of each start"
    downloads.table(starts_frame(fitted), "starts", "fit-starts-table", alt, {"log-likelihood": 3})


def _audit(fitted: Fitted) -> None:
    audit = fitted.fit.audit
    st.markdown("What must hold of a fit, checked on the rows themselves:")
    for check in audit.checks:
        sign = ":material/check:" if check.holds else ":material/info:" if check.note else ":material/error:"
        reason = "" if check.holds else f": {check.note or 'no cause is known, so please report it'}"
        st.markdown(f"{sign} {check.words[0].upper()}{check.words[1:]}{reason}", help=f"Off by {check.deviation:.1g}")


def course(fit: Fit) -> str:
    """How EM ended, in a sentence; where starts were tried on a sample, the trace is only of the last run."""
    ended = "settled" if fit.converged else "was stopped"
    tried = fit.starts[0].n_rows
    if tried == fit.n_rows:
        return f"EM {ended} after {counted(fit.n_iterations, 'iteration')} of the best start."
    passes = sum(start.n_iterations for start in fit.starts)
    return (
        f"EM {ended} after {counted(fit.n_iterations, 'iteration')} over all rows, which are drawn here. "
        f"Before that, {counted(len(fit.starts), 'start')} took {counted(passes, 'iteration')} "
        f"on a sample of {counted(tried, 'row')}."
    )


def solutions_frame(fitted: Fitted) -> pd.DataFrame:
    """The frame that the chart of solutions takes: one row a distinct solution, the fit's own first."""
    import pandas as pd

    rows = [
        {
            "solution": f"{rank}. log-likelihood {_level(fitted, solution):,.1f}",
            "starts": solution.n_found,
            "sound": solution.sound,
            "note": "this fit" if rank == 1 else NOTES[solution.kind],
        }
        for rank, solution in enumerate(fitted.fit.solutions, start=1)
    ]
    return pd.DataFrame(rows)


def _level(fitted: Fitted, found: Start | Solution) -> float:
    """Log-likelihood in the table's units; where starts were tried on a sample, of the sample."""
    return found.log_likelihood + fitted.features.log_jacobian * found.n_rows / fitted.fit.n_rows


def starts_frame(fitted: Fitted) -> pd.DataFrame:
    """One row a start."""
    import pandas as pd

    rows = [
        {
            "start": index + 1,
            "log-likelihood": _level(fitted, start),
            "rows": start.n_rows,
            "iterations": start.n_iterations,
            "settled": start.converged,
            "sound": start.sound,
            "why not": start.reason,
        }
        for index, start in enumerate(fitted.fit.starts)
    ]
    return pd.DataFrame(rows)

"""How sure the fit is: intervals of its parameters and the stability of its groups, by a bootstrap on request."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from gmm_core import charts
from gmm_core.model.choice.intervals import bootstrap
from gmm_core.model.choice.uncertainty import Bootstrap
from gmm_core.model.transforms import UNCHANGED
from pages.shared import downloads, drawing, jobs, tagging
from pages.shared.asked import asked, known
from pages.shared.digits import decimals_for
from pages.shared.placing import places
from pages.shared.results import Fitted, named, predicted
from pages.shared.verdict import DISSOLVED, STABLE
from pages.shared.wording import counted, escaped, listed, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.charts.export import View

N_REPLICATES, N_FRESH = 200, 50
"""Refits for the intervals, and with starts of their own for the stability."""

KIND = "weighted"
LEVEL = 0.95
IN_A_ROW = 3
MOST_CHARTS = 6
"""Columns whose means are drawn."""

OF_WIDTH = 10.0
"""Digits are fitted to so many times an interval's width: two of the width's are shown."""

MOST_CARRIED = 100
"""Columns up to which refits of components are carried to them: each refit then takes their number squared."""


def section(fitted: Fitted) -> None:
    """The intervals and the stability, once they are asked for."""
    found = _replicated(fitted)
    if found is None:
        st.caption(
            "The rows are given random weights and the model is fitted again, many times: what stays is firm "
            "(weighted-likelihood bootstrap, O'Hagan and others 2019)."
        )
        return
    st.markdown(f"**{verdict(fitted, found)}**")
    for caution in cautions(found):
        st.caption(f":material/warning: {caution}")
    if fitted.features.way.n_parameters:
        st.caption(
            "Every refit takes the transforms and components as they are, though they too were found in the rows."
        )
    if found.replicates:
        _intervals(fitted, found)
    if found.rand:
        _stability(found)


def known_bootstrap(fitted: Fitted) -> Bootstrap | None:
    """What has been worked out, in working units."""
    found: Bootstrap | None = known("sure", _key(fitted))
    return found


def known_replicates(fitted: Fitted) -> Bootstrap | None:
    """The same where it has replicates of the columns: for outlines on the map."""
    found = known_bootstrap(fitted) if _are_carried(fitted) else None
    return found if found is not None and found.replicates else None


def _replicated(fitted: Fitted) -> Bootstrap | None:
    features, settings = fitted.features, fitted.workspace.settings
    data = named(features)

    def work(report: jobs.Report) -> Bootstrap:
        def watch(so_far: Bootstrap) -> bool:
            n_near, n_fresh = len(so_far.replicates) + so_far.n_failed, len(so_far.rand) + so_far.n_unstable
            text = f"{n_near + n_fresh} of {N_REPLICATES + N_FRESH} refits done"
            return report(_fits(n_near, n_fresh) / _fits(N_REPLICATES, N_FRESH), text, paced=True)

        found = bootstrap(fitted.fit, data, settings, KIND, N_REPLICATES, watch, features.weights, N_FRESH)
        return in_working_units(fitted, found)

    one = predicted(features, [replace(settings, n_init=1)])
    cost = one * _fits(N_REPLICATES, N_FRESH)
    label = f"Refit {N_REPLICATES + N_FRESH} times"
    found: Bootstrap | None = asked("sure", _key(fitted), label, cost, work)
    return found


def _fits(n_near: int, n_fresh: int) -> float:
    """Refits from where the fit ended, and with starts of their own, as fits of one start that take as long."""
    return n_near / 2 + 2 * n_fresh


def _key(fitted: Fitted) -> str:
    return f"{fitted.key}|{KIND}|{N_REPLICATES}|{N_FRESH}"


def in_working_units(fitted: Fitted, found: Bootstrap) -> Bootstrap:
    """The replicates as mixtures of the columns, in working units as ``Fitted.mixture``; of the components where there
    are too many columns."""
    if not _are_carried(fitted):
        return found
    to_working = fitted.features.to_working
    return replace(found, mixture=fitted.mixture, replicates=tuple(to_working(each) for each in found.replicates))


def _are_carried(fitted: Fitted) -> bool:
    return fitted.features.way.axes is None or len(fitted.features.columns) <= MOST_CARRIED


def verdict(fitted: Fitted, found: Bootstrap) -> str:
    """How stable the fit is, in a sentence: whether its groups come back, not whether there are so many."""
    if not found.rand:
        return f"{counted(len(found.replicates), 'refit')} done; how stable the groups are is not known yet."
    alike = dict(zip(fitted.letters, found.jaccard.tolist(), strict=True))
    loose = [letter for letter, value in alike.items() if value < DISSOLVED]
    rest = [letter for letter, value in alike.items() if DISSOLVED <= value < STABLE]
    if loose:
        return f"Not stable: {listed(loose)} came back in few of the refits, so don't build on it."
    if rest:
        return f"Fairly stable: {listed(rest)} came back with other edges in some refits; the others held together."
    return "Stable: every group came back in the refits with much the same rows."


def cautions(found: Bootstrap) -> list[str]:
    """What did not count, and what was not done."""
    cautions = []
    if found.n_failed or found.n_unstable:
        cautions.append(f"{counted(found.n_failed + found.n_unstable, 'refit')} went astray and did not count.")
    if found.share_done < 1:
        cautions.append("Stopped early: the ends of the intervals may still move.")
    return cautions


def _intervals(fitted: Fitted, found: Bootstrap) -> None:
    from gmm_core.tables.uncertainty import intervals_frame

    features, plain = fitted.features, [UNCHANGED] * found.mixture.n_features
    carried = _are_carried(fitted)
    names, transforms = (features.columns, features.transforms) if carried else (features.feature_names, plain)
    frame = intervals_frame(found, names, LEVEL, transforms)
    columns = [(name, each.centre) for name, each in zip(names, transforms, strict=True)]
    content = f"{_key(fitted)}|{len(found.replicates)}"
    share_title = f"share {fitted.of_what}"
    drawn = [
        (share_title, partial(_shares, frame, share_title)),
        *((f"{kind} {name}", partial(_means, frame, name, kind)) for name, kind in columns[:MOST_CHARTS]),
    ]
    for at, ((title, draw), place) in enumerate(zip(drawn, places(len(drawn), IN_A_ROW), strict=True)):
        with place:
            drawing.chart(f"sure-{at}", f"{content}|{at}", draw, f"Intervals of {title} by group")
    st.caption(
        f"Lines: {share(LEVEL)} intervals of shares and centres over {counted(len(found.replicates), 'refit')} from "
        "this fit. They say how firmly it holds its place, not whether another number of groups would do as well."
    )
    digits = [decimals_for(OF_WIDTH * width) for width in (frame["high"] - frame["low"]).tolist()]
    decimals: dict[str, int | list[int]] = dict.fromkeys(("estimate", "low", "high"), digits)
    named = frame.rename(columns={"component": "group", "quantity": "parameter", "other": "with column"})
    shown = tagging.with_names(fitted, named, "group")
    downloads.table(shown, "intervals", "sure-intervals", "Intervals of all parameters", decimals)


def _shares(frame: pd.DataFrame, title: str) -> View:
    return charts.whiskers(frame[frame["quantity"] == "share"], x_title=title, shares=True)


def _means(frame: pd.DataFrame, name: str, kind: str) -> View:
    wanted = (frame["quantity"] == kind) & (frame["column"] == name)
    return charts.whiskers(frame[wanted], x_title=f"{kind} {name}")


def _stability(found: Bootstrap) -> None:
    from gmm_core.tables.uncertainty import stability_frame

    alike = stability_frame(found)
    parts = [f"{escaped(row.component)} {row.jaccard:.2f}" for row in alike.itertuples()]
    mean = sum(found.rand) / len(found.rand)
    st.caption(
        f"Stability over {counted(len(found.rand), 'refit')} with starts of their own (Jaccard, from {STABLE} stable, "
        f"below {DISSOLVED} doubtful): {', '.join(parts)}. All groups together: adjusted Rand index {mean:.2f}.",
    )

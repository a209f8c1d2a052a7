"""The live pictures of the theory, from real numbers: Old Faithful, eight waiting times, and EM's own steps."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Any

import streamlit as st

from gmm_core import charts, load_example
from gmm_core.model.families import COMMON, get_family
from pages.shared import drawing, on_screen
from pages.shared.shape_pictures import shape_picture
from pages.shared.stage.ground import ground_of, walk_of
from pages.shared.stage.setup import Stage
from pages.shared.stores import kept
from pages.shared.wording import number

if TYPE_CHECKING:
    from gmm_core import GaussianMixture
    from gmm_core.charts.export import View

MOST_GROUPS = 4
COLUMN = "eruptions"
SHRINKING = (1.0, 0.1, 0.01, 1e-4, 1e-8, 1e-12)
"""Spreads of the component that collapses."""

_SLOW = Stage(means=((1.0,), (3.0,)), most_steps=60, least_gain=0.0)


def mixture() -> None:
    """Eruptions of Old Faithful with a mixture of as many groups as one likes."""
    k = st.slider("Groups (K)", 1, MOST_GROUPS, 2, key="theory-k", persist_state="session")
    drawing.chart("theory-mixture", str(k), lambda: _histogram(k), "Durations of eruptions with a mixture", named=False)
    model = _models()[k - 1]
    st.caption(
        f"Old Faithful: 272 durations in minutes. With K = {k} the log-likelihood is {model.log_likelihood_:,.2f} nats."
    )


def responsibility() -> None:
    """One duration's responsibilities in numbers."""
    model = _models()[1]
    x = st.slider("A duration, in minutes", 1.5, 5.5, 3.0, 0.05, key="theory-x", persist_state="session")
    first, second = (exp(float(each)) for each in model.mixture_.log_component_densities(_rows([x]))[0])
    st.latex(
        rf"\begin{{aligned}} r_A({x:.2f}) &= \frac{{\pi_A\,\mathcal{{N}}_A}}{{\pi_A\,\mathcal{{N}}_A "
        rf"+ \pi_B\,\mathcal{{N}}_B}} \\ &= \frac{{{_tex(first)}}}{{{_tex(first)} + {_tex(second)}}} \\ "
        rf"&= {_tex(first / (first + second))} \end{{aligned}}"
    )
    shares, means = model.weights_, model.means_[:, 0]
    st.caption(
        f"A: share {shares[0]:.3f} around {means[0]:.2f} min. B: share {shares[1]:.3f} around {means[1]:.2f} min. "
        "Between them a duration is unsure; elsewhere it is almost certain."
    )


def bound() -> None:
    """The bound of one step of EM on the simulator's sample."""
    steps = walk_of(_SLOW).steps
    at = st.slider("Step of EM", 1, 10, 4, key="theory-step", persist_state="session")
    alt = "Log-likelihood and its lower bound along one step of EM"
    drawing.chart("theory-bound", str(at), lambda: _bound(at), alt, named=False)
    before, after = steps[at - 1], steps[at]
    st.caption(
        f"Step {at} on 200 drawn numbers: the bound rises by {number(after.lower_bound - before.log_likelihood)} nats, "
        f"the log-likelihood by {number(after.log_likelihood - before.log_likelihood)}."
    )


def climb() -> None:
    """The log-likelihood of a slow climb, and its rate."""
    from gmm_core.tables.steps import climb_frame

    walk = walk_of(_SLOW)
    frame = climb_frame(walk)
    drawing.chart(
        "theory-climb", "", lambda: charts.convergence(frame, height=220), "Log-likelihood by iteration", named=False
    )
    gains = frame["log_likelihood"].diff().dropna().tolist()
    ratio = gains[-1] / gains[-2]
    st.caption(
        f"200 drawn numbers in two groups that overlap. Each of the last gains is {ratio:.2f} times the one before, so "
        f"$\\rho$ is about {ratio**0.5:.2f}; after {len(gains)} steps about {number(gains[-1] * ratio / (1 - ratio))} "
        "nats are still to gain."
    )


def families() -> None:
    """The four common families in pictures."""
    for place, name in zip(st.columns(len(COMMON)), reversed(COMMON), strict=True):
        with place:
            st.image(shape_picture(name), alt=f"Three groups: {get_family(name).words}")
            st.caption(get_family(name).words.capitalize())


def criteria() -> None:
    """BIC, ICL and AIC of the durations by K."""
    import pandas as pd

    rows = _table()
    levels = {name: [getattr(each, name.lower())(rows) for each in _models()] for name in ("BIC", "ICL", "AIC")}
    frame = pd.DataFrame({"K": range(1, MOST_GROUPS + 1), **levels})
    on_screen.table(frame.round(1), hide_index=True, key="theory-criteria", alt="Criteria by number of groups")
    best = {name: values.index(min(values)) + 1 for name, values in levels.items()}
    st.caption(
        f"Durations of eruptions: BIC is lowest for K = {best['BIC']}, ICL for K = {best['ICL']}, AIC for "
        f"K = {best['AIC']}."
    )


def collapse() -> None:
    """What the likelihood of eight waiting times does as one component shrinks onto the first."""
    import pandas as pd

    levels = [_collapsed(each) for each in SHRINKING]
    frame = pd.DataFrame({"spread of A": [f"{each:g}" for each in SHRINKING], "log-likelihood": levels})
    on_screen.table(frame.round(2), hide_index=True, key="theory-collapse", alt="Log-likelihood by spread")
    best = kept("theory", 8, "waits", lambda: _fitted("wait-times", 2)).log_likelihood_
    st.caption(
        "Eight waiting times; A, with a share of one eighth, sits on the first of them, B on all of them. Two groups "
        f"of four reach {best:.2f} nats and beat most of these, but the table goes on without end."
    )


def _histogram(k: int) -> View:
    from gmm_core.tables import mixture_frames, plotting

    x = _table().to_numpy()[:, 0]
    curves = mixture_frames.curves_frame(_models()[k - 1].mixture_, 1.0, 5.7)
    return charts.histogram(plotting.bins_frame(x), curves, x_title="Duration (min)", height=260)


def _bound(at: int) -> View:
    import pandas as pd

    from gmm_core.model.bound import along

    steps, x = walk_of(_SLOW).steps, ground_of(_SLOW).values
    places = _rows([each / 20 for each in range(-20, 81)])[:, 0]
    way = along(x, steps[at - 1].mixture, steps[at].mixture, places)
    return charts.bound(pd.DataFrame(vars(way)).rename(columns={"places": "place"}))


def _collapsed(spread: float) -> float:
    """Log-likelihood of the waiting times with a component of this spread on the first of them."""
    from gmm_core import Mixture

    x = _rows(load_example("wait-times").iloc[:, 0].tolist())
    means = _rows([float(x[0, 0]), float(x.mean())])
    covariances = _rows([spread**2, float(x.var())])[:, :, None]
    return float(Mixture(_rows([1 / 8, 7 / 8])[:, 0], means, covariances, "full").log_density(x).sum())


def _models() -> list[GaussianMixture]:
    """The durations' fits, by K."""
    return kept("theory", 8, "durations", lambda: [_fitted("old-faithful", k) for k in range(1, MOST_GROUPS + 1)])


def _fitted(example: str, k: int) -> GaussianMixture:
    from gmm_core import GaussianMixture

    return GaussianMixture(k, n_init=15, random_state=0).fit(load_example(example).iloc[:, :1])


def _table() -> Any:
    return load_example("old-faithful")[[COLUMN]]


def _rows(values: list[float]) -> Any:
    """One column of numbers as an array (N, 1)."""
    import pandas as pd

    return pd.DataFrame({"x": values}).to_numpy(dtype=float)


def _tex(value: float) -> str:
    mantissa, _, exponent = f"{value:.3g}".partition("e")
    return rf"{mantissa}\times 10^{{{int(exponent)}}}" if exponent else mantissa

"""The answers of the pages, made from the fit: true, short, and safe as Markdown."""

from __future__ import annotations

from pages.shared.results import Fitted
from pages.shared.wording import count_word, counted, listed, number, plain, share

MOST_SPELT_OUT = 3
"""Groups up to which each one's centre is part of the sentence."""

STOPPED = "The fit was stopped before it settled, so the groups may still move."

THIN = 2
"""Rows a free parameter below which a fit is called a sketch."""


def groups(fitted: Fitted) -> str:
    """How many groups there are, how large, and around what."""
    mixture = fitted.mixture
    if mixture.n_components == 1:
        return f"One group of {counted(fitted.fit.n_rows, 'row')}, around {_centre(fitted, 0)}."
    count = f"{count_word(mixture.n_components).capitalize()} groups"
    if mixture.n_components > MOST_SPELT_OUT or mixture.n_features > MOST_SPELT_OUT:
        sizes = [f"{letter} {share(float(w))}" for letter, w in zip(fitted.letters, mixture.weights, strict=True)]
        return f"{count} with these shares of the rows: {listed(sizes)}."
    parts = [
        f"{letter}, {share(float(mixture.weights[k]))} of rows, around {_centre(fitted, k)}"
        for k, letter in enumerate(fitted.letters)
    ]
    return f"{count}: {'; '.join(parts)}."


def cautions(fitted: Fitted) -> list[str]:
    """What to beware of in this fit, the gravest first."""
    fit, features = fitted.fit, fitted.features
    found = []
    n_parameters = fit.mixture.n_parameters
    if fit.n_rows < THIN * n_parameters:
        found.append(
            f"{n_parameters:,} free parameters for {counted(fit.n_rows, 'row')}: take this as a sketch. "
            "Fewer groups or a plainer shape need fewer."
        )
    if not fit.converged:
        found.append(STOPPED)
    unsound = [start for start in fit.starts if not start.sound]
    if unsound:
        found.append(
            f"{counted(len(unsound), 'start')} of {len(fit.starts)} collapsed and did not count, for example: "
            f"{plain(unsound[0].reason)}"
        )
    if features.n_dropped:
        found.append(f"{counted(features.n_dropped, 'row')} with gaps in these columns left out.")
    return found


def _centre(fitted: Fitted, k: int) -> str:
    mixture, spreads = fitted.mixture, fitted.spreads
    return listed(
        [f"{plain(name)} {number(mixture.means[k, j], spreads[j])}" for j, name in enumerate(fitted.features.columns)]
    )

"""The worked examples' fits, each computed once as the page opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_core import EXAMPLES, GaussianMixture, load_example
from gmm_core.examples import WORKED, Worked, figure_values
from pages.shared.stores import kept

if TYPE_CHECKING:
    import pandas as pd

N_STARTS = 10
EXACT, NEAR = "yes", "within rounding"
NAMES = {
    "weights": "weights",
    "means": "means",
    "spreads": "standard deviations",
    "log_likelihood": "log-likelihood",
    "bic": "BIC",
    "icl": "ICL",
}


def rows_of(example: str, n_columns: int) -> pd.DataFrame:
    """The first of an example's columns."""
    return load_example(example)[list(EXAMPLES[example].columns[:n_columns])]


def model_of(example: str, n_columns: int, n_components: int, family: str) -> GaussianMixture:
    """The best sound solution; raises as ``GaussianMixture.fit`` does."""

    def fitted() -> GaussianMixture:
        model = GaussianMixture(n_components, covariance_type=family, n_init=N_STARTS, random_state=0)
        return model.fit(rows_of(example, n_columns))

    return kept("worked", 64, f"{example}|{n_columns}|{n_components}|{family}", fitted)


def found_figures(worked: Worked) -> dict[str, list[float]]:
    """What the fit gives, by the figures' names."""
    model = model_of(worked.example, worked.columns, worked.n_components, worked.family)
    rows = rows_of(worked.example, worked.columns)
    return {
        "weights": model.weights_.tolist(),
        "means": model.means_.ravel().tolist(),
        "spreads": model.mixture_.standard_deviations[:, 0].tolist(),
        "log_likelihood": [model.log_likelihood_],
        "bic": [model.bic(rows)],
        "icl": [model.icl(rows)],
    }


def figures_frame() -> pd.DataFrame:
    """Known figures beside those found here, a row each, and whether they agree as printed."""
    import pandas as pd

    return kept("worked-figures", 1, "", lambda: pd.DataFrame([row for each in WORKED for row in _rows(each)]))


def _rows(worked: Worked) -> list[dict[str, Any]]:
    found = found_figures(worked)
    return [
        {
            "example": worked.title,
            "K": worked.n_components,
            "shape": worked.family,
            "figure": NAMES[name],
            "known": text,
            "found here": _written(found[name], text),
            "agrees": _agreement(found[name], text),
        }
        for name, text in worked.figures.items()
    ]


def _written(values: list[float], text: str) -> str:
    decimals = max(len(part.partition(".")[2]) for part in text.split())
    return " ".join(f"{value:.{decimals}f}" for value in values)


def _agreement(values: list[float], text: str) -> str:
    """Whether the figures are the same as printed, else whether all are within one unit of the last digit."""
    if _written(values, text) == text:
        return EXACT
    known, unit = figure_values(text)
    near = all(abs(one - other) <= unit for one, other in zip(values, known, strict=True))
    return NEAR if near else "no"

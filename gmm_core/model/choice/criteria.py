"""Criteria for choosing a model; lower is better for each.

Signs: R's mclust reports 2 log L - p log n, where larger is better; here it is -2 log L + p log n.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import nan

import numpy as np


@dataclass(frozen=True)
class Evidence:
    """What the criteria are made of.

    Attributes
    ----------
    log_likelihood : float
        Sum over rows, in nats.
    n_parameters : int
        Free parameters.
    n_rows : float
        Rows, or the sum of their weights.
    entropy : float
        Minus the sum over rows and components of r log r, for memberships r (0 where every row is certain).
    """

    log_likelihood: float
    n_parameters: int
    n_rows: float
    entropy: float


def bic(evidence: Evidence) -> float:
    """Bayesian information criterion. Source: Schwarz (1978); for mixtures, Fraley and Raftery (2002)."""
    return -2 * evidence.log_likelihood + evidence.n_parameters * float(np.log(evidence.n_rows))


def aic(evidence: Evidence) -> float:
    """Akaike's information criterion. Source: Akaike (1974)."""
    return -2 * evidence.log_likelihood + 2 * evidence.n_parameters


def aicc(evidence: Evidence) -> float:
    """AIC corrected for few rows; nan where there are no more rows than free parameters plus one.

    Source: Hurvich and Tsai (1989), Regression and time series model selection in small samples, Biometrika 76. Their
    correction is exact for regression; for mixtures it is a rule of thumb.
    """
    spare = evidence.n_rows - evidence.n_parameters - 1
    if spare <= 0:
        return nan
    return aic(evidence) + 2 * evidence.n_parameters * (evidence.n_parameters + 1) / spare


def icl(evidence: Evidence) -> float:
    """Integrated completed likelihood: BIC plus twice the entropy of the memberships, a price for unsure rows.

    Source: Biernacki, Celeux and Govaert (2000); McLachlan and Peel (2000), section 6.10. mclust puts labels in place
    of memberships in the entropy, which gives a lower price.
    """
    return bic(evidence) + 2 * evidence.entropy


CRITERIA: dict[str, Callable[[Evidence], float]] = {"bic": bic, "icl": icl, "aic": aic, "aicc": aicc}
"""By name, in the order in which menus show them."""

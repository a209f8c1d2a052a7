"""Would one population do as well, if it may be skewed? Skew alone makes several groups look needed.

Each column is brought near to symmetry by a power, where that pays, and the transformed rows are one Gaussian. Its
likelihood on the table's own scale, the Jacobian included, is compared by BIC with that of the groups. As many groups
in the transformed columns are compared too: groups that are each skewed are several all the same.

Heavy tails and flat tops are no skew: here they speak for groups.

Sources: McLachlan and Peel (2000), Finite Mixture Models, section 1.8, on skewness taken for groups; Lo and Gottardo
(2012), Flexible mixture modeling via the multivariate t distribution with the Box-Cox transformation, Statistics and
Computing 22, 33-52.
"""

from dataclasses import dataclass, replace

from gmm_core.errors import NoSoundSolutionError, SettingsError
from gmm_core.model.checking import as_table
from gmm_core.model.choice.criteria import bic
from gmm_core.model.choice.powers import Power
from gmm_core.model.choice.skewed_population import SkewedPopulation, one_gaussian, skewed_population
from gmm_core.model.fit import Fit
from gmm_core.model.fitting import fit_mixture
from gmm_core.model.sample import Sample, check_weights
from gmm_core.model.settings import FitSettings
from gmm_core.model.watching import Watch

FIRM = 6.0
"""Difference of BIC from which one answer is firmly better: strong evidence, Kass and Raftery (1995), JASA 90."""


@dataclass(frozen=True)
class OnePopulation:
    """Groups against one population, by BIC: lower is better.

    Attributes
    ----------
    groups, skewed_groups : float
        Of the groups, and of as many in the transformed columns; infinite where these have no sound solution.
    one, skewed : float
        Of one Gaussian, and of one population that may be skewed.
    powers : tuple of Power or None
        For each column, how it is brought near to symmetry; None where nothing is to be won.
    """

    groups: float
    skewed_groups: float
    one: float
    skewed: float
    powers: tuple[Power | None, ...]

    @property
    def kind(self) -> str:
        """The answer: "several" groups, or "several skewed" ones where as many in the transformed columns are firmly
        better; "one" population, a "skewed one", or "open" where neither is firmly better.
        """
        lead = min(self.one, self.skewed) - min(self.groups, self.skewed_groups)
        if abs(lead) < FIRM:
            return "open"
        if lead > 0:
            return "several skewed" if self.groups - self.skewed_groups >= FIRM else "several"
        return "one" if self.one <= self.skewed else "skewed one"


def against_one_population(
    fit: Fit, X: object, settings: FitSettings, weights: object = None, watch: Watch | None = None
) -> OnePopulation:
    """Groups or one population? For a ``fit`` by ``settings`` of the rows of ``X`` (N, D), with its row ``weights``.

    What ``watch`` stopped is no answer: its groups in the transformed columns are not the best.

    Raises
    ------
    SettingsError
        For a fit of one group.
    DataError
        Where one Gaussian cannot be fitted: a column follows exactly from others.
    """
    sample = _sample(fit, X, weights)
    skewed, one = skewed_population(sample), bic(one_gaussian(sample).evidence)
    groups = bic(fit.evidence)
    return OnePopulation(
        groups,
        _transformed(skewed, settings, watch) if any(skewed.powers) else groups,
        one,
        bic(skewed.evidence_of(skewed.gaussian)),
        skewed.powers,
    )


def _sample(fit: Fit, X: object, weights: object) -> Sample:
    if fit.mixture.n_components == 1:
        raise SettingsError("The fit has one group only: nothing to set against one population.", "Ask for more.")
    table, _ = as_table(X, fit.mixture.n_features, gaps=True)
    return Sample.of(table, check_weights(weights, len(table)))


def _transformed(skewed: SkewedPopulation, settings: FitSettings, watch: Watch | None) -> float:
    """BIC of as many groups in the transformed columns, free of what the settings say in the units of the table."""
    rows, free = skewed.transformed, replace(settings, fixed=(), reg_covar=0.0, prior=None, noise=bool(settings.noise))
    try:
        fit = fit_mixture(rows.table, free, watch=watch, weights=rows.weights, suggest=False)
        return bic(skewed.evidence_of(fit))
    except NoSoundSolutionError:
        return float("inf")

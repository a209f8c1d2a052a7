"""The parts of a mixture in a document, checked for what they mean."""

from typing import Any

import numpy as np

from gmm_core.model.checking import LARGEST
from gmm_core.model.em.forms import Array
from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.families import FAMILIES
from gmm_core.model.interchange.fields import as_array, as_list, as_numbers, bad, check_names, shown
from gmm_core.model.interchange.structure import obeys
from gmm_core.model.mixture import Mixture
from gmm_core.model.scaling import LEAST_SPREAD

NOISE_FIELDS = ("weight", "centre", "edges")

HELD = [[], ["weights"], ["means"], ["weights", "means"], ["means", "weights"]]

ROUNDING = 1e-9
"""How far shares may be from summing to 1, and a correlation from its mirror image, as other programs round."""


def columns_from(value: object, n_features: int) -> tuple[str, ...] | None:
    if value is None:
        return None
    names = as_list(value, "columns", n_features)
    if not all(isinstance(name, str) for name in names):
        raise bad("columns", "holds something other than names", "Give each column a name.")
    return tuple(names)


def noise_content(noise: Noise) -> dict[str, Any]:
    region = noise.region
    return {"weight": noise.weight, "centre": region.centre.tolist(), "edges": region.edges.tolist()}


def noise_from(value: object, n_features: int) -> Noise:
    if not isinstance(value, dict):
        raise bad("noise", "is no object", "It must be null or hold weight, centre and edges.")
    check_names(value, NOISE_FIELDS)
    weight = as_numbers(value["weight"], "noise.weight")
    centre = as_array(value["centre"], "noise.centre", n_features)
    region = Region(centre, as_array(value["edges"], "noise.edges", n_features, n_features))
    if not 0 <= weight < 1:
        raise bad("noise.weight", f"is {shown(weight)}", "It must be a share below 1.")
    if not np.isfinite(region.log_volume):
        raise bad("noise.edges", "hold no volume", "Give D edges in different directions.")
    return Noise(float(weight), region)


def held_from(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or value not in HELD:
        raise bad("held", f"is {shown(value)}", "It must be a list of weights and means, or empty.")
    return tuple(value)


def check_weights(weights: Array, noise_weight: float) -> None:
    if weights.min() <= 0 or abs(weights.sum() + noise_weight - 1.0) > ROUNDING:
        raise bad("weights", "does not hold shares", "They must be above 0 and sum to 1.")


def check_means(means: Array) -> None:
    if np.abs(means).max() > LARGEST:
        raise bad("means", f"holds a value beyond {LARGEST:g}", "Use larger units.")


def check_covariances(covariances: Array) -> None:
    for k, covariance in enumerate(covariances):
        spread = np.sqrt(np.maximum(np.diagonal(covariance), 0.0))
        if spread.min() < LEAST_SPREAD:
            raise bad(f"covariances[{k}]", "holds a variance that is not above 0", "Give positive variances.")
        correlations = covariance / np.multiply.outer(spread, spread)
        if np.abs(correlations - correlations.T).max() > ROUNDING:
            raise bad(f"covariances[{k}]", "is not symmetric", "Give a symmetric matrix.")
        if not _is_definite(correlations):
            raise bad(f"covariances[{k}]", "is not positive definite", "Give the covariance matrix of a sound fit.")


def _is_definite(matrix: Array) -> bool:
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return False
    return True


def ridge_from(value: object, n_features: int) -> Array | None:
    if value is None:
        return None
    ridge = as_array(value, "ridge", n_features)
    if ridge.min() < 0:
        raise bad("ridge", "holds a value below 0", "Give what was added to the variances of each column.")
    return ridge


def family_from(code: object, covariances: Array, ridge: Array | None) -> str:
    """The name of the family with this code, to which the covariances must belong, less what a ridge added."""
    known = {family.code: family.name for family in FAMILIES.values()}
    if not isinstance(code, str) or code not in known:
        raise bad("family", f"is {shown(code)}", f"It must be one of {', '.join(known)}.")
    if not obeys(code, covariances, ridge):
        raise bad("covariances", f"does not belong to the family {code}", "Say VVV, which allows any.")
    return known[code]


def check_usable(mixture: Mixture) -> None:
    """Densities are computed in the mixture's own scale, where groups of very different sizes may lose their digits."""
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            usable = bool(np.isfinite(mixture.log_density(mixture.means)).all())
    except np.linalg.LinAlgError:
        usable = False
    if not usable:
        raise bad("covariances", "holds variances of sizes too different to compute with", "Leave the group out.")

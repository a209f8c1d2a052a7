"""Mixtures to and from JSON, so that a fit can be kept, sent and loaded without running anybody's code.

The schema, version 1. The text is one object with these fields and no others:

``format``
    "gmm-mixture".
``version``
    1. A reader refuses versions that it does not know; new fields come with a new version.
``family``
    mclust's code of the covariance family, such as "VVV". The covariances must belong to it.
``columns``
    The names of the D columns, in order; or null.
``weights``
    K shares above 0, summing to 1.
``means``
    K lists of D numbers.
``covariances``
    K lists of D lists of D numbers: symmetric, positive definite matrices, in squared units of the columns.
``noise``
    null, or an object with the noise's share ``weight`` and its region: the box centre + edges @ u for u in
    [-1/2, 1/2]^D, as ``centre`` (D numbers) and ``edges`` (D lists of D numbers, one edge a column). The weights then
    sum to 1 less the noise's.
``held``
    Which of "weights" and "means" were given to the fit, so that they do not count as free parameters.

Numbers are written so that they are read back as the same doubles, bit for bit. A reader takes any JSON number that is
finite as a double; NaN, Infinity and doubled fields are refused. K and D are at most ``LARGEST_SIZE``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from gmm_core.errors import InterchangeError
from gmm_core.model.checking import LARGEST
from gmm_core.model.em.forms import Array
from gmm_core.model.em.noise import Noise, Region
from gmm_core.model.families import FAMILIES, get_family
from gmm_core.model.mixture import Mixture
from gmm_core.model.scaling import LEAST_SPREAD
from gmm_core.model.structure import obeys

FORMAT = "gmm-mixture"
VERSION = 1
FIELDS = ("format", "version", "family", "columns", "weights", "means", "covariances", "noise", "held")
NOISE_FIELDS = ("weight", "centre", "edges")

LARGEST_SIZE = 1000
"""Most components, and most columns."""

LONGEST = 50_000_000
"""Most characters of a text, about two million numbers."""

ROUNDING = 1e-9
"""How far shares may be from summing to 1, and a correlation from its mirror image, as other programs round."""


@dataclass(frozen=True, eq=False)
class Document:
    """What a text holds: a mixture and the names of its columns, if they are known."""

    mixture: Mixture
    columns: tuple[str, ...] | None = None


def to_json(mixture: Mixture, columns: Sequence[object] | None = None) -> str:
    """The mixture as JSON (see the module's schema); ``columns`` are the names of its D columns.

    Raises
    ------
    InterchangeError
        For what could not be read back, such as more or fewer than D names.
    """
    content = {
        "format": FORMAT,
        "version": VERSION,
        "family": get_family(mixture.family).code,
        "columns": None if columns is None else [str(name) for name in columns],
        "weights": mixture.weights.tolist(),
        "means": mixture.means.tolist(),
        "covariances": mixture.covariances.tolist(),
        "noise": None if mixture.noise is None else _noise_content(mixture.noise),
        "held": list(mixture.held),
    }
    text = json.dumps(content, ensure_ascii=False)
    read_document(text)
    return text


def from_json(text: str) -> Mixture:
    """The mixture in a text, checked as in ``read_document``."""
    return read_document(text).mixture


def read_document(text: str) -> Document:
    """The mixture in a text, and the names of its columns; everything is checked, and no code is run.

    Raises
    ------
    InterchangeError
        For a text that is not JSON or of another format or version, and, by its name, for a field that is missing,
        unknown, of the wrong type or shape, or without meaning.
    """
    content = _parsed(text)
    _check_fields(content)
    n_components = _size(content["weights"], "weights")
    n_features = _size(_list(content["means"], "means", n_components)[0], "means[0]")
    weights = _array(content["weights"], "weights", n_components)
    means = _array(content["means"], "means", n_components, n_features)
    covariances = _array(content["covariances"], "covariances", n_components, n_features, n_features)
    noise = None if content["noise"] is None else _noise(content["noise"], n_features)
    _check_weights(weights, 0.0 if noise is None else noise.weight)
    _check_means(means)
    _check_covariances(covariances)
    mixture = Mixture(
        weights, means, covariances, _family(content["family"], covariances), noise, _held(content["held"])
    )
    _check_usable(mixture)
    return Document(mixture, _columns(content["columns"], n_features))


# -- the text ----------------------------------------------------------------------------------------------------------


def _parsed(text: object) -> dict[str, Any]:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise InterchangeError(f"A mixture is a text of at most {LONGEST} characters.", "Give the text of a JSON file.")
    try:
        content = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_once)
    except InterchangeError:
        raise
    except (ValueError, RecursionError) as error:
        raise InterchangeError(f"This is not JSON ({error}).", "Give a text that to_json wrote.") from None
    if not isinstance(content, dict):
        raise InterchangeError("This JSON is no object with fields.", "Give a text that to_json wrote.")
    return content


def _refuse_constant(name: str) -> NoReturn:
    raise InterchangeError(f"The text holds {name}, which is no number.", "Give finite numbers.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise InterchangeError("The text gives a field twice.", "Give each field once.")
    return content


def _check_fields(content: dict[str, Any]) -> None:
    if content.get("format") != FORMAT:
        raise _bad("format", f"is not {FORMAT!r}", "Give a text that to_json wrote.")
    version = content.get("version")
    if isinstance(version, bool) or version != VERSION:
        raise _bad("version", f"is {_shown(version)}, not {VERSION}", "Use the program that wrote it.")
    _check_names(content, FIELDS)


def _check_names(content: dict[str, Any], fields: tuple[str, ...]) -> None:
    for name in [*fields, *content]:
        if name not in content:
            raise _bad(name, "is missing", "Give all fields of the schema.")
        if name not in fields:
            raise _bad(_shown(name), "is unknown", f"The fields are {', '.join(fields)}.")


# -- types and shapes --------------------------------------------------------------------------------------------------


def _size(value: object, name: str) -> int:
    """The length of a list that sets K or D."""
    if not isinstance(value, list) or not 1 <= len(value) <= LARGEST_SIZE:
        raise _bad(name, "has the wrong shape", f"It must be a list of 1 to {LARGEST_SIZE} values.")
    return len(value)


def _list(value: object, name: str, length: int) -> list[Any]:
    if not isinstance(value, list) or len(value) != length:
        raise _bad(name, "has the wrong shape", f"It must be a list of {length}.")
    return value


def _array(value: object, name: str, *shape: int) -> Array:
    return np.array(_numbers(value, name, *shape), dtype=float)


def _numbers(value: Any, name: str, *shape: int) -> Any:
    if shape:
        rows = enumerate(_list(value, name, shape[0]))
        return [_numbers(row, f"{name}[{i}]", *shape[1:]) for i, row in rows]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not -(LARGEST**2) <= value <= LARGEST**2:
        raise _bad(name, f"is {_shown(value)}", "It must be a finite number.")
    return value


def _columns(value: object, n_features: int) -> tuple[str, ...] | None:
    if value is None:
        return None
    names = _list(value, "columns", n_features)
    if not all(isinstance(name, str) for name in names):
        raise _bad("columns", "holds something other than names", "Give each column a name.")
    return tuple(names)


# -- meaning -----------------------------------------------------------------------------------------------------------


def _noise_content(noise: Noise) -> dict[str, Any]:
    region = noise.region
    return {"weight": noise.weight, "centre": region.centre.tolist(), "edges": region.edges.tolist()}


def _noise(value: object, n_features: int) -> Noise:
    if not isinstance(value, dict):
        raise _bad("noise", "is no object", "It must be null or hold weight, centre and edges.")
    _check_names(value, NOISE_FIELDS)
    weight = _numbers(value["weight"], "noise.weight")
    centre = _array(value["centre"], "noise.centre", n_features)
    region = Region(centre, _array(value["edges"], "noise.edges", n_features, n_features))
    if not 0 <= weight < 1:
        raise _bad("noise.weight", f"is {_shown(weight)}", "It must be a share below 1.")
    if not np.isfinite(region.log_volume):
        raise _bad("noise.edges", "hold no volume", "Give D edges in different directions.")
    return Noise(float(weight), region)


def _held(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or value not in (
        [],
        ["weights"],
        ["means"],
        ["weights", "means"],
        ["means", "weights"],
    ):
        raise _bad("held", f"is {_shown(value)}", "It must be a list of weights and means, or empty.")
    return tuple(value)


def _check_weights(weights: Array, noise_weight: float) -> None:
    if weights.min() <= 0 or abs(weights.sum() + noise_weight - 1.0) > ROUNDING:
        raise _bad("weights", "does not hold shares", "They must be above 0 and sum to 1.")


def _check_means(means: Array) -> None:
    if np.abs(means).max() > LARGEST:
        raise _bad("means", f"holds a value beyond {LARGEST:g}", "Use larger units.")


def _check_covariances(covariances: Array) -> None:
    for k, covariance in enumerate(covariances):
        spread = np.sqrt(np.maximum(np.diagonal(covariance), 0.0))
        if spread.min() < LEAST_SPREAD:
            raise _bad(f"covariances[{k}]", "holds a variance that is not above 0", "Give positive variances.")
        correlations = covariance / np.multiply.outer(spread, spread)
        if np.abs(correlations - correlations.T).max() > ROUNDING:
            raise _bad(f"covariances[{k}]", "is not symmetric", "Give a symmetric matrix.")
        if not _is_definite(correlations):
            raise _bad(f"covariances[{k}]", "is not positive definite", "Give the covariance matrix of a sound fit.")


def _is_definite(matrix: Array) -> bool:
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return False
    return True


def _family(code: object, covariances: Array) -> str:
    """The name of the family with this code, to which the covariances must belong."""
    known = {family.code: family.name for family in FAMILIES.values()}
    if not isinstance(code, str) or code not in known:
        raise _bad("family", f"is {_shown(code)}", f"It must be one of {', '.join(known)}.")
    if not obeys(code, covariances):
        raise _bad("covariances", f"does not belong to the family {code}", "Say VVV, which allows any.")
    return known[code]


def _check_usable(mixture: Mixture) -> None:
    """Densities are computed in the mixture's own scale, where groups of very different sizes may lose their digits."""
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            usable = bool(np.isfinite(mixture.log_density(mixture.means)).all())
    except np.linalg.LinAlgError:
        usable = False
    if not usable:
        raise _bad("covariances", "holds variances of sizes too different to compute with", "Leave the group out.")


def _bad(field: str, what: str, remedy: str) -> InterchangeError:
    return InterchangeError(f"The field {field} {what}.", remedy, value=field)


def _shown(value: object) -> str:
    return repr(value)[:40]

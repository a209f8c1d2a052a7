"""Mixtures to and from JSON, so that a fit can be kept, sent and loaded without running anybody's code.

The schema, version 2. The text is one object with these fields and no others:

``format``
    "gmm-mixture".
``version``
    2. A reader refuses versions that it does not know; new fields come with a new version. Version 1, which had
    neither ``ridge`` nor ``settings``, is read as if both were null.
``family``
    mclust's code of the covariance family, such as "VVV". The covariances, less the ridge, must belong to it.
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
``ridge``
    null, or D numbers: what ``reg_covar`` added to the variances of every component.
``settings``
    null, or an object with the arguments of ``GaussianMixture`` by their names (``chosen.SETTINGS``), so that what is
    loaded treats gaps as before and fits as before. K is that of the mixture. ``prior`` is null or an object with the
    fields of ``Prior``; ``random_state`` is null or a whole number. What belongs to the rows of one table,
    ``responsibilities_init`` and ``labels_init``, is not kept, nor is ``verbose``.

Numbers are written so that they are read back as the same doubles, bit for bit. A reader takes any JSON number that is
finite as a double; NaN, Infinity and doubled fields are refused. K and D are at most ``fields.LARGEST_SIZE``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gmm_core.errors import InterchangeError
from gmm_core.model.families import get_family
from gmm_core.model.given import Given
from gmm_core.model.interchange.chosen import settings_content, settings_from
from gmm_core.model.interchange.fields import as_array, as_list, bad, check_names, parsed, shown, size_of
from gmm_core.model.interchange.parts import (
    check_covariances,
    check_means,
    check_usable,
    check_weights,
    columns_from,
    family_from,
    held_from,
    noise_content,
    noise_from,
    ridge_from,
)
from gmm_core.model.mixture import Mixture

FORMAT = "gmm-mixture"
VERSION = 2
SINCE_VERSION_2 = ("ridge", "settings")
FIELDS = (
    "format",
    "version",
    "family",
    "columns",
    "weights",
    "means",
    "covariances",
    "noise",
    "held",
    *SINCE_VERSION_2,
)


@dataclass(frozen=True, eq=False)
class Document:
    """What a text holds: a mixture, the names of its columns if they are known, and ``GaussianMixture``'s arguments."""

    mixture: Mixture
    columns: tuple[str, ...] | None
    settings: dict[str, Any]


def to_json(mixture: Mixture, columns: Sequence[object] | None = None, settings: Given | None = None) -> str:
    """The mixture as JSON (see the module's schema).

    ``columns`` are the names of its D columns, and ``settings`` hold the arguments of ``GaussianMixture`` by name.

    Raises
    ------
    SettingsError
        For settings that cannot be fitted with.
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
        "noise": None if mixture.noise is None else noise_content(mixture.noise),
        "held": list(mixture.held),
        "ridge": None if mixture.ridge is None else mixture.ridge.tolist(),
        "settings": None if settings is None else settings_content(settings, mixture),
    }
    text = json.dumps(content, ensure_ascii=False)
    read_document(text)
    return text


def from_json(text: str) -> Mixture:
    """The mixture in a text, checked as in ``read_document``."""
    return read_document(text).mixture


def read_document(text: str) -> Document:
    """What a text holds; everything is checked, and no code is run.

    Raises
    ------
    InterchangeError
        For a text that is not JSON or of another format or version, and, by its name, for a field that is missing,
        unknown, of the wrong type or shape, or without meaning.
    """
    try:
        content = _of_known_version(parsed(text))
        mixture = _mixture(content)
        columns = columns_from(content["columns"], mixture.n_features)
        return Document(mixture, columns, settings_from(content["settings"], mixture))
    except RecursionError:
        raise InterchangeError("The text holds lists in lists too deep.", "Give a text that to_json wrote.") from None


def _of_known_version(content: dict[str, Any]) -> dict[str, Any]:
    if content.get("format") != FORMAT:
        raise bad("format", f"is not {FORMAT!r}", "Give a text that to_json wrote.")
    version = content.get("version")
    if isinstance(version, bool) or version not in (1, VERSION):
        raise bad("version", f"is {shown(version)}, not 1 or {VERSION}", "Use the program that wrote it.")
    if version == 1:
        check_names(content, FIELDS[: -len(SINCE_VERSION_2)])
        content |= dict.fromkeys(SINCE_VERSION_2)
    check_names(content, FIELDS)
    return content


def _mixture(content: dict[str, Any]) -> Mixture:
    n_components = size_of(content["weights"], "weights")
    n_features = size_of(as_list(content["means"], "means", n_components)[0], "means[0]")
    weights = as_array(content["weights"], "weights", n_components)
    means = as_array(content["means"], "means", n_components, n_features)
    covariances = as_array(content["covariances"], "covariances", n_components, n_features, n_features)
    noise = None if content["noise"] is None else noise_from(content["noise"], n_features)
    check_weights(weights, 0.0 if noise is None else noise.weight)
    check_means(means)
    check_covariances(covariances)
    ridge = ridge_from(content["ridge"], n_features)
    family = family_from(content["family"], covariances, ridge)
    mixture = Mixture(weights, means, covariances, family, noise, held_from(content["held"]), ridge)
    check_usable(mixture)
    return mixture

"""Gaussian mixture models: fitting, choosing and understanding them.

The data go one way: a table of text or numbers (``tables``: ``read_table``, ``profile_columns``, ``FeatureSpec``)
becomes a matrix of features; settings and features become a ``Fit`` with its ``Mixture`` (``model``); a mixture and
the table become tidy frames (``tables``), and frames become charts (``charts``) or files. ``examples`` holds built-in
tables. In a script or notebook, start with ``GaussianMixture`` and ``compare_models``.

Names are loaded when first used, so that what needs only NumPy never waits for pandas or Altair.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from gmm_core.errors import DataError as DataError
    from gmm_core.errors import GmmError as GmmError
    from gmm_core.errors import InterchangeError as InterchangeError
    from gmm_core.errors import MissingPackageError as MissingPackageError
    from gmm_core.errors import NoSoundSolutionError as NoSoundSolutionError
    from gmm_core.errors import NotFittedError as NotFittedError
    from gmm_core.errors import NotNumericError as NotNumericError
    from gmm_core.errors import SettingsError as SettingsError
    from gmm_core.errors import TableError as TableError
    from gmm_core.errors import TooFewRowsError as TooFewRowsError
    from gmm_core.examples import EXAMPLES as EXAMPLES
    from gmm_core.examples import load_example as load_example
    from gmm_core.model.choice.comparison import compare_models as compare_models
    from gmm_core.model.em.priors import Prior as Prior
    from gmm_core.model.estimator import GaussianMixture as GaussianMixture
    from gmm_core.model.fit import Fit as Fit
    from gmm_core.model.fitting import fit_mixture as fit_mixture
    from gmm_core.model.interchange import from_json as from_json
    from gmm_core.model.interchange import to_json as to_json
    from gmm_core.model.mixture import Mixture as Mixture
    from gmm_core.model.settings import FitSettings as FitSettings
    from gmm_core.tables.features import FeatureSpec as FeatureSpec
    from gmm_core.tables.profile import profile_columns as profile_columns
    from gmm_core.tables.reading import read_table as read_table

_HOMES = {
    "gmm_core.errors": (
        "DataError",
        "GmmError",
        "InterchangeError",
        "MissingPackageError",
        "NoSoundSolutionError",
        "NotFittedError",
        "NotNumericError",
        "SettingsError",
        "TableError",
        "TooFewRowsError",
    ),
    "gmm_core.examples": ("EXAMPLES", "load_example"),
    "gmm_core.model.choice.comparison": ("compare_models",),
    "gmm_core.model.em.priors": ("Prior",),
    "gmm_core.model.estimator": ("GaussianMixture",),
    "gmm_core.model.fit": ("Fit",),
    "gmm_core.model.fitting": ("fit_mixture",),
    "gmm_core.model.interchange": ("from_json", "to_json"),
    "gmm_core.model.mixture": ("Mixture",),
    "gmm_core.model.settings": ("FitSettings",),
    "gmm_core.tables.features": ("FeatureSpec",),
    "gmm_core.tables.profile": ("profile_columns",),
    "gmm_core.tables.reading": ("read_table",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605  the names are literals above, in one place


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'gmm_core' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]

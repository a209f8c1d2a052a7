"""What stands on the stage: rows, a start, and the rules by which EM is played. A value only, no state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from gmm_core import FitSettings, Mixture, Prior
from gmm_core.model.steps import start_at

MOST_ROWS = 2_000
MOST_STEPS = 60
MOST_GROUPS = 6
LEAST_FLOOR = 1e-13
"""The variance floor of every fit, as a share of a column's variance: where rounding begins to decide."""

GAINS = (10.0, 1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-6, 0.0)
FLOORS = {LEAST_FLOOR: "none but rounding"} | {each: f"{100 * each:g}\u00a0%" for each in (1e-4, 1e-3, 1e-2, 1e-1)}
"""What a step must gain, in nats, and the variance floors in words, that one may choose."""

LINE, PLANE, LOADED = "line", "plane", "loaded"
"""The sources of rows beside the built-in examples, which go by their names."""


@dataclass(frozen=True)
class Stage:
    """All that decides a walk of EM on the stage.

    Attributes
    ----------
    source : str
        "line" or "plane" for drawn rows, "loaded" for the session's table, else the name of a built-in example.
    columns : tuple of str
        One or two columns of the table; empty for its first ones.
    n, seed : int
        Of drawn rows.
    truth_means, truth_spreads : tuple of float, (2,)
        Of the two groups of drawn rows in one column.
    truth_share : float
        Of the first of them.
    distance, length : float
        Of drawn rows in two columns, see ``gmm_core.examples.plane_truth``.
    n_odd : int
        Odd rows among these.
    means : tuple of (D,) tuples
        Where the components start; their number is K.
    spreads : tuple of float, (D,)
        Standard deviations with which all components start.
    family : str
    most_steps : int
    least_gain : float
        EM stops once a step gains less, in nats over all rows.
    floor : float
        Smallest variance, as a share of the columns' own.
    noise, prior, hold : bool
        Whether odd rows may be noise, small groups are steadied, and the covariances stay as they are.
    """

    source: str = LINE
    columns: tuple[str, ...] = ()
    n: int = 200
    seed: int = 2
    truth_means: tuple[float, float] = (0.0, 4.0)
    truth_spreads: tuple[float, float] = (1.0, 1.5)
    truth_share: float = 0.4
    distance: float = 5.0
    length: float = 1.0
    n_odd: int = 0
    means: tuple[tuple[float, ...], ...] = ((1.0,), (3.0,))
    spreads: tuple[float, ...] = (1.5,)
    family: str = "full"
    most_steps: int = 30
    least_gain: float = 1e-4
    floor: float = LEAST_FLOOR
    noise: bool = False
    prior: bool = False
    hold: bool = False

    @property
    def key(self) -> str:
        """Identifies the stage, but for the content of a loaded table."""
        return repr(self)

    @property
    def n_components(self) -> int:
        """K."""
        return len(self.means)

    @property
    def start(self) -> Mixture:
        """Where EM begins."""
        return start_at(self.means, self.spreads)

    @property
    def settings(self) -> FitSettings:
        """The model, as the core has it."""
        return FitSettings(
            n_components=self.n_components,
            covariance_type=self.family,
            variance_floor=self.floor,
            noise=self.noise,
            prior=Prior() if self.prior else None,
        )

    def having(self, **changes: Any) -> Stage:
        """The stage with something changed."""
        return replace(self, **changes)

    def starting(self, mixture: Mixture) -> Stage:
        """The stage with another start, of which the means count."""
        return replace(self, means=tuple(tuple(mean) for mean in mixture.means.tolist()))

    def with_mean(self, component: int, mean: tuple[float, ...]) -> Stage:
        """The stage with one component starting elsewhere."""
        return replace(self, means=(*self.means[:component], mean, *self.means[component + 1 :]))

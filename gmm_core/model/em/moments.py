"""What one pass over the rows leaves: additive weighted moments about the current means."""

from dataclasses import dataclass

from gmm_core.model.em.forms import Array


@dataclass(frozen=True)
class Moments:
    """Sums over rows n with memberships r_nk, about reference means m_k.

    Moments of blocks, threads, processes or machines about the same means simply add up.

    Attributes
    ----------
    log_likelihood : float
        Sum over rows of the log density under the parameters that gave the memberships.
    counts : (K,) array
        Sum of r_nk.
    first : (K, D) array
        Sum of r_nk (z_n - m_k).
    second : packed array
        Sum of r_nk (z_n - m_k)(z_n - m_k)', in the family's form.
    noise : float
        Sum of the rows' memberships in the noise, 0 where there is none.
    """

    log_likelihood: float
    counts: Array
    first: Array
    second: Array
    noise: float = 0.0

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(
            self.log_likelihood + other.log_likelihood,
            self.counts + other.counts,
            self.first + other.first,
            self.second + other.second,
            self.noise + other.noise,
        )

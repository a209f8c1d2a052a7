"""The model, and how EM fits it."""

from pages.shared.theory import live
from pages.shared.theory.section import Section

BASICS = (
    Section(
        "model",
        "The model",
        r"""
A row $x$ with $D$ columns comes from one of $K$ groups. Group $k$ is a normal distribution with its own mean and
covariance, and has a share $\pi_k$ of all rows:

$$
p(x) = \sum_{k=1}^{K} \pi_k\,\mathcal{N}(x \mid \mu_k, \Sigma_k), \qquad \pi_k \ge 0,\quad \sum_k \pi_k = 1
$$

$$
\mathcal{N}(x \mid \mu, \Sigma) = (2\pi)^{-D/2}\,|\Sigma|^{-1/2}
\exp\!\left(-\tfrac12 (x-\mu)^\top \Sigma^{-1} (x-\mu)\right)
$$

The fit looks for the parameters under which the rows are likeliest: it maximises the **log-likelihood**
$\ell = \sum_n \log p(x_n)$. It is a sum of logarithms of *densities*, which may exceed 1, so it may be positive, and
it changes by a constant when a column is given in another unit. Only differences between models of the same rows in
the same units mean something.
""",
        ("fit", "calculators"),
        live.mixture,
    ),
    Section(
        "latent",
        "Latent variable",
        r"""
Which group a row comes from is not in the table. Call it $z_n$, a **latent variable**: $P(z_n = k) = \pi_k$, and given
$z_n = k$ the row is normal with $\mu_k$ and $\Sigma_k$. If the $z_n$ were known, the fit would be shares, averages and
covariances by group. If the parameters were known, the $z_n$ would follow by Bayes' rule. EM goes back and forth
between the two.
""",
        ("em-by-step",),
    ),
    Section(
        "responsibilities",
        "Responsibilities",
        r"""
The **responsibility** of group $k$ for row $n$ is the probability that the row comes from there, given its values and
the parameters:

$$
r_{nk} = P(z_n = k \mid x_n) = \frac{\pi_k\,\mathcal{N}(x_n \mid \mu_k, \Sigma_k)}
{\sum_{j} \pi_j\,\mathcal{N}(x_n \mid \mu_j, \Sigma_j)}
$$

A row's responsibilities add up to 1: that is **soft clustering**. They compare the groups with each other only. A row
far from every group may still have $r_{nk}$ near 1, so look at its density as well before you trust it.
""",
        ("memberships", "outliers"),
        live.responsibility,
    ),
    Section(
        "em",
        "E step and M step",
        r"""
**E step** (expectation): work out all $r_{nk}$ under the present parameters.

**M step** (maximisation): with $N_k = \sum_n r_{nk}$, the rows that group $k$ was given,

$$
\pi_k = \frac{N_k}{N}, \qquad \mu_k = \frac{1}{N_k}\sum_n r_{nk}\,x_n, \qquad
\Sigma_k = \frac{1}{N_k}\sum_n r_{nk}\,(x_n-\mu_k)(x_n-\mu_k)^\top
$$

and again, until the log-likelihood hardly grows. This $\Sigma_k$ is that of free shapes; other
[families](#families) share some of its parts between groups.
""",
        ("em-by-step",),
    ),
    Section(
        "bound",
        "Why the likelihood can't fall",
        r"""
For any numbers $q_{nk} \ge 0$ that add up to 1 over $k$, Jensen's inequality gives

$$
\ell(\theta) \;\ge\; \sum_{n,k} q_{nk} \log\frac{\pi_k\,\mathcal{N}(x_n \mid \mu_k, \Sigma_k)}{q_{nk}}
= \mathcal{L}(q, \theta)
$$

and both sides are equal where $q_{nk} = r_{nk}$. The E step makes the bound touch the log-likelihood; the M step goes
to the top of the bound. The log-likelihood lies above the bound there, so it has grown by at least as much:


$$
\ell(\theta_{\text{new}}) \ge \mathcal{L}(r, \theta_{\text{new}}) \ge \mathcal{L}(r, \theta_{\text{old}})
= \ell(\theta_{\text{old}})
$$
""",
        ("em-by-step",),
        live.bound,
    ),
    Section(
        "convergence",
        "Convergence and its rate",
        r"""
EM climbs to a place where the gradient is zero: nearly always a local maximum, now and then a **saddle** (components
that start equal stay equal). Close to the end the distance still to go shrinks by about the same factor $\rho$ at each
step; $\rho$ is the largest share of the information that the unknown $z_n$ hide, over all directions (Dempster, Laird
and Rubin 1977). Well
separated groups have a small $\rho$ and take a few steps. Where groups overlap, $\rho$ nears 1, and a small gain does
not mean that the end is near: what is left is about the last gain times $\rho^2 / (1 - \rho^2)$, as the log-likelihood
goes with the square of the distance.

There may be several local maxima, so a fit begins from many starts and keeps the best sound one. The groups' order is
arbitrary (**label switching**): here they are always ordered in the same way afterwards.
""",
        ("em-by-step",),
        live.climb,
    ),
)

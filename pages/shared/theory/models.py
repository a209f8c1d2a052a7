"""What a mixture is made of, how many groups it has, and what goes wrong."""

from gmm_core.model.families import COMMON, get_family
from pages.shared.theory import live
from pages.shared.theory.section import Section

_COUNTS = {"spherical": "K", "diag": "KD", "tied": "D(D+1)/2", "full": "KD(D+1)/2"}
"""Free parameters of the covariances, by family."""


def _common_families() -> str:
    """A line of a table for each of the four common families, the plainest first."""
    found = [get_family(name) for name in reversed(COMMON)]
    return "\n".join(
        f"| **{each.words}** | {each.name} | {each.code} | {each.sentence} | ${_COUNTS[each.name]}$ |" for each in found
    )


MODELS = (
    Section(
        "families",
        "Covariance families",
        r"""
A free $\Sigma_k$ has $D(D+1)/2$ parameters a group, so in many columns rows run short. Write
$\Sigma_k = \lambda_k\,Q_k A_k Q_k^\top$: volume $\lambda_k$, shape $A_k$ (diagonal, determinant 1) and orientation
$Q_k$. Letting each of the three be equal, varying or the simplest there is gives fourteen families (Celeux and Govaert
1995). Four are common:

| shape | in scikit-learn | in mclust | what groups may be | parameters of the covariances |
|:--|:--|:--|:--|:--|
"""
        + _common_families()
        + """

Free, same and axis-aligned shapes do not depend on the columns' units. Round ones do: standardise the columns first.
""",
        ("fit", "how-many", "features"),
        live.families,
    ),
    Section(
        "choosing",
        "Choosing K",
        r"""
More groups can always fit the rows at hand at least as well, so the log-likelihood alone can't choose. With $p$ free
parameters and $N$ rows, and lower being better,

$$
\begin{aligned}
\mathrm{BIC} &= -2\ell + p\log N, \qquad \mathrm{AIC} = -2\ell + 2p, \\
\mathrm{ICL} &= \mathrm{BIC} - 2\textstyle\sum_{n,k} r_{nk}\log r_{nk}
\end{aligned}
$$

BIC asks how many normal components describe the density; ICL also asks that rows be sure of their group, so it counts
clusters. AIC and cross-validation ask what predicts new rows best, and take more groups as rows grow. Where they
disagree there is often one skewed cluster that needs two components. (mclust reports BIC with the other sign, where
higher is better.)
""",
        ("how-many", "textbook"),
        live.criteria,
    ),
    Section(
        "degeneracy",
        "Degeneracy",
        r"""
Put one component onto a single row and let its spread $\sigma$ shrink: its density there grows like $1/\sigma$ without
end, while the other components look after the other rows. The likelihood of a mixture with free spreads has **no upper
limit**, so "the highest likelihood" is not what one wants. What one wants is a good *local* maximum whose groups rest
on enough rows. In several columns a line or plane through few rows does the same. This is where the NaN and odd values
of simple programs come from.

Here the smallest variance is bounded relative to the data, never by a fixed number; collapsed solutions are recognised,
named with their rows, and can't win. What helps: fewer groups, a plainer family, more rows, or a [prior](#priors).
""",
        ("em-by-step", "fit"),
        live.collapse,
    ),
    Section(
        "priors",
        "Priors (MAP)",
        r"""
A prior adds a belief about means and covariances: the fit then maximises
$\ell(\theta) + \log p(\theta)$, the **maximum a posteriori**. With the usual inverse Wishart prior on the covariances
(Fraley and Raftery 2007) the M step adds a little of the data's overall spread to each group, so none can collapse. The
fit is pulled a little towards it, so criteria are computed from the likelihood alone.
""",
        ("fit", "em-by-step"),
    ),
    Section(
        "missing",
        "Missing values",
        r"""
A row with gaps still has a density: that of the columns that it has. EM then maximises the likelihood of the values
that are there. The E step fills each gap by its expectation given the row's other values, under each group, and the M
step adds the uncertainty of that filling to the covariance. This is right if gaps are **missing at random**: whether a
value is missing may depend on the values that are there, but not on the one that is hidden.
""",
        ("features",),
    ),
    Section(
        "k-means",
        "A mixture against k-means",
        r"""
Give all groups the same share and the same round covariance $\varepsilon I$, and let $\varepsilon$ go to 0: the
responsibilities become 0 and 1, the nearest mean takes the row, and EM becomes **k-means** (Bishop 2006, section
9.3.2).

| | mixture | k-means |
|:--|:--|:--|
| rows belong | to all groups, by probability | to one group |
| shape and size | elongated, of different sizes | round, and of like spread |
| units of the columns | don't matter to free, same and axis-aligned shapes | matter always |
| output | a density: new rows, odd rows, samples, BIC | centres and labels |
| cost of a pass | about $N K D^2$ for free shapes | $N K D$ |
""",
        ("k-means", "em-by-step"),
    ),
    Section(
        "when-not",
        "When not to use a mixture",
        r"""
- **Groups that aren't ellipses**: rings and crescents take many components each. Merge them, or use a method that
  follows density.
- **Skewed columns**: one long tail is fitted by several components. Take logarithms first.
- **Categories and counts with few levels**: a component can shrink onto one level.
- **More columns than rows can carry**: choose columns, take principal components, or a plainer family.
- **No groups at all**: a mixture divides whatever it is given. Test one group against several first.
- **A few odd rows**: they bend means and widen spreads. Fit with noise, or look at them first.
""",
        ("features", "how-many", "outliers"),
    ),
)

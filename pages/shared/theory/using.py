"""What a fitted mixture is used for: odd rows, classes, and how sure its numbers are."""

from pages.shared.theory.section import Section

USING = (
    Section(
        "odd-rows",
        "Density, odd rows and noise",
        r"""
The density $p(x)$ of the whole mixture tells how common rows like $x$ are; the responsibilities don't. How odd a row is
can be read as a probability: the **p-value** is the share of rows, drawn from the mixture itself, whose density is
lower still. For one group this is the chi-square probability of the squared **Mahalanobis distance**
$(x-\mu)^\top \Sigma^{-1} (x-\mu)$, with $D$ degrees of freedom.

Odd rows that are fitted along bend means and widen covariances. **Noise** is one more component with a density of
$1/V$ everywhere in the data's region of volume $V$ (Fraley and Raftery 2002): far from all groups it is likelier than
any of them, and takes such rows.
""",
        ("outliers", "memberships", "fit"),
    ),
    Section(
        "classes",
        "Classes: Bayes' rule",
        r"""
Where rows carry a label, each class $c$ can have a mixture $p(x \mid c)$ of its own. With the classes' shares
$\pi_c$ a new row belongs to class $c$ with probability

$$
P(c \mid x) = \frac{\pi_c\,p(x \mid c)}{\sum_{b} \pi_b\,p(x \mid b)}
$$

With one free normal a class this is quadratic discriminant analysis, with one shared covariance linear discriminant
analysis. The error is judged on rows that were held out, never on those that were learnt from.
""",
        ("classes",),
    ),
    Section(
        "how-sure",
        "How sure: intervals, stability, tests",
        r"""
**Intervals** come from refits in which each row gets a random weight (the weighted-likelihood bootstrap): how much a
parameter moves is how little the rows tell it. **Stability** asks how much of a group comes back when the refit starts
afresh (the Jaccard similarity of its rows).

Whether one group more is needed can be tested by $2(\ell_{K+1} - \ell_K)$. Its distribution is not a chi-square, as the
model with fewer groups lies on the edge of the one with more. So tables are drawn from the fit with $K$ groups, and
both models are fitted to each (McLachlan and Peel 2000, chapter 6): the p-value is the share of them with as large a
gain.
""",
        ("fit", "how-many"),
    ),
)

"""Which solutions may win, and why not.

The likelihood of a mixture is unbounded: a component that shrinks onto a row, onto ties, or onto a line through few
rows drives it to infinity. And where it is bounded, a narrow component on a few rows that happen to line up is often
the likeliest solution there is. Neither says anything about groups. What is refused, and why the lines are drawn here:

- *Collapsed*: a variance at the floor, which is tiny by default (1e-13 of the column's own, where rounding starts to
  decide). A real group may be 10,000 times tighter than the table; only a group without any spread gets down there:
  ties, one level of a scale, rows exactly on a line.
- *Too few rows*: fewer distinct rows than the shape of one component needs. Ties count once. A component rests on the
  rows with at least half of its largest responsibility, so that a wide one that is nowhere the likeliest keeps its own.
- *Spurious*: a component is compared with those around it, the ones that would take its rows, and not with the whole
  table: so neither an outlier nor columns that nearly agree make a real group look thin. It is tight where its variance
  in some direction is below a tenth of theirs. A tight component on at most D + 1 distinct rows has no degree of
  freedom left to show that it is a group, and is refused. One on up to 5 (D + 1) rows is refused where chance would
  offer one as tight and as far out somewhere among n rows (``gmm_core.model.chance``); in the body of other rows it
  must be much tighter than far outside them. More rows are not asked: whether they are worth their parameters is what
  BIC is for. With a shared shape nothing can be tight, but a lone row is a group only where chance would put none.
- *Saddle*: components that part, and gain, when they are pushed (``gmm_core.model.saddles``).

Measured. Of 198 samples without groups (normal, 50 to 500 rows, 1 to 3 columns), the likeliest finite solution with
K = 2 had a tight component in 129, and BIC took K = 2 for it in 5. With the rule BIC did so in 1; asking components of
up to 30 (D + 1) rows did not help, and refused good fits of Old Faithful, whose values are rounded. Tight groups of 5
to 50 rows beside 300 others, 10 to 10,000 times tighter: outside the others (6 standard deviations) all of 192 were
kept, in their midst all of 20 rows and more; those of 10 from 100 times on, those of 5 from 10,000 times on (from 1,000
in two and three columns), and what is looser can't be told from chance.
"""

from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from gmm_core.model.chance import log_as_far, log_expected_groups
from gmm_core.model.em.expectation import Expectation
from gmm_core.model.em.forms import Array
from gmm_core.model.em.forms.dense import least_eigenvalues
from gmm_core.model.em.parameters import Parameters
from gmm_core.model.families import Family
from gmm_core.model.support import Support, supports

NEAR_FLOOR = 2.0
"""A variance below this multiple of the floor has run into it."""

LEAST_HELD = 0.5
"""A component with fewer rows is empty."""

FEW = 5
"""Components of more than FEW (D + 1) rows are never put down to chance."""

TIGHT = 0.1
"""A component is tight where, in some direction, its variance is below this part of that of those around it."""

CHANCE = 0.01
"""A tight component may win where chance would offer fewer than this many such groups in the whole table."""

LEANING = 0.3
"""A column takes part in a flat direction from this share of the largest part on. Parts are in the component's own
spreads, which cancel in that direction."""

NAMED_COLUMNS = 3
"""Most columns that a sentence names."""


@dataclass(frozen=True)
class Verdict:
    """Whether a solution may win.

    Attributes
    ----------
    kind : str
        "sound", "collapsed" (no spread in some direction), "empty", "too few rows", "spurious" (so few rows that
        chance would offer such a group) or "saddle" (groups are in balance, and would part if they were pushed).
    component : int or None
        The component concerned.
    rows : tuple of int
        Positions of the rows on which it rests.
    columns : tuple of int
        Columns along which it has no spread, or next to none.
    direction : tuple of float
        The direction (D,) of its least spread, a unit vector in the scaled space.
    n_rows, n_needed : int
        Distinct rows that it has, and that its family needs.
    accused : tuple of int
        The component concerned, and all others of which the same can be said, for whoever moves them elsewhere; none
        where the noise took an empty one's rows, and would elsewhere too.
    """

    kind: str
    component: int | None = None
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    direction: tuple[float, ...] = ()
    n_rows: int = 0
    n_needed: int = 0
    accused: tuple[int, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the solution may win."""
        return self.kind == "sound"

    @property
    def finite(self) -> bool:
        """Whether the likelihood has an upper limit here, so that a start that a user chose may end in it."""
        return self.kind in ("sound", "spurious", "saddle")

    def in_table(self, positions: NDArray[np.intp]) -> "Verdict":
        """The verdict on a part of a table's rows, with its rows named by their ``positions`` in that table."""
        return replace(self, rows=tuple(dict.fromkeys(positions[list(self.rows)].tolist())))


SOUND = Verdict("sound")
SADDLE = Verdict("saddle")


def judge(parameters: Parameters, family: Family, expect: Expectation, floor: float, steadied: bool = False) -> Verdict:
    """The verdict on a solution for the rows of ``expect``, in their scaled space; ``floor`` is the variance floor.

    Where a prior has ``steadied`` the groups, none can be too tight: its few rows are not all that a group rests on.
    """
    counts = expect.rows_held(parameters)
    if counts.min() < LEAST_HELD:
        empty = tuple(np.flatnonzero(counts < LEAST_HELD).tolist()) if parameters.noise is None else ()
        return Verdict("empty", int(counts.argmin()), accused=empty)
    dense = parameters.dense
    flat, component, directions = _flattest(dense, floor)
    if flat:
        verdict = _accused("collapsed", supports(expect, parameters, dense, [component])[0], family, directions)
        return replace(verdict, accused=flat)
    if steadied or (parameters.n_components == 1 and parameters.noise is None):
        return SOUND
    few = counts <= FEW * (parameters.n_features + 1)
    suspects = np.flatnonzero(few | _tight(dense))
    found = supports(expect, parameters, dense, suspects.tolist())
    verdicts = [_of_suspect(support, family, expect.rows.n_rows, few[support.component]) for support in found]
    guilty = [verdict for verdict in verdicts if not verdict.sound]
    return replace(guilty[0], accused=sum((verdict.accused for verdict in guilty), ())) if guilty else SOUND


def _tight(dense: Array) -> NDArray[np.bool_]:
    """Which of the covariances (K, D, D) are tight against some other: (K,)."""
    white = np.linalg.inv(np.linalg.cholesky(dense))
    relative = np.einsum("jab,kbc,jdc->jkad", white, dense, white, optimize=True)
    return np.asarray((np.linalg.eigvalsh(relative)[:, :, 0] < TIGHT).any(axis=0))


def _flattest(dense: Array, floor: float) -> tuple[tuple[int, ...], int, Array]:
    """The components at the floor, the one of smallest variance in any direction, and its flat directions (D, f)."""
    values, vectors = np.linalg.eigh(dense)
    relative = values / least_eigenvalues(values, floor)
    component = int(relative[:, 0].argmin())
    flat = np.flatnonzero(relative[:, 0] <= NEAR_FLOOR)
    return tuple(flat.tolist()), component, vectors[component][:, relative[component] <= NEAR_FLOOR]


def _of_suspect(support: Support, family: Family, n_rows: int, few: bool) -> Verdict:
    """The verdict on one component, of few rows or tight."""
    n_distinct, n_features = support.n_distinct, len(support.z)
    if n_distinct < family.rows_needed(n_features):
        return _accused("too few rows", support, family)
    variances, directions = support.relative
    tight = bool(variances[0] < TIGHT)
    if n_distinct == 1 or tight:
        bare = tight and n_distinct <= n_features + 1
        if bare or (few and _by_chance(support, family, n_rows)):
            return _accused("spurious", support, family, directions[:, :1])
    return SOUND


def _by_chance(support: Support, family: Family, n_rows: int) -> bool:
    """Whether chance would offer such a group somewhere in the table."""
    m, n_features = support.n_distinct, len(support.z)
    degrees = [m - 1 - (i if family.tilted else 0) for i in range(n_features)]
    with np.errstate(divide="ignore"):
        log_det = float(np.log(m * support.relative[0]).sum())
    log_far = log_as_far(m * support.around[1], n_features, n_rows - m)
    return log_expected_groups(n_rows, m, degrees, log_det, log_far) > log(CHANCE)


def _accused(kind: str, support: Support, family: Family, directions: Array | None = None) -> Verdict:
    """A verdict with the facts about one component; ``directions`` (D, f) are those in which it is flat."""
    own = support.dense[support.component]
    flat = np.zeros((len(own), 0)) if directions is None else directions / np.linalg.norm(directions, axis=0)
    return Verdict(
        kind,
        support.component,
        tuple(support.positions.tolist()),
        _leaning(np.abs(flat).max(axis=1, initial=0.0) * np.sqrt(np.diagonal(own))),
        tuple(flat[:, :1].ravel().tolist()),
        support.n_distinct,
        max(2, family.rows_needed(len(own))),
        (support.component,),
    )


def _leaning(parts: Array) -> tuple[int, ...]:
    """The columns with the largest parts (D,) in a direction, in their order."""
    largest = np.argsort(-parts, kind="stable")[:NAMED_COLUMNS]
    return tuple(sorted(int(i) for i in largest if parts[i] > 0 and parts[i] >= LEANING * parts.max()))

"""Transforms of one column before a fit: a registry of small frozen objects, fitted once and then fixed.

A mixture is fitted to z = t(x). In the units of x it has the density p(t(x)) t'(x), so that log-likelihoods of
different transforms compare once the sum of log t'(x) is added. Every t rises, so quantiles go through it unchanged: a
component's centre in z becomes its median in x, and the ends of an interval stay ends of an interval.

To add one, subclass ``Transform`` and enter it in ``TRANSFORMS``; menus, recipes and tests walk it.
"""

from gmm_core.model.transforms.base import Transform
from gmm_core.model.transforms.rank_normal import RankNormal
from gmm_core.model.transforms.simple import Log, Log1p, SquareRoot, Unchanged
from gmm_core.model.transforms.yeo_johnson import YeoJohnson

TRANSFORMS: dict[str, type[Transform]] = {
    each.name: each for each in (Unchanged, Log, Log1p, SquareRoot, YeoJohnson, RankNormal)
}

UNCHANGED = Unchanged()

"""What there is to know beside the groups of a fit, from all who look at it: the gravest first, to be read as one."""

from __future__ import annotations

from pages.shared import far, scattering, sentences, totals, ways_on
from pages.shared.remarks import Remark
from pages.shared.results import Fitted

ORDER = ("warning", "lightbulb", "info")
"""Signs: of what spoils something, of a way to do better, of what was done already."""


def remarks(fitted: Fitted) -> list[Remark]:
    """What spoils the groups and can be mended, what to beware of, what may be better, and what was done already."""
    mendable = [
        *far.remarks(fitted.workspace),
        *totals.remarks(fitted.workspace.table),
        *scattering.cautions(fitted),
        *(ways_on.transform("fit-transform", "Transform {}") if fitted.mixture.n_components > 1 else ()),
    ]
    cautions = [Remark(each) for each in sentences.cautions(fitted)]
    return sorted([*mendable, *cautions], key=lambda remark: ORDER.index(remark.icon))

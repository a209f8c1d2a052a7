"""What to beware of in the chosen columns, a few sentences, each with its remedy as a button where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gmm_core.model.families import get_family
from pages.shared import session
from pages.shared.looks import look_of
from pages.shared.remarks import Act, Remark
from pages.shared.stores import kept
from pages.shared.wording import escaped, listed
from pages.shared.workspace import Workspace

if TYPE_CHECKING:
    from gmm_core.tables.cautions import Caution
    from gmm_core.tables.feature_matrix import FeatureMatrix
    from gmm_core.tables.features import FeatureSpec

MOST_NAMED = 3

TAIL = "heavy tail"
"""The kind of caution that is said of all columns at once."""

Remedy = tuple[str, Callable[[], None]]
"""What a button says, and what it does."""


def found(workspace: Workspace, features: FeatureMatrix) -> list[Remark]:
    """All there is to beware of, as remarks."""
    told = [*_of_units(workspace), *_of_columns(workspace, features)]
    return [
        Remark(sentence, (Act(escaped(remedy[0]), f"remedy-{number}", remedy[1]),) if remedy else ())
        for number, (sentence, remedy) in enumerate(told)
    ]


def _preparing(label: str, make: Callable[[], FeatureSpec]) -> Remedy:
    """A button that prepares the columns otherwise."""
    return label, lambda: session.prepare(make())


def _of_units(workspace: Workspace) -> list[tuple[str, Remedy | None]]:
    spec = workspace.spec
    if spec.scaling != "none" or len(spec.columns) < 2:
        return []
    standardise = _preparing("Standardise", lambda: replace(spec, scaling="standard"))
    if spec.components is not None:
        words = "Principal components follow the columns with the largest numbers"
    elif not get_family(workspace.settings.covariance_type).any_units:
        words = "Round groups depend on the columns' units"
    else:
        return []
    return [(f"{words}: standardise unless they share one unit.", standardise)]


def _of_columns(workspace: Workspace, features: FeatureMatrix) -> list[tuple[str, Remedy | None]]:
    from gmm_core.tables.cautions import cautions

    settings = workspace.settings
    family = get_family(settings.covariance_type)
    n_parameters = family.n_parameters(settings.n_components, features.values.shape[1])
    noise = bool(settings.noise)
    key = f"{workspace.key}|{n_parameters}|{noise}"
    found: list[Caution] = kept("column cautions", 16, key, lambda: cautions(features, n_parameters, noise))
    tails: dict[str, list[Caution]] = {}
    for each in found:
        if each.kind == TAIL:
            tails.setdefault(each.remedy, []).append(each)
    several = [alike for alike in tails.values() if len(alike) > 1]
    single = [each for each in found if each.kind != TAIL or len(tails[each.remedy]) == 1]
    return [
        *(
            (escaped(f"{each.sentence} {each.remedy}".strip()), REMEDIES[each.kind](each, workspace, features))
            for each in single
        ),
        *(_of_tails(alike, workspace, features) for alike in several),
    ]


def _of_tails(tails: Sequence[Caution], workspace: Workspace, features: FeatureMatrix) -> tuple[str, Remedy | None]:
    """One sentence for all columns with a heavy tail and the same remedy."""
    names = [f"“{features.working_names[features.columns.index(each.columns[0])]}”" for each in tails]
    more = len(names) - MOST_NAMED
    named = listed([*names[:MOST_NAMED], f"{more:,} more"] if more > 0 else names)
    remedy = _preparing("Transform them as suggested", lambda: _all_transformed(tails, workspace, features))
    another = _suggested(tails[0], workspace, features)
    return escaped(f"{named} have heavy tails. {tails[0].remedy}"), remedy if another else NOISE


def _all_transformed(tails: Sequence[Caution], workspace: Workspace, features: FeatureMatrix) -> FeatureSpec:
    from gmm_core.tables.spec_changes import with_transforms

    suggested = {each.columns[0]: look_of(workspace, features, each.columns[0]).suggestion.transform for each in tails}
    return with_transforms(workspace.spec, {name: kind for name, kind in suggested.items() if kind != "none"})


def _none(caution: Caution, workspace: Workspace, features: FeatureMatrix) -> Remedy | None:
    return None


def _leave_out(caution: Caution, workspace: Workspace, features: FeatureMatrix) -> Remedy | None:
    """Without the last of the columns concerned, where others are left."""
    spec, name = workspace.spec, caution.columns[-1]
    rest = tuple(each for each in spec.columns if each != name)
    return _preparing(f"Leave out {name}", lambda: replace(spec, columns=rest)) if rest else None


def _against_tail(caution: Caution, workspace: Workspace, features: FeatureMatrix) -> Remedy:
    """The transform that is suggested, where the column does not have it; else noise."""
    from gmm_core.model.transforms import TRANSFORMS

    another = _suggested(caution, workspace, features)
    if not another:
        return NOISE
    label = f"Take the {TRANSFORMS[another].words} of {caution.columns[0]}"
    return _preparing(label, lambda: _all_transformed([caution], workspace, features))


def _suggested(caution: Caution, workspace: Workspace, features: FeatureMatrix) -> str:
    """The transform that is suggested for a column and that it does not have; "" where there is none."""
    name = caution.columns[0]
    suggested = look_of(workspace, features, name).suggestion.transform
    return "" if suggested in ("none", workspace.spec.transform_of(name).name) else suggested


NOISE: Remedy = ("Allow for noise", lambda: session.change_settings(noise=True))
"""A share of rows that belong to no group."""


def _from_zero(caution: Caution, workspace: Workspace, features: FeatureMatrix) -> Remedy:
    from gmm_core.tables.spec_changes import from_zero

    [name] = caution.columns
    return _preparing(f"Leave out rows with {name} below 0", lambda: from_zero(workspace.spec, name))


def _without_far(caution: Caution, workspace: Workspace, features: FeatureMatrix) -> Remedy | None:
    from gmm_core.tables.far_values import far_value
    from gmm_core.tables.spec_changes import without_far

    [name] = caution.columns
    at = features.columns.index(name)
    far = far_value(features.table_values[:, at], features.transforms[at])
    label = "Leave it out"
    return None if far is None else _preparing(label, lambda: without_far(workspace.spec, name, far))


def _components(caution: Caution, workspace: Workspace, features: FeatureMatrix) -> Remedy | None:
    if len(features.columns) < 3 or workspace.spec.components is not None:
        return None
    label = "Take principal components"
    return _preparing(label, lambda: replace(workspace.spec, components=2, scaling="standard"))


REMEDIES: dict[str, Callable[[Caution, Workspace, FeatureMatrix], Remedy | None]] = {
    "few rows": _components,
    "collinear": _leave_out,
    "few values": _leave_out,
    "zeros": _leave_out,
    "rounded": _none,
    "heaped": _leave_out,
    "two units": _none,
    "below zero": _from_zero,
    "far value": _without_far,
    TAIL: _against_tail,
    "copies": _none,
}
"""By the kind of caution."""

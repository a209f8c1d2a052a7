"""Whether a group looks like scattered rows: said where groups are shown, with the noise a click away."""

from __future__ import annotations

from functools import partial

from gmm_core import Mixture
from gmm_core.charts.style import NOISE
from gmm_core.model.scattered import Scattered, scattered
from pages.shared import session
from pages.shared.remarks import Act, Remark
from pages.shared.results import Fitted
from pages.shared.wording import count_word, counted, listed, several, share


def cautions(fitted: Fitted) -> list[Remark]:
    """What there is to say of the groups of a fit; nothing where groups are merged."""
    if fitted.workspace.n_clusters is not None:
        return []
    mixture = fitted.fit.mixture
    return remarks(mixture, listed([fitted.letters[each.component] for each in found_in(mixture)]), fitted.of_what)


def remarks(mixture: Mixture, called: str = "", of_what: str = "of rows") -> list[Remark]:
    """Which groups look like scattered rows, if any, with a button that counts these as noise.

    ``called`` is what the page calls them, where it shows them.
    """
    found = found_in(mixture)
    if not found:
        return []
    rest = mixture.n_components - len(found)
    count_as_noise = Act(
        f"Try {several(rest, 'group')} and noise",
        key="count-as-noise",
        do=partial(session.change_settings, noise=True, n_components=rest, covariance_type=mixture.family),
        about="Noise is a share of rows that belong to no group, spread evenly over the data.",
    )
    return [Remark(sentence(mixture, found, called, of_what), (count_as_noise,))]


def other_rules(fitted: Fitted) -> list[str]:
    """Why other counts of odd rows, as Fit has them, are not those of this page."""
    if fitted.mixture.noise is not None:
        n_noise = int((fitted.labels == fitted.names.index(NOISE)).sum())
        return [
            f"Fit counts {counted(n_noise, 'row')} as noise, being likelier that than in any group. Here rows are held "
            "against the groups alone and flagged by how rare they are, so the counts differ."
        ]
    letters = [fitted.letters[each.component] for each in found_in(fitted.mixture)]
    if not letters or fitted.workspace.n_clusters is not None:
        return []
    looks = "looks like scattered rows" if len(letters) == 1 else "look like scattered rows"
    return [f"{listed(letters)} {looks}, yet what is in a group is not odd here: with noise, see Fit, it would be."]


def found_in(mixture: Mixture) -> tuple[Scattered, ...]:
    """The groups that look like scattered rows; none where such may be noise already."""
    return scattered(mixture) if mixture.noise is None else ()


def sentence(mixture: Mixture, found: tuple[Scattered, ...], called: str = "", of_what: str = "of rows") -> str:
    """What is odd about these groups, in a sentence."""
    held = share(sum(float(mixture.weights[each.component]) for each in found))
    times = count_word(min(round(min(each.times_as_wide for each in found)), 1_000))
    of_all = f"{count_word(len(found)).capitalize()} of the {count_word(mixture.n_components)} groups"
    looks, group, it_lies = ("looks", "a group", "it lies") if len(found) == 1 else ("look", "groups", "they lie")
    return (
        f"{called or of_all} ({held} {of_what}) {looks} like scattered rows, not {group}: {times} times as wide "
        f"as the others, {it_lies} around them."
    )

"""What sets each group apart, worked out once for each fit; and said in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from gmm_core.charts.style import NOISE
from pages.shared import firm_centres, sentences, tagging
from pages.shared.centres import MUCH_NARROWER, Centres
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.tables import profile_of
from pages.shared.wording import count_word, counted, escaped, listed, number, share

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.choice.centre_intervals import CentreOffsets
    from gmm_core.model.profiles import SoftGroups

MOST_TOLD = 5
"""Segments up to which the page's sentence tells of each."""

MEASURED = ("number",)
COUNTED = ("category", "yes/no", "text")
"""Kinds of columns beside those fitted: those with a mean, and those with categories."""

REPEATED = 2
"""Rows a different text, on average, from which a column of text is taken for categories."""


def soft_groups(fitted: Fitted) -> SoftGroups:
    """The fit's rows shared out among its clusters and the noise."""
    from gmm_core.model.profiles import SoftGroups

    return SoftGroups.of(fitted.memberships, fitted.features.weights)


def sizes(fitted: Fitted) -> pd.DataFrame:
    """Share, expected and assigned rows of each segment."""
    from gmm_core.tables.segments import sizes_frame

    make = partial(sizes_frame, fitted.memberships, fitted.names, fitted.features.weights)
    frame: pd.DataFrame = kept("segment-sizes", 16, fitted.rows_key, make)
    return frame


def profile(fitted: Fitted) -> pd.DataFrame:
    """Each segment in each column that was fitted; intervals of centres by refits where there are some."""
    features, offsets = fitted.features, firm_centres.offsets(fitted)
    columns = zip(features.columns, features.working_values.T, strict=True)
    transforms = dict(zip(features.columns, features.transforms, strict=True))
    return _profiled(firm_centres.key(fitted), fitted, columns, transforms, offsets)


def others(fitted: Fitted) -> pd.DataFrame:
    """Each segment in the other columns of numbers."""
    from gmm_core.tables.column_facts import numbers_of

    table, rows = fitted.workspace.table.frame, fitted.features.rows
    names = other_columns(fitted, MEASURED)
    columns = ((name, numbers_of(table[name].iloc[rows])) for name in names)
    return _profiled(f"{fitted.rows_key}|others", fitted, columns, {})


def _profiled(
    key: str,
    fitted: Fitted,
    columns: Iterable[tuple[str, Any]],
    transforms: dict[str, Any],
    offsets: CentreOffsets | None = None,
) -> pd.DataFrame:
    """Profiles, kept; the columns are not looked at where they are known."""
    from gmm_core.model.profiles import profile_column
    from gmm_core.tables.segments import profile_frame

    def make() -> pd.DataFrame:
        groups = soft_groups(fitted)
        found = {name: profile_column(x, groups) for name, x in columns}
        held = {name: each for name, each in found.items() if each is not None}
        if offsets is not None:
            ends = zip(held.items(), offsets.means.T, offsets.differences.T, strict=True)  # (D, C, 2) each
            held = {name: each.refitted(means.T, apart.T) for (name, each), means, apart in ends}
        return profile_frame(held, fitted.names, transforms)

    frame: pd.DataFrame = kept("segment-profiles", 16, key, make)
    return frame


def other_columns(fitted: Fitted, kinds: tuple[str, ...]) -> list[str]:
    """Columns of these kinds that were not fitted and differ from row to row; of texts those that come again."""
    known = profile_of(fitted.workspace)
    used = {*fitted.features.columns, fitted.workspace.spec.weights}
    n_rows = len(fitted.workspace.table.frame)
    said_again = (known["kind"] != "text") | (known["distinct"] * REPEATED <= n_rows)
    chosen = known["kind"].isin(kinds) & ~known["name"].isin(used) & said_again
    return [str(name) for name in known.loc[chosen, "name"]]


def traits(fitted: Fitted, letter: str) -> list[tuple[str, str]]:
    """What sets a segment apart, the strongest first: "few" and "orders"."""
    from gmm_core.tables.describing import traits as told

    frame = profile(fitted)
    return told(frame[frame["group"] == letter], _whole_columns(fitted))


def grains(frame: pd.DataFrame) -> pd.Series[float]:
    """What digits are fitted to in each row of a profile, as on other pages: see `Centres.grain`.

    In a transformed column it is the usual spread, or a far smaller one's own.
    """
    own, usual = _half(frame), usual_grains(frame)
    narrow = (own > 0) & (own < usual / MUCH_NARROWER)
    return usual.mask(narrow, own * frame["all spread"].notna().map({True: MUCH_NARROWER, False: 1}))


def usual_grains(frame: pd.DataFrame) -> pd.Series[float]:
    """The spread of all rows in each row's column, to which digits of what is no segment's own are fitted.

    In a transformed column, where a few far rows would decide it, it is the usual spread of a segment.
    """
    return frame["all spread"].fillna(_half(frame).groupby(frame["column"]).transform("median"))


def _half(frame: pd.DataFrame) -> pd.Series[float]:
    return (frame["to"] - frame["from"]).abs() / 2


def sentence(fitted: Fitted, letter: str) -> str:
    """What sets one segment apart, in Markdown: "Few **orders** (1.9; all rows 6.9)."."""
    if letter == NOISE:
        return "Odd rows that fit no group."
    if len(fitted.names) == 1:
        return "It holds all rows, so nothing sets it apart."
    key = f"{firm_centres.key(fitted)}|{letter}"
    said: str = kept("segment-sentences", 256, key, lambda: _set_apart(fitted, letter))
    return said


def _set_apart(fitted: Fitted, letter: str) -> str:
    frame = profile(fitted)
    frame = frame.assign(grain=grains(frame), usual=usual_grains(frame))
    places: dict[Any, dict[Any, Any]] = frame[frame["group"] == letter].set_index("column").to_dict("index")
    text = listed([f"{words} **{escaped(name)}** ({_beside(places[name])})" for words, name in traits(fitted, letter)])
    return f"{text[:1].upper()}{text[1:]}." if text else "Near the middle of all rows in every column."


def _beside(place: Mapping[str, Any]) -> str:
    """A segment's centre, and that of all rows where it lies on the side that the words tell.

    Few far rows can draw the centre of all rows beyond that of a segment whose rows mostly lie above the others.
    """
    own = number(place["centre"], place["grain"])
    agrees = (place["centre"] - place["all"]) * place["delta"] >= 0
    return f"{own}; all rows {number(place['all'], place['usual'])}" if agrees else own


def verdict(fitted: Fitted) -> str:
    """Who is in each segment, in a sentence."""
    letters = [name for name in fitted.names if name != NOISE]
    if len(letters) == 1:
        return "One group holds all rows, so there are no segments to tell apart."
    names, shares = tagging.names_of(fitted), dict(zip(fitted.names, sizes(fitted)["share"], strict=True))
    called = {letter: escaped(names.get(letter, letter)) for letter in letters}
    start = f"{count_word(len(letters)).capitalize()} segments"
    if len(letters) > MOST_TOLD:
        largest = sorted(letters, key=lambda letter: -shares[letter])
        return (
            f"{start}, from {called[largest[0]]} ({share(shares[largest[0]])} of rows) down to "
            f"{called[largest[-1]]} ({share(shares[largest[-1]])})."
        )
    return f"{start}: {'; '.join(f'{called[each]}, {share(shares[each])}{_short(fitted, each)}' for each in letters)}."


def _short(fitted: Fitted, letter: str) -> str:
    """The strongest trait without numbers."""
    told = traits(fitted, letter)
    return f", {told[0][0]} {escaped(told[0][1])}" if told else ""


def cautions(fitted: Fitted) -> list[str]:
    """What the profiles do not say."""
    found = [*sentences.unfinished(fitted), *sentences.merged(fitted), *sentences.lost(fitted)]
    if fitted.features.weights is not None:
        found.append(
            f"Each row counts as often as its {escaped(str(fitted.workspace.spec.weights))} says, here as everywhere."
        )
    if fitted.features.n_dropped:
        found.append(f"{counted(fitted.features.n_dropped, 'row')} with gaps in these columns are in no segment.")
    return found


def note(fitted: Fitted) -> str:
    """What a difference between segments means, and what the centres of transformed columns are."""
    if len(fitted.names) == 1:
        return ""
    found = "That groups differ in the columns that they were made from is no news; where they differ in others, it is."
    centres = Centres(fitted).note
    overall = "All rows are told by their median where a column is transformed, else by their mean."
    return f"{found} {centres} {overall}" if centres else found


def _whole_columns(fitted: Fitted) -> frozenset[str]:
    """Fitted columns that hold whole numbers of 0 or more: there may be few or many of them."""

    def find() -> frozenset[str]:
        features = fitted.features
        columns = zip(features.columns, features.whole, features.table_values.T, strict=True)
        return frozenset(name for name, whole, x in columns if whole and not (x < 0).any())

    found: frozenset[str] = kept("whole-columns", 16, fitted.workspace.key, find)
    return found

"""The names, colours and notes of the fit in use: found again after each refit, and changed by the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from gmm_core.charts.style import JOIN, NOISE, Sign, coloured, sign_of
from pages.shared import session
from pages.shared.fitting import known_fit
from pages.shared.results import Fitted
from pages.shared.stores import kept
from pages.shared.tags import LONGEST_NAME, LONGEST_NOTE, SEGMENT, Naming, Tag, carried, changed, colours
from pages.shared.wording import escaped

if TYPE_CHECKING:
    import pandas as pd

    from gmm_core.model.choice.anchors import Anchor


def tags_of(fitted: Fitted) -> tuple[Tag, ...]:
    """A tag for each cluster of the fit; empty ones where it was given none."""
    naming = fitted.workspace.naming
    if naming is None:
        return (Tag(),) * len(fitted.merged)
    if naming.key == fitted.rows_key and len(naming.tags) == len(fitted.merged):
        return naming.tags
    if naming.anchor is None:
        return (Tag(),) * len(fitted.merged)
    anchor = naming.anchor
    key = f"{naming.key}||{fitted.rows_key}"
    return carried(naming, kept("counterparts", 64, key, lambda: anchor.found_in(anchor_of(fitted))).tolist())


def odd_of(fitted: Fitted) -> Tag:
    """The tag of the rows that fit no group; an empty one where none was given, or the fit has no such rows."""
    naming = fitted.workspace.naming
    return Tag() if naming is None or NOISE not in fitted.names else naming.odd


def names_of(fitted: Fitted) -> dict[str, str]:
    """The names that were given, by letter."""
    pairs = zip((*_letters(fitted), NOISE), (*tags_of(fitted), odd_of(fitted)), strict=True)
    return {letter: tag.name for letter, tag in pairs if tag.name}


def called(fitted: Fitted, letter: str) -> str:
    """A group in a sentence, as Markdown: its letter, and its name where it has one."""
    name = names_of(fitted).get(letter)
    return f"{letter} ({escaped(name)})" if name else letter


def for_link() -> tuple[str, ...]:
    """The names in the clusters' order, "" for those without one, and that of the noise where there is some.

    () where none was given, or its fit is not there.
    """
    workspace = session.workspace()
    if workspace.naming is None:
        return ()
    fitted = known_fit(workspace)
    tags = workspace.naming.tags if workspace.naming.key == workspace.groups_key else fitted and tags_of(fitted)
    odd = (workspace.naming.odd,) if tags and workspace.settings.noise else ()
    names = tuple(tag.name for tag in (*(tags or ()), *odd))
    return names if any(names) else ()


def settle(fitted: Fitted) -> None:
    """Tie names that came with a link to the groups of this fit, so that they are found again in the next."""
    naming = fitted.workspace.naming
    if naming is not None and naming.anchor is None and naming.key == fitted.rows_key:
        tags = naming.tags
        give(fitted, lambda: tags)


def colours_of(fitted: Fitted) -> dict[str, str]:
    """The colours by letter, where any was chosen: of merged clusters by the letter that they take theirs from."""
    tags, letters = tags_of(fitted), _letters(fitted)
    if not any(tag.colour for tag in tags):
        return {}
    return {letter.split(JOIN)[0]: each for letter, each in zip(letters, colours(tags, letters), strict=True)}


def present() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names and colours of the session's fit, by letter; none while it has none."""
    workspace = session.workspace()
    fitted = None if workspace.naming is None else known_fit(workspace)
    return ({}, {}) if fitted is None else (names_of(fitted), colours_of(fitted))


def sign(letter: str) -> Sign:
    """How the group with this letter is drawn in this session."""
    with coloured(present()[1]):
        return sign_of(letter)


def legend() -> str:
    """The names beside their letters, in a line of Markdown; "" where none was given."""
    return " · ".join(f"**{letter}** {escaped(name)}" for letter, name in present()[0].items())


def change(fitted: Fitted, k: int, **changes: str) -> None:
    """Give cluster ``k``, or after the last one the noise, another name, colour or note; spaces around are left out.

    Of two changes that the browser sends at once the second builds on the first, though the page knew of neither.
    """
    now = session.workspace()
    fitted = replace(fitted, workspace=now) if now.groups_key == fitted.workspace.groups_key else fitted
    clean = {"name": LONGEST_NAME, "note": LONGEST_NOTE}
    wanted = {what: value.strip()[: clean.get(what, 7)] for what, value in changes.items()}
    tags, letters = tags_of(fitted), _letters(fitted)
    if k == len(tags):
        give(fitted, lambda: tags, replace(odd_of(fitted), **wanted))
        return
    after = changed(tags, colours(tags, letters), k, **wanted)
    give(fitted, lambda: after)


def give(fitted: Fitted, make: Callable[[], tuple[Tag, ...]], odd: Tag | None = None) -> None:
    """Give the clusters of this fit the tags that ``make`` finds, and the noise its own; else the last ones stay."""
    naming = fitted.workspace.naming
    kept_odd = odd or (Tag() if naming is None else naming.odd)
    session.name_groups(lambda: Naming(make(), anchor_of(fitted), fitted.rows_key, kept_odd))


def with_names(fitted: Fitted, frame: pd.DataFrame, column: str = "group") -> pd.DataFrame:
    """The frame with the names in a column after that of the letters; as it is where no group has a name."""
    names = names_of(fitted)
    if not names:
        return frame
    from gmm_core.tables.naming import clear_name

    called = frame[column].astype(object).map(lambda letter: names.get(letter, letter))
    after = frame.copy(deep=False)
    after.insert(list(frame.columns).index(column) + 1, clear_name(SEGMENT, set(frame.columns)), called)
    return after


def _letters(fitted: Fitted) -> tuple[str, ...]:
    return tuple(name for name in fitted.names if name != NOISE)


def anchor_of(fitted: Fitted) -> Anchor:
    """What the clusters of this fit are found again by."""
    from gmm_core.model.choice.anchors import Anchor

    features, n = fitted.features, len(fitted.merged)
    source = fitted.workspace.table.digest
    return Anchor.of(source, features.rows, fitted.memberships[:, :n], features.columns, features.table_values)

"""Names, colours and notes as values."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_core import fit_mixture
from gmm_core.charts.style import PALETTE
from pages.shared import results, tagging
from pages.shared.results import Fitted
from pages.shared.tags import Naming, Tag, carried, changed, colours
from pages.shared.workspace import example_workspace

BLUE, ORANGE, GREEN, PINK = PALETTE[:4]


def test_untouched_clusters_have_their_letters_colours():
    assert colours([Tag()] * 3, "ABC") == (BLUE, ORANGE, GREEN)


def test_a_letters_colour_that_is_taken_gives_way_to_a_free_one():
    assert colours([Tag(colour=ORANGE), Tag(), Tag()], "ABC") == (ORANGE, BLUE, GREEN)
    assert len(set(colours([Tag("x", PALETTE[7]), *[Tag()] * 7], "ABCDEFGH"))) == 8
    assert len(colours([Tag("x", BLUE), *[Tag()] * 9], "ABCDEFGHIJ")) == 10


def test_a_name_fixes_the_colour_that_the_group_has():
    assert changed([Tag(), Tag()], (BLUE, ORANGE), 1, name="big") == (Tag(), Tag("big", ORANGE))


def test_a_colour_that_another_has_is_exchanged():
    after = changed([Tag(), Tag("big", ORANGE)], (BLUE, ORANGE), 0, colour=ORANGE)
    assert after == (Tag("", ORANGE), Tag("big", BLUE))


def test_tags_go_to_the_clusters_that_are_found_again():
    naming = Naming((Tag("a", BLUE), Tag("b", GREEN)), anchor=None, key="")
    assert carried(naming, [1, -1, 0]) == (Tag("b", GREEN), Tag(), Tag("a", BLUE))


@pytest.fixture(scope="module")
def fits() -> dict[object, Fitted]:
    workspace = example_workspace("penguins").with_settings(n_init=2)
    chosen = {3: workspace, 4: workspace.with_settings(n_components=4), "merged": workspace.with_clusters(2)}
    chosen["with noise"] = workspace.with_settings(noise=True)
    chosen["other columns"] = workspace.with_spec(columns=("flipper_length_mm", "bill_depth_mm"))
    features = {each: workspace.spec.apply(workspace.table.frame) for each, workspace in chosen.items()}
    return {
        each: Fitted(chosen[each], matrix, fit_mixture(results.named(matrix), chosen[each].settings))
        for each, matrix in features.items()
    }


def named(fit: Fitted, tags: tuple[Tag, ...], given_to: Fitted) -> Fitted:
    naming = Naming(tags, tagging.anchor_of(given_to), given_to.rows_key)
    return replace(fit, workspace=replace(fit.workspace, naming=naming))


TAGS = (Tag("small", GREEN), Tag("", ""), Tag("<i>tall</i>", BLUE, "note"))


def test_names_follow_their_group_to_another_number_of_groups(fits):
    again = named(fits[4], TAGS, fits[3])
    names = tagging.names_of(again)
    assert set(names.values()) == {"small", "<i>tall</i>"}
    for letter, name in names.items():
        own = again.memberships[:, again.names.index(letter)]
        former = fits[3].memberships[:, [tag.name for tag in TAGS].index(name)]
        assert np.minimum(own, former).sum() > 0.5 * former.sum()
        assert tagging.colours_of(again)[letter] == next(tag.colour for tag in TAGS if tag.name == name)


def test_names_follow_their_group_to_other_columns(fits):
    again = named(fits["other columns"], TAGS, fits[3])
    assert "small" in tagging.names_of(again).values()


def test_in_the_fit_that_they_were_given_to_they_stay_as_they_are(fits):
    assert tagging.tags_of(named(fits[3], TAGS, fits[3])) == TAGS
    assert tagging.tags_of(fits[3]) == (Tag(),) * 3
    assert tagging.colours_of(fits[3]) == {}


def test_the_noise_has_a_name_in_every_fit_that_has_noise(fits, monkeypatch):
    given = []
    monkeypatch.setattr(tagging.session, "name_groups", lambda make: given.append(make()))
    tagging.change(fits["with noise"], 3, name=" odd ones ")
    assert given[0].tags == (Tag(),) * 3
    again, without = (replace(fits[key].workspace, naming=given[0]) for key in ("with noise", 4))
    noisy = replace(fits["with noise"], workspace=again)
    assert tagging.names_of(noisy) == {"noise": "odd ones"}
    assert tagging.names_of(replace(fits[4], workspace=without)) == {}
    tagging.change(noisy, 0, name="large")
    assert (given[1].tags[0].name, given[1].odd) == ("large", Tag("odd ones"))


def test_merged_clusters_have_tags_of_their_own(fits):
    joined = next(name for name in fits["merged"].names if "+" in name)
    at = fits["merged"].names.index(joined)
    tags = tuple(Tag("both", PINK) if k == at else Tag() for k in range(2))
    again = named(fits["merged"], tags, fits["merged"])
    assert tagging.names_of(again) == {joined: "both"}
    assert tagging.colours_of(again)[joined.split("+")[0]] == PINK


def test_tables_get_a_column_of_names_clear_of_their_own(fits):
    again = named(fits[3], TAGS, fits[3])
    frame = again.rows_frame.assign(segment=1)
    added = tagging.with_names(again, frame)
    at = list(added.columns).index("group")
    assert added.columns[at + 1] == "segment (2)"
    told = dict(zip(added["group"].dropna(), added["segment (2)"].dropna(), strict=True))
    assert told == {"A": "small", "B": "B", "C": "<i>tall</i>"}
    assert added["segment (2)"].isna().sum() == 2
    assert tagging.with_names(fits[3], frame) is frame

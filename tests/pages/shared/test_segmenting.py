"""Segments in sentences."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gmm_core import fit_mixture
from gmm_core.charts.style import PALETTE
from gmm_core.errors import TableError
from gmm_core.tables.export import CSV_STYLES, to_csv
from pages.shared import results, segment_files, segment_parts, segmenting, sentences, tagging
from pages.shared.digits import for_the_eye
from pages.shared.results import Fitted
from pages.shared.tags import Naming, Tag
from pages.shared.workspace import Workspace, example_workspace

pytestmark = pytest.mark.usefixtures("own_stores")


def fit_of(workspace: Workspace) -> Fitted:
    features = workspace.spec.apply(workspace.table.frame)
    return Fitted(workspace, features, fit_mixture(results.named(features), workspace.settings))


@pytest.fixture(scope="module")
def penguins() -> Fitted:
    return fit_of(example_workspace("penguins").with_settings(n_init=3))


def test_a_segment_is_told_by_what_sets_it_apart(penguins):
    length, depth = "**bill\\_length\\_mm** (47.64; all rows 43.92)", "**bill\\_depth\\_mm** (14.97; all rows 17.15)"
    assert segmenting.sentence(penguins, "B") == f"Very low {depth} and high {length}."
    assert segmenting.verdict(penguins).startswith(
        "Three segments: A, 46\u00a0%, very low bill\\_length\\_mm; B, 35\u00a0%"
    )


def test_in_numbers_an_interval_stands_beside_what_it_belongs_to(penguins):
    profile = segmenting.profile(penguins)
    profile.loc[1, ["centre from", "centre to"]] = None
    shown = segment_parts.readable(profile)
    first = profile.iloc[0]
    assert shown["centre"][0] == f"{first['centre']:.2f} ({first['centre from']:.2f} to {first['centre to']:.2f})"
    assert shown["centre"][1] == f"{profile['centre'][1]:.2f}"
    assert shown["its rows"][0] == f"{first['from']:.2f} to {first['to']:.2f}"
    assert shown["difference"][0].startswith(f"{first['difference']:.2f} (")
    assert shown["above"].equals(profile["above"])


def test_a_few_far_rows_and_larger_units_take_no_digits_from_the_others():
    frame = pd.DataFrame(
        {
            "column": ["share"] * 3 + ["value"] * 3,
            "from": [0.01, 0.02, -50.0, 900.0, 99.8, 0.0],
            "to": [0.03, 0.06, 90.0, 1_100.0, 100.2, 90_000.0],
            "all spread": [np.nan] * 6,
        }
    )
    assert segmenting.grains(frame).tolist() == pytest.approx([0.02, 0.02, 0.02, 100.0, 0.2, 100.0])
    plain = frame.assign(**{"all spread": [5.0] * 3 + [900.0] * 3})
    assert segmenting.grains(plain).tolist() == pytest.approx([0.1, 0.2, 5.0, 900.0, 2.0, 900.0])
    shown = for_the_eye(frame[["to"]], {"to": [4, 4, 4, 0, 0, 0]}).to_html()
    assert ">0.0300<" in shown
    assert ">90,000<" in shown
    assert segmenting.grains(frame.assign(**{"from": frame["to"]})).tolist() == [0.0] * 6


def test_centres_of_transformed_columns_are_called_what_they_are(penguins):
    assert "plain mean" not in segmenting.note(penguins)
    logged = fit_of(penguins.workspace.with_spec(transforms=(("bill_depth_mm", "log"),)).with_settings(n_init=1))
    assert "geometric means of bill" in segmenting.note(logged)
    assert "All rows are told by their median where a column is transformed" in segmenting.note(logged)
    frame = segmenting.profile(logged).groupby("column")["all"].first()
    x = pd.DataFrame(logged.features.table_values, columns=list(logged.features.columns))
    assert frame["bill_depth_mm"] == pytest.approx(x["bill_depth_mm"].median(), rel=1e-3)
    assert frame["bill_length_mm"] == pytest.approx(x["bill_length_mm"].mean())


def test_many_segments_are_summed_up(penguins):
    many = fit_of(penguins.workspace.with_settings(n_components=7, n_init=1, covariance_type="tied"))
    assert segmenting.verdict(many).startswith("Seven segments, from ")


def test_noise_is_a_segment_of_its_own_and_the_last():
    noisy = fit_of(example_workspace("old-faithful").with_settings(n_init=1, noise=True))
    assert segmenting.sizes(noisy)["group"].tolist() == ["A", "B", "noise"]
    assert segmenting.sentence(noisy, "noise") == "Odd rows that fit no group."
    assert segmenting.verdict(noisy).startswith("Two segments: A,")
    assert segment_files.summary(noisy)["note"].tolist() == [""] * 3


def test_a_cluster_that_lost_all_its_rows_is_pointed_out(penguins, monkeypatch):
    monkeypatch.setattr(sentences, "kept", lambda *_: [200, 0, 142])
    said = "No row belongs to B most likely, so fewer groups may do."
    assert said in segmenting.cautions(penguins)
    assert said in sentences.cautions(penguins)


def test_transformed_columns_are_told_in_the_tables_units():
    workspace = example_workspace("shop-customers").with_settings(n_init=1)
    logged = fit_of(workspace.with_spec(transforms={"average order value (EUR)": "log"}))
    profile = segmenting.profile(logged).set_index(["column", "group"])
    centre = profile.loc[("average order value (EUR)", "A"), "centre"]
    ends = profile.loc[("average order value (EUR)", "A"), ["from", "to"]].tolist()
    assert ends[0] * ends[1] == pytest.approx(centre**2)
    assert 15 < centre < 300


def test_names_come_back_from_the_file_that_they_were_downloaded_in(penguins):
    tags = (Tag("=SUM(1)", PALETTE[3], 'a, "b"\nc'), Tag(), Tag("tall", PALETTE[0]))
    naming = Naming(tags, tagging.anchor_of(penguins), penguins.rows_key)
    named = replace(penguins, workspace=replace(penguins.workspace, naming=naming))
    for style in CSV_STYLES.values():
        found = segment_files.named_in(penguins, to_csv(segment_files.summary(named), style), "names.csv")
        assert found[0].name == "=SUM(1)"
        assert found[0].note.split() == ["a,", '"b"', "c"]
        assert found[1:] == tags[1:]


def test_names_are_matched_by_the_centres_that_the_file_holds(penguins, monkeypatch):
    carried = segmenting.profile(penguins)
    carried = carried.assign(centre=carried["centre"] * 100)  # far from the means of the rows
    monkeypatch.setattr(segmenting, "profile", lambda fitted: carried)
    file = segment_files.summary(penguins).assign(segment=["one", "two", "three"])
    found = segment_files.named_in(penguins, file.to_csv(index=False).encode(), "names.csv")
    assert [tag.name for tag in found] == ["one", "two", "three"]


def test_the_name_of_noise_goes_to_no_cluster():
    noisy = fit_of(example_workspace("old-faithful").with_settings(n_init=1, noise=True))
    file = segment_files.summary(noisy)
    centres = [name for name in file if name.startswith("centre ")]
    file.loc[2, centres] = file.loc[0, centres]
    file["segment"] = ["short", "long", "odd"]
    found = segment_files.named_in(noisy, file.iloc[1:].to_csv(index=False).encode(), "names.csv")
    assert [tag.name for tag in found] == ["", "long"]


def test_a_file_of_something_else_is_refused_in_a_sentence(penguins):
    with pytest.raises(TableError, match="no column “group”"):
        segment_files.named_in(penguins, b"a,b\n1,2\n3,4\n", "x.csv")
    other = b"group,segment,colour,note,centre weight\nA,big,#000,,3\nB,,,,4\n"
    with pytest.raises(TableError, match="no centre in “bill_length_mm”"):
        segment_files.named_in(penguins, other, "x.csv")


def test_columns_beside_those_fitted_are_sorted_by_what_they_hold(penguins):
    assert segmenting.other_columns(penguins, segmenting.MEASURED) == ["flipper_length_mm", "body_mass_g", "year"]
    assert segmenting.other_columns(penguins, segmenting.COUNTED) == ["species", "island", "sex"]

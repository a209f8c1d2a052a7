"""How many groups, and how sure: criteria side by side, tests, merging, k-means, labels and intervals on the pages."""

import pytest

from gmm_core import GaussianMixture, compare_models, load_example
from gmm_core.model.choice.kmeans import k_means
from pages.shared import choosing, firmness, held_out, testing, unsure_rows, workspace
from pages.shared.links import to_query
from pages.shared.ranking import HELD_OUT
from tests.ui.reading import charts, frames, go, group, words

FAITHFUL = load_example("old-faithful")


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """Few tables and refits: what is shown of them doesn't depend on their number."""
    monkeypatch.setattr(testing, "N_DRAWN", 29)
    monkeypatch.setattr(firmness, "N_REPLICATES", 20)
    monkeypatch.setattr(firmness, "N_FRESH", 5)


def on_tab(app, key, title):
    app.session_state[key] = title
    return app.run()


def press(app, slot):
    return app.button(key=f"go-{slot}").click().run()


def many(open_app, title, **query):
    app = go(open_app(starts=3, **query), "how-many")
    app.slider(key="many-most").set_value(3).run()
    return on_tab(app, "many-tabs", title)


def test_a_sentence_says_how_many_groups_and_how_firm_that_is_and_criteria_are_spelled_out(open_app):
    app = many(open_app, "Side by side")
    best = compare_models(FAITHFUL, range(1, 4), n_init=10).best_cell("icl")
    said = words(app)
    assert "**Two, three or more groups, still open: " in said
    assert "strong evidence against two groups" in said
    assert "Not worked out yet: cross-validation (Side by side)" in said
    assert "**BIC**: three groups, same shape" in said
    assert best.n_components == 2
    assert "**ICL**: two groups" in said
    assert "Integrated completed likelihood. BIC plus a price" in said
    assert "two (ICL) and three (BIC, " in said


def test_cross_validation_of_some_models_is_kept_where_more_are_compared(open_app, monkeypatch):
    validated, original = [], held_out.cross_validated
    monkeypatch.setattr(
        held_out, "cross_validated", lambda cell, *given: validated.append(cell.n_components) or original(cell, *given)
    )
    app = many(open_app, "Side by side")
    app.slider(key="many-most").set_value(2).run()
    assert "**Cross-validation** predicts rows held out best with two groups" in words(press(app, "folds"))
    app.slider(key="many-most").set_value(3).run()
    assert "**Cross-validation**: not worked out yet" in words(app)
    assert HELD_OUT not in frames(on_tab(app, "many-tabs", "All models"))[0]
    assert "three (BIC, " in words(press(on_tab(app, "many-tabs", "Side by side"), "folds"))
    assert validated == [1, 2, 3]
    assert frames(on_tab(app, "many-tabs", "All models"))[0][HELD_OUT].notna().sum() == 3


def test_the_table_weighs_the_evidence_in_words(open_app):
    models = frames(many(open_app, "All models"))[0]
    assert models["evidence by BIC"].iloc[0] == "best"
    far = models[models["BIC above best"] > 10]
    assert len(far) > 0
    assert set(far["evidence by BIC"]) == {"very strong against"}


def test_tables_drawn_from_one_group_do_not_look_like_two(open_app):
    app = press(many(open_app, "One more?"), "test")
    said = "About your present fit: two groups, free shape (BIC’s best has three groups, same shape)."
    assert [each.value for each in app.warning] == [said]
    assert "One bell shape is not enough: in none of" in words(app)
    assert "**Bootstrap test** (free shape), one against two: p = 0.0" in words(app)
    assert "Twice the gain" in str(charts(app))
    shown = words(on_tab(app, "many-tabs", "Any groups?"))
    assert shown.count("by the bootstrap test one bell shape is not enough") == 2  # in the answer and on the tab
    assert "**Bootstrap test**" not in shown


def test_groups_are_set_against_one_skewed_population(open_app):
    app = many(open_app, "Any groups?", k=1)
    assert words(app).count("these groups describe the rows firmly better than one, even a skewed one") == 2
    assert "as well as these groups (three groups, same shape)" in words(app)


def test_groups_that_look_like_scattered_rows_are_said_with_the_noise_a_click_away(open_app):
    app = open_app(example="sensor-readings", k=4)
    said = "(1.6 % of rows) looks like scattered rows, not a group: four times as wide as the others"
    assert said in words(app)
    assert said in words(go(app, "segments"))
    app.button(key="count-as-noise").click().run()
    settings = app.session_state["workspace"].settings
    assert (settings.n_components, settings.covariance_type, settings.noise) == (3, "full", True)
    assert "scattered rows" not in words(app)


def test_merged_groups_are_one_cluster_on_every_page_until_the_fit_changes(open_app, monkeypatch):
    monkeypatch.setattr(unsure_rows, "ROWS_A_PAGE", len(FAITHFUL))
    app = many(open_app, "Merge", k=3, family="tied")
    assert "B and C share many rows" in words(app)
    assert "About BIC’s best model: three groups, same shape." in words(app)
    assert not app.warning
    group(app, "many-clusters").set_value(2).run()
    shown = frames(go(app, "memberships"))[-1]
    assert {"A", "B+C"} == set(shown["group"].dropna())
    assert shown[["p(A)", "p(B+C)"]].sum(axis=1).tolist() == pytest.approx([1.0] * len(FAITHFUL))
    app = go(app, "fit")
    assert "B+C counts as one cluster" in words(app)
    assert "Three groups in two clusters, A and B+C: " in words(app)
    assert "**B+C: 64 %** of rows" in words(app)
    app.slider(key="fit-groups").set_value(2).run()
    assert "one cluster" not in words(app)
    assert {"A", "B"} == set(frames(go(app, "memberships"))[-1]["group"].dropna())


def test_a_model_that_is_taken_is_the_solution_of_its_cell(open_app):
    app = go(open_app(k=2, starts=3), "how-many")
    app.button(key="many-take").click().run()
    app = go(app, "fit")
    best = compare_models(FAITHFUL, range(1, 7), n_init=3).best_cell("bic")
    assert f"BIC {best.bic:,.1f}" in words(app)


def test_k_means_beside_the_mixture_counts_the_rows_that_differ(open_app):
    app = go(open_app(), "k-means")
    scaled = (FAITHFUL - FAITHFUL.mean()) / FAITHFUL.std()
    sizes = sorted((k_means(scaled.to_numpy(), 2).labels == label).sum() for label in (0, 1))
    counts = frames(app)[0]
    assert sorted(counts.iloc[-1][["A", "B"]]) == sizes
    differ = counts["B"].iloc[0] + counts["A"].iloc[1]
    assert f"{differ:.0f} row" in words(app)
    assert len(charts(app)) == 3
    assert len(frames(on_tab(app, "beside-tabs", "Rows that differ"))[0]) == differ


def test_k_means_leaves_out_rows_with_gaps_and_takes_one_group_or_one_column(open_app):
    app = go(open_app(example="shop-customers", gaps="em"), "k-means")
    assert "rows with gaps are left out here" in words(app)
    assert "nothing to compare" in words(go(open_app(k=1), "k-means"))
    assert len(charts(go(open_app(column=["eruptions"]), "k-means"))) == 1


def test_noise_is_counted_apart_from_groups_that_match_a_label(open_app):
    app = on_tab(open_app(example="sensor-readings", k=3, noise="on"), "fit-tabs", "Known labels")
    assert "Beside the groups, 1.1 % of the rows with a label are noise" in words(app)
    assert "noise is" not in words(app)


def test_known_labels_are_laid_against_the_groups(open_app):
    app = on_tab(open_app(example="penguins", k=3), "fit-tabs", "Known labels")
    assert "The groups are nearly species" in words(app)
    assert frames(app)[0].columns.tolist() == ["group", "Adelie", "Gentoo", "Chinstrap", "total"]
    app = on_tab(open_app(), "fit-tabs", "Known labels")
    assert "No other column" in words(app)


def test_intervals_hold_the_estimates_and_outlines_lie_on_the_map(open_app):
    app = on_tab(open_app(), "fit-tabs", "How sure")
    before = len(str(charts(app)[0]))
    app = press(app, "sure")
    assert "Stable: every group came back" in words(app)
    assert "Stability over 5 refits" in words(app)
    intervals = frames(app)[0]
    shares = intervals[intervals["parameter"] == "share"]
    assert (intervals["low"] <= intervals["high"]).all()
    assert (shares["low"] < shares["estimate"]).all()
    assert (shares["estimate"] < shares["high"]).all()
    assert app.toggle(key="fit-bundle").value
    assert len(str(charts(app.run())[0])) > before
    app = on_tab(app, "fit-tabs", "Centres")
    assert "Intervals of centres hold the middle 95 %" in words(app)
    assert "Intervals of centres hold the middle 95 %" in words(go(app, "segments"))


def test_a_long_table_is_compared_on_a_sample_and_the_model_taken_fits_all_rows(open_app, monkeypatch):
    monkeypatch.setattr(workspace, "SAMPLE", 100)
    monkeypatch.setattr(choosing, "LONG", 200)
    app = go(open_app(k=3), "how-many")
    app.slider(key="many-most").set_value(2).run()
    sampled = frames(app)[0]
    app.button(key="many-take").click().run()
    taken = app.session_state["workspace"].settings
    model = GaussianMixture(taken.n_components, covariance_type=taken.covariance_type, random_state=0).fit(FAITHFUL)
    assert f"BIC {model.bic(FAITHFUL):,.1f}" in words(go(app, "fit"))
    app = go(app, "how-many")
    app.toggle(key="many-sample").set_value(False).run()
    assert sampled["BIC"].max() < frames(app)[0]["BIC"].min()


def test_a_model_that_is_taken_shares_nothing_with_the_plain_fit_of_the_same_settings(open_app, monkeypatch):
    monkeypatch.setattr(unsure_rows, "ROWS_A_PAGE", len(FAITHFUL))
    app = go(open_app(k=5, starts=3), "memberships")
    plain = app.session_state["workspace"]
    app = go(app, "how-many")
    app.session_state["workspace"] = plain.with_model(5, "full")
    taken = app.run().session_state["workspace"]
    assert taken.fit_key != plain.fit_key
    assert taken.settings == plain.settings
    shown = frames(go(app, "memberships"))[-1]
    shares = frames(go(app, "fit"))[0]["share"]
    sizes = shown["group"].value_counts(normalize=True).sort_index()
    assert sizes.to_numpy() == pytest.approx(shares.to_numpy(), abs=0.1)


def test_a_link_restores_a_taken_model_and_its_clusters(open_app):
    app = go(open_app(k=3, family="tied", guided="on", clusters=2), "memberships")
    workspace = app.session_state["workspace"]
    assert workspace.guided
    assert {"A", "B+C"} == set(frames(app)[-1]["group"].dropna())
    assert {"guided=on", "clusters=2"} <= set(to_query(workspace).split("&"))


def test_cross_validation_that_is_stopped_can_begin_again(open_app, monkeypatch):
    original = held_out.cross_validated

    def one_and_stop(cell, *given):
        found = original(cell, *given)
        if cell.n_components == 2:
            app.session_state["jobs"]["folds"].stop()
        return found

    app = many(open_app, "Side by side")
    monkeypatch.setattr(held_out, "cross_validated", one_and_stop)
    press(app, "folds")
    assert "**Cross-validation**: not worked out yet" in words(app.run())
    monkeypatch.setattr(held_out, "cross_validated", original)
    app.button(key="folds-on").click().run()
    assert "**Cross-validation**: three groups" in words(app.run())


def test_k_means_takes_the_letters_of_the_groups_beside_noise_and_merging(open_app):
    app = go(open_app(example="sensor-readings", k=3, noise="on", clusters=2), "k-means")
    counts = frames(app)[0]
    assert counts["group"].tolist() == ["A", "B", "C", "noise", "total"]
    assert counts.columns.tolist() == ["group", "A", "B", "C", "total"]

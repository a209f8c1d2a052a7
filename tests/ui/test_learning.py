"""The theory and the textbook check, as a person reads them."""

import re
import threading

import pytest

from gmm_core.model.families import COMMON, get_family
from pages.shared import jobs
from pages.shared.places import PLACES
from pages.shared.terms import TERMS, help_of
from pages.shared.textbook import beside_scikit_learn, showing
from pages.shared.textbook.claims import CLAIMS
from pages.shared.textbook.showing import finding_of
from pages.shared.theory.questions import QUESTIONS, REFERENCES
from pages.shared.theory.showing import ANCHORS, CLOSING, SECTIONS
from pages.shared.theory.symbols import SYMBOLS, glossary
from tests.ui.conftest import APP
from tests.ui.reading import charts, frames, go, words

ASKED = (
    "soft clustering",
    "responsibility",
    "latent variable",
    "E step and the M step",
    "choose K",
    "NaN",
    "restarts",
    "several columns",
    "log-likelihood mean",
    "Elliptical or round",
    "cross-validation",
    "MAP",
    "outliers",
    "high dimension",
    "huge tables",
    "classify",
    "not normal",
    "anomalies",
    "k-means",
    "stopping rule",
    "good or bad",
    "What else",
)
"""What readers of the usual tutorials ask."""

HOLD = {"The simulator: never falls", "The simulator: swapped starts"}


def test_the_theory_has_its_sections_pictures_and_numbers_and_they_move(open_app):
    app = go(open_app(starts=1), "theory")
    headers = [each.value for each in app.header]
    assert headers == [*(each.title for each in SECTIONS), *CLOSING.values()]
    assert len(charts(app)) == 3
    assert "BIC is lowest for K = 3, ICL for K = 2" in words(app)
    assert "-276.36 nats" in words(app)
    (half,) = [each.value for each in app.latex if "r_A(3.00)" in each.value]
    app.slider(key="theory-x").set_value(1.5).run()
    assert half not in [each.value for each in app.latex]
    app.slider(key="theory-step").set_value(5).run()
    assert "Step 5 on 200 drawn numbers" in words(app)
    assert not app.exception


def test_every_section_has_its_own_anchor_and_leads_to_pages_that_are_there():
    anchors = [each.anchor for each in SECTIONS] + list(CLOSING)
    assert len(set(anchors)) == len(anchors)
    for section in SECTIONS:
        assert section.tries
        assert set(section.tries) <= set(PLACES)
        assert section.text.count("$$") % 2 == 0
    assert all((APP.parent / page).exists() for page, _ in PLACES.values())
    assert glossary().count("\n") == len(SYMBOLS) + 1
    assert all(link.startswith("https://") for _, link in REFERENCES)
    assert all(question.endswith("?") and reply.endswith(".") for question, reply in QUESTIONS.items())


@pytest.mark.parametrize("asked", ASKED)
def test_what_readers_ask_is_among_the_questions(asked):
    assert any(asked in question for question in QUESTIONS)


def test_the_textbook_check_says_what_holds_lists_the_figures_and_compares_with_scikit_learn(open_app):
    pytest.importorskip("sklearn")
    app = go(open_app(starts=2), "textbook")
    assert "Ten of these twelve common statements" in words(app)
    assert words(app).count("does not hold") == 10
    assert {claim.title for claim in CLAIMS if finding_of(claim).holds} == HOLD
    assert "49 of 51 known figures come out to the last digit, and two within one unit of it." in words(app)
    figures = frames(app)[0].set_index(["example", "K", "shape", "figure"])
    assert set(figures["agrees"]) == {"yes", "within rounding"}
    assert (figures["known"] == figures["found here"]).equals(figures["agrees"] == "yes")
    assert figures.loc[("Wait times", 2, "tied", "BIC"), "agrees"] == "within rounding"
    app.session_state["textbook-parts"] = "Beside scikit-learn"
    app.run()
    app.button(key="go-sklearn").click().run()
    assert "Both reach the same log-likelihood. The labels agree to 1.000" in words(app)


def test_every_term_has_two_sentences_and_a_section_of_the_theory():
    for name, (meaning, anchor) in TERMS.items():
        assert 2 <= len(re.findall(r"[.](?:\s|$)", meaning)) <= 3, name
        assert anchor in ANCHORS, name
        assert f"theory?section={anchor}" in help_of(name)


def test_a_term_s_link_opens_the_theory_at_its_section_once(open_app):
    app = open_app(starts=1, section="priors")
    go(app, "theory")
    assert any('getElementById("priors")' in each.proto.body for each in app.get("html"))
    app.slider(key="theory-step").set_value(5).run()
    assert not any("getElementById" in each.proto.body for each in app.get("html"))


def test_the_help_of_a_page_explains_its_terms_and_leads_to_their_sections(open_app):
    app = open_app(starts=1)
    app.session_state["page-help"] = True
    app.run()
    assert TERMS["noise"].meaning in words(app)
    assert "section=odd-rows" in [each.proto.query_string for each in app.get("page_link")]


def test_scikit_learn_is_compared_on_rows_with_gaps_and_shapes_that_it_does_not_know(open_app, monkeypatch):
    monkeypatch.setattr(showing, "CLAIMS", CLAIMS[:1])
    pytest.importorskip("sklearn")
    app = go(open_app(starts=2, example="penguins", gaps="em", family="VEV"), "textbook")
    app.session_state["textbook-parts"] = "Beside scikit-learn"
    app.run()
    assert "both fit free ones" in words(app)
    app.button(key="go-sklearn").click().run()
    assert not app.exception
    assert "The labels agree to" in words(app)


def test_the_comparison_with_scikit_learn_goes_on_while_groups_are_named_and_can_be_stopped(open_app, monkeypatch):
    compared, moment, found = beside_scikit_learn._compared, threading.Event(), []
    pytest.importorskip("sklearn")

    def held(workspace, features, report):
        while report(0.0, "held"):
            moment.wait(0.01)
        found.append(compared(workspace, features, report))
        return found[0]

    monkeypatch.setattr(showing, "CLAIMS", CLAIMS[:1])
    monkeypatch.setattr(beside_scikit_learn, "_compared", held)
    app = go(open_app(starts=2, example="penguins", gaps="em", family="VEV"), "textbook")
    app.session_state["textbook-parts"] = "Beside scikit-learn"
    app.run()
    monkeypatch.setattr(jobs, "MOMENT", 0.0)
    app.button(key="go-sklearn").click().run()
    job = app.session_state["jobs"]["sklearn"]
    go(app, "segments").text_input(key="segment-0-name").set_value("Gentoo").run()
    assert app.session_state["jobs"]["sklearn"] is job
    assert not job.stopped
    job.stop()
    assert job.wait(300)
    assert found == [None]


def test_the_theory_calls_the_common_shapes_what_the_other_pages_call_them():
    (said,) = (each.text for each in SECTIONS if each.anchor == "families")
    for name in COMMON:
        family = get_family(name)
        assert f"| **{family.words}** | {name} | {family.code} | {family.sentence} |" in said

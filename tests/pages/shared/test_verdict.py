"""The rule that says how many groups there are and how firm that is."""

from math import nan

import pytest

from pages.shared import findings, verdict
from pages.shared.one_or_several import CASES, said
from pages.shared.verdict import Firmness, judged

OPEN, FAIRLY, SO_FAR, FIRM = Firmness


def bic(gap, number=2, other=3):
    return findings.by_bic({number: 100.0, other: 100.0 + gap}, "free shape")


def icl(number, bic_number=2):
    return findings.by_icl(number, "free shape", bic_number)


def folds(number, lead=5.0, bic_number=2):
    return findings.by_cross_validation(number, lead, bic_number)


def ratio(k, p_value, counts=True, bic_number=2):
    return findings.by_test(k, p_value, "free shape", counts, bic_number)


def stable(*values, counts=True):
    return findings.by_stability(dict(zip("ABC", values, strict=False)), 0.9, "the fit", counts)


def population(kind, second_needed=None, k=2, bic_number=2):
    return findings.by_population(kind, second_needed, k, "free shape", bic_number)


def lacking(*known, number=2):
    return findings.unchecked(number, known)


def merged(n_clusters):
    return findings.by_merging(3, n_clusters, False, "the model")


RULE = {
    "BIC far ahead": ([bic(50.0)], (2,), FIRM),
    "BIC strongly ahead": ([bic(6.0)], (2,), FIRM),
    "BIC ahead": ([bic(5.9)], (2,), FAIRLY),
    "BIC hardly ahead": ([bic(1.9)], (2, 3), OPEN),
    "only one number is sound": ([findings.by_bic({2: 100.0}, "round")], (2,), OPEN),
    "ICL agrees": ([bic(50.0), icl(2)], (2,), FIRM),
    "ICL takes fewer": ([bic(50.0), icl(1)], (1, 2), OPEN),
    "ICL takes more": ([bic(50.0), icl(4)], (2, 4), OPEN),
    "cross-validation agrees": ([bic(50.0), folds(2, 0.0)], (2,), FIRM),
    "cross-validation takes more": ([bic(50.0), folds(3)], (2, 3), OPEN),
    "cross-validation takes hardly better ones": ([bic(50.0), folds(3, 1.0)], (2,), FIRM),
    "BIC's number cannot be cross-validated": ([bic(50.0), folds(1, None)], (1, 2), OPEN),
    "AIC is not counted": ([bic(50.0), findings.by_aic({"AIC": 6, "AICc": 5}, 2)], (2,), FIRM),
    "the test asks for one more": ([bic(50.0), ratio(2, 0.01)], (2, 3), OPEN),
    "the test agrees from below": ([bic(50.0), ratio(1, 0.01)], (2,), FIRM),
    "the test agrees from above": ([bic(50.0), ratio(2, 0.4)], (2,), FIRM),
    "one more has no sound fit": ([bic(50.0), ratio(2, None)], (2,), FIRM),
    "the test needs only fewer": ([bic(50.0), ratio(1, 0.4)], (1, 2), OPEN),
    "the test is of another shape": ([bic(50.0), ratio(2, 0.01, counts=False)], (2,), FIRM),
    "groups beat one population": ([bic(50.0), population("several")], (2,), FIRM),
    "one population does as well": ([bic(50.0), population("open")], (1, 2), OPEN),
    "one skewed population does better": ([bic(50.0), population("skewed one")], (1, 2), OPEN),
    "two skewed groups do better still": ([bic(50.0), population("several skewed")], (2,), FIRM),
    "three skewed groups do better still": (
        [bic(50.0, 3, 4), population("several skewed", None, 3, 3)],
        (3,),
        OPEN,
    ),
    "groups beat one population, BIC takes one": (
        [bic(50.0, 1, 2), population("several", None, 3, 1)],
        (1, 3),
        OPEN,
    ),
    "skewed groups beat one population, BIC takes one": (
        [bic(50.0, 1, 2), population("several skewed", True, 3, 1)],
        (1, 3),
        OPEN,
    ),
    "groups beat one population, but BIC and the test take one": (
        [bic(50.0, 1, 2), population("several", False, 3, 1)],
        (1,),
        FIRM,
    ),
    "nothing is checked": ([bic(50.0), icl(2), lacking()], (2,), SO_FAR),
    "stability is not checked": ([bic(50.0), population("several"), lacking(findings.POPULATION)], (2,), SO_FAR),
    "unchecked and not far ahead": ([bic(5.0), lacking()], (2,), FAIRLY),
    "one group is not tested": ([bic(50.0, 1, 2), lacking(number=1)], (1,), SO_FAR),
    "a group of scattered rows": ([bic(50.0, 4), findings.by_scatter(4, 1)], (3, 4), OPEN),
    "the test sees no groups": ([bic(50.0), population("several", False)], (1, 2), OPEN),
    "all groups come back": ([bic(50.0), stable(0.95, 0.75)], (2,), FIRM),
    "a group comes back in part": ([bic(50.0), stable(0.95, 0.74)], (2,), FAIRLY),
    "a group is lost": ([bic(50.0), stable(0.95, 0.59)], (2,), OPEN),
    "a group of another model is lost": ([bic(50.0), stable(0.95, 0.2, counts=False)], (2,), FIRM),
    "groups share no rows": ([bic(50.0, 3, 4), merged(3)], (3,), FIRM),
    "groups share rows": ([bic(50.0, 3, 4), merged(2)], (2, 3), OPEN),
    "the weakest evidence decides": ([bic(50.0), icl(2), stable(0.7, 0.9), folds(2, 0.0)], (2,), FAIRLY),
    "one group": ([bic(50.0, 1, 2), icl(1, 1)], (1,), FIRM),
}


@pytest.mark.parametrize("case", RULE)
def test_the_rule(case):
    known, numbers, firmness = RULE[case]
    found = judged(known)
    assert (found.numbers, found.firmness) == (numbers, firmness)
    assert found.reasons


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (
            [bic(50.0), icl(2)],
            "Two groups, firm: the rows speak far more for two than for three, and another measure agrees.",
        ),
        (
            [bic(4.0), icl(2), folds(2, 0.0)],
            "Two groups, fairly firm: the rows speak only a little more for two than for three, and two other measures "
            "agree.",
        ),
        (
            [bic(5.0, 3, 4), icl(2, 3)],
            "Two or three groups, still open: three bell shapes describe the rows best, but only two groups stand "
            "clearly apart.",
        ),
        (
            [bic(5.0, 3, 4), icl(2, 3), merged(2), stable(0.9, 0.4)],
            "Two or three groups, still open: three bell shapes describe the rows best, but only two groups stand "
            "clearly apart; B seldom comes back when the rows change a little.",
        ),
        (
            [bic(1.0, 1, 2)],
            "One or two groups, still open: the rows hardly tell between one and two.",
        ),
        ([bic(50.0, 1, 2)], "One group, firm: the rows speak far more for one than for two."),
        (
            [bic(50.0), icl(2), lacking()],
            "Two groups, firm so far: the rows speak far more for two than for three, and another measure agrees; "
            "whether a single skewed group would do is not checked yet.",
        ),
        (
            [bic(50.0), icl(2), population("several"), lacking(findings.POPULATION)],
            "Two groups, firm so far: the rows speak far more for two than for three, and another measure agrees; "
            "whether the two come back when the rows change a little is not checked yet.",
        ),
        (
            [bic(50.0), icl(2), population("several", True), stable(0.9, 0.9)],
            "Two groups, firm: the rows speak far more for two than for three, and another measure agrees; a single "
            "group does clearly worse, even a skewed one.",
        ),
        (
            [bic(50.0, 6, 5), population("several skewed", None, 6, 6)],
            "Six or fewer groups, still open: some of these may only follow the long tail of a skewed group.",
        ),
        (
            [bic(50.0, 6, 5), findings.by_most(6, 6), population("several skewed", None, 6, 6)],
            "Six or another number of groups, still open: no more than six were compared, and more may describe the "
            "rows better still; some of these may only follow the long tail of a skewed group.",
        ),
        (
            [bic(50.0), icl(2), population("several skewed", None, 5, 2)],
            "Two groups, firm: the rows speak far more for two than for three, and another measure agrees; a single "
            "group does clearly worse, even a skewed one.",
        ),
        (
            [bic(50.0, 1, 2), icl(1, 1), population("several", True, 3, 1)],
            "One or three groups, still open: three groups do clearly better than a single one, even a skewed one.",
        ),
        (
            [bic(50.0), icl(2), folds(2, 0.0), stable(0.9, 0.7)],
            "Two groups, fairly firm: the edges of B move when the rows change a little.",
        ),
        (
            [bic(50.0, 4), findings.by_scatter(4, 1)],
            "Three or four groups, still open: one of the four looks like scattered rows.",
        ),
        (
            [bic(50.0, 6, 5), findings.by_most(6, 6), icl(6, 6)],
            "Six or more groups, still open: no more than six were compared, and more may describe the rows better "
            "still.",
        ),
    ],
)
def test_the_verdict_is_one_plain_sentence(known, sentence):
    assert judged(known).sentence == sentence


@pytest.mark.parametrize("known", [(findings.POPULATION, findings.STABILITY), (findings.TEST,)])
def test_what_is_checked_keeps_nothing_from_being_firm(known):
    assert findings.unchecked(2 if len(known) == 2 else 1, known) is None


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("second_needed", [None, False, True])
def test_the_test_and_the_check_of_one_population_are_one_sentence_that_takes_one_side(kind, second_needed):
    says = said(kind, second_needed)
    assert says.count(".") == 1
    assert ("bootstrap test" in says) == (second_needed is not None)
    sides = ("more than one population", "One bell-shaped population will do", "One skewed population will do", "not ")
    taken = [side for side in sides if side in says.split(":")[0]]
    assert taken, says
    assert ("more than one" in says.split(":")[0]) == (kind.startswith("several") and second_needed is not False)
    assert population(kind, second_needed, 3, 3).says.count(says) == 1


def test_of_two_groups_that_may_be_skewed_none_is_too_many():
    for k, number in ((2, 2), (5, 2), (2, 5), (2, 1)):
        found = population("several skewed", None, k, number)
        assert "how many is not clear" not in found.says
        assert not found.beyond
    assert "how many is not clear" in population("several skewed", None, 3, 3).says


def test_only_at_the_largest_number_compared_may_more_do_better():
    assert findings.by_most(5, 6) is None
    assert "may do better still" in findings.by_most(6, 6).says


JARGON = ("BIC", "ICL", "AIC", "cross-validation", "bootstrap", "population", "solution", "Jaccard", "parameter")


@pytest.mark.parametrize("case", RULE)
def test_the_verdict_is_understood_without_terms_of_art(case):
    sentence = judged(RULE[case][0]).sentence
    assert not [term for term in JARGON if term in sentence], sentence


def test_a_check_that_turns_the_answer_says_what_was_said_before_and_what_it_asks_beyond():
    models = [bic(50.0), icl(2)]
    said = verdict.turned([*models, population("open")], findings.CHECKS)
    assert said.startswith("Comparing models alone said: two groups, firm so far. The check against one population ")
    assert verdict.turned([*models, ratio(2, 0.01)], findings.CHECKS).count("The test of one more group") == 1
    both = verdict.turned([*models, ratio(2, 0.01), stable(0.9, 0.5)], findings.CHECKS)
    assert "The test of one more group" in both
    assert "Stability asks" in both


@pytest.mark.parametrize(
    "known",
    [
        [bic(50.0), icl(2), lacking()],
        [bic(50.0), icl(1)],
        [bic(50.0), icl(1), population("open")],
        [bic(50.0), ratio(2, 0.4), population("several"), stable(0.9, 0.9)],
    ],
)
def test_where_no_check_turns_the_answer_nothing_more_is_said(known):
    assert verdict.turned(known, findings.CHECKS) == ""


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (0.0, "best"),
        (1.9, "hardly any against"),
        (2.0, "some against"),
        (6.0, "strong against"),
        (10.0, "very strong against"),
        (nan, ""),
    ],
)
def test_differences_of_bic_are_worded_on_the_scale_of_kass_and_raftery(gap, words):
    assert verdict.strength(gap) == words

"""What each piece of evidence on the number of groups says, from plain numbers: see ``verdict`` for the rule.

A finding without a line of its own (``says`` is "") is told elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from pages.shared.one_or_several import outcome, said
from pages.shared.verdict import DISSOLVED, DOUBTFUL, HARDLY, POSITIVE, STABLE, Finding, Firmness, against, ahead
from pages.shared.wording import count_word, listed, probability, several

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh"),
    *("eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth"),
)
"""Of the group that is one more than so many."""

TEST, POPULATION, STABILITY = "the bootstrap test", "the check against one population", "stability"

CHECKS = {
    "cross-validation": "Cross-validation asks another question: not what describes these rows best, but what predicts "
    "rows that were kept back.",
    TEST: "The test of one more group asks another question: not which number describes the rows best for its price in "
    "parameters, but whether one group more is more than chance.",
    POPULATION: "The check against one population asks more: the models that were compared have symmetric groups, and "
    "it lets groups, and a single one, be skewed.",
    STABILITY: "Stability asks another question: not how many groups describe these rows best, but whether the same "
    "ones come back when the rows change a little.",
}
"""Checks that are made on request, by name: what each asks beyond the comparison of models."""


def by_bic(values: Mapping[int, float], shape: str) -> Finding:
    """``values`` are the lowest BIC of each number of groups; ``shape`` is that of the lowest of all, in words."""
    number, *others = sorted(values, key=lambda k: values[k])
    groups = several(number, "group")
    start = f"**BIC**, which weighs the fit against the number of parameters, is lowest for {groups} ({shape})"
    if not others:
        return Finding(
            "BIC",
            f"{start}; no other number has a sound solution.",
            (number,),
            Firmness.OPEN,
            "no other number of groups could be fitted soundly, to compare it with",
        )
    gap = values[others[0]] - values[number]
    near = tuple(k for k in others if values[k] - values[number] < HARDLY)
    says = f"{start}: {against(gap)} {several(others[0], 'group')} ({gap:,.1f} higher)."
    if near:
        as_well = f"the rows hardly tell between {listed([count_word(k) for k in sorted((number, *near))])}"
        return Finding("BIC", says, (number, *near), Firmness.OPEN, as_well)
    because = f"the rows speak {ahead(gap)} for {count_word(number)} than for {count_word(others[0])}"
    firmness = Firmness.FAIRLY_FIRM if gap < POSITIVE else Firmness.FIRM
    return Finding("BIC", says, (number,), firmness, because)


def by_most(number: int, most: int) -> Finding | None:
    """Of BIC's ``number``, where ``most`` groups were compared."""
    if number < most:
        return None
    says = f"{count_word(most).capitalize()} is the largest number compared, so more groups may do better still."
    because = f"no more than {count_word(most)} were compared, and more may describe the rows better still"
    return Finding("the slider", says, (number,), Firmness.OPEN, because, "more")


def by_icl(number: int, shape: str, bic_number: int) -> Finding:
    """ICL's number of groups and their shape in words, beside BIC's number."""
    groups = several(number, "group")
    start = f"**ICL**, which also asks that groups stand apart, takes {groups}"
    if number == bic_number:
        return Finding("ICL", f"{start}, too ({shape}).", (number,))
    shapes = several(bic_number, "bell shape")
    if number > bic_number:
        says = f"{start} ({shape})."
        because = f"{shapes} describe the rows best, yet {count_word(number)} stand apart more clearly"
        return Finding("ICL", says, (number,), because=because)
    apart = "they overlap too much to be told apart" if number == 1 else f"only {groups} stand clearly apart"
    says = (
        f"{start} ({shape}): some of the {shapes} overlap, and may describe one group of another shape together. "
        f"Take {count_word(number)} to tell groups apart, {count_word(bic_number)} to describe the rows closely."
    )
    return Finding("ICL", says, (number,), because=f"{shapes} describe the rows best, but {apart}")


def by_cross_validation(number: int, lead: float | None, bic_number: int) -> Finding:
    """The number that predicts best, and by how much (-2 log-likelihood) better than BIC's; without a lead BIC's number
    has no sound fit where rows are held out."""
    groups, name = several(number, "group"), "cross-validation"
    if lead is None:
        says = f"**Cross-validation**: {several(bic_number, 'group')} have no sound fit where some rows are held out."
        return Finding(name, says, (number,), because=f"without some of the rows {count_word(bic_number)} do not hold")
    if number == bic_number:
        return Finding(name, f"**Cross-validation** predicts rows held out best with {groups}, too.", (number,))
    says = f"**Cross-validation** predicts rows held out best with {groups}, by {lead:,.1f}"
    if lead < HARDLY:
        return Finding(name, f"{says}: hardly better than with {count_word(bic_number)}.", (bic_number,))
    because = f"{count_word(number)} predict rows that were kept back better than {count_word(bic_number)}"
    return Finding(name, f"{says} against {count_word(bic_number)}.", (number,), because=because)


def by_aic(picks: Mapping[str, int], bic_number: int) -> Finding:
    """What AIC, and AICc where there is one, take, by name: told, but never counted."""
    said = listed([f"**{name}** takes {several(k, 'group')}" for name, k in picks.items()])
    if len(set(picks.values())) == 1 < len(picks):
        said = f"**AIC** and **AICc** take {several(picks['AIC'], 'group')}"
    more = any(k > bic_number for k in picks.values())
    return Finding("AIC", f"{said}{': weak evidence, since they readily take more than there are' if more else ''}.")


def by_test(k: int, p_value: float | None, shape: str, counts: bool, bic_number: int) -> Finding:
    """The test of k groups against one more, in a ``shape``; it ``counts`` where that is the shape of BIC's model.

    Without a p-value one group more has no sound fit.
    """
    least = p_value is not None and p_value <= DOUBTFUL
    number = k + 1 if least else k
    named = counts and p_value is not None and (number > bic_number if least else number < bic_number)
    enough = "one bell shape is not enough" if k == 1 else f"at least {count_word(number)}"
    answer = enough if least else f"no need for more than {count_word(number)}"
    how = f"no sound fit with {count_word(k + 1)}" if p_value is None else f"p {probability(p_value)}"
    says = f"**Bootstrap test** ({shape}), {count_word(k)} against {count_word(k + 1)}: {how}, {answer}."
    because = f"by the test a {_ORDINALS[k]} group is {'more' if least else 'no more'} than chance"
    return Finding(TEST, says, (number,) if named else (), because=because if named else "")


_WORSE = "a single group does clearly worse, even a skewed one"
_POPULATIONS: dict[str, Finding] = {
    "several": Finding("", "", because=_WORSE),
    "several skewed of two": Finding("", "", because=_WORSE),
    "several skewed": Finding(
        "", "", (), Firmness.OPEN, "some of these may only follow the long tail of a skewed group", "fewer"
    ),
    "one": Finding("", "", (1,), because="a single group does clearly better"),
    "skewed one": Finding("", "", (1,), because="a single skewed group does clearly better"),
    "open": Finding("", "", (1,), because="a single group does about as well once it may be skewed"),
    "not needed": Finding("", "", (1,), because="by the test a second group is no more than chance"),
}
"""What an outcome of the check against one population means for the number of groups; "not needed" is one for several
groups where the bootstrap test of one against two asks for no second."""


def by_population(kind: str, second_needed: bool | None, k: int, shape: str, bic_number: int) -> Finding:
    """What ``OnePopulation.kind`` says of ``k`` groups of a ``shape``, beside the test of one group against two.

    Where BIC takes one group, these k speak against it.
    """
    case = outcome(kind, k if bic_number == 1 else min(k, bic_number))
    says = f"**One population?** {said(case, second_needed)} (These groups: {several(k, 'group')}, {shape}.)"
    if not kind.startswith("several"):
        return replace(_POPULATIONS[case], name=POPULATION, says=says)
    if second_needed is False:
        return replace(_POPULATIONS["not needed"], name=POPULATION, says=says)
    if bic_number == 1:
        because = f"{several(k, 'group')} do clearly better than a single one, even a skewed one"
        return Finding(POPULATION, says, (k,), because=because)
    return replace(_POPULATIONS[case], name=POPULATION, says=says)


def by_stability(jaccard: Mapping[str, float], mean_rand: float, model: str, counts: bool) -> Finding:
    """The mean Jaccard index of each group of a ``model``; it ``counts`` where that is BIC's."""
    least = min(jaccard, key=lambda letter: jaccard[letter])
    each = ", ".join(f"{letter} {value:.2f}" for letter, value in jaccard.items())
    says = f"**Stability** ({model}): Jaccard {each}; all groups together {mean_rand:.2f}."
    if not counts:
        return Finding("stability of another fit", says)
    if jaccard[least] >= STABLE:
        return Finding(STABILITY, says)
    if jaccard[least] < DISSOLVED:
        return Finding(STABILITY, says, (), Firmness.OPEN, f"{least} seldom comes back when the rows change a little")
    return Finding(
        STABILITY, says, (), Firmness.FAIRLY_FIRM, f"the edges of {least} move when the rows change a little"
    )


def by_merging(n_groups: int, n_clusters: int, apart: bool, model: str) -> Finding:
    """Into how many clusters the groups of BIC's ``model`` might merge, or whether they are ``apart``."""
    start = f"**Merging** ({model}): "
    if n_clusters == n_groups:
        return Finding("merging", f"{start}{'the groups hardly share rows' if apart else 'no merge stands out'}.")
    clusters = several(n_clusters, "cluster")
    says = f"{start}some groups share many rows, so they may be {clusters}."
    return Finding("merging", says, (n_clusters,), because=f"some groups overlap so much that they may be {clusters}")


def by_scatter(number: int, n_scattered: int) -> Finding:
    """Of BIC's ``number`` of groups, how many look like scattered rows."""
    looks = "looks" if n_scattered == 1 else "look"
    because = f"{count_word(n_scattered)} of the {count_word(number)} {looks} like scattered rows"
    return Finding("scattered rows", "", (number - n_scattered,), because=because)


def unchecked(number: int, known: Container[str]) -> Finding | None:
    """What keeps a ``number`` from being firm, whatever the criteria say: checks that are not ``known`` yet."""
    if number == 1:
        return None if TEST in known else _so_far("whether a second group is more than chance is not checked yet")
    if POPULATION not in known:
        return _so_far("whether a single skewed group would do is not checked yet")
    if STABILITY not in known:
        return _so_far(f"whether the {count_word(number)} come back when the rows change a little is not checked yet")
    return None


def _so_far(because: str) -> Finding:
    return Finding("checks", "", (), Firmness.SO_FAR, because)

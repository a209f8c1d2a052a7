"""What each piece of evidence on the number of groups says, from plain numbers: see ``verdict`` for the rule.

A finding without a line of its own (``says`` is "") is told elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from pages.shared.one_or_several import outcome, said
from pages.shared.verdict import DISSOLVED, DOUBTFUL, HARDLY, POSITIVE, STABLE, Finding, Firmness, against, ahead
from pages.shared.wording import count_word, listed, probability, several

TEST, POPULATION, STABILITY = "the bootstrap test", "the check against one population", "stability"


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
            "no other number of groups has a sound solution to compare it with",
        )
    gap = values[others[0]] - values[number]
    near = tuple(k for k in others if values[k] - values[number] < HARDLY)
    says = f"{start}: {against(gap)} {several(others[0], 'group')} ({gap:,.1f} higher)."
    if near:
        as_well = f"BIC sees hardly a difference between {listed([count_word(k) for k in sorted((number, *near))])}"
        return Finding("BIC", says, (number, *near), Firmness.OPEN, as_well)
    lead = f"{count_word(number)} {'is' if number == 1 else 'are'} {ahead(gap)} of {count_word(others[0])}"
    if gap < POSITIVE:
        return Finding("BIC", says, (number,), Firmness.FAIRLY_FIRM, f"by BIC {lead}, though not by much")
    return Finding("BIC", says, (number,), because=f"by BIC {lead}")


def by_most(number: int, most: int, possible: int) -> Finding | None:
    """Of BIC's ``number``, where ``most`` groups were compared out of ``possible`` ones."""
    if number < most:
        return None
    more = ": compare up to more" if most < possible else ""
    says = f"{count_word(most).capitalize()} is the largest number compared, so more groups may do better still{more}."
    return Finding(
        "the slider", says, (number,), Firmness.OPEN, "more groups than were compared may do better still", "more"
    )


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
        without = f"{several(bic_number, 'group')} have no sound fit where some of the rows are held out"
        return Finding(name, f"**Cross-validation**: {without}.", (number,), because=without)
    if number == bic_number:
        return Finding(name, f"**Cross-validation** predicts rows held out best with {groups}, too.", (number,))
    says = f"**Cross-validation** predicts rows held out best with {groups}, by {lead:,.1f}"
    if lead < HARDLY:
        return Finding(name, f"{says}: hardly better than with {count_word(bic_number)}.", (bic_number,))
    because = f"rows held out are predicted better with {count_word(number)} than with {count_word(bic_number)}"
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
    because = f"the bootstrap test {'asks for' if least else 'needs no more than'} {count_word(number)}"
    return Finding(TEST, says, (number,) if named else (), because=because if named else "")


_POPULATIONS: dict[str, Finding] = {
    "several": Finding("", "", because="one population does firmly worse, even a skewed one"),
    "several skewed of two": Finding("", "", because="one population does firmly worse, even a skewed one"),
    "several skewed": Finding("", "", (), Firmness.OPEN, "some of these may stand for skew only", "fewer"),
    "one": Finding("", "", (1,), because="one population does firmly better"),
    "skewed one": Finding("", "", (1,), because="one skewed population does firmly better"),
    "open": Finding("", "", (1,), because="one population that may be skewed does about as well"),
    "not needed": Finding("", "", (1,), because="by the bootstrap test two bell shapes are no better than one"),
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
        because = f"{several(k, 'group')} do firmly better than one population, even a skewed one"
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
    return Finding(STABILITY, says, (), Firmness.FAIRLY_FIRM, f"{least} has other edges when the rows change a little")


def by_merging(n_groups: int, n_clusters: int, apart: bool, model: str) -> Finding:
    """Into how many clusters the groups of BIC's ``model`` might merge, or whether they are ``apart``."""
    start = f"**Merging** ({model}): "
    if n_clusters == n_groups:
        return Finding("merging", f"{start}{'the groups hardly share rows' if apart else 'no merge stands out'}.")
    clusters = several(n_clusters, "cluster")
    says = f"{start}some groups share many rows, so they may be {clusters}."
    return Finding("merging", says, (n_clusters,), because=f"some of the groups share many rows and may be {clusters}")


def by_scatter(number: int, n_scattered: int) -> Finding:
    """Of BIC's ``number`` of groups, how many look like scattered rows."""
    looks = "looks" if n_scattered == 1 else "look"
    because = f"{count_word(n_scattered)} of the {count_word(number)} {looks} like scattered rows"
    return Finding("scattered rows", "", (number - n_scattered,), because=because)


def unchecked(number: int, known: Container[str]) -> Finding | None:
    """What keeps a ``number`` from being firm, whatever the criteria say: checks that are not ``known`` yet."""
    if number == 1:
        return None if TEST in known else _so_far("one against two is not tested yet")
    if POPULATION not in known:
        return _so_far("one skewed population is not ruled out yet")
    return None if STABILITY in known else _so_far("whether the groups come back in refits is not known yet")


def _so_far(because: str) -> Finding:
    return Finding("checks", "", (), Firmness.SO_FAR, because)

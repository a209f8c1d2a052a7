"""How many groups, and how firm that is: the rule that weighs all that is known, as values and words only.

The answer begins with the number of groups for which BIC is lowest. Each further piece of evidence names the numbers
that it speaks for, or says how firm the answer is at most. Where all name one number it is as firm as the weakest
allows; where they name several it is open among them.

========================  ==============================================================================================
BIC                       names its number, and every other less than 2 above it; ahead by less than 6: at most fairly
                          firm (Kass and Raftery 1995, section 3.2)
largest number compared   where BIC is lowest there: that number "or more", open
ICL                       names its number
cross-validation          names its number, where that predicts better than BIC's by 2 or more (-2 log-likelihood)
AIC, AICc                 nothing: they take more groups than there are (McLachlan and Peel 2000, section 6.8)
bootstrap test            K against K + 1 in the shape of BIC's model: K + 1 where p is at most 0.05, else K, unless BIC
                          agrees that there are at least, or at most, so many
one population            names one group, unless groups are firmly better
stability                 of the fit, where that is BIC's model: a Jaccard index below 0.6 leaves it open, below 0.75
                          at most fairly firm (Hennig 2007)
merging                   of the fit, where that is BIC's model: names the suggested number of clusters
rows                      fewer than two for each free parameter leave it open
========================  ==============================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import inf, isnan

from pages.shared.wording import count_word, listed, probability, several

HARDLY, POSITIVE, STRONG = 2.0, 6.0, 10.0
"""Differences of BIC up to which evidence is not worth more than a bare mention, positive, and strong."""

DOUBTFUL = 0.05
"""p-value up to which a test asks for one group more."""

STABLE, DISSOLVED = 0.75, 0.6
"""Mean Jaccard index from which a group is stable, and below which it is not to be trusted: Hennig (2007)."""

_AHEAD = ((HARDLY, "barely ahead"), (POSITIVE, "ahead"), (STRONG, "well ahead"), (inf, "far ahead"))
_AGAINST = ((HARDLY, "hardly any"), (POSITIVE, "some"), (STRONG, "strong"), (inf, "very strong"))

MOST_REASONS = 2
"""Reasons that the sentence has room for; the lines below it have all."""


class Firmness(IntEnum):
    """How firm an answer is."""

    OPEN = 0
    FAIRLY_FIRM = 1
    FIRM = 2

    @property
    def words(self) -> str:
        """As the sentence says it."""
        return ("still open", "fairly firm", "firm")[self]


@dataclass(frozen=True)
class Finding:
    """What one piece of evidence says.

    Attributes
    ----------
    name : str
        Of the evidence, as the subject of a clause.
    says : str
        The line on it.
    numbers : tuple of int
        Of groups that it speaks for, or leaves possible.
    at_most : Firmness
    because : str
        The clause that gives it as the reason of the verdict.
    or_more : bool
        Whether there may be more groups than the number.
    """

    name: str
    says: str
    numbers: tuple[int, ...] = ()
    at_most: Firmness = Firmness.FIRM
    because: str = ""
    or_more: bool = False

    def level(self, number: int) -> Firmness:
        """How firm this number of groups is at most, by this evidence alone."""
        return Firmness.OPEN if set(self.numbers) - {number} else self.at_most


@dataclass(frozen=True)
class Verdict:
    """The numbers of groups that are possible, how firm that is, and why."""

    numbers: tuple[int, ...]
    firmness: Firmness
    reasons: tuple[str, ...]
    or_more: bool = False

    @property
    def sentence(self) -> str:
        """The answer to "how many groups?"."""
        return f"{self.groups}, {self.firmness.words}: {'; '.join(self.reasons[:MOST_REASONS])}."

    @property
    def groups(self) -> str:
        """The numbers in words: "Two or three groups", "Five, six or more groups"."""
        names = [count_word(n) for n in self.numbers] + ["more"] * self.or_more
        said = " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
        return f"{said.capitalize()} group{'' if names == ['one'] else 's'}"


def judged(findings: Sequence[Finding]) -> Verdict:
    """The verdict on all that is known; BIC's finding comes first."""
    number = findings[0].numbers[0]
    named = tuple(sorted({each for finding in findings for each in finding.numbers}))
    firmness = min(finding.level(number) for finding in findings)
    reasons = [finding.because for finding in findings if finding.because and finding.level(number) == firmness]
    agreeing = [finding.name for finding in findings[1:] if finding.numbers == (number,)]
    if agreeing and firmness > Firmness.OPEN:
        reasons[-1] += f", and {listed(agreeing)} {'agrees' if len(agreeing) == 1 else 'agree'}"
    return Verdict(named, firmness, tuple(reasons), any(finding.or_more for finding in findings))


def by_bic(values: Mapping[int, float], shape: str) -> Finding:
    """``values`` are the lowest BIC of each number of groups; ``shape`` is that of the lowest of all, in words."""
    number, *others = sorted(values, key=lambda k: values[k])
    groups = several(number, "group")
    start = f"**BIC**, which weighs the fit against the number of parameters, is lowest for {groups} ({shape})"
    if not others:
        return Finding("BIC", f"{start}; no other number has a sound solution.", (number,), because="no other could do")
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
        "the slider", says, (number,), Firmness.OPEN, "more groups than were compared may do better still", True
    )


def by_icl(number: int, shape: str, bic_number: int) -> Finding:
    """ICL's number of groups and their shape in words, beside BIC's number."""
    groups = several(number, "group")
    if number == bic_number:
        return Finding("ICL", f"**ICL** takes {groups}, too ({shape}): they stand apart.", (number,))
    shapes = several(bic_number, "bell shape")
    if number > bic_number:
        says = f"**ICL**, which asks for groups that stand apart, takes {groups} ({shape})."
        because = f"{shapes} describe the rows best, yet {count_word(number)} stand apart more clearly"
        return Finding("ICL", says, (number,), because=because)
    apart = "they overlap too much to be told apart" if number == 1 else f"only {groups} stand clearly apart"
    says = (
        f"**ICL**, which asks for groups that stand apart, takes {groups} ({shape}): some of the "
        f"{shapes} overlap, and may describe one group of another shape together. Take {count_word(number)} to tell "
        f"groups apart, {count_word(bic_number)} to describe the rows closely."
    )
    return Finding("ICL", says, (number,), because=f"{shapes} describe the rows best, but {apart}")


def by_cross_validation(number: int, lead: float, bic_number: int) -> Finding:
    """The number that predicts best, and by how much (-2 log-likelihood) better than BIC's."""
    groups, name = several(number, "group"), "cross-validation"
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
    named = counts and (number > bic_number if least else number < bic_number)
    answer = f"at least {count_word(number)}" if least else f"no need for more than {count_word(number)}"
    how = f"no sound fit with {count_word(k + 1)}" if p_value is None else f"p {probability(p_value)}"
    says = f"**Bootstrap test** ({shape}), {count_word(k)} against {count_word(k + 1)}: {how}, {answer}."
    because = f"the bootstrap test {'asks for' if least else 'needs no more than'} {count_word(number)}"
    return Finding("the bootstrap test", says, (number,) if named else (), because=because if named else "")


def by_population(kind: str, words: str) -> Finding:
    """What ``OnePopulation.kind`` says of the groups, and its words."""
    says = f"**One population?** {words}"
    if kind == "several":
        return Finding("the check against one population", says)
    doing = "about as well" if kind == "open" else "firmly better"
    return Finding("the check against one population", says, (1,), because=f"one population does {doing}")


def by_stability(jaccard: Mapping[str, float], mean_rand: float, model: str, counts: bool) -> Finding:
    """The mean Jaccard index of each group of a ``model``; it ``counts`` where that is BIC's."""
    least = min(jaccard, key=lambda letter: jaccard[letter])
    each = ", ".join(f"{letter} {value:.2f}" for letter, value in jaccard.items())
    says = f"**Stability** ({model}): Jaccard {each}; all groups together {mean_rand:.2f}."
    if not counts or jaccard[least] >= STABLE:
        return Finding("stability", says)
    if jaccard[least] < DISSOLVED:
        return Finding("stability", says, (), Firmness.OPEN, f"{least} seldom comes back when the rows change a little")
    return Finding(
        "stability", says, (), Firmness.FAIRLY_FIRM, f"{least} has other edges when the rows change a little"
    )


def by_merging(n_groups: int, n_clusters: int, apart: bool, model: str, counts: bool) -> Finding:
    """Into how many clusters the groups of a ``model`` might merge, or whether they are ``apart``; it ``counts`` where
    the model is BIC's."""
    start = f"**Merging** ({model}): "
    if n_clusters == n_groups:
        return Finding("merging", f"{start}{'the groups hardly share rows' if apart else 'no merge stands out'}.")
    says = f"{start}some groups share many rows, so they may be {several(n_clusters, 'cluster')}."
    because = f"some of the groups share many rows and may be {several(n_clusters, 'cluster')}"
    return Finding("merging", says, (n_clusters,) if counts else (), because=because if counts else "")


def ahead(gap: float) -> str:
    """How far a model leads whose BIC is so much lower, on the scale of Kass and Raftery (1995)."""
    return next(words for most, words in _AHEAD if gap < most)


def against(gap: float) -> str:
    """How strongly a BIC so far above the lowest speaks against a model, on the same scale."""
    return f"{_words(gap)} evidence against"


def strength(gap: float) -> str:
    """The same for a table: "" for a model without a value, "best" for the lowest."""
    return "" if isnan(gap) else "best" if gap == 0 else f"{_words(gap)} against"


def _words(gap: float) -> str:
    return next(words for most, words in _AGAINST if gap < most)

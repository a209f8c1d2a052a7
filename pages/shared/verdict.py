"""How many groups, and how firm that is: the rule that weighs all that is known, as values and words only.

The answer begins with the number of groups for which BIC is lowest. Each further piece of evidence names the numbers
that it speaks for, or says how firm the answer is at most. Where all name one number it is as firm as the weakest
allows; where they name several it is open among them.

========================  ==============================================================================================
BIC                       names its number, and every other less than 2 above it; ahead by less than 6: at most fairly
                          firm (Kass and Raftery 1995, section 3.2); with no other sound number: open
largest number compared   where BIC is lowest there: that number "or more", open
ICL                       names its number
cross-validation          names its number, where that predicts better than BIC's by 2 or more (-2 log-likelihood)
AIC, AICc                 nothing: they take more groups than there are (McLachlan and Peel 2000, section 6.8)
bootstrap test            of K against K + 1, in the shape of BIC's model: names K + 1 where p is at most 0.05 and BIC
                          takes fewer, K where p is larger and BIC takes more
one population            names one group, unless groups are firmly better and the test of one against two asks for a
                          second, if it was made; then, where BIC takes one, the number of groups that were checked;
                          where three or more that may be skewed are firmly better still, there may be fewer, open
stability                 of BIC's model: a Jaccard index below 0.6 leaves it open, below 0.75 at most fairly firm
                          (Hennig 2007)
not checked               at most firm so far: several groups, before one population and stability are known; one group,
                          before the test of one against two is made
scattered rows            groups of BIC's model that look like it (``gmm_core.model.scattered``): names the number of
                          the others
merging                   of BIC's model: names the suggested number of clusters
rows                      fewer than two for each free parameter leave it open
========================  ==============================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import inf, isnan

from pages.shared.wording import count_word

HARDLY, POSITIVE, STRONG = 2.0, 6.0, 10.0
"""Differences of BIC up to which evidence is not worth more than a bare mention, positive, and strong."""

DOUBTFUL = 0.05
"""p-value up to which a test asks for one group more."""

STABLE, DISSOLVED = 0.75, 0.6
"""Mean Jaccard index from which a group is stable, and below which it is not to be trusted: Hennig (2007)."""

_AHEAD = ((HARDLY, "hardly more"), (POSITIVE, "only a little more"), (STRONG, "clearly more"), (inf, "far more"))
_AGAINST = ((HARDLY, "hardly any"), (POSITIVE, "some"), (STRONG, "strong"), (inf, "very strong"))

MOST_REASONS = 2
"""Reasons that the sentence has room for; the lines below it have all."""


class Firmness(IntEnum):
    """How firm an answer is."""

    OPEN = 0
    FAIRLY_FIRM = 1
    SO_FAR = 2
    FIRM = 3

    @property
    def words(self) -> str:
        """As the sentence says it."""
        return ("still open", "fairly firm", "firm so far", "firm")[self]


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
    beyond : str
        Whether there may be "more" groups than the numbers, or "fewer"; "" for neither.
    """

    name: str
    says: str
    numbers: tuple[int, ...] = ()
    at_most: Firmness = Firmness.FIRM
    because: str = ""
    beyond: str = ""

    def level(self, number: int) -> Firmness:
        """How firm this number of groups is at most, by this evidence alone."""
        return Firmness.OPEN if set(self.numbers) - {number} else self.at_most


@dataclass(frozen=True)
class Verdict:
    """The numbers of groups that are possible, how firm that is, and why."""

    numbers: tuple[int, ...]
    firmness: Firmness
    reasons: tuple[str, ...]
    beyond: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The answer to "how many groups?"."""
        return f"{self.groups}, {self.firmness.words}: {'; '.join(self.reasons[:MOST_REASONS])}."

    @property
    def groups(self) -> str:
        """The numbers in words: "Two or three groups", "Five, six or more groups"."""
        beyond = ("another number of",) if len(self.beyond) > 1 else self.beyond
        names = [*(count_word(n) for n in self.numbers), *beyond]
        said = " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
        return f"{said.capitalize()} group{'' if names == ['one'] else 's'}"


def judged(findings: Sequence[Finding]) -> Verdict:
    """The verdict on all that is known; BIC's finding comes first."""
    number = findings[0].numbers[0]
    named = tuple(sorted({each for finding in findings for each in finding.numbers}))
    firmness = min(finding.level(number) for finding in findings)
    beyond = tuple(dict.fromkeys(finding.beyond for finding in findings if finding.beyond))
    return Verdict(named, firmness, _reasons(findings, number, firmness), beyond)


def _reasons(findings: Sequence[Finding], number: int, firmness: Firmness) -> tuple[str, ...]:
    """Why, BIC first and then what limits it most: what speaks for a firm answer, or what weakens another."""
    telling = Firmness.FIRM if firmness >= Firmness.SO_FAR else firmness
    giving = [finding for finding in findings if finding.because and finding.level(number) <= telling]
    giving.sort(key=lambda finding: (finding is not findings[0], finding.level(number)))
    alike = {each.numbers: each for each in reversed(giving) if set(each.numbers) - {number}}
    reasons = [each.because for each in giving if alike.get(each.numbers, each) is each]  # one for each other number
    n = sum(finding.numbers == (number,) for finding in findings[1:])
    if n and firmness > Firmness.OPEN and giving[0] is findings[0]:
        reasons[0] += f", and {'another measure agrees' if n == 1 else f'{count_word(n)} other measures agree'}"
    return tuple(reasons)


def turned(findings: Sequence[Finding], checks: Mapping[str, str]) -> str:
    """How the answer of the models alone and that with the checks made since fit together; "" where they are one.

    ``checks`` say by a finding's name what it asks beyond the models.
    """
    before, now = judged([each for each in findings if each.name not in checks]), judged(findings)
    firmness, number = min(before.firmness, Firmness.SO_FAR), findings[0].numbers[0]
    if now.firmness >= firmness and (before.numbers, before.beyond) == (now.numbers, now.beyond):
        return ""
    made = {each.name: each.level(number) for each in findings if each.name in checks}
    why = [checks[name] for name, level in made.items() if level <= now.firmness]
    return f"Comparing models alone said: {before.groups.lower()}, {firmness.words}. {' '.join(why)}"


def ahead(gap: float) -> str:
    """How much more the rows speak for a model whose BIC is so much lower: the scale of Kass and Raftery (1995)."""
    return next(words for most, words in _AHEAD if gap < most)


def against(gap: float) -> str:
    """How strongly a BIC so far above the lowest speaks against a model, on the same scale."""
    return f"{_words(gap)} evidence against"


def strength(gap: float) -> str:
    """The same for a table: "" for a model without a value, "best" for the lowest."""
    return "" if isnan(gap) else "best" if gap == 0 else f"{_words(gap)} against"


def _words(gap: float) -> str:
    return next(words for most, words in _AGAINST if gap < most)

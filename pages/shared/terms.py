"""Terms of art on the pages: what each means in two sentences, and where the theory says more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Term(NamedTuple):
    """A term: its meaning in two sentences, and the anchor of its section on the Theory page."""

    meaning: str
    anchor: str


TERMS: Mapping[str, Term] = {
    "group": Term(
        "A group is one of the normal distributions that a mixture is made of; the theory calls it a component. A "
        "cluster that one reads off a picture may need several of them.",
        "model",
    ),
    "share": Term(
        "The part of all rows that comes from a group, also called its weight. The shares add up to 100\u00a0%.",
        "model",
    ),
    "centre and spread": Term(
        "The centre is a group's mean, the spread its standard deviation, column by column. About two thirds of a "
        "group's rows lie within one spread of its centre in a column.",
        "model",
    ),
    "log-likelihood": Term(
        "How likely the rows are under the model: the sum of the logarithms of the density at each row, in nats. Only "
        "differences between models of the same rows in the same units mean something.",
        "model",
    ),
    "hidden group": Term(
        "Which group a row comes from is not in the table: it is a latent variable. EM works with its probabilities "
        "instead.",
        "latent",
    ),
    "membership": Term(
        "The probability that a row comes from a group, given its values (responsibility). A row's memberships add up "
        "to 100\u00a0%, and they only compare the groups with each other.",
        "responsibilities",
    ),
    "certainty": Term(
        "The largest membership of a row. A row between two groups has a certainty near 50\u00a0%, and is rather a "
        "question than an error.",
        "responsibilities",
    ),
    "E step and M step": Term(
        "The E step shares each row out among the components, by their responsibilities. The M step moves each "
        "component to the rows that it was given.",
        "em",
    ),
    "start": Term(
        "EM only climbs, so it ends on the hill where it started, and that need not be the highest. It is run from "
        "several starts, and the best sound solution is kept.",
        "convergence",
    ),
    "saddle": Term(
        "A place where EM stands still though it is no maximum: components that begin equal stay equal. The slightest "
        "push parts them.",
        "convergence",
    ),
    "tolerance": Term(
        "EM stops once what it can still gain is estimated to be smaller. Where groups overlap it is slow, and a loose "
        "tolerance stops it on the way.",
        "convergence",
    ),
    "shape": Term(
        "What the groups' spreads may look like: free, the same for all, axis-aligned, or round. Plainer shapes have "
        "fewer parameters and need fewer rows.",
        "families",
    ),
    "scaling": Term(
        "Standardised columns have the same spread. Round groups and k-means depend on it, free, same and axis-aligned "
        "shapes don't.",
        "families",
    ),
    "BIC": Term(
        "How badly a model fits, plus a price for each free parameter that grows with the rows; lower is better here. "
        "It asks how many bell shapes describe the rows.",
        "choosing",
    ),
    "ICL": Term(
        "BIC plus a price for rows that may belong to several groups. It asks how many groups stand apart.", "choosing"
    ),
    "cross-validation": Term(
        "Rows are held out in turn and predicted by a model of the others. It asks what would predict new rows best.",
        "choosing",
    ),
    "sound": Term(
        "A solution is sound where each group is spread over enough rows. In others a group has shrunk onto a few rows "
        "or onto a line: their likelihood is high without end, and says nothing about groups.",
        "degeneracy",
    ),
    "collapsed": Term(
        "A start goes astray, or collapses, where a group shrinks onto a few rows or onto a line. Such a solution fits "
        "these rows better and better without end, and says nothing about groups, so it never wins.",
        "degeneracy",
    ),
    "prior": Term(
        "A mild belief about means and spreads that counts besides the rows. It keeps small groups from shrinking onto "
        "a few rows.",
        "priors",
    ),
    "gaps": Term(
        "A row with gaps still tells of the columns that it has, so it need not be left out. The fit is then right "
        "where a value's absence does not depend on the value itself.",
        "missing",
    ),
    "k-means": Term(
        "k-means gives each row to the nearest centre, wholly. A mixture of round groups does the same in the limit of "
        "one small spread for all.",
        "k-means",
    ),
    "transform": Term(
        "A column with a long tail is not bell-shaped, and groups are spent on its tail. Its logarithm, or another "
        "transform, often is.",
        "when-not",
    ),
    "density": Term(
        "How common rows like this one are under the whole mixture. A row of low density fits no group, whatever its "
        "memberships say.",
        "odd-rows",
    ),
    "p-value": Term(
        "The share of rows drawn from the mixture that would be as rare as this one. A small one marks an odd row.",
        "odd-rows",
    ),
    "noise": Term(
        "A component for rows that fit no group, spread evenly over the data. With it a few odd rows don't bend the "
        "groups.",
        "odd-rows",
    ),
    "interval": Term(
        "Where a parameter lies over many refits with the rows weighted at random. A wide one means that the rows "
        "don't tell it well.",
        "how-sure",
    ),
    "test of one more group": Term(
        "Tables are drawn from the model with fewer groups, and one group more is fitted to each. Where few of them "
        "gain as much as yours, the group is more than chance.",
        "how-sure",
    ),
    "class": Term(
        "A value of the label column. Each class has a mixture of its own, and a new row goes to the class under which "
        "it is likeliest (Bayes' rule).",
        "classes",
    ),
}
"""By the words that pages have for them."""

_ODD = {"sound": "sound", "collapsed": "collapsed", "went astray": "collapsed"}
"""Words that ask for an explanation, and the term that gives it."""


def address(name: str) -> str:
    """Where the theory explains a term, for links in Markdown; they open beside the page."""
    return f"theory?section={TERMS[name].anchor}"


def explained(text: str) -> str | None:
    """What the first of the terms in a text that says something odd means; None where there is none."""
    return next((help_of(term) for word, term in _ODD.items() if re.search(rf"\b{word}\b", text)), None)


def help_of(name: str, first: str = "") -> str:
    """For a help sign: what else there is to say, then the term in two sentences, and a link to the theory."""
    return f"{first} {TERMS[name].meaning} [More in the theory]({address(name)})".lstrip()

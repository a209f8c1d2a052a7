"""Kinds of columns, each with how to tell it and why such a column can't be clustered."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from gmm_core.model.checking import LARGEST
from gmm_core.tables.column_facts import ANSWER, DATE, LONG_ENOUGH, NUMBER, TEXT, ColumnFacts

YES = frozenset(("yes", "y", "true", "t", "1", "on", "ja", "j", "oui", "si", "sì", "sí", "sim"))
ANSWERS = YES | frozenset(("no", "n", "false", "f", "0", "off", "nein", "non", "não"))
"""Words for yes and no, in a few languages."""

MOST_CATEGORIES = 1_000

MOST_GAPS = 0.6
"""Share of rows that may be gaps in a column of numbers."""

_IDENTIFIES = re.compile(r"(?:^|[^a-z])(?:id|ids|uuid|guid|key)(?:$|[^a-z])", re.IGNORECASE)
_CAMEL = re.compile(r"[a-z](?:Id|ID)$")
_NUMBERS_ROWS = re.compile(
    r"^(?:unnamed: 0|no\.?|nr\.?|#|index|idx|row|rows|rownames|row.?(?:number|nr|no|name)s?)$", re.I
)
_GIVEN_OUT = re.compile(
    r"(?:^|[^a-z])(?:customer|client|user|member|patient|subject|kunde|mitglied|no|nr)\.?$|[a-z]{3}(?:nr|nummer)\.?$"
    r"|(?:account|customer|invoice|member|order|serial|ticket)[^a-z]?(?:no\.?|number)$",
    re.I,
)

NEARLY_ALL = 0.9
"""Share of different values from which whole numbers number the rows where the name says so; some stand twice."""

UNLIKELY = 7.0
"""Minus log of the chance that so many measured values all differ, from which they must have been given out."""


@dataclass(frozen=True)
class Kind:
    """A kind of column.

    Parameters
    ----------
    name : str
    holds : callable
        Whether a column, by its facts, is of this kind.
    why_not : callable
        Why it can't be used for clustering, as what follows the column's name in a sentence; ``""`` where it can.
    """

    name: str
    holds: Callable[[ColumnFacts], bool]
    why_not: Callable[[ColumnFacts], str]


def kind_of(facts: ColumnFacts) -> Kind:
    """The first kind that a column is of."""
    return next(kind for kind in KINDS if kind.holds(facts))


def can_be_clustered(facts: ColumnFacts) -> bool:
    """Whether a column holds numbers that can be fitted, be that wise or not."""
    are_finite = facts.storage == NUMBER and facts.first_infinite is None
    return are_finite and facts.distinct > 1 and max(abs(facts.minimum), abs(facts.maximum)) <= LARGEST


def _always(why: str) -> Callable[[ColumnFacts], str]:
    return lambda facts: why


def _is_answer(facts: ColumnFacts) -> bool:
    if facts.storage == NUMBER:
        return facts.distinct == 2 and facts.whole and (facts.minimum, facts.maximum) == (0, 1)
    return facts.storage == ANSWER or (bool(facts.words) and facts.words <= ANSWERS)


def _is_identifier(facts: ColumnFacts) -> bool:
    if facts.storage == TEXT:
        return facts.digits or (_all_differ(facts) and (_named_as_identifier(facts.name) or not facts.wordy))
    if facts.storage != NUMBER or not facts.whole or facts.first_infinite is not None:
        return False
    if facts.counting or _named_as_identifier(facts.name):
        return True
    if _NUMBERS_ROWS.search(facts.name) or _GIVEN_OUT.search(facts.name):
        return facts.distinct >= max(LONG_ENOUGH, NEARLY_ALL * (facts.n_rows - facts.gaps))
    return _all_differ(facts) and _leave_no_room_for_chance(facts)


def _leave_no_room_for_chance(facts: ColumnFacts) -> bool:
    """Whether whole numbers lie too close together to be all different by chance.

    Of n values among R whole numbers all differ with probability exp(-n (n - 1) / 2 R) at most: the birthday problem,
    Feller (1968), An Introduction to Probability Theory and Its Applications, volume 1, II.3.
    """
    room = facts.maximum - facts.minimum + 1.0
    return facts.distinct * (facts.distinct - 1) / 2.0 > UNLIKELY * room


def _named_as_identifier(name: str) -> bool:
    return _IDENTIFIES.search(name) is not None or _CAMEL.search(name) is not None


def _all_differ(facts: ColumnFacts) -> bool:
    return facts.distinct == facts.n_rows - facts.gaps and facts.distinct >= LONG_ENOUGH


def _is_category(facts: ColumnFacts) -> bool:
    return facts.storage == TEXT and facts.distinct <= min(MOST_CATEGORIES, max(2, (facts.n_rows - facts.gaps) // 2))


def _why_not_number(facts: ColumnFacts) -> str:
    if facts.gaps > MOST_GAPS * facts.n_rows:
        return f"has gaps in {100 * facts.gaps / facts.n_rows:.0f}\u00a0% of its rows"
    if facts.first_infinite is None:
        return "" if can_be_clustered(facts) else f"holds values beyond {LARGEST:.0e}, too large to compute with"
    return f"holds infinite values, the first in row {facts.first_infinite + 1:,}; correct or remove those rows"


def _why_not_answer(facts: ColumnFacts) -> str:
    return "" if facts.storage == NUMBER else "holds yes or no, not a measure"


KINDS = (
    Kind("empty", lambda facts: facts.distinct == 0, _always("holds no values")),
    Kind("constant", lambda facts: facts.distinct == 1, _always("has the same value in every row")),
    Kind("date", lambda facts: facts.storage == DATE, _always("holds dates, not numbers")),
    Kind("yes/no", _is_answer, _why_not_answer),
    Kind("identifier", _is_identifier, _always("is an identifier, not a measure")),
    Kind("number", lambda facts: facts.storage == NUMBER, _why_not_number),
    Kind("category", _is_category, _always("holds words, not numbers")),
    Kind("text", lambda facts: True, _always("holds text, not numbers")),
)
"""In the order in which they are tried."""

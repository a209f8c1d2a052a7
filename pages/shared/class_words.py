"""What "Can a label be predicted?" says: the answer, which classes are mixed up, and what to beware of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.shared.classing import COMMONEST, SIMPLE, Question, Told
from pages.shared.wording import counted, escaped, listed, share, some

if TYPE_CHECKING:
    from gmm_core.model.classes.judging import Judged

WHAT_COMES = "Cross-validation judges every rule on all rows, and predicts each."

MOST_NAMED = 2
"""Pairs of classes that the answer names."""


def verdict(found: dict[str, Told], told: Told, question: Question) -> str:
    """How well the label is predicted, beside the simple rule and the commonest class, in a sentence."""
    if told.judged is None:
        return escaped(told.problem)
    base = found[COMMONEST].judged
    assert base is not None, "it can always be had"
    wrong = told.judged.error
    start = _word(told, wrong / base.error if base.error else 1.0, escaped(question.label))
    others = [
        f"{share(each.error)} {words}"
        for name, words in (
            (SIMPLE, "with one Gaussian a class, all of one shape"),
            (COMMONEST, "by always saying the commonest class"),
        )
        if name in found and (each := found[name].judged) is not None and name != told.rule.name
    ]
    against = f", against {listed(others)}" if others else ""
    return f"{start} {share(wrong)} of rows held out are predicted wrongly{against}."


def _word(told: Told, left: float, label: str) -> str:
    """How far the columns predict the label, by what is left of the error of the commonest class."""
    if told.rule.name == COMMONEST:
        return "Without a look at the columns"
    if left < 0.15:
        return f"Yes, the columns predict {label}:"
    if left < 0.8:
        return f"In part, the columns predict {label}:"
    return f"The columns hardly predict {label}:" if left < 1.0 else f"No, the columns don't predict {label}:"


def mixed_up(judged: Judged | None, question: Question) -> str:
    """Which classes are taken for which."""
    if judged is None:
        return ""
    if not judged.mistakes:
        return "No two classes are mixed up."
    shown = [
        f"{n:,.0f} of {escaped(true)} predicted as {escaped(told)}" for true, told, n in judged.mistakes[:MOST_NAMED]
    ]
    return f"Most often mixed up: {listed(shown)}. Predicted from {escaped(some(question.features.columns))}."


def cautions(question: Question) -> list[str]:
    """Rows that play no part, and classes with few."""
    features, data = question.features, question.data
    found = []
    if unlabelled := len(features.rows) - len(data.codes):
        found.append(
            f"{counted(unlabelled, 'row')} without a label are not learnt from; the file below predicts them, too."
        )
    if features.n_dropped:
        found.append(f"{counted(features.n_dropped, 'row')} with gaps are left out.")
    if question.equal_priors:
        found.append("All classes are taken as equally likely beforehand; the error counts the rows as they are.")
    needed = features.values.shape[1] + 1
    few = [f"“{name}”" for code, name in enumerate(data.classes) if (data.codes == code).sum() < 2 * needed]
    if few:
        verb, its = ("has", "its") if len(few) == 1 else ("have", "their")
        found.append(
            f"{escaped(some(few))} {verb} few rows for a shape of {its} own in {counted(needed - 1, 'column')}: "
            "prefer one shape for all."
        )
    return found

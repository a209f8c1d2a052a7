"""Verdicts on solutions as sentences for people; their kinds, rows and columns are for code."""

from collections.abc import Callable

from gmm_core.model.soundness import Verdict
from gmm_core.model.words import counted, listed


def sentence(verdict: Verdict, columns: tuple[str, ...]) -> str:
    """The verdict in words; "" for a sound solution."""
    return _SENTENCES[verdict.kind](verdict, columns)


def name_rows(rows: tuple[int, ...], limit: int = 6) -> str:
    """Rows as a person counts them, from 1: "row 3", "rows 1, 3 and 5", "rows 1, 2, ... (40 in all)"."""
    shown = [str(row + 1) for row in rows[:limit]]
    if len(rows) > limit:
        return f"rows {', '.join(shown)} ... ({len(rows)} in all)"
    return f"row{'s' if len(shown) > 1 else ''} {listed(shown)}"


def _collapsed(verdict: Verdict, columns: tuple[str, ...]) -> str:
    where = listed([columns[i] for i in verdict.columns])
    alone = len(verdict.columns) == 1
    shape, thinner = ("no spread in", "narrower") if alone else ("no spread across a line or plane in", "flatter")
    return (
        f"One group has shrunk onto {name_rows(verdict.rows)}, with {shape} {where}: the {thinner} it gets, the better "
        "it fits, without end, so it says nothing about groups."
    )


def _too_few(verdict: Verdict, columns: tuple[str, ...]) -> str:
    return (
        f"One group rests on {counted(verdict.n_rows, 'different row')} ({name_rows(verdict.rows)}), "
        f"but its shape needs at least {verdict.n_needed}."
    )


def _spurious(verdict: Verdict, columns: tuple[str, ...]) -> str:
    if verdict.n_rows == 1:
        return f"One group rests on {name_rows(verdict.rows)} alone, which is no further out than chance puts some row."
    where = listed([columns[i] for i in verdict.columns])
    return (
        f"One group is a narrow streak in {where} through {verdict.n_rows} different rows ({name_rows(verdict.rows)}): "
        "so few rows line up by chance."
    )


_SENTENCES: dict[str, Callable[[Verdict, tuple[str, ...]], str]] = {
    "sound": lambda verdict, columns: "",
    "empty": lambda verdict, columns: "One group has lost all its rows.",
    "collapsed": _collapsed,
    "too few rows": _too_few,
    "spurious": _spurious,
    "saddle": lambda verdict, columns: (
        "Groups lie on top of each other or are held by symmetry, in balance on a ridge: the slightest push finds a "
        "better answer."
    ),
}

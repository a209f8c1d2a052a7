"""The glossary: each symbol with its meaning, unit and range."""

from __future__ import annotations

from typing import NamedTuple


class Symbol(NamedTuple):
    """A line of the glossary; ``symbol`` is LaTeX."""

    symbol: str
    meaning: str
    unit: str
    range: str


NONE = "none"

SYMBOLS = (
    Symbol("N", "number of rows", NONE, "whole, at least 1"),
    Symbol("D", "number of columns", NONE, "whole, at least 1"),
    Symbol("K", "number of groups (components)", NONE, "whole, 1 to the number of distinct rows"),
    Symbol("x_n", "values of row $n$", "those of the columns", "any finite number, a column each"),
    Symbol("z_n", "group that row $n$ comes from; not observed", NONE, "1 to $K$"),
    Symbol(r"\pi_k", "weight: share of group $k$ in all rows", NONE, "0 to 1, sum 1"),
    Symbol(r"\mu_k", "mean (centre) of group $k$", "those of the columns", "any finite number"),
    Symbol(r"\sigma_k", "standard deviation (spread) of group $k$ in one column", "that of the column", "above 0"),
    Symbol(r"\Sigma_k", "covariance matrix of group $k$", "products of the columns'", "symmetric, positive definite"),
    Symbol(r"\mathcal{N}", "normal density", "1 over the product of the columns'", "0 to no upper limit"),
    Symbol(r"r_{nk}", "responsibility of group $k$ for row $n$", NONE, "0 to 1, sum 1 over the groups"),
    Symbol("N_k", "sum of the responsibilities of group $k$: the rows it is given", "rows", "0 to $N$"),
    Symbol(r"\ell", "log-likelihood", "nats", "any number, also positive"),
    Symbol(r"\mathcal{L}", "lower bound of the log-likelihood", "nats", "at most $\\ell$"),
    Symbol(r"\theta", "all parameters together", NONE, "as above"),
    Symbol("p", "number of free parameters", NONE, "full shapes: $KD(D+3)/2 + K - 1$"),
    Symbol(r"\rho", "rate of EM: part of the way that is left after a step", NONE, "0 to 1"),
)


def glossary() -> str:
    """All symbols as a Markdown table."""
    rows = [f"| ${each.symbol}$ | {each.meaning} | {each.unit} | {each.range} |" for each in SYMBOLS]
    return "\n".join(["| symbol | meaning | unit | range |", "|:--|:--|:--|:--|", *rows])

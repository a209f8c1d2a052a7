"""Rows between groups: how each chosen row is shared out among them."""

import altair as alt
import pandas as pd

from gmm_core.charts.style import (
    PERCENT_LABELS,
    Width,
    colour_scale,
    in_order,
    ink_scale,
    linear,
    lines,
    only,
    percent,
    plain,
    rank_of,
    sized,
    x_axis,
    y_axis,
)

MOST_ROWS = 40
_BAR = 28
_FRAME = 60
_QUARTERS = [0, 0.25, 0.5, 0.75, 1]
_LETTER, _LETTER_AND_SHARE = 0.08, 0.25


def memberships(responsibilities: pd.DataFrame, *, width: Width = "container") -> alt.LayerChart:
    """A bar a row, divided by membership; its parts carry letter and share where they are wide enough.

    Parameters
    ----------
    responsibilities : pandas.DataFrame
        Columns row, component, responsibility (0..1), a line for each row and component; optionally label, the row's
        name. Rows stand in the order of the frame; the first 40 are drawn.
    width : int or "container"

    Returns
    -------
    altair.LayerChart
        Its height follows from the number of rows.
    """
    parts = _parts(responsibilities)
    names = list(dict.fromkeys(parts["name"]))
    placed = alt.layer(_bars(parts), _inscriptions(parts)).encode(
        x=alt.X(scale=linear(0, 1), axis=x_axis("Membership", values=_QUARTERS, labelExpr=PERCENT_LABELS)),
        y=alt.Y(
            scale=alt.Scale(domain=names, paddingInner=0.22, paddingOuter=0.1),
            axis=y_axis(None, grid=False, labelLimit=130),
        ),
    )
    return sized(placed, width, _FRAME + _BAR * len(names))


def _parts(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """Each part of a bar with its two ends: component by component, laid end to end."""
    labelled = "label" in responsibilities
    frame = only(responsibilities, "row", "component", "responsibility", *(["label"] if labelled else []))
    frame = frame[frame["row"].isin(frame["row"].unique()[:MOST_ROWS])]
    frame = frame.sort_values("component", key=lambda column: column.map(rank_of), kind="stable")
    frame["end"] = frame.groupby("row")["responsibility"].cumsum()
    frame["start"] = frame["end"] - frame["responsibility"]
    frame["share"] = frame["responsibility"].map(percent)
    return frame.sort_index().assign(name=_names(frame.sort_index()))


def _names(frame: pd.DataFrame) -> pd.Series:
    """The row's own name, or "Row 17"; both where a name occurs twice."""
    numbered = "Row " + frame["row"].astype(str)
    if "label" not in frame:
        return numbered
    label = frame["label"].fillna("").map(str).map(lambda text: plain(text) if text.strip() else "")
    shared = frame["row"].groupby(label).transform("nunique") > 1
    named = label.where(~shared, label + " (" + numbered.str.lower() + ")")
    return named.where(label != "", numbered)


def _bars(parts: pd.DataFrame) -> alt.Chart:
    shown = [("name:N", "Row", None), ("component:N", "Group", None), ("share:N", "Membership", None)]
    return (
        alt.Chart(only(parts, "name", "component", "start", "end", "share"))
        .mark_bar(cornerRadius=1)
        .encode(
            x=alt.X("start:Q"),
            x2=alt.X2("end"),
            y=alt.Y("name:N"),
            color=alt.Color("component:N", scale=colour_scale(in_order(parts["component"])), legend=None),
            tooltip=lines(shown),
        )
    )


def _inscriptions(parts: pd.DataFrame) -> alt.Chart:
    wide = parts[parts["responsibility"] >= _LETTER]
    middle = (wide["start"] + wide["end"]) / 2
    both = wide["component"] + "  " + wide["share"]
    text = both.where(wide["responsibility"] >= _LETTER_AND_SHARE, wide["component"])
    frame = only(wide.assign(middle=middle, text=text), "name", "component", "middle", "text")
    ink = ink_scale(in_order(frame["component"]))
    return (
        alt.Chart(frame)
        .mark_text(fontSize=11, fontWeight="bold", tooltip=None)
        .encode(
            x=alt.X("middle:Q"),
            y=alt.Y("name:N"),
            text=alt.Text("text:N"),
            fill=alt.Fill("component:N", scale=ink, legend=None),
        )
    )

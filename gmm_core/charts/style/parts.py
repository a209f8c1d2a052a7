"""A chart with some of its properties changed, without copies of its layers."""

from copy import copy
from typing import Any, TypeVar

import altair as alt

View = TypeVar("View", alt.Chart, alt.LayerChart)


def with_parts(chart: View, **parts: Any) -> View:
    """The chart with these properties in place of its own; the chart given stays as it was.

    Altair's own methods copy every layer down to its palette, twice for each change: most of the time of a map.

    Parameters
    ----------
    chart : altair.Chart or altair.LayerChart
    **parts
        Properties by Altair's names: ``layer``, ``data``, ``width`` ...

    Returns
    -------
    altair.Chart or altair.LayerChart
        What was not changed is shared by both.
    """
    changed = copy(chart)
    object.__setattr__(changed, "_kwds", {**chart._kwds, **parts})
    return changed

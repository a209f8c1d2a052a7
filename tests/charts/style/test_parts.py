"""A chart with some of its properties changed."""

import altair as alt
import pandas as pd

from gmm_core.charts.style import with_parts


def test_the_chart_given_stays_as_it_was_and_the_other_is_what_altair_would_make():
    chart = alt.layer(alt.Chart(pd.DataFrame({"x": [1.0]})).mark_point().encode(x="x:Q"))
    before = chart.to_dict()
    assert with_parts(chart, height=80).to_dict() == chart.properties(height=80).to_dict() != before
    assert chart.to_dict() == before

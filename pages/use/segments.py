"""Who is in each group?"""

import streamlit as st

from pages.shared import frame, scattering, segment_cards, segment_parts, segmenting
from pages.shared.remarks import Remark

frame.question("Who is in each group?", "group", "share", "membership", "interval")
answer = st.container()
fitted = frame.fit_or_stop(legend=False)
with answer:
    cautions: list[str | Remark] = [*scattering.cautions(fitted), *segmenting.cautions(fitted)]
    frame.answer(segmenting.verdict(fitted), cautions, segmenting.note(fitted))

segment_cards.segments(fitted)
if len(fitted.names) > 1:
    segment_parts.heat_map(fitted)
segment_parts.tabs(fitted)
frame.next_page("pages/use/outliers.py", "Next: which rows don't fit?")

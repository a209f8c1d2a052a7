"""Which rows are unsure?"""

from functools import partial

from pages.shared import frame, sure_but_far, tabbed, unsure, unsure_rows, what_if

frame.question("Which rows are unsure?", "membership", "certainty", "density")
fitted = frame.fit_or_stop()
unsure.board(fitted)
drawers = {"All rows": unsure_rows, "Sure, but far away": sure_but_far, "What if": what_if}
tabbed.tabs("unsure-tabs", {title: partial(part.section, fitted) for title, part in drawers.items()})
frame.next_page("pages/use/segments.py", "Next: who is in each group?")

"""Which rows don't fit?"""

from pages.shared import drifting, frame, odd, scored_source

frame.question("Which rows don't fit?", "density", "p-value", "membership", "noise")
fitted = frame.fit_or_stop()
scored = scored_source.choose(fitted)
odd.board(scored)
drifting.section(scored)

"""What selections on charts are called, in the chart and in what a page is told of it."""

from gmm_core.charts.style.labels import BADGES

BRUSH = "brush"
"""A box that a person drags."""

GROUP = "group"
"""The groups whose badges a person clicked."""

ON_BADGE = f"event.item && event.item.mark.name === '{BADGES}_marks'"
"""Whether an event of the mouse is on a badge, as an expression."""

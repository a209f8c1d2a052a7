"""Charts: tidy frame in, Altair chart out.

Each function takes frames with fixed column names and the user's column names as titles only. What comes out is a plain
Altair chart: show it with ``st.altair_chart(chart, width="stretch")`` or as the last line of a notebook cell, lay or
join it with others, or turn it into a file with `to_spec`.
"""

from gmm_core.charts.against_model import cumulative, quantile_plot, with_handovers
from gmm_core.charts.bound import bound
from gmm_core.charts.brushing import boxed, brushed
from gmm_core.charts.certainty import certainty
from gmm_core.charts.chance import chance
from gmm_core.charts.clicking import clickable
from gmm_core.charts.climb import climb
from gmm_core.charts.convergence import convergence
from gmm_core.charts.correlations import correlations
from gmm_core.charts.criteria import criteria
from gmm_core.charts.cross_table import cross_table
from gmm_core.charts.differences import differences
from gmm_core.charts.dimming import dimmed
from gmm_core.charts.distribution import distribution
from gmm_core.charts.entropy import entropy
from gmm_core.charts.export import skip_checks, to_file, to_page, to_spec, with_names
from gmm_core.charts.files import rows_behind, to_png, to_svg
from gmm_core.charts.flagged import flagged
from gmm_core.charts.flow import flow
from gmm_core.charts.gallery import thumbnail_histogram, thumbnail_scatter
from gmm_core.charts.group_histograms import group_histograms
from gmm_core.charts.histogram import histogram
from gmm_core.charts.loadings import loadings
from gmm_core.charts.marginals import with_marginals
from gmm_core.charts.memberships import memberships
from gmm_core.charts.merge_tree import merge_tree
from gmm_core.charts.pair_matrix import pair_matrix
from gmm_core.charts.pairing import ringed, same_axes
from gmm_core.charts.parallel import parallel
from gmm_core.charts.pointed_out import pointed_out
from gmm_core.charts.rarity import rarity
from gmm_core.charts.scatter import scatter
from gmm_core.charts.shaded import shaded
from gmm_core.charts.shares import shares
from gmm_core.charts.solutions import MOST_SOLUTIONS, solutions
from gmm_core.charts.stage_line import stage_line
from gmm_core.charts.stage_plane import stage_plane
from gmm_core.charts.style import BRUSH, GROUP, PICK, coloured
from gmm_core.charts.whiskers import whiskers

__all__ = [
    "BRUSH",
    "GROUP",
    "MOST_SOLUTIONS",
    "PICK",
    "bound",
    "boxed",
    "brushed",
    "certainty",
    "chance",
    "clickable",
    "climb",
    "coloured",
    "convergence",
    "correlations",
    "criteria",
    "cross_table",
    "cumulative",
    "differences",
    "dimmed",
    "distribution",
    "entropy",
    "flagged",
    "flow",
    "group_histograms",
    "histogram",
    "loadings",
    "memberships",
    "merge_tree",
    "pair_matrix",
    "parallel",
    "pointed_out",
    "quantile_plot",
    "rarity",
    "ringed",
    "rows_behind",
    "same_axes",
    "scatter",
    "shaded",
    "shares",
    "skip_checks",
    "solutions",
    "stage_line",
    "stage_plane",
    "thumbnail_histogram",
    "thumbnail_scatter",
    "to_file",
    "to_page",
    "to_png",
    "to_spec",
    "to_svg",
    "whiskers",
    "with_handovers",
    "with_marginals",
    "with_names",
]

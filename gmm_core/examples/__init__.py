"""Built-in data sets, each with what to see in it, its source and its licence.

``EXAMPLES`` describes them without reading a file or importing pandas; ``load_example(name)`` gives a table. Data sets
kept as files lie in ``data``; each generated one has a module with its truth and a function that takes a seed.
"""

from gmm_core.examples.catalogue import EXAMPLES
from gmm_core.examples.example import Example
from gmm_core.examples.loading import load_example
from gmm_core.examples.plane import make_plane_sample, plane_truth
from gmm_core.examples.sensor_readings import make_sensor_readings
from gmm_core.examples.shop_customers import ShopDraw, draw_shop, make_shop_customers
from gmm_core.examples.simulator import make_simulator_sample
from gmm_core.examples.worked import WORKED, Worked, figure_values

__all__ = [
    "EXAMPLES",
    "WORKED",
    "Example",
    "ShopDraw",
    "Worked",
    "draw_shop",
    "figure_values",
    "load_example",
    "make_plane_sample",
    "make_sensor_readings",
    "make_shop_customers",
    "make_simulator_sample",
    "plane_truth",
]

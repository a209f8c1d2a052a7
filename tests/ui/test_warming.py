"""What is loaded before it is asked for."""

import subprocess
import sys

from tests.browser.serving import ROOT

LOAD = """
import sys, threading
from pages.shared import warming
warming.for_the_first_page()
warming.for_the_others()
[thread.join() for thread in threading.enumerate() if thread.name == "warm-up"]
print(*sys.modules)
"""


def test_all_rooms_are_loaded_beforehand_and_nothing_that_need_not_be_installed():
    done = subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr
    loaded = set(done.stdout.split())
    assert {"pages.shared.odd", "gmm_core.model.oddness", "gmm_core.charts.scatter", "scipy.optimize"} <= loaded
    assert not loaded & {"sklearn", "scipy.stats", "matplotlib"}

"""What is read at the most is set in one place, and the server's own limit agrees with it."""

import tomllib
from pathlib import Path

from gmm_core.tables import limits

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"


def test_the_server_takes_files_up_to_the_size_that_is_read():
    largest = tomllib.loads(CONFIG.read_text())["server"]["maxUploadSize"]
    assert largest * 1024**2 == limits.MAX_BYTES


def test_the_limits_are_said_in_a_sentence():
    said = limits.in_words()
    for limit in ("200 MB", "2,000,000 rows", "5,000 columns", "250 sheets", "1,024 MB", "50 MB"):
        assert limit in said

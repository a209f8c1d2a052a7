"""Small blocks, so that a few dozen rows fill several shards."""

import pytest

from gmm_core.model.em import rows

SMALL_BLOCK = 7


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of seven rows."""
    monkeypatch.setattr(rows, "block_length", lambda n_features: SMALL_BLOCK)
    return SMALL_BLOCK

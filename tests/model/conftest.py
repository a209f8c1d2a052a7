"""What tests of the model ask for by name."""

import pytest

from gmm_core.model.search import Search


@pytest.fixture(scope="module")
def without_rescues():
    """Examples that would need them are dropped: each takes as long as a dozen others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Search, "decided", True)
        yield

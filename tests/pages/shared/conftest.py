"""What tests of pages' parts may use."""

from collections.abc import Iterator

import pytest
import streamlit as st


@pytest.fixture(scope="module")
def own_stores() -> Iterator[None]:
    """Without results of other modules, and leaving none to them."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()

"""Results are kept in bounded number and bytes."""

import numpy as np
import pandas as pd
import pytest

from gmm_core import FeatureSpec
from gmm_core.model.classes.judging import Judged
from gmm_core.model.classes.labelled import Labelled
from gmm_core.model.classes.rules import RULES
from pages.shared.classing import Told
from pages.shared.stores import Store


@pytest.mark.parametrize("kept", [1, 3])
def test_a_store_forgets_what_was_longest_unused(kept):
    store = Store(kept)
    for i in range(5):
        store.put(str(i), i)
        store.get("0")
    assert store.get("4") == 4
    assert (store.get("0") == 0) is (kept > 1)
    assert store.get("1") is None


def rows(kind: str) -> object:
    values = np.arange(1_000.0)
    frame = pd.DataFrame({"x": values})
    labelled = Labelled.of(values[:250, None], np.arange(250) % 2)  # 3 numbers a row
    told = {"rule": Told(RULES["commonest"], Judged(labelled, np.zeros((250, 1)))), "none": Told(RULES["commonest"])}
    kinds = {"array": values, "frame": frame, "series": frame["x"], "parts": [values[:500], (values[500:], 1, "text")]}
    return {**kinds, "features": FeatureSpec(("x",)).apply(frame), "classes": told}[kind]


@pytest.mark.parametrize("kind", ["array", "frame", "series", "parts", "features", "classes"])
def test_a_store_forgets_what_is_too_large_in_all_and_keeps_the_newest(kind):
    store = Store(10, most_bytes=20_000 if kind != "features" else 60_000)
    for i in range(5):
        store.put(str(i), rows(kind))
    assert [str(i) for i in range(5) if store.get(str(i)) is not None] == ["3", "4"]
    small = Store(10, most_bytes=10)
    small.put("a", rows(kind))
    small.put("b", rows(kind))
    assert small.get("a") is None
    assert small.get("b") is not None


def test_a_value_is_made_once():
    made = []
    store = Store(2)
    for _ in range(3):
        assert store.get_or_make("a", lambda: made.append(1) or "value") == "value"
    assert made == [1]

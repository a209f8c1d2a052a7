"""Loading an example by name, and the sentence for a name that there is not."""

import pytest

from gmm_core.errors import GmmError
from gmm_core.examples import EXAMPLES, load_example


def test_an_unknown_name_is_answered_with_all_known_ones():
    with pytest.raises(GmmError) as caught:
        load_example("tulips")
    assert caught.value.value == "tulips"
    assert all(name in caught.value.remedy for name in EXAMPLES)
    assert "Did you mean" not in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("old-faithfull", "old-faithful"),
        ("Old Faithful", "old-faithful"),
        ("six_points", "six-points"),
        ("penguin", "penguins"),
        ("IRIS", "iris"),
        ("waittime", "wait-times"),
    ],
)
def test_a_near_miss_is_answered_with_what_was_meant(typed, meant):
    with pytest.raises(GmmError, match=f"Did you mean '{meant}'"):
        load_example(typed)

"""The ways to set a threshold, all of them, against plain counts."""

import math

import numpy as np
import pytest

from gmm_core.model.flagging import FLAG_RULES, n_flagged
from gmm_core.model.oddness import oddness_of
from tests.model.test_oddness import MIXTURE

every_rule = pytest.mark.parametrize("name", FLAG_RULES)


@pytest.fixture(scope="module")
def odd():
    x, _ = MIXTURE.sample(500, np.random.default_rng(2))
    x[:12] += 9.0
    return oddness_of(MIXTURE, x)


def step_by_step(p_values, rate):
    """Benjamini and Hochberg's rule, rank by rank."""
    ordered = sorted(p_values)
    return max([i for i, p in enumerate(ordered, start=1) if p <= rate * i / len(ordered)], default=0)


COUNTS = {
    "p-value": lambda odd, value: sum(p <= value for p in odd.p_value),
    "share": lambda odd, value: round(value * len(odd.p_value)),
    "density": lambda odd, value: sum(each <= value + 1e-3 for each in odd.log_density),
    "false alarms": lambda odd, value: step_by_step(odd.p_value, value),
}


@every_rule
def test_it_flags_as_many_rows_as_a_plain_count(name, odd):
    rule = FLAG_RULES[name]
    for value in rule.values(odd):
        assert abs(n_flagged(odd, rule.cut(odd, value)) - COUNTS[name](odd, value)) <= (name == "density")


@every_rule
def test_stricter_thresholds_flag_fewer_rows_and_each_reads_differently(name, odd):
    rule = FLAG_RULES[name]
    values = rule.values(odd)
    counts = [n_flagged(odd, rule.cut(odd, value)) for value in values]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]
    assert len({rule.told(value) for value in values}) == len(values)
    assert 0 <= rule.first < len(values)


@every_rule
def test_no_rows_are_no_flags(name, odd):
    none = oddness_of(MIXTURE, np.empty((0, 3)))
    assert all(n_flagged(none, FLAG_RULES[name].cut(none, value)) == 0 for value in FLAG_RULES[name].values(odd))


def test_false_alarms_stay_below_their_share_on_average():
    shares = []
    for seed in range(10):
        x, _ = MIXTURE.sample(400, np.random.default_rng(seed))
        x[:20] += 12.0
        found = oddness_of(MIXTURE, x)
        n = n_flagged(found, FLAG_RULES["false alarms"].cut(found, 0.2))
        shares.append((n - 20) / n)
    assert 0 < np.mean(shares) < 0.2 + 3 * math.sqrt(0.2 / 10 / 25)

"""The shop's table: what it promises of skew, gaps, odd rows and segments."""

import re

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import SettingsError
from gmm_core.examples import draw_shop, make_shop_customers
from gmm_core.examples.shop_truth import (
    CHANNEL,
    DAYS,
    DISCOUNTED,
    ID,
    ITEMS,
    LOG_CORRELATIONS,
    LOG_SPREADS,
    MONTHS,
    NEWSLETTER,
    ODD_ROWS,
    ORDERS,
    REGION,
    RETURNED,
    SEGMENTS,
    VALUE,
)

COLUMNS = [ID, VALUE, ORDERS, DAYS, ITEMS, RETURNED, DISCOUNTED, MONTHS, CHANNEL, REGION, NEWSLETTER]
DECIMALS = {VALUE: 2, ORDERS: 1, DAYS: 0, ITEMS: 1, RETURNED: 1, DISCOUNTED: 0, MONTHS: 0}
FIRST_CUSTOMER = [20.99, 4.0, 79.0, 1.3, 0.0, 74.0, 13.0]
SUMS = [303518.39, 27546.1, 348152.0, 14029.1, 40064.9, 119300.0, 157181.0]


@pytest.fixture(scope="module")
def draw():
    """The default table with its truth."""
    return draw_shop()


@pytest.fixture(scope="module")
def customers(draw):
    """The default table."""
    return draw.customers


@pytest.fixture(scope="module")
def usual(draw):
    """The default table without its odd rows, with a column for the segment."""
    return draw.customers.assign(segment=draw.segments)[draw.segments != "odd"]


def test_the_table_has_4000_customers_and_a_shop_s_columns(customers):
    assert len(customers) == 4000
    assert list(customers.columns) == COLUMNS


def test_customer_ids_differ_and_are_text(customers):
    assert customers[ID].is_unique
    assert all(re.fullmatch(r"C\d{6}", name) for name in customers[ID])


def test_the_default_table_stays_what_it_is(customers):
    numbers = customers[list(DECIMALS)]
    assert numbers.loc[0].tolist() == FIRST_CUSTOMER
    np.testing.assert_allclose(numbers.sum(), SUMS, atol=1e-6)


def test_the_seed_decides_the_table():
    pd.testing.assert_frame_equal(make_shop_customers(200, seed=2), make_shop_customers(200, seed=2))
    assert not make_shop_customers(200, seed=2).equals(make_shop_customers(200, seed=3))


def test_the_table_is_the_same_with_and_without_its_truth(customers):
    pd.testing.assert_frame_equal(make_shop_customers(), customers)


def test_the_segment_is_not_a_column(draw, customers):
    assert not any(set(draw.segments.tolist()) & set(map(str, customers[column])) for column in COLUMNS)


@pytest.mark.parametrize(("column", "decimals"), DECIMALS.items())
def test_values_are_rounded_as_a_shop_would_store_them(customers, column, decimals):
    values = customers[column].dropna()
    np.testing.assert_array_equal(values, values.round(decimals))


@pytest.mark.parametrize("column", [VALUE, ORDERS, DAYS, ITEMS, RETURNED, MONTHS])
def test_amounts_and_counts_lean_to_the_right(usual, column):
    assert usual[column].skew() > 0.6


def test_amounts_are_positive_and_shares_are_percentages(customers):
    assert (customers[[VALUE, ORDERS, DAYS, ITEMS, MONTHS]].min() > 0).all()
    assert customers[[RETURNED, DISCOUNTED]].stack().between(0, 100).all()


def test_many_customers_never_sent_anything_back(customers):
    assert 0.05 < (customers[RETURNED] == 0).mean() < 0.3


def test_nobody_ordered_last_before_becoming_a_customer(usual):
    complete = usual.dropna(subset=[DAYS])
    assert (complete[DAYS] <= 31 * complete[MONTHS]).all()


def test_gaps_are_few_and_only_where_a_shop_loses_cells(customers):
    gaps = customers.isna().mean()
    assert set(gaps[gaps > 0].index) == {DAYS, ITEMS, REGION, NEWSLETTER}
    assert gaps.max() < 0.06
    assert gaps[DAYS] == pytest.approx(0.015, abs=0.006)


def test_items_go_uncounted_only_at_the_tills(customers):
    assert set(customers.loc[customers[ITEMS].isna(), CHANNEL]) == {"store"}


def test_odd_rows_are_where_the_truth_says(draw):
    assert (draw.segments[draw.odd_rows] == "odd").all()
    assert (draw.segments == "odd").sum() == len(ODD_ROWS) == 7
    for row, cells in zip(draw.odd_rows, ODD_ROWS, strict=True):
        assert draw.customers.loc[row, list(cells)].tolist() == list(cells.values())


def test_every_odd_row_is_beyond_or_at_the_rim_of_the_others_in_some_column(draw, usual):
    lone = [(0, VALUE), (1, VALUE), (2, ORDERS), (4, VALUE), (5, RETURNED), (6, MONTHS)]
    for odd, column in lone:
        value = draw.customers.loc[draw.odd_rows[odd], column]
        assert value > usual[column].max() or value < usual[column].min()


def test_one_odd_row_is_odd_only_in_its_combination(draw, usual):
    silent = draw.customers.loc[draw.odd_rows[3]]
    frequent = usual[usual[ORDERS] >= silent[ORDERS]]
    assert usual[ORDERS].min() < silent[ORDERS] < usual[ORDERS].max()
    assert usual[DAYS].min() < silent[DAYS] < usual[DAYS].max()
    assert frequent[DAYS].max() < silent[DAYS] / 5


def test_segments_take_their_shares(usual):
    shares = usual["segment"].value_counts(normalize=True)
    np.testing.assert_allclose([shares[s.name] for s in SEGMENTS], [s.share for s in SEGMENTS], atol=0.02)


@pytest.mark.parametrize("segment", SEGMENTS, ids=lambda segment: segment.name)
def test_logarithms_within_a_segment_have_the_documented_medians_spreads_and_correlations(segment):
    draw = draw_shop(20_000, seed=12)
    rows = draw.customers.loc[draw.segments == segment.name, [VALUE, ORDERS, DAYS, ITEMS]].dropna()
    logs = np.log(rows)
    np.testing.assert_allclose(logs.median(), np.log(segment.medians), atol=0.04)
    np.testing.assert_allclose(logs.std(), LOG_SPREADS, rtol=0.06)
    np.testing.assert_allclose(logs.corr(), LOG_CORRELATIONS, atol=0.06)


def test_habits_differ_between_segments_as_documented(usual):
    subscribed = (usual["newsletter"] == "yes").groupby(usual["segment"]).mean()
    discounted = usual.groupby("segment")[DISCOUNTED].median()
    for segment in SEGMENTS:
        assert discounted[segment.name] == pytest.approx(100 * segment.discounted, abs=4)
        assert subscribed[segment.name] == pytest.approx(segment.newsletter, abs=0.06)


def test_regions_do_not_depend_on_the_segment(usual):
    by_segment = pd.crosstab(usual["segment"], usual[REGION], normalize="index")
    assert (by_segment.max() - by_segment.min()).max() < 0.1


def test_a_table_too_small_for_its_odd_rows_is_refused():
    with pytest.raises(SettingsError, match=r"50 rows is too small.*100"):
        make_shop_customers(50)

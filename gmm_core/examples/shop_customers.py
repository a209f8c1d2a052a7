"""A shop's customer table: four overlapping segments with skew, gaps and a handful of odd rows.

How it is made: each customer belongs to one of the four ``SEGMENTS`` of ``shop_truth``. The logarithms of average order
value, orders a year, days since last order and items a basket are jointly normal within a segment, about the segment's
medians, with the same spreads and correlations in all. So the columns are skewed as money and counts are, and on a
logarithmic scale they are a Gaussian mixture. The other columns follow from these or from the segment's habits. Values
are rounded as a shop would store them, ``ODD_ROWS`` replace a few, and some cells are left blank. The segment itself is
no column of the table: ``draw_shop`` gives it beside the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gmm_core.examples import shop_truth as shop
from gmm_core.examples.drawing import check_row_count, draw_category, draw_category_by_group
from gmm_core.examples.shop_truth import ODD_ROWS, SEGMENTS

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]

SEED = 7
OLDEST_CUSTOMER = 180  # months: the shop opened fifteen years ago
DAYS_A_MONTH = 30.4
DECIMALS = {shop.VALUE: 2, shop.ORDERS: 1, shop.DAYS: 0, shop.ITEMS: 1, shop.RETURNED: 1, shop.DISCOUNTED: 0}
WHOLE = (shop.DISCOUNTED, shop.MONTHS)
LOST_CELLS = {shop.DAYS: 0.015, shop.REGION: 0.02, shop.NEWSLETTER: 0.04}
UNCOUNTED_AT_TILLS = 0.12


@dataclass(frozen=True)
class ShopDraw:
    """A customer table with its truth.

    Parameters
    ----------
    customers : pandas.DataFrame, (n, 11)
        The table as the shop would export it.
    segments : numpy.ndarray of str, (n,)
        Name of the segment that each row was drawn from, ``"odd"`` for the odd rows.
    odd_rows : numpy.ndarray of int, (7,)
        Positions of ``ODD_ROWS`` in the table, in their order.
    """

    customers: pd.DataFrame
    segments: NDArray[np.str_]
    odd_rows: Positions


def make_shop_customers(n: int = 4000, seed: int = SEED) -> pd.DataFrame:
    """Generate the customer table of a shop.

    Parameters
    ----------
    n : int
        Number of customers, at least 100.
    seed : int
        Seed of ``numpy.random.default_rng``; the same seed gives the same table.

    Returns
    -------
    pandas.DataFrame, (n, 11)
        One row a customer, with gaps; ``draw_shop`` gives the same table with its truth.

    Raises
    ------
    SettingsError
        If ``n`` is below 100.
    """
    return draw_shop(n, seed).customers


def draw_shop(n: int = 4000, seed: int = SEED) -> ShopDraw:
    """Generate the customer table of a shop together with the segment of each row.

    Parameters
    ----------
    n : int
        Number of customers, at least 100.
    seed : int
        Seed of ``numpy.random.default_rng``; the same seed gives the same table.

    Returns
    -------
    ShopDraw

    Raises
    ------
    SettingsError
        If ``n`` is below 100.
    """
    check_row_count(n, least=100)
    rng = np.random.default_rng(seed)
    segment = draw_category(rng, [s.share for s in SEGMENTS], n)
    odd_rows = rng.permutation(n)[: len(ODD_ROWS)]
    customers = _table(_behaviour(rng, segment), _categories(rng, segment))
    _make_odd(customers, odd_rows)
    _blank_cells(rng, customers, spared=odd_rows)
    names = np.array([s.name for s in SEGMENTS] + ["odd"])
    segment[odd_rows] = len(SEGMENTS)
    return ShopDraw(customers, names[segment], odd_rows)


def _behaviour(rng: np.random.Generator, segment: Positions) -> dict[str, Floats]:
    value, orders, days, items = np.exp(_log_habits(rng, segment)).T
    items = np.maximum(items, 1)
    months = _months(rng, segment, days)
    return {
        shop.VALUE: value,
        shop.ORDERS: orders,
        shop.DAYS: np.maximum(days, 1),
        shop.ITEMS: items,
        shop.RETURNED: 100 * _share_returned(rng, segment, bought=orders * months / 12 * items),
        shop.DISCOUNTED: 100 * _share_near(rng, np.array([s.discounted for s in SEGMENTS])[segment], spread=0.8),
        shop.MONTHS: months,
    }


def _log_habits(rng: np.random.Generator, segment: Positions) -> Floats:
    # Cholesky by hand, not multivariate_normal: its factor may change sign from one LAPACK to the next.
    factor = np.linalg.cholesky(np.array(shop.LOG_CORRELATIONS))
    spread = rng.standard_normal((len(segment), len(factor))) @ factor.T * np.array(shop.LOG_SPREADS)
    centres = np.log([s.medians for s in SEGMENTS])  # (segments, 4)
    return np.asarray(centres[segment] + spread)


def _months(rng: np.random.Generator, segment: Positions, days: Floats) -> Floats:
    # Nobody can have ordered last before becoming a customer.
    typical = np.array([s.months for s in SEGMENTS])[segment]
    before_last_order = typical * np.exp(0.6 * rng.standard_normal(len(segment)))
    return np.asarray(np.minimum(np.ceil(days / DAYS_A_MONTH + before_last_order), OLDEST_CUSTOMER))


def _share_returned(rng: np.random.Generator, segment: Positions, bought: Floats) -> Floats:
    # Counted in whole items, so that many customers stand at exactly none.
    chance = _share_near(rng, np.array([s.returned for s in SEGMENTS])[segment], spread=0.6)
    items = np.ceil(bought).astype(np.int64)
    return np.asarray(rng.binomial(items, chance) / items)


def _share_near(rng: np.random.Generator, typical: Floats, spread: float) -> Floats:
    # Normal on the scale of log odds: stays between 0 and 1.
    odds = typical / (1 - typical) * np.exp(spread * rng.standard_normal(len(typical)))
    return np.asarray(odds / (1 + odds))


def _categories(rng: np.random.Generator, segment: Positions) -> dict[str, NDArray[np.str_]]:
    n = len(segment)
    channel = draw_category_by_group(rng, np.array([s.channels for s in SEGMENTS]), segment)
    subscribed = rng.random(n) < np.array([s.newsletter for s in SEGMENTS])[segment]
    return {
        shop.CHANNEL: np.array(shop.CHANNELS)[channel],
        shop.REGION: np.array(shop.REGIONS)[draw_category(rng, shop.REGION_SHARES, n)],
        shop.NEWSLETTER: np.where(subscribed, "yes", "no"),
    }


def _table(behaviour: dict[str, Floats], categories: dict[str, NDArray[np.str_]]) -> pd.DataFrame:
    import pandas as pd

    n = len(behaviour[shop.VALUE])
    ids = pd.Series([f"C{number:06d}" for number in range(1, n + 1)], name=shop.ID)
    columns = pd.DataFrame({**behaviour, **categories}).round(DECIMALS)
    return pd.concat([ids, columns], axis=1).astype(dict.fromkeys(WHOLE, "int64"))


def _make_odd(customers: pd.DataFrame, odd_rows: Positions) -> None:
    for row, cells in zip(odd_rows, ODD_ROWS, strict=True):
        for column, value in cells.items():
            customers.loc[row, column] = value


def _blank_cells(rng: np.random.Generator, customers: pd.DataFrame, spared: Positions) -> None:
    may_be_blank = np.ones(len(customers), dtype=bool)
    may_be_blank[spared] = False
    for column, share in LOST_CELLS.items():
        customers.loc[may_be_blank & (rng.random(len(customers)) < share), column] = np.nan
    # Some tills don't count items: gaps that depend on another column.
    at_till = (customers[shop.CHANNEL] == "store").to_numpy()
    uncounted = at_till & (rng.random(len(customers)) < UNCOUNTED_AT_TILLS)
    customers.loc[may_be_blank & uncounted, shop.ITEMS] = np.nan

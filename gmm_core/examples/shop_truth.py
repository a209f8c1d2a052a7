"""What the shop's customer table is generated from: its columns, its four segments, its odd rows."""

from __future__ import annotations

from dataclasses import dataclass

ID, VALUE, ORDERS, DAYS = "customer id", "average order value (EUR)", "orders a year", "days since last order"
ITEMS, RETURNED, DISCOUNTED = "items a basket", "returned items (%)", "discounted orders (%)"
MONTHS, CHANNEL, REGION, NEWSLETTER = "months as customer", "channel", "region", "newsletter"

CHANNELS = ("web", "app", "store")
REGIONS = ("north", "south", "east", "west")
REGION_SHARES = (0.34, 0.27, 0.22, 0.17)


@dataclass(frozen=True)
class Segment:
    """Truth of one segment: its share, the medians of what it does, and its habits.

    Parameters
    ----------
    name : str
        Name of the segment.
    share : float
        Probability that a customer belongs to it.
    medians : tuple of float, (4,)
        Median average order value (EUR), orders a year, days since last order, items a basket.
    months : float
        Median months as a customer before the last order.
    returned, discounted : float
        Typical share of items sent back, and of orders placed with a discount, between 0 and 1.
    channels : tuple of float, (3,)
        Shares of ``CHANNELS``.
    newsletter : float
        Share of subscribers to the newsletter.
    """

    name: str
    share: float
    medians: tuple[float, float, float, float]
    months: float
    returned: float
    discounted: float
    channels: tuple[float, float, float]
    newsletter: float


SEGMENTS = (
    Segment("regulars", 0.38, (62.0, 11.0, 20.0, 3.4), 34.0, 0.05, 0.15, (0.35, 0.45, 0.20), 0.62),
    Segment("bargain hunters", 0.27, (28.0, 4.5, 60.0, 2.4), 22.0, 0.09, 0.60, (0.55, 0.35, 0.10), 0.78),
    Segment("big baskets", 0.13, (190.0, 5.5, 40.0, 6.5), 40.0, 0.14, 0.10, (0.60, 0.15, 0.25), 0.48),
    Segment("lapsing", 0.22, (75.0, 1.8, 240.0, 3.0), 26.0, 0.12, 0.25, (0.50, 0.10, 0.40), 0.25),
)
# Of order value, orders, days and items, all as natural logarithms.
LOG_SPREADS = (0.28, 0.28, 0.40, 0.30)
LOG_CORRELATIONS = (
    (1.0, -0.2, 0.0, 0.6),
    (-0.2, 1.0, -0.45, 0.0),
    (0.0, -0.45, 1.0, 0.0),
    (0.6, 0.0, 0.0, 1.0),
)
ODD_ROWS: tuple[dict[str, float], ...] = (
    {VALUE: 914.5, ORDERS: 21.4, DAYS: 9.0, ITEMS: 38.5},  # buys for a company
    {VALUE: 641.25, ORDERS: 16.8, DAYS: 13.0, ITEMS: 24.0},  # buys for a smaller one
    {VALUE: 8.9, ORDERS: 41.3, DAYS: 1.0, ITEMS: 1.2},  # orders nearly every week, and nearly nothing
    {VALUE: 57.3, ORDERS: 15.2, DAYS: 624.0},  # ordered often, then fell silent
    {VALUE: 3.0, ORDERS: 9.5, DAYS: 11.0, DISCOUNTED: 100.0},  # lives on vouchers
    {RETURNED: 100.0, DISCOUNTED: 0.0},  # sends everything back
    {MONTHS: 1212.0},  # an old system stored a blank date of entry as a day a century ago
)

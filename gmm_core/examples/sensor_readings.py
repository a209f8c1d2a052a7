"""Readings of a plant: temperature and pressure at three operating points, with a few faults.

How it is made: the plant stays at one of the ``OPERATING_POINTS`` for a spell (two hours on average), a reading every
five minutes. Temperature and pressure are jointly normal at each point, with a tightness of its own. One reading in a
hundred is a fault, which comes only under load: a leak takes pressure away, overheating adds temperature and with it
pressure, by a little more or less each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gmm_core.examples.drawing import check_row_count, draw_category

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]

TIME, TEMPERATURE, PRESSURE, FAULT = "time", "temperature (°C)", "pressure (bar)", "fault"
SEED = 5
START = "2025-03-03 06:00"
MINUTES_BETWEEN = 5
READINGS_A_SPELL = 24
FAULT_SHARE = 0.01
# Shift of temperature and pressure, in °C and bar.
FAULTS = ((0.0, -1.6), (11.0, 0.9))
FAULT_SPREAD = (0.8, 0.12)


@dataclass(frozen=True)
class OperatingPoint:
    """One state of the plant.

    Parameters
    ----------
    name : str
        What the plant does there.
    share : float
        Share of spells spent there.
    temperature, pressure : float
        Means, in °C and bar.
    temperature_spread, pressure_spread : float
        Standard deviations, in °C and bar.
    correlation : float
        Correlation of the two.
    under_load : bool
        Whether faults can come up there.
    """

    name: str
    share: float
    temperature: float
    pressure: float
    temperature_spread: float
    pressure_spread: float
    correlation: float
    under_load: bool


OPERATING_POINTS = (
    OperatingPoint("standby", 0.30, 41.0, 2.2, 0.6, 0.05, 0.0, under_load=False),
    OperatingPoint("pressing", 0.45, 66.0, 5.3, 2.0, 0.20, 0.6, under_load=True),
    OperatingPoint("drying", 0.25, 86.0, 3.9, 3.2, 0.30, -0.5, under_load=True),
)


def make_sensor_readings(n: int = 1500, seed: int = SEED) -> pd.DataFrame:
    """Generate a series of sensor readings, some of them faulty.

    Parameters
    ----------
    n : int
        Number of readings, at least 100.
    seed : int
        Seed of ``numpy.random.default_rng``; the same seed gives the same readings.

    Returns
    -------
    pandas.DataFrame, (n, 4)
        ``time``, ``temperature (°C)`` to a tenth, ``pressure (bar)`` to a hundredth, and the truth ``fault``: ``"yes"``
        in one row of a hundred (fewer only if the plant hardly leaves standby), else ``"no"``.

    Raises
    ------
    SettingsError
        If ``n`` is below 100.
    """
    import pandas as pd

    check_row_count(n, least=100)
    rng = np.random.default_rng(seed)
    state = _spells(rng, n)
    reading = _normal_readings(rng, state)
    faulty = rng.permutation(_under_load(state))[: round(FAULT_SHARE * n)]
    reading[faulty] += _fault_shifts(rng, len(faulty))
    return pd.DataFrame(
        {
            TIME: pd.date_range(START, periods=n, freq=f"{MINUTES_BETWEEN}min"),
            TEMPERATURE: reading[:, 0].round(1),
            PRESSURE: reading[:, 1].round(2),
            FAULT: np.where(np.isin(np.arange(n), faulty), "yes", "no"),
        }
    )


def _spells(rng: np.random.Generator, n: int) -> Positions:
    # A change comes with the same chance at each reading; between changes the last drawn state stays.
    drawn = draw_category(rng, [p.share for p in OPERATING_POINTS], n)
    changes = rng.random(n) < 1 / READINGS_A_SPELL
    changes[0] = True
    last_change = np.maximum.accumulate(np.where(changes, np.arange(n), 0))
    return drawn[last_change]


def _normal_readings(rng: np.random.Generator, state: Positions) -> Floats:
    truth = np.array(
        [(p.temperature, p.pressure, p.temperature_spread, p.pressure_spread, p.correlation) for p in OPERATING_POINTS]
    )
    temperature, pressure, temperature_spread, pressure_spread, correlation = truth[state].T  # each (n,)
    first, second = rng.standard_normal((2, len(state)))
    shared = correlation * first + np.sqrt(1 - correlation**2) * second
    return np.column_stack([temperature + temperature_spread * first, pressure + pressure_spread * shared])


def _under_load(state: Positions) -> Positions:
    return np.flatnonzero(np.array([p.under_load for p in OPERATING_POINTS])[state])


def _fault_shifts(rng: np.random.Generator, count: int) -> Floats:
    kinds = np.array(FAULTS)[np.arange(count) % len(FAULTS)]  # (count, 2)
    return np.asarray(kinds + np.array(FAULT_SPREAD) * rng.standard_normal((count, 2)))

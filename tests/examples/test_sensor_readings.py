"""Sensor readings: three operating points of different tightness, and marked faults."""

import numpy as np
import pandas as pd
import pytest

from gmm_core.errors import SettingsError
from gmm_core.examples import make_sensor_readings
from gmm_core.examples.sensor_readings import MINUTES_BETWEEN, OPERATING_POINTS, READINGS_A_SPELL

NUMBERS = ["temperature (°C)", "pressure (bar)"]
FIRST_READINGS = [[86.9, 3.82], [84.7, 3.82], [87.2, 3.93]]
SUM_OF_READINGS = [97986.5, 5873.69]


@pytest.fixture(scope="module")
def readings():
    """The default series."""
    return make_sensor_readings()


@pytest.fixture(scope="module")
def many():
    """A long series without its faults, each reading with the index of the operating point nearest to it."""
    table = make_sensor_readings(40_000, seed=8)
    sound = table[table["fault"] == "no"]
    truth = np.array([(p.temperature, p.pressure) for p in OPERATING_POINTS])
    scaled = (sound[NUMBERS].to_numpy()[:, None, :] - truth) / sound[NUMBERS].std().to_numpy()  # (n, 3, 2)
    return sound.assign(point=np.square(scaled).sum(axis=2).argmin(axis=1))


def test_the_series_has_1500_readings_and_15_faults(readings):
    assert list(readings.columns) == ["time", *NUMBERS, "fault"]
    assert len(readings) == 1500
    assert readings["fault"].value_counts().to_dict() == {"no": 1485, "yes": 15}
    assert not readings.isna().any(axis=None)


def test_the_default_series_stays_what_it_is(readings):
    assert readings.loc[:2, NUMBERS].to_numpy().tolist() == FIRST_READINGS
    np.testing.assert_allclose(readings[NUMBERS].sum(), SUM_OF_READINGS, atol=1e-6)


def test_the_seed_decides_the_series():
    pd.testing.assert_frame_equal(make_sensor_readings(300, seed=4), make_sensor_readings(300, seed=4))
    assert not make_sensor_readings(300, seed=4).equals(make_sensor_readings(300, seed=5))


def test_readings_come_at_even_times(readings):
    assert (readings["time"].diff().dropna() == pd.Timedelta(minutes=MINUTES_BETWEEN)).all()


def test_readings_are_stored_as_a_gauge_shows_them(readings):
    for column, decimals in zip(NUMBERS, (1, 2), strict=True):
        np.testing.assert_array_equal(readings[column], readings[column].round(decimals))


def test_each_operating_point_has_its_centre_tightness_and_slant(many):
    for index, point in enumerate(OPERATING_POINTS):
        here = many.loc[many["point"] == index, NUMBERS]
        np.testing.assert_allclose(here.mean(), [point.temperature, point.pressure], atol=0.1)
        np.testing.assert_allclose(here.std(), [point.temperature_spread, point.pressure_spread], rtol=0.05)
        assert here.corr().iloc[0, 1] == pytest.approx(point.correlation, abs=0.05)


def test_operating_points_take_the_shares_that_they_should(many):
    shares = many["point"].value_counts(normalize=True).sort_index()
    np.testing.assert_allclose(shares, [point.share for point in OPERATING_POINTS], atol=0.05)


def test_the_plant_stays_at_a_point_for_a_spell(many):
    changes = (many["point"].diff() != 0).sum()
    # A new draw may pick the same point again, so visible stays are longer than spells.
    repeated = sum(point.share**2 for point in OPERATING_POINTS)
    assert len(many) / changes == pytest.approx(READINGS_A_SPELL / (1 - repeated), rel=0.15)


def test_faults_lie_off_their_operating_points(readings):
    faults = readings.loc[readings["fault"] == "yes", NUMBERS].to_numpy()
    for point in OPERATING_POINTS:
        slant = point.correlation * point.temperature_spread * point.pressure_spread
        covariance = np.array([[point.temperature_spread**2, slant], [slant, point.pressure_spread**2]])
        off = faults - [point.temperature, point.pressure]
        distance = np.sqrt(np.einsum("ni,ij,nj->n", off, np.linalg.inv(covariance), off))
        assert distance.min() > 3


def test_a_series_that_never_leaves_standby_has_no_faults():
    standby = next(seed for seed in range(200) if make_sensor_readings(100, seed=seed)[NUMBERS[0]].max() < 45)
    assert set(make_sensor_readings(100, seed=standby)["fault"]) == {"no"}


def test_a_series_too_short_for_a_fault_is_refused():
    with pytest.raises(SettingsError, match="99 rows is too small"):
        make_sensor_readings(99)

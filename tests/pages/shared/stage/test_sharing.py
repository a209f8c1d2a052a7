"""A link to the stage restores it, whatever else a link may say."""

from dataclasses import fields

import pytest

from pages.shared.stage.ground import on_source
from pages.shared.stage.scenes import FREE, SCENES
from pages.shared.stage.setup import LOADED, Stage
from pages.shared.stage.sharing import _READERS, changed, changes

BEGUN = SCENES[FREE].stage


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_as_it_began_and_as_a_change_of_another_comes_back(name):
    stage = SCENES[name].stage
    assert changes(stage, stage) == ""
    assert changed(BEGUN, changes(stage, BEGUN)) == stage


def test_rows_of_an_example_come_back_and_own_ones_are_in_no_link():
    stage = on_source(BEGUN, "galaxies").having(n=77, truth_means=(1.0, 2.5), hold=True, least_gain=0.0)
    assert changed(BEGUN, changes(stage, BEGUN)) == stage
    own = stage.having(source=LOADED)
    assert changed(BEGUN, changes(own, BEGUN)) is BEGUN


def test_every_part_of_a_stage_can_be_in_a_link():
    assert set(_READERS) == {each.name for each in fields(Stage)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        "{",
        '{"n": 1e9}',
        '{"n": 0}',
        '{"n": true}',
        '{"seed": -1}',
        '{"means": [[NaN]]}',
        '{"means": []}',
        '{"means": [[1, 2], [3, 4]]}',
        '{"spreads": ["wide"]}',
        '{"source": "loaded"}',
        '{"source": "galaxies", "columns": ["no"]}',
        '{"family": "no"}',
        '{"noise": 1}',
        '{"floor": 0.5}',
        '{"least_gain": true}',
        '{"unknown": 1}',
        f'{{"spreads": [{10**400}]}}',
        "[" * 100_000,
    ],
    ids=lambda text: text[:30],
)
def test_a_text_without_meaning_leaves_the_stage_as_it_began(text):
    assert changed(BEGUN, text) is BEGUN

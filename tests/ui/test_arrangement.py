"""Where the cards of Fit stand: beside the map while they are no higher than it, else in rows below it."""

import pytest

from tests.ui.reading import charts


def columns_of(app, letters):
    """The column in which each group's card stands."""
    found = []
    for letter in letters:
        found += [each for each in app.columns if any(button.key == f"look-{letter}" for button in each.button)]
    return found


@pytest.mark.parametrize(("example", "k"), [("wait-times", 2), ("old-faithful", 4), ("iris", 3)])
def test_few_cards_stand_below_each_other_beside_the_map(open_app, example, k):
    app = open_app(example=example, k=k, starts=1)
    map_in = next(each for each in app.columns if each.get("vega_lite_chart"))
    cards_in = columns_of(app, "ABCD"[:k])
    assert [map_in.weight, cards_in[0].weight] == pytest.approx([2 / 3, 1 / 3])
    assert all(each is cards_in[0] for each in cards_in)


@pytest.mark.parametrize(("k", "across"), [(5, 3), (9, 3)])
def test_many_cards_stand_in_rows_below_a_map_as_wide_as_the_page(open_app, k, across):
    app = open_app(example="old-faithful", k=k, family="tied", starts=1)
    map_in = next(each for each in app.columns if each.get("vega_lite_chart"))
    cards_in = columns_of(app, "ABCDEFGHI"[:k])
    assert map_in.weight == 1
    assert len({id(each) for each in cards_in}) == k
    assert all(each.weight == pytest.approx(1 / across) for each in cards_in)


def test_the_same_map_goes_on_where_cards_move_below_it(open_app):
    app = open_app(example="old-faithful", k=4, family="tied", starts=1)
    before = app.get("vega_lite_chart")[0].proto.id
    app.slider(key="fit-groups").set_value(5).run()
    assert app.get("vega_lite_chart")[0].proto.id == before
    assert len(charts(app)) == 1

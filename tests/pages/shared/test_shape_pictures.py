"""The small pictures of the families."""

from xml.etree import ElementTree

import pytest

from gmm_core.model.families import FAMILIES
from pages.shared.shape_pictures import shape_picture

NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", FAMILIES)
def test_three_outlines_lie_inside_the_picture(name):
    picture = ElementTree.fromstring(shape_picture(name))
    _, _, width, height = map(float, picture.get("viewBox").split())
    outlines = picture.findall(f"{NAMESPACE}polygon")
    assert len(outlines) == 3
    for outline in outlines:
        points = [tuple(map(float, pair.split(","))) for pair in outline.get("points").split()]
        assert all(0 < x < width and 0 < y < height for x, y in points)


def test_pictures_of_different_families_differ():
    assert len({shape_picture(name) for name in FAMILIES}) == len(FAMILIES)

"""Pictures: well-formed, inside their frame, the same for the same figure."""

from xml.etree import ElementTree as ET

import pytest

from engine.figure import Curve, Dot, Figure, Rectangle, Table
from quizapp.exporting import svg

NS = {"svg": "http://www.w3.org/2000/svg"}
BOXES = Figure(
    (Rectangle(1, 2, 4, 6, "prediction"), Rectangle(2, 3, 5, 7, "truth"), Dot(5, 5, "query", "<a&b>")),
    x_range=(0, 10),
    y_range=(0, 10),
    y_down=True,
)
CURVE = Figure((Curve(((0.0, 0.0), (1.0, 2.0)), "loss"),), y_range=(0.0, 2.0))
CELLS = Figure((Table((("1", "2"), ("3", "<4>")), row_labels=("a", "b"), column_labels=("c", "d")),))


@pytest.mark.parametrize("figure", [BOXES, CURVE, CELLS], ids=["boxes", "curve", "table"])
def test_a_drawing_is_well_formed_and_repeatable(figure: Figure) -> None:
    drawing = svg.draw(figure)
    root = ET.fromstring(drawing)  # noqa: S314 - our own text
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.draw(figure) == drawing
    assert svg.file_name(drawing.encode()).endswith(".svg")


def test_image_coordinates_grow_downwards() -> None:
    root = ET.fromstring(svg.draw(BOXES))  # noqa: S314 - our own text
    first, second = root.findall("svg:rect", NS)
    assert float(first.attrib["y"]) < float(second.attrib["y"])
    assert float(first.attrib["width"]) == pytest.approx(3 / 10 * (svg.WIDTH - 2 * svg.MARGIN), abs=0.1)
    assert "<a&b>" in [text.text for text in root.findall("svg:text", NS)]


def test_a_curve_ends_in_the_corners_of_its_ranges() -> None:
    root = ET.fromstring(svg.draw(CURVE))  # noqa: S314 - our own text
    (line,) = root.findall("svg:polyline", NS)
    ends = [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
    assert ends == [(svg.MARGIN, svg.HEIGHT - svg.MARGIN), (svg.WIDTH - svg.MARGIN, svg.MARGIN)]


def test_a_table_shows_every_cell_and_label() -> None:
    root = ET.fromstring(svg.draw(CELLS))  # noqa: S314 - our own text
    assert sorted(str(text.text) for text in root.findall("svg:text", NS)) == ["1", "2", "3", "<4>", "a", "b", "c", "d"]

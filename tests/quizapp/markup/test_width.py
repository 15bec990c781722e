"""Cells: the same count as Rich, which draws the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.markup.width import cell_width, clusters, pad


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("学习率", 6),
        ("（η）", 5),
        ("θ", 1),
        ("x̂ᵢ", 2),
        ("A̅B̅", 2),
        ("−×·√∑", 5),
        ("👍", 2),
        ("👨‍👩‍👧", 2),
        ("，。", 4),
        ("“…”", 3),
        ("╶─╴", 3),
    ],
)
def test_widths(text: str, width: int) -> None:
    assert cell_width(text) == width


@given(st.text(st.sampled_from("aZ 0学习率，。（）θβ∑√−·₁²ᵢ⎛╶─ŷ\u0302\u0304“”…’ℝ😀")))
def test_agrees_with_rich(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(st.text())
def test_clusters_lose_nothing(text: str) -> None:
    assert "".join(clusters(text)) == text


@given(st.text(st.sampled_from("a学θ\u0302"), max_size=8))
def test_pad_fills_up(text: str) -> None:
    assert cell_width(pad(text, 20)) == 20

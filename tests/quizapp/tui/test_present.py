"""What the screens show, as values: no application is running here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.figure import Curve, Dot, Figure, Rectangle, Table
from quizapp.markup.width import cell_width
from quizapp.questions.base import Grade, Verdict
from quizapp.scheduling.model import Rating
from quizapp.scheduling.policy import Delay
from quizapp.study.model import Marked
from quizapp.text import EMPTY, Text, same
from quizapp.tui.actions import ACTIONS
from quizapp.tui.present.answers import option_marks, options, ordered, pairs
from quizapp.tui.present.chart import columns, meter, percent, sparkline
from quizapp.tui.present.figure import figure
from quizapp.tui.present.footer import footer
from quizapp.tui.present.line import Line, Part, Tone, beside, cell, crop, crop_line, indent, spread, text_of, width_of
from quizapp.tui.present.study import rating_line, ratings, verdict

WORDS = st.text(alphabet="ab 中文，θ̂x", max_size=40)


@given(WORDS, st.integers(0, 30))
def test_a_cell_takes_exactly_its_room(text: str, width: int) -> None:
    assert cell_width(cell(text, width)) == width
    assert cell_width(crop(text, width)) <= width


@given(WORDS, WORDS, st.integers(1, 60))
def test_two_edges_never_exceed_the_width_unless_the_right_one_alone_does(left: str, right: str, width: int) -> None:
    shown = spread((Part(left),), (Part(right),), width)
    assert width_of(shown) == max(width, cell_width(right))


@given(st.lists(WORDS, max_size=4), st.integers(0, 40))
def test_a_cropped_line_fits(texts: list[str], width: int) -> None:
    parts = tuple(Part(text) for text in texts)
    cropped = crop_line(parts, width)
    assert width_of(cropped) <= width
    assert cropped == parts or width_of(parts) > width


@given(st.floats(0, 1), st.integers(2, 30))
def test_only_a_full_share_fills_a_meter(share: float, width: int) -> None:
    drawn = meter(share, width)
    assert len(drawn) == width
    assert ("╌" not in drawn) == (share == 1)
    assert ("━" not in drawn) == (share == 0)


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0 %"), (0.001, "1 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %")]
)
def test_a_percentage_claims_neither_nothing_nor_everything(share: float, words: str) -> None:
    assert percent(share) == words


def test_a_sparkline_scales_to_its_largest_and_shows_every_item() -> None:
    assert sparkline([8, 4, 0, 1]) == "█▄▁▂"
    assert sparkline([0, 0]) == "▁▁"


def test_columns_are_as_high_as_their_values() -> None:
    assert columns([2, 1, 0], 2) == ["█  ", "██ "]


def test_columns_beside_each_other_start_where_they_should() -> None:
    left: list[Line] = [(Part("中文"),), (Part("a"),), (Part("too long for it"),)]
    right: list[Line] = [(Part("1"),), (Part("2"),), (Part("3"),)]
    assert [text_of(row) for row in beside(left, right, 6)] == ["中文  1", "a     2", "too l…3"]


def test_the_first_line_carries_the_lead_and_the_others_its_width() -> None:
    rows: list[Line] = [(Part("a"),), (), (Part("b"),)]
    assert [text_of(row) for row in indent(rows, 2, (Part("1 "),))] == ["1 a", "", "  b"]


def texts_of(lines: list[Line]) -> list[str]:
    return [text_of(row).rstrip() for row in lines]


def test_options_keep_their_place_when_they_are_marked() -> None:
    open_ = options(["α", "long " * 8], 30, cursor=0, marks=[None, None])
    closed = options(["α", "long " * 8], 30, cursor=None, marks=[False, True], picked=frozenset({0}))
    assert texts_of(open_)[0] == "▸   1  α"
    assert texts_of(closed)[0] == "▸ ✗ 1  α"
    assert len(open_) == len(closed) == 3
    assert [row[7:] for row in texts_of(open_)] == [row[7:] for row in texts_of(closed)]


def test_ticked_options_show_a_cross_in_their_box() -> None:
    shown = texts_of(options(["a", "b"], 30, cursor=1, marks=[None, None], picked=frozenset({0}), boxes=True))
    assert shown == ["    1  [x] a", "▸   2  [ ] b"]


@pytest.mark.parametrize(
    ("picked", "hidden", "marks"),
    [
        (frozenset({0}), True, [False, None, None]),
        (frozenset({0}), False, [False, True, None]),
        (frozenset({1}), False, [None, True, None]),
        (frozenset({0, 1}), True, [None, None, None]),
    ],
)
def test_marks_tell_right_options_from_options_rightly_judged(
    picked: frozenset[int], hidden: bool, marks: list[bool | None]
) -> None:
    right = {1}
    parts = tuple(((index in picked) == (index in right), EMPTY) for index in range(3))
    assert option_marks(Grade(Verdict.WRONG, "", parts=parts), picked, hidden=hidden) == marks


def test_entries_stand_in_their_present_order_with_the_marks_of_their_own() -> None:
    lines, places = ordered(["a", "b", "c"], [2, 0, 1], 30, cursor=None, marks=[True, False, None])
    assert texts_of(lines) == ["    1   c", "  ✓ 2   a", "  ✗ 3   b"]
    assert places == [0, 1, 2]


def test_pairs_stand_side_by_side_with_the_letter_of_their_partner() -> None:
    lines = pairs(["SGD", "动量"], ["nothing", "速度", "extra"], [None, 1], 40, cursor=0, marks=[None, None])
    assert texts_of(lines) == [
        "▸   1 ·  SGD        a  nothing",
        "    2 b  动量       b  速度",
        "                    c  extra",
    ]


DELAYS = {
    Rating.AGAIN: Delay("minutes", 1),
    Rating.HARD: Delay("days", 3),
    Rating.GOOD: Delay("days", 8),
    Rating.EASY: Delay("days", 15),
}


def test_the_ratings_show_what_each_would_grant() -> None:
    shown = text_of(ratings(DELAYS, None, "en", 80))
    assert " ".join(shown.split()) == "1 again 1 min 2 hard 3 d 3 good 8 d 4 easy 15 d"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [30, 60, 76, 120])
def test_the_ratings_fit_and_point_at_the_one_that_counts(language: str, width: int) -> None:
    marked = Marked(1, Grade(Verdict.CORRECT, "1"), Rating.HARD, DELAYS[Rating.HARD])
    shown = rating_line(marked, DELAYS, "en" if language == "en" else "zh", width)
    assert width_of(shown) <= width
    assert "▸2" in text_of(shown)


def test_ratings_without_room_keep_their_digits_and_intervals() -> None:
    shown = text_of(ratings(DELAYS, Rating.HARD, "en", 44))
    assert " ".join(shown.split()) == "1 1 min ▸2 hard 3 d 3 8 d 4 15 d"


def test_a_verdict_is_a_sign_and_words_not_only_a_colour() -> None:
    wrong = verdict(Grade(Verdict.WRONG, "1", Text("Too small.", "偏小。")), "both", "en", 40, given_up=False)
    assert texts_of(wrong) == ["✗ Too small.", "", "  偏小。"]
    assert texts_of(verdict(Grade(Verdict.CORRECT, "1"), "en", "en", 40, given_up=False)) == ["✓ Right."]
    assert texts_of(verdict(Grade(Verdict.WRONG, ""), "zh", "zh", 40, given_up=True)) == ["◐ 未作答。"]


def test_a_footer_without_room_drops_the_less_important_and_keeps_the_help() -> None:
    entries = [(action, False) for action in ACTIONS if action.id in ("submit", "hint", "skip", "help")]
    assert text_of(footer(entries, "en", 80)) == " ⏎ answer  h hint  k skip  ? help"
    assert text_of(footer(entries, "en", 24)) == " ⏎ answer  ? help"


def test_a_table_of_numbers_lines_up() -> None:
    shown = figure(Figure((Table((("12", "3"), ("4", "567")), ("cat", "dog"), ("a", "b")),)), 60)
    assert texts_of(shown) == ["        a    b", "  cat  12    3", "  dog   4  567"]


SHAPES = st.one_of(
    st.builds(Rectangle, st.floats(-1, 2), st.floats(-1, 2), st.floats(-1, 2), st.floats(-1, 2), st.sampled_from("ab")),
    st.builds(Dot, st.floats(-1, 2), st.floats(-1, 2), st.sampled_from("ab"), st.sampled_from(["", "12"])),
    st.builds(
        Curve, st.lists(st.tuples(st.floats(-1, 2), st.floats(-1, 2)), max_size=9).map(tuple), st.sampled_from("ab")
    ),
)


@given(st.lists(SHAPES, max_size=5), st.integers(20, 90), st.booleans())
def test_a_figure_stays_inside_its_width(shapes: list[Rectangle | Dot | Curve], width: int, y_down: bool) -> None:
    lines = figure(Figure(tuple(shapes), y_down=y_down), width)
    assert all(width_of(row) <= max(width, 24) for row in lines)


def test_a_rising_line_runs_from_the_lower_left_to_the_upper_right() -> None:
    lines = figure(Figure((Curve(((0.0, 0.0), (1.0, 1.0)), "loss"),)), 40)
    picture = [text_of(row)[3:] for row in lines[:12]]
    assert picture[0].rstrip()[-1] not in " │┤"
    assert picture[0].strip()
    assert len(picture[0].rstrip()) > len(picture[11].rstrip())
    assert "loss" in text_of(lines[-1])


def test_a_point_shows_its_label() -> None:
    lines = figure(Figure((Dot(0.5, 0.5, "query", "7"),)), 40)
    assert any("●7" in text_of(row) for row in lines)


def test_an_overlap_is_drawn_with_the_sign_of_its_role() -> None:
    shown = figure(Figure((Rectangle(0, 0, 0.5, 0.5, "truth"), Rectangle(0.2, 0.2, 0.9, 0.9, "prediction"))), 40)
    legend = text_of(shown[-1])
    assert "── truth" in legend
    assert "╌╌ prediction" in legend


def test_tones_are_no_more_than_decoration() -> None:
    plain = tuple(part._replace(tone=Tone.PLAIN) for part in ratings(DELAYS, Rating.GOOD, "en", 80))
    assert "▸3" in text_of(plain)
    assert same("x") == Text("x", "x")

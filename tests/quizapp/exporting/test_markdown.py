import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exporting.base import Gaps, Selection
from quizapp.exporting.markdown_cards import as_two_sides, cards
from quizapp.exporting.markdown_escapes import (
    hashcards_guarded,
    hashcards_plain,
    obsidian_guarded,
    obsidian_plain,
)
from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import select
from quizapp.library import Library
from quizapp.text import Display
from tests.quizapp.exporting.nasty import learn
from tests.quizapp.shelf import Hours

PIECES = st.sampled_from(
    [
        "Q:",
        "A:",
        "C:",
        "---",
        "?",
        "??",
        "<!--",
        "<br>",
        "\\",
        "\n",
        "\n\n",
        "::",
        "==",
        " ",
        "`x::y`",
        "$a::b$",
        "字",
        "x",
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join).filter(lambda text: text == text.strip() and "```" not in text)


def exported(name: str, selection: Selection) -> str:
    out = BytesIO()
    exporter(name).write(selection, out)
    return out.getvalue().decode()


def hashcards(text: str) -> list[dict[str, str]]:
    """Read cards line by line, as hashcards does: a mark begins a side, three dashes end a card."""
    found: list[dict[str, str]] = []
    side = ""
    for line in text.split("\n"):
        if line[:2] in ("Q:", "C:"):
            found.append({line[0]: line[2:]})
            side = line[0]
        elif line.startswith("A:"):
            if side != "Q":
                raise AssertionError("an answer without its question")
            side = "A"
            found[-1][side] = line[2:]
        elif line.strip() == "---":
            side = ""
        elif side:
            found[-1][side] += "\n" + line
    return [{mark: words.strip() for mark, words in card.items()} for card in found]


def obsidian(text: str) -> list[str]:
    """Return the blocks between empty lines, outside of code, without comments and tags: one for each card."""
    code = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
    shut = code.sub(lambda found: found.group().replace("\n\n", "\n\ue000\n"), text)
    blocks = (re.sub(r"^<!--.*?-->\n?", "", block, flags=re.MULTILINE) for block in re.split(r"\n\n+", shut))
    return [block.strip() for block in blocks if block.strip() and not block.startswith("#flashcards")]


@pytest.mark.parametrize("display", ["en", "zh", "both"])
def test_hashcards_finds_every_card_whole(nasty: Library, display: Display) -> None:
    selection = select(nasty, display=display)
    written = [card for item in selection.items for card in cards(item, display)]
    head, _, body = exported("markdown", selection).partition("---\n\n")
    assert head.startswith('---\nname = "')
    found = hashcards(body)
    assert len(found) == len(written)
    for card, read in zip(written, found, strict=True):
        if "C" in read:
            assert re.findall(r"\[(.*?)\]", read["C"]) == list(card.gaps)
        else:
            sides = as_two_sides(card)
            assert hashcards_plain(read["Q"]) == sides.front.strip()
            assert hashcards_plain(read["A"]) == sides.back.strip()


@pytest.mark.parametrize("display", ["en", "zh", "both"])
def test_obsidian_finds_every_card_whole(nasty: Library, display: Display) -> None:
    selection = select(nasty, display=display)
    written = [card for item in selection.items for card in cards(item, display)]
    found = obsidian(exported("markdown-obsidian", selection))
    assert len(found) == len(written)
    for card, read in zip(written, found, strict=True):
        if "\n?\n" in read:
            front, _, back = read.partition("\n?\n")
            sides = as_two_sides(card)
            assert obsidian_plain(front.replace("\ue000", "")) == sides.front.strip()
            assert obsidian_plain(back.replace("\ue000", "")) == sides.back.strip()
        else:
            assert re.findall("==(.*?)==", read) == list(card.gaps)


def test_gaps_are_gaps_where_nothing_else_looks_like_one(library: Library) -> None:
    selection = select(library, display="en")
    (item,) = [item for item in selection.items if isinstance(item.questions[0].body, Gaps)]
    expected = "Softmax first applies the {}, then divides by the {}."
    assert expected.format("[exponential]", "[sum]") in exported("markdown", selection)
    assert expected.format("==exponential==", "==sum==") in exported("markdown-obsidian", selection)
    assert item.identity in exported("markdown", selection)


def test_obsidian_gets_the_schedule(library: Library, hours: Hours) -> None:
    learn(library, hours, days=2)
    selection = select(library, with_schedule=True)
    text = exported("markdown-obsidian", selection)
    scheduled = [item for item in selection.items if item.schedule is not None]
    comments = re.findall(r"<!--SR:(.*?)-->", text)
    assert len(comments) == len(scheduled) > 0
    for item, comment in zip(scheduled, comments, strict=True):
        assert item.schedule is not None
        state = item.schedule.state
        groups = [group.split(",") for group in comment.split("!")[1:]]
        assert {group[0] for group in groups} == {"fsrs"}
        assert float(groups[0][3]) == pytest.approx(state.stability, abs=1e-4)
        assert [int(groups[0][place]) for place in (2, 6, 7)] == [state.interval, state.reps, state.lapses]


@pytest.mark.parametrize("name", ["markdown", "markdown-obsidian"])
def test_the_same_call_writes_the_same_bytes(nasty: Library, name: str) -> None:
    assert exported(name, select(nasty)) == exported(name, select(nasty))


@given(TEXTS)
def test_what_looks_like_a_mark_comes_back(text: str) -> None:
    assert hashcards_plain(hashcards_guarded(text)) == text
    assert not any(re.match(r"[QAC]:|---+\s*$", line) for line in hashcards_guarded(text).split("\n"))


@given(TEXTS.filter(lambda text: not re.search(r"\n[ \n]+\n|\n +$|^ +\n", text)))
def test_no_block_is_cut(text: str) -> None:
    guarded = obsidian_guarded(text)
    assert obsidian_plain(guarded) == re.sub(r"^ +$", "", text, flags=re.MULTILINE)
    assert not any(line.strip() in ("", "?", "??") for line in guarded.split("\n")) or not text

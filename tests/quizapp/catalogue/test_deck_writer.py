from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.catalogue.deck_writer import compact, new_deck, own_decks, read_deck
from quizapp.catalogue.yaml_reader import read_bytes
from quizapp.errors import ContentProblem

TITLE = {"en": "Mine", "zh": "我的"}
NASTY = [
    "yes", "1e5", "0x1F", "1_000", "2027-03-01", "null", "~", "=", "- a", "a: b", "a #b", "'", '"', "{x}", "[[1]]",
    "%", "@x", "`x`", "$x$", "\\frac{a}{b}", "😀 字", "trailing  \nspaces", "\nstart", "  indent\n  more", "a\n\n\nb",
    "|", ">", "!tag", "&anchor", "*alias", "---", "...", "? x", "12:30", "1.50", "0123", "a" * 300, "字" * 300,
]  # fmt: skip
TEXTS = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Cc", "Co"]) | st.just("\n"), min_size=1
)


def card(name: str, words: str = "words") -> dict[str, Any]:
    return {"id": name, "type": "flashcard", "topics": ["imported"], "front": words, "back": words, "tags": ["a", "b"]}


def written(path: Path, *items: dict[str, Any]) -> str:
    deck = new_deck(path, "mine", TITLE)
    for item in items:
        deck.put(item)
    path.write_bytes(deck.content())
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", NASTY)
def test_nasty_words_are_written_so_that_they_are_read(tmp_path: Path, words: str) -> None:
    text = written(tmp_path / "mine.yaml", card("one", words), card("two"))
    document = read_bytes(text.encode(), "mine.yaml")
    assert document.findings == []
    assert document.data["items"][0]["front"] == words


@given(TEXTS)
def test_any_words_come_back_or_are_refused(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    deck = new_deck(tmp_path_factory.getbasetemp() / "mine.yaml", "mine", TITLE)
    deck.put(card("one", words))
    try:
        content = deck.content()
    except ContentProblem:
        assert set(words) & set("\x85\u2028\u2029\ufeff")
        return
    assert read_bytes(content, "mine.yaml").data["items"][0]["back"] == words


def test_it_reads_like_a_file_written_by_hand(tmp_path: Path) -> None:
    text = written(tmp_path / "mine.yaml", card("one", "several\nlines"))
    assert text.endswith(
        """deck: mine
title:
  en: Mine
  zh: 我的
items:
  - id: one
    type: flashcard
    topics: [imported]
    front: |-
      several
      lines
    back: |-
      several
      lines
    tags: [a, b]
"""
    )


def test_replacing_and_adding_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        """# mine
deck: mine
title: {en: Mine, zh: 我的}
items:

- {id: one, type: flashcard, topics: [imported], front: "a", back: b}   # flow
# before two
- id: two
  type: flashcard
  topics: [imported]
  front: c
  back: d

# before three

- id: three
  type: flashcard
  topics: [imported]
  front: e
  back: f
""",
        encoding="utf-8",
    )
    deck = read_deck(path)
    assert list(deck.items) == ["one", "two", "three"]
    deck.put({"id": "two", "type": "flashcard", "topics": ["imported"], "front": "new", "back": "words"})
    deck.put(card("four"))
    assert deck.content().decode() == path.read_text(encoding="utf-8").replace(
        "front: c\n  back: d", "front: new\n  back: words"
    ) + ("- id: four\n  type: flashcard\n  topics: [imported]\n  front: words\n  back: words\n  tags: [a, b]\n")


@pytest.mark.parametrize(
    "text",
    ["deck: [", "deck: mine\nitems: [{id: one, type: flashcard}]\n", "deck: mine\ndeck: two\nitems:\n", "- 1\n", ""],
)
def test_what_can_not_be_added_to_safely_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentProblem):
        read_deck(path)


def test_the_hint_says_what_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("deck: mine\ntitle: Mine\nitems:\n", encoding="utf-8")
    with pytest.raises(ContentProblem) as refused:
        read_deck(path)
    assert refused.value.hint.endswith("items: has no value: give it one or remove it")


def test_decks_are_found_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "decks" / "own").mkdir(parents=True)
    (tmp_path / "decks" / "own" / "one.yaml").write_text("", encoding="utf-8")
    (tmp_path / "decks" / "two.yaml").write_text("", encoding="utf-8")
    assert set(own_decks(tmp_path / "decks")) == {"one", "two"}
    assert own_decks(tmp_path / "nowhere") == {}


def test_words_that_read_the_same_stand_once() -> None:
    assert compact({"a": {"en": "x", "zh": "x"}, "b": [{"en": "x", "zh": "y"}]}) == {
        "a": "x",
        "b": [{"en": "x", "zh": "y"}],
    }

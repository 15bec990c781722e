from io import BytesIO
from pathlib import Path

import pytest

from quizapp.exporting.markdown_cards import as_two_sides, cards
from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import select
from quizapp.importing.markdown import Markdown
from quizapp.library import Library
from quizapp.questions.flashcard import FlashcardSpec
from quizapp.scheduling.model import Phase
from tests.quizapp.exporting.nasty import learn
from tests.quizapp.importing.conftest import Taker
from tests.quizapp.shelf import Hours, make_folders, open_library

HASHCARDS = """---
name = "Loss functions"
---
Notes before the first card are no card.

Q: What is $e^0$?
A: $1$

Q: Two lines
   of a question

```
Q: no card
```
A: an answer

with paragraphs
---
C: The [sum] of ![x](y.png) and [max].

C: no gap at all
"""

OBSIDIAN = """---
tags: [x]
---
#flashcards/ml/losses

front::back
there:::and back again <!--SR:!2026-10-01,13,290!2026-10-02,14,250-->
code `a::b` is no card

A question
in two lines
?
An answer
<br>
```

x ?
```
<!--SR:!fsrs,2026-10-01,13,12.5,5.25,2,7,1,0,2026-09-18T08:00:00.000Z-->

#flashcards/ml

The ==gap== is marked

no card here

both
??
ways
"""


def read(tmp_path: Path, text: str, name: str = "deck.md") -> list[tuple[str, dict[str, object]]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return [(item.deck.name, dict(item.data)) for item in Markdown().read(path).items]


def card(front: str, back: str) -> dict[str, object]:
    return {"type": "flashcard", "front": front, "back": back}


def test_hashcards(tmp_path: Path) -> None:
    found = read(tmp_path, HASHCARDS)
    assert {deck for deck, _ in found} == {"Loss functions"}
    assert [data for _, data in found] == [
        card("What is $e^0$?", "$1$"),
        card("Two lines\n   of a question\n\n```\nQ: no card\n```", "an answer\n\nwith paragraphs"),
        {"type": "cloze", "text": "The [[sum]] of ![x](y.png) and [[max]]."},
    ]


def test_obsidian(tmp_path: Path) -> None:
    assert read(tmp_path, OBSIDIAN) == [
        ("ml/losses", card("front", "back")),
        ("ml/losses", card("there", "and back again")),
        ("ml/losses", card("and back again", "there")),
        ("ml/losses", card("A question\nin two lines", "An answer\n\n```\n\nx ?\n```")),
        ("ml", {"type": "cloze", "text": "The [[gap]] is marked"}),
        ("ml", card("both", "ways")),
        ("ml", card("ways", "both")),
    ]


def test_obsidian_schedules(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(OBSIDIAN, encoding="utf-8")
    standing = {str(item.data.get("front")): item.past.standing for item in Markdown().read(path).items}
    fsrs, sm2 = standing["A question\nin two lines"], standing["and back again"]
    assert fsrs is not None
    assert sm2 is not None
    assert (fsrs.stability, fsrs.difficulty, fsrs.reps, fsrs.lapses, fsrs.phase) == (12.5, 5.25, 7, 1, Phase.REVIEW)
    assert (sm2.interval, sm2.ease, sm2.stability) == (14, 2.5, None)


@pytest.mark.parametrize("name", ["markdown", "markdown-obsidian"])
def test_what_was_exported_comes_back(nasty: Library, take: Taker, tmp_path: Path, name: str) -> None:
    selection = select(nasty, display="en")
    out = BytesIO()
    exporter(name).write(selection, out)
    path = tmp_path / "cards.md"
    path.write_bytes(out.getvalue())
    written = [one for item in selection.items for one in cards(item, "en")]
    incoming = Markdown().read(path)
    assert incoming.skipped == ()
    found = [dict(item.data) for item in incoming.items]
    assert len(found) == len(written)
    for one, data in zip(written, found, strict=True):
        if data["type"] == "flashcard":
            sides = as_two_sides(one)
            assert (data["front"], data["back"]) == (sides.front.strip(), sides.back.strip())
    outcome = take(incoming)
    assert (len(outcome.added), outcome.skipped) == (len(written), [])
    assert take(Markdown().read(path)).unchanged == outcome.added


def test_a_schedule_goes_to_obsidian_and_comes_back(
    library: Library, take: Taker, hours: Hours, tmp_path: Path
) -> None:
    learn(library, hours, days=3)
    out = BytesIO()
    exporter("markdown-obsidian").write(select(library, display="en", with_schedule=True), out)
    path = tmp_path / "cards.md"
    path.write_bytes(out.getvalue())
    states = library.store.all_states()
    outcome = take(Markdown().read(path), into="back")
    taken = {history.item.rpartition("/")[2]: history.state for history in outcome.histories}
    assert len(taken) == len(states) > 3
    for item, state in states.items():
        found = next(one for name, one in taken.items() if name.startswith(item.rpartition("/")[2]))
        assert found.stability == pytest.approx(state.stability, abs=1e-4)
        assert found.difficulty == pytest.approx(state.difficulty, abs=1e-4)
        assert (found.phase, found.reps, found.lapses) == (state.phase, state.reps, state.lapses)
        assert (found.due_day, found.interval) == (state.due_day, state.interval)


def test_code_that_never_ends_spoils_one_card_only(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(
        "#flashcards/x\n\n<!-- quizapp x/a -->\nfront\n?\n```\nno end\n\n<!-- quizapp x/b -->\nc\n?\nd\n",
        encoding="utf-8",
    )
    assert [item.data["front"] for item in Markdown().read(path).items] == ["front", "c"]
    path.write_text(
        "<!-- quizapp x/a -->\nQ: front\nA:\n```\nno end\n\n<!-- quizapp x/b -->\nQ: c\nA: d\n", encoding="utf-8"
    )
    assert [item.data["front"] for item in Markdown().read(path).items] == ["front", "c"]


HARD = r"""
deck: softmax
items:
  - {id: tag, type: flashcard, topics: [n000-softmax], front: "#flashcards", back: "#flashcards/other"}
  - id: code
    type: flashcard
    topics: [n000-softmax]
    front: "```\nQ: x\n\n<!-- quizapp a/b -->\n\\<!-- quizapp a/b -->\n---\n```"
    back: "```text `no` fence``` ?"
  - {id: comment, type: flashcard, topics: [n000-softmax], front: "<!--SR:!2026-01-01,1,250-->", back: "<!-- x -->"}
  - {id: last, type: flashcard, topics: [n000-softmax], front: last, back: one}
"""


@pytest.mark.parametrize("name", ["markdown", "markdown-obsidian"])
def test_marks_of_the_other_dialect_and_of_cards_come_back_as_words(tmp_path: Path, hours: Hours, name: str) -> None:
    with open_library(make_folders(tmp_path, HARD), hours) as library:
        out = BytesIO()
        exporter(name).write(select(library, display="en"), out)
        specs = [library.catalogue.spec(f"softmax/{item}") for item in ("tag", "code", "comment", "last")]
    path = tmp_path / "out.md"
    path.write_bytes(out.getvalue())
    incoming = Markdown().read(path)
    assert not any(item.past for item in incoming.items)
    assert [(item.data["front"], item.data["back"]) for item in incoming.items] == [
        (spec.front.en, spec.back.en) for spec in specs if isinstance(spec, FlashcardSpec)
    ]

"""What is selected, and what an exporter gets of it."""

import os
from pathlib import Path

import pytest

from engine.registry import exercise_ids
from quizapp.errors import UnknownName, UsageProblem
from quizapp.exporting.base import Gaps, Options, Quantity, Recall, gap_character
from quizapp.exporting.realising import realised
from quizapp.exporting.selection import Wanted, matching, select
from quizapp.library import Library
from quizapp.paths import Folders, folders, shipped_content
from quizapp.questions.base import Draw
from quizapp.questions.registry import parse_spec
from tests.quizapp.exporting.nasty import learn
from tests.quizapp.shelf import Hours, make_folders, open_library


def slugs(library: Library, **wanted: object) -> list[str]:
    return [entry.id.partition("/")[2] for entry in matching(library, Wanted(**wanted))]  # type: ignore[arg-type]  # each test names its own


def test_without_a_wish_everything_is_selected_in_the_order_of_the_deck(library: Library) -> None:
    everything = ["compute", "sum", "subtract-max", "properties", "gaps", "name", "steps", "symbols"]
    assert slugs(library) == everything
    assert slugs(library, decks=["softmax"]) == everything


def test_wishes_of_one_kind_add_up_and_of_different_kinds_narrow_down(nasty: Library) -> None:
    assert slugs(nasty, tags=["spread-sheet"]) == ["formula-start"]
    assert slugs(nasty, topics=["n000-softmax"], search="half") == ["typed-number"]
    assert slugs(nasty, tags=["spread-sheet"], search="half") == []
    assert len(slugs(nasty, topics=["n000-softmax"], decks=["nasty"])) == 11


@pytest.mark.parametrize(
    ("kind", "name", "nearest"),
    [("decks", "nasti", "nasty"), ("topics", "n000", "n000-softmax"), ("tags", "spread", "")],
)
def test_an_unknown_name_is_refused_with_the_nearest(nasty: Library, kind: str, name: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as refusal:
        slugs(nasty, **{kind: [name]})
    assert nearest in refusal.value.hint


def test_only_what_is_due_today(library: Library, hours: Hours) -> None:
    assert slugs(library, due=True) == []
    learn(library, hours, days=1)
    hours.pass_by(days=30)
    due = slugs(library, due=True)
    assert due
    assert set(due) <= set(slugs(library))


def test_a_library_without_progress_can_be_exported(shelf: Folders, hours: Hours) -> None:
    with Library.open(shelf, hours.clock, readonly=True) as library:
        selection = select(library, with_schedule=True)
        assert matching(library, Wanted(due=True)) == []
    assert all(item.schedule is None for item in selection.items)


def test_a_computed_item_has_as_many_questions_as_asked_all_different(library: Library) -> None:
    (item,) = (item for item in select(library, variants=5, seed=7).items if item.type == "computed")
    drawn = [question.drawn for question in item.questions if question.drawn is not None]
    assert [(one.seed, one.level) for one in drawn] == [(7, 2), (8, 3), (9, 1), (10, 2), (11, 3)]
    assert len({str(one.params) for one in drawn}) == 5
    body = item.questions[0].body
    assert isinstance(body, Quantity)
    assert body.wrong
    assert all(wrong.words and wrong.text != body.text for wrong in body.wrong)
    assert item.questions[0].steps


def test_a_seed_names_the_same_question_whatever_else_is_exported(library: Library) -> None:
    def by_seed(variants: int, seed: int) -> dict[int, str]:
        return {
            question.drawn.seed: question.prompt.en
            for item in select(library, variants=variants, seed=seed).items
            for question in item.questions
            if question.drawn is not None
        }

    one, other = by_seed(4, 0), by_seed(3, 2)
    assert all(one[seed] == other[seed] for seed in one.keys() & other.keys())


@pytest.mark.parametrize("variants", [0, -1, 100_000])
def test_an_impossible_number_of_variants_is_refused(library: Library, variants: int) -> None:
    with pytest.raises(UsageProblem, match="variants"):
        select(library, variants=variants)


def test_gaps_become_private_characters_that_nothing_else_uses(nasty: Library) -> None:
    (body,) = (item.questions[0].body for item in select(nasty).items if item.slug == "braces")
    assert isinstance(body, Gaps)
    assert body.marked.en.count(gap_character(0)) == body.marked.zh.count(gap_character(2)) == 1
    assert "x[[1]]" in body.marked.en
    assert [gap.en for gap in body.gaps] == [("one", "1"), ("std::max",), ("a}}b",)]


def test_options_keep_their_written_order_and_feedback(library: Library) -> None:
    (item,) = (item for item in select(library).items if item.slug == "sum")
    body = item.questions[0].body
    assert isinstance(body, Options)
    assert [(option.text.en, option.correct) for option in body.options] == [("1", True), ("0", False), ("$K$", False)]
    assert body.options[1].why.zh == "每个输出都为正。"
    assert (body.single, body.shuffle) == (True, True)


def test_schedules_come_with_every_review_that_counts(nasty: Library, hours: Hours) -> None:
    learn(nasty, hours)
    selection = select(nasty, with_schedule=True)
    for item in selection.items:
        assert item.schedule is not None
        assert item.schedule.state == nasty.store.state(item.identity)
        assert [review.answer.at for review in item.schedule.reviews] == [
            r.at for r in nasty.store.history(item.identity)
        ]
    assert selection.scheduling is not None
    assert selection.scheduling.settings["rollover_hour"] == "4"
    assert all(item.schedule is None for item in select(nasty).items)


def test_the_time_of_change_is_that_of_the_file_and_of_the_skill(shelf: Folders, hours: Hours) -> None:
    content: Path = shelf.content[0]
    deck, words = content / "decks/activations/softmax.yaml", content / "skills/activations/softmax.yaml"
    os.utime(deck, (1_700_000_000, 1_700_000_000))
    os.utime(words, (1_700_000_500, 1_700_000_500))
    with open_library(shelf, hours) as library:
        changed = {item.slug: item.modified for item in select(library).items}
    assert changed["sum"] == 1_700_000_000
    assert changed["compute"] == 1_700_000_500


def test_an_item_that_can_not_be_asked_is_left_out_with_the_reason(shelf: Folders, hours: Hours) -> None:
    words = shelf.content[0] / "skills/activations/softmax.yaml"
    text = words.read_text(encoding="utf-8")
    assert "<<logits" in text
    words.write_text(text.replace("<<logits", "<<logit_values"), encoding="utf-8")
    with open_library(shelf, hours) as library:
        selection = select(library)
    assert [item for item, _ in selection.left_out] == ["softmax/compute"]
    assert "logit_values" in selection.left_out[0][1]
    assert len(selection.items) == 7


def test_progress_is_told_for_each_item(library: Library) -> None:
    told: list[tuple[int, int]] = []
    select(library, progress=lambda done, count: told.append((done, count)))
    assert told == [(done, 8) for done in range(1, 9)]


def test_an_item_knows_its_deck_and_a_flashcard_its_back(library: Library) -> None:
    (item,) = (item for item in select(library).items if item.slug == "subtract-max")
    assert (item.deck, item.identity) == ("softmax", "softmax/subtract-max")
    body = item.questions[0].body
    assert isinstance(body, Recall)
    assert body.back.zh == "避免上溢。"


def test_a_function_to_write_becomes_a_card_with_the_reference_solution(tmp_path: Path, hours: Hours) -> None:
    catalogue = Library.open(folders(tmp_path, (shipped_content(),), {}), hours.clock, readonly=True).catalogue
    exercise = exercise_ids()[0]
    spec = parse_spec({"id": "write", "type": "code", "topics": ["n000-softmax"], "exercise": exercise})
    question = realised("own/write", spec, Draw(0), catalogue)
    catalogue.close()
    assert isinstance(question.body, Recall)
    assert "```python\ndef " in question.prompt.en
    assert question.body.back.en.startswith("```python\n")
    assert "return" in question.body.back.en


def test_an_icon_in_the_text_is_not_taken_for_a_gap(tmp_path: Path, hours: Hours) -> None:
    deck = 'deck: softmax\nitems:\n  - {id: a, type: cloze, topics: [n000-softmax], text: "\ue000 \ue0a0 is [[one]]"}\n'
    with open_library(make_folders(tmp_path, deck), hours) as library:
        ((question,),) = [item.questions for item in select(library).items]
    assert isinstance(question.body, Gaps)
    assert question.body.marked.en == f"\ufffd \ue0a0 is {gap_character(0)}"

"""The headless session: what a screen does, told as a person would experience it."""

import pytest

from quizapp.library import Library
from quizapp.paths import Folders
from quizapp.questions.base import Verdict
from quizapp.questions.registry import item_type
from quizapp.scheduling.model import Phase, Rating
from quizapp.settings import changed
from quizapp.study.model import Marked, Unreadable
from quizapp.study.session import StudySession
from quizapp.study.start import start
from tests.quizapp.shelf import Hours, open_library

COMPUTE = "softmax/compute"
FLASHCARD = "softmax/subtract-max"


def go_to(session: StudySession, item: str) -> None:
    """Skip until an item is on screen."""
    for _ in range(20):
        assert session.current is not None
        if session.question.item == item:
            return
        session.skip()
    raise AssertionError(f"{item} never came")


def right(session: StudySession) -> str:
    return item_type(session.question.type).examples(session.question).correct[0]


def wrong(session: StudySession) -> str:
    return item_type(session.question.type).examples(session.question).incorrect[0]


def marked(session: StudySession, raw: str) -> Marked:
    result = session.answer(raw)
    assert isinstance(result, Marked), result
    return result


def test_a_fresh_start_asks_every_new_item_once_in_the_order_of_the_deck(library: Library) -> None:
    session = start(library, seed=1)
    items: list[str] = []
    while session.current is not None and len(items) < 8:
        items.append(session.question.item.partition("/")[2])
        session.skip()
    assert items == ["compute", "sum", "subtract-max", "properties", "gaps", "name", "steps", "symbols"]


def test_every_type_is_marked_right_and_wrong_by_its_own_examples(library: Library, hours: Hours) -> None:
    session = start(library, seed=1)
    seen: set[str] = set()
    while session.current is not None and session.stage == "asking" and len(seen) < 8:
        seen.add(session.question.type)
        result = marked(session, wrong(session) if session.question.type != "flashcard" else "1")
        assert result.rating is Rating.AGAIN
        hours.pass_by(seconds=1)
        session.advance()
    assert seen == {"computed", "choice", "flashcard", "multi", "cloze", "typed", "order", "match"}
    assert all(logged.answer.verdict in {"wrong", "self"} for logged in library.store.reviews(COMPUTE))


def test_right_is_good_and_right_after_a_hint_is_hard(library: Library) -> None:
    session = start(library, seed=1)
    go_to(session, "softmax/name")
    assert session.hint() is not None
    assert session.hint() is None
    assert marked(session, right(session)).rating is Rating.HARD
    session.advance()
    go_to(session, "softmax/gaps")
    assert marked(session, right(session)).rating is Rating.GOOD


def test_easy_only_if_the_person_switched_it_on(library: Library) -> None:
    library.save_settings(changed(library.settings, "easy-when-right", "on"))
    session = start(library, seed=1)
    assert marked(session, right(session)).rating is Rating.EASY


def test_what_cannot_be_read_costs_nothing(library: Library) -> None:
    session = start(library, seed=1)
    go_to(session, COMPUTE)
    result = session.answer("0.1, foo, 0.7")
    assert isinstance(result, Unreadable)
    assert "foo" in result.message.en
    assert "foo" in result.message.zh
    assert session.stage == "asking"
    assert library.store.reviews(COMPUTE) == []
    assert session.progress.answered == 0


def test_the_echo_reads_as_the_answer_will_be_read(library: Library) -> None:
    session = start(library, seed=1)
    go_to(session, COMPUTE)
    reading = session.read("１／２，25% 0.25")
    assert reading.ok
    assert reading.text.en.startswith("[0.5")
    assert not session.read("0.5 0.25 (").ok


def test_a_wrong_answer_is_committed_at_once_and_a_right_second_try_makes_it_hard(library: Library) -> None:
    session = start(library, seed=1)
    go_to(session, COMPUTE)
    first = marked(session, wrong(session))
    assert first.can_retry
    assert [logged.answer.rating for logged in library.store.reviews(COMPUTE)] == [Rating.AGAIN]
    session.retry()
    second = marked(session, right(session))
    assert second.rating is Rating.HARD
    log = library.store.reviews(COMPUTE)
    assert [(logged.answer.rating, logged.annulled) for logged in log] == [
        (Rating.AGAIN, "override"),
        (Rating.HARD, None),
    ]
    assert log[-1].answer.verdict == "correct"


def test_the_second_try_closes_when_the_solution_is_shown(library: Library) -> None:
    session = start(library, seed=1)
    go_to(session, COMPUTE)
    marked(session, wrong(session))
    assert session.reveal().steps
    assert session.marked is not None
    assert not session.marked.can_retry
    with pytest.raises(LookupError):
        session.retry()


def test_giving_up_counts_as_again(library: Library) -> None:
    session = start(library, seed=1)
    go_to(session, COMPUTE)
    session.reveal()
    assert [logged.answer.rating for logged in library.store.reviews(COMPUTE)] == [Rating.AGAIN]


def test_a_flashcard_is_shown_then_rated_and_gets_exactly_the_previewed_interval(library: Library) -> None:
    session = start(library, seed=1)
    go_to(session, FLASHCARD)
    assert session.reveal().answer.en == "So that nothing overflows."
    assert session.stage == "revealed"
    assert session.current is not None
    preview = session.current.delays[Rating.EASY]
    result = session.rate(Rating.EASY)
    assert result.back == preview
    state = library.store.state(FLASHCARD)
    assert state is not None
    assert (state.phase, state.interval) == (Phase.REVIEW, preview.amount)


def test_the_same_numbers_come_back_once_then_new_ones(library: Library, hours: Hours) -> None:
    session = start(library, limit=1, seed=1)
    assert session.question.item == COMPUTE
    asked = []
    for _ in range(3):
        assert session.current is not None
        asked.append((session.question.draw.params, session.current.repeated))
        marked(session, wrong(session))
        hours.pass_by(minutes=2)
        session.advance()
    (first, again), (second, repeated), (third, fresh) = asked
    assert (again, repeated, fresh) == (False, True, False)
    assert first == second != third


def test_the_person_can_override_also_after_the_next_question_is_open(library: Library) -> None:
    session = start(library, seed=1)
    item = session.question.item
    marked(session, right(session))
    assert session.rate(Rating.HARD).rating is Rating.HARD
    session.advance()
    assert session.rate_last(Rating.EASY) is not None
    counted = [logged.answer.rating for logged in library.store.reviews(item) if logged.annulled is None]
    assert counted == [Rating.EASY]


def test_undo_brings_the_very_question_back_also_after_a_restart(shelf: Folders, hours: Hours) -> None:
    with open_library(shelf, hours) as library:
        session = start(library)
        params = session.question.draw.params
        marked(session, right(session))
    with open_library(shelf, hours) as library:
        session = start(library)
        presented = session.undo()
        assert presented is not None
        assert (presented.question.item, presented.question.draw.params) == (COMPUTE, params)
        assert library.store.state(COMPUTE) is None
        assert session.undo() is None


def test_skipping_records_nothing_and_suspending_takes_the_item_out(library: Library) -> None:
    session = start(library, seed=1)
    session.skip()
    assert library.store.reviews(COMPUTE) == []
    suspended = session.question.item
    session.suspend()
    remaining = start(library, seed=1)
    assert suspended not in {entry.id for entry in library.new_items()}
    assert remaining.progress.remaining == 7


def test_two_sessions_on_one_database_keep_both_answers(shelf: Folders, hours: Hours) -> None:
    with open_library(shelf, hours) as one, open_library(shelf, hours) as other:
        here, there = start(one, seed=1), start(other, seed=2)
        assert here.question.item == there.question.item == COMPUTE
        marked(here, right(here))
        hours.pass_by(seconds=5)
        marked(there, wrong(there))
        assert [logged.answer.rating for logged in one.store.reviews(COMPUTE)] == [Rating.GOOD, Rating.AGAIN]
        state = one.store.state(COMPUTE)
        assert state is not None
        assert state.reps == 2


def test_tomorrow_asks_what_is_due_with_new_numbers(shelf: Folders, hours: Hours) -> None:
    with open_library(shelf, hours) as library:
        session = start(library, limit=1)
        numbers = session.question.draw.params
        marked(session, right(session))
        session.rate(Rating.EASY)
        state = library.store.state(COMPUTE)
        assert state is not None
        interval = state.interval
    hours.pass_by(days=interval)
    with open_library(shelf, hours) as library:
        assert library.today().due == 1
        session = start(library)
        go_to(session, COMPUTE)
        assert session.question.draw.params != numbers


def test_a_known_mistake_is_named_and_counted_in_the_summary(library: Library) -> None:
    session = start(library, seed=1)
    go_to(session, COMPUTE)
    result = marked(session, wrong(session))
    assert result.grade.verdict is Verdict.WRONG
    assert result.grade.misconception
    summary = session.finish()
    assert (summary.answered, summary.correct, summary.new) == (1, 0, 1)
    assert summary.mistakes[0][1] == 1


def test_an_item_whose_id_changed_keeps_its_progress_by_its_alias(shelf: Folders, hours: Hours) -> None:
    with open_library(shelf, hours) as library:
        session = start(library, limit=1)
        marked(session, right(session))
    deck = shelf.content[0] / "decks" / "activations" / "softmax.yaml"
    words = deck.read_text(encoding="utf-8").replace("id: compute\n", "id: evaluate\n    aliases: [softmax/compute]\n")
    deck.write_text(words, encoding="utf-8")
    with open_library(shelf, hours) as library:
        assert list(library.orphans()) == [COMPUTE]
        start(library)
        assert library.store.state("softmax/evaluate") is not None
        assert library.orphans() == {}


def test_after_a_crash_the_very_numbers_on_screen_come_back(shelf: Folders, hours: Hours) -> None:
    with open_library(shelf, hours) as library:
        session = start(library)
        go_to(session, "softmax/sum")
        while session.question.item != COMPUTE:
            session.skip()
        numbers = session.question.draw.params
    with open_library(shelf, hours) as library:
        session = start(library)
        assert (session.question.item, session.question.draw.params) == (COMPUTE, numbers)
        session.finish()
    with open_library(shelf, hours) as library:
        assert library.store.pending() is None


def test_an_item_added_to_a_finished_deck_is_asked_though_another_was_taken_out(shelf: Folders, hours: Hours) -> None:
    with open_library(shelf, hours) as library:
        session = start(library, seed=1)
        for _ in range(8):
            session.reveal()
            session.rate(Rating.EASY)
            session.advance()
        assert len(library.store.seen()) == 8
    hours.pass_by(days=1)
    deck = shelf.content[0] / "decks" / "activations" / "softmax.yaml"
    words = deck.read_text(encoding="utf-8").replace("id: symbols\n", "id: symbols-of-softmax\n")
    deck.write_text(words, encoding="utf-8")
    with open_library(shelf, hours) as library:
        assert [item.id for item in library.new_items()] == ["softmax/symbols-of-softmax"]

from typing import Any

import pytest

from quizapp.errors import UsageProblem
from quizapp.importing import shelf as shelf_module
from quizapp.importing.base import Incoming, IncomingDeck, IncomingItem, Past, PastReview, Standing
from quizapp.importing.histories import history
from quizapp.importing.intake import NOTHING, TWICE
from quizapp.importing.registry import importers
from quizapp.importing.shelf import fingerprint, key_of
from quizapp.importing.tags import slug, tag_slugs
from quizapp.scheduling.days import milliseconds_of
from quizapp.scheduling.model import Phase
from quizapp.settings import Settings
from quizapp.text import same
from tests.quizapp.importing.conftest import Taker
from tests.quizapp.shelf import Hours, open_library


def item(source: str, front: str = "front", deck: str = "Deck", **more: Any) -> IncomingItem:
    data = {"type": "flashcard", "front": front, "back": "back", **more}
    return IncomingItem(source, IncomingDeck(deck, same(deck)), data, front)


def test_the_formats_of_the_contract_are_there() -> None:
    assert set(importers()) == {"apkg", "csv", "jsonl", "markdown"}


def test_ids_are_readable_and_never_clash(take: Taker) -> None:
    outcome = take(
        Incoming((item("a", "Same words"), item("b", "Same words"), item("c", "词语"), item("d", "x" * 300)))
    )
    first, second, third, fourth = outcome.added
    assert first == "deck/same-words"
    assert second == f"deck/same-words-{key_of('b')[:6]}"
    assert third == f"deck/card-{key_of('c')}"
    assert len(fourth) < 60


def test_decks_named_in_any_script_get_an_id(take: Taker) -> None:
    outcome = take(
        Incoming((item("a", deck="机器学习"), item("b", deck="Ünïcode::Sub deck"), item("c", deck="Softmax")))
    )
    decks = [identity.partition("/")[0] for identity in outcome.added]
    assert decks[0].startswith("deck-")
    assert decks[1:] == ["unicode-sub-deck", "softmax-imported"]


def test_what_a_file_has_twice_counts_once(take: Taker) -> None:
    outcome = take(Incoming((item("a"), item("a", "other"))))
    assert outcome.added == ["deck/front"]
    assert outcome.skipped == [("other", TWICE)]


def test_an_invalid_item_is_named_and_the_others_taken(take: Taker) -> None:
    bad = IncomingItem("b", IncomingDeck("Deck", same("Deck")), {"type": "cloze", "text": "no gap"}, "bad one")
    outcome = take(Incoming((item("a"), bad)))
    assert outcome.added == ["deck/front"]
    ((name, reason),) = outcome.skipped
    assert name == "bad one"
    assert "1 to 6 gaps" in reason


def test_an_item_is_updated_where_the_person_has_moved_it(take: Taker) -> None:
    take(Incoming((item("a"), item("b", "second"))))
    old, new = take.where.decks / "deck.yaml", take.where.decks / "moved.yaml"
    old.rename(new)
    new.write_text(
        new.read_text(encoding="utf-8").replace("deck: deck", "deck: moved").replace("id: front", "id: renamed"),
        encoding="utf-8",
    )
    outcome = take(Incoming((item("a", "changed"), item("b", "second"))))
    assert (outcome.updated, outcome.unchanged, outcome.added) == (["moved/renamed"], ["moved/second"], [])


def test_topics_and_tags_of_the_person_survive_an_update(take: Taker) -> None:
    take(Incoming((item("a", tags=["theirs"]),)))
    file = take.where.decks / "deck.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("[imported]", "[n000-softmax]").replace("[theirs,", "[theirs, mine,"), encoding="utf-8"
    )
    assert take(Incoming((item("a", "changed", tags=["theirs", "new"]),))).updated == ["deck/front"]
    with open_library(take.where, take.hours) as library:
        entry = library.catalogue.entry("deck/front")
    assert entry.topics == ("n000-softmax",)
    assert entry.tags[:3] == ("theirs", "mine", "new")


def test_a_full_deck_goes_on_in_a_second_part(take: Taker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "FULLEST", 1000)
    outcome = take(Incoming(tuple(item(str(number), f"front {number}") for number in range(20))))
    files = sorted(path.name for path in outcome.files)
    assert files[:2] == ["deck-2.yaml", "deck-3.yaml"]
    assert all(len(content) < 2000 for content in outcome.files.values())
    assert take(Incoming(tuple(item(str(number), f"front {number}") for number in range(20)))).added == []


def test_a_deck_that_ships_is_no_target(take: Taker) -> None:
    with pytest.raises(UsageProblem, match="not yours"):
        take(Incoming((item("a"),)), into="softmax")


@pytest.mark.parametrize("into", ["", "../x", "Two Words", "a/b"])
def test_what_is_no_deck_id_is_no_target(take: Taker, into: str) -> None:
    with pytest.raises(UsageProblem, match="no deck id"):
        take(Incoming((item("a"),)), into=into)


def test_a_file_without_cards_is_said_to_have_none(take: Taker) -> None:
    assert take(Incoming(())).notes == [NOTHING]
    assert take(Incoming((item("a"),))).notes == []


def test_only_words_make_a_fingerprint() -> None:
    data = {"type": "flashcard", "front": "a", "back": "b"}
    assert fingerprint(data) == fingerprint({"id": "x", "topics": ["t"], "tags": ["u"], **data})
    assert fingerprint(data) != fingerprint({**data, "back": "c"})


@pytest.mark.parametrize(
    ("text", "expected"), [("Über ALLES", "uber-alles"), ("中文", ""), ("a::b_c", "a-b-c"), ("--", "")]
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_tags_are_slugs() -> None:
    assert tag_slugs("ml::Deep_Learning 中文 a a  b!") == ("ml-deep-learning", "a", "b")


def test_a_log_is_replayed_and_its_promises_kept(hours: Hours) -> None:
    start = milliseconds_of(hours.moment) - 40 * 86_400_000
    reviews = (
        PastReview(start, 3),
        PastReview(start + 600_000, 3, granted=4),
        PastReview(start + 4 * 86_400_000, 3, granted=11),
        PastReview(milliseconds_of(hours.moment) + 86_400_000, 1),
    )
    found = history("d/a", "flashcard", Past(reviews), Settings(), hours.moment)
    assert found is not None
    assert [one.phase_before for one in found.reviews] == ["new", "learning", "review"]
    assert (found.state.interval, found.state.phase, found.state.reps) == (11, Phase.REVIEW, 3)
    assert found.state.due_day == found.state.last_day + 11


def test_where_a_card_stands_wins_over_the_replay(hours: Hours) -> None:
    last = milliseconds_of(hours.moment) - 86_400_000
    day = hours.moment.toordinal()
    standing = Standing(day + 7, 8, last, stability=8.5, difficulty=4.25, reps=5, lapses=2)
    found = history("d/a", "flashcard", Past((PastReview(last, 3),), standing), Settings(), hours.moment)
    assert found is not None
    state = found.reviews[-1].state
    assert state == found.state
    assert (state.stability, state.difficulty, state.due_day, state.interval) == (8.5, 4.25, day + 7, 8)
    assert (state.reps, state.lapses) == (5, 2)


def test_nothing_known_is_no_history(hours: Hours) -> None:
    assert history("d/a", "flashcard", Past(), Settings(), hours.moment) is None

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import select
from quizapp.importing.intake import DIFFERS, NOT_YOURS
from quizapp.importing.jsonl import Jsonl
from quizapp.library import Library
from quizapp.paths import Folders
from tests.quizapp.exporting.nasty import learn
from tests.quizapp.importing.conftest import Taker, with_own_decks
from tests.quizapp.shelf import Hours, make_folders, open_library


def archive(library: Library, path: Path) -> Path:
    out = BytesIO()
    exporter("jsonl").write(select(library, with_schedule=True), out)
    path.write_bytes(out.getvalue())
    return path


def elsewhere(root: Path) -> Folders:
    """Return another person's folders: the same syllabus and skills, but none of the decks."""
    folders = with_own_decks(make_folders(root))
    (content, *_) = folders.content
    (content / "decks" / "activations" / "softmax.yaml").unlink()
    return folders


def test_an_archive_comes_back_byte_for_byte(nasty: Library, hours: Hours, tmp_path: Path) -> None:
    learn(nasty, hours)
    nasty.store.suspend("nasty/wide")
    path = archive(nasty, tmp_path / "all.jsonl")
    take = Taker(elsewhere(tmp_path / "other"), hours)
    outcome = take(Jsonl().read(path))
    assert outcome.skipped == []
    assert len(outcome.added) == 11
    with open_library(take.where, hours) as library:
        assert archive(library, tmp_path / "again.jsonl").read_bytes() == path.read_bytes()
        assert library.store.suspended() == {"nasty/wide"}
        assert library.store.all_states() == nasty.store.all_states()
        assert library.catalogue.findings() == []


def test_taking_it_twice_changes_nothing(nasty: Library, hours: Hours, tmp_path: Path) -> None:
    learn(nasty, hours, days=1)
    path = archive(nasty, tmp_path / "all.jsonl")
    take = Taker(elsewhere(tmp_path / "other"), hours)
    first = take(Jsonl().read(path))
    second = take(Jsonl().read(path))
    assert (second.added, second.updated, second.skipped, second.files, second.histories) == ([], [], [], {}, [])
    assert sorted(second.unchanged) == sorted(first.added)


def test_an_edited_item_is_kept_unless_replaced(nasty: Library, hours: Hours, tmp_path: Path) -> None:
    path = archive(nasty, tmp_path / "all.jsonl")
    take = Taker(elsewhere(tmp_path / "other"), hours)
    take(Jsonl().read(path))
    (file,) = take.where.decks.glob("*.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("Order <these>", "Order <those>"), encoding="utf-8")
    assert take(Jsonl().read(path)).skipped == [("nasty/entries", DIFFERS)]
    assert "Order <those>" in file.read_text(encoding="utf-8")
    assert take(Jsonl().read(path), replace=True).updated == ["nasty/entries"]
    assert "Order <those>" not in file.read_text(encoding="utf-8")


def test_decks_that_ship_are_left_alone_but_get_their_history(library: Library, hours: Hours, tmp_path: Path) -> None:
    learn(library, hours, days=2)
    path = archive(library, tmp_path / "all.jsonl")
    take = Taker(with_own_decks(make_folders(tmp_path / "other")), hours)
    outcome = take(Jsonl().read(path))
    assert (outcome.added, outcome.skipped, outcome.files) == ([], [], {})
    with open_library(take.where, hours) as other:
        assert other.store.all_states() == library.store.all_states()


def test_words_of_a_deck_that_ships_are_not_changed(library: Library, hours: Hours, tmp_path: Path) -> None:
    path = archive(library, tmp_path / "all.jsonl")
    path.write_text(path.read_text(encoding="utf-8").replace("So that nothing", "So nothing"), encoding="utf-8")
    take = Taker(with_own_decks(make_folders(tmp_path / "other")), hours)
    assert take(Jsonl().read(path)).skipped == [("softmax/subtract-max", NOT_YOURS)]


def test_everything_can_go_into_one_deck(library: Library, hours: Hours, tmp_path: Path, take: Taker) -> None:
    learn(library, hours, days=1)
    path = archive(library, tmp_path / "all.jsonl")
    outcome = take(Jsonl().read(path), into="mine")
    assert {identity.partition("/")[0] for identity in outcome.added} == {"mine"}
    with open_library(take.where, hours) as other:
        assert {item.id for item in other.catalogue.items("mine")} == set(outcome.added)
        assert {review.answer.item for review in other.store.reviews("mine/sum")} <= {"mine/sum"}


def test_names_that_are_unknown_here_are_replaced(nasty: Library, hours: Hours, tmp_path: Path) -> None:
    path = archive(nasty, tmp_path / "all.jsonl")
    path.write_text(path.read_text(encoding="utf-8").replace("n000-softmax", "n999-unknown"), encoding="utf-8")
    take = Taker(elsewhere(tmp_path / "other"), hours)
    assert take(Jsonl().read(path)).skipped == []
    with open_library(take.where, hours) as library:
        assert {item.topics for item in library.catalogue.items()} == {("imported",)}
        assert library.catalogue.findings() == []


def test_an_invalid_item_is_named_and_the_others_taken(nasty: Library, hours: Hours, tmp_path: Path) -> None:
    path = archive(nasty, tmp_path / "all.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line.get("item", {}).get("identity") == "nasty/pairs":
            del line["item"]["spec"]["pairs"]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    outcome = Taker(elsewhere(tmp_path / "other"), hours)(Jsonl().read(path))
    assert [name for name, _ in outcome.skipped] == ["nasty/pairs"]
    assert len(outcome.added) == 10


def test_settings_come_along(library: Library, hours: Hours, tmp_path: Path) -> None:
    library.save_settings(replace(library.settings, new_per_day=33))
    assert Jsonl().read(archive(library, tmp_path / "all.jsonl")).settings["new_per_day"] == "33"

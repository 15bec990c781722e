import json
from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.paths import Folders
from tests.quizapp.cli.running import Runner


@pytest.fixture
def shelf(shelf: Folders) -> Folders:
    return replace(shelf, content=(*shelf.content, shelf.data))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "cards.csv"
    path.write_text("front,back\nalone\n二,2\n", encoding="utf-8")
    return path


def test_import_tells_what_it_did(run: Runner, table: Path) -> None:
    ran = run("import", str(table), "--json")
    assert ran.code == 0
    assert {name: ran.json[name] for name in ("format", "dry_run", "added", "updated", "unchanged", "skipped")} == {
        "format": "csv",
        "dry_run": False,
        "added": ["cards/front", ran.json["added"][1]],
        "updated": [],
        "unchanged": [],
        "skipped": [{"item": "row 2", "reason": "It needs two columns with words in them."}],
    }
    listed = [item["id"] for item in run("content", "list", "--json").json]
    assert set(ran.json["added"]) <= set(listed)
    assert run("content", "check", str(run.where.decks)).code == 0


def test_a_dry_run_writes_nothing(run: Runner, table: Path) -> None:
    before = {path for path in run.where.data.rglob("*") if "cache" not in path.parts}
    ran = run("import", str(table), "--dry-run", "--json")
    assert (ran.json["dry_run"], len(ran.json["added"])) == (True, 2)
    assert {path for path in run.where.data.rglob("*") if "cache" not in path.parts} == before
    assert not run.where.decks.exists()
    assert "2 would be added" in run("import", str(table), "--dry-run").out


def test_everything_goes_into_the_named_deck(run: Runner, table: Path) -> None:
    assert run("import", str(table), "--into", "mine", "--json").json["added"][0] == "mine/front"
    assert [path.name for path in run.where.decks.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("cards.csv", "--into", "softmax"), "not yours"),
        (("cards.csv", "--into", "My Deck"), "my-deck"),
        (("cards.csv", "--format", "cvs"), "Did you mean csv"),
        (("missing.apkg",), "There is no file"),
        (("cards.xyz",), "no ending"),
    ],
)
def test_a_wrong_call_is_explained(run: Runner, table: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run("import", str(table.parent / arguments[0]), *arguments[1:])
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert not run.where.decks.exists()


def test_a_deck_with_errors_is_not_touched(run: Runner, table: Path) -> None:
    run.where.decks.mkdir(parents=True)
    broken = run.where.decks / "cards.yaml"
    broken.write_text("deck: cards\ntitle: x\nitems:\n  - id: [\n", encoding="utf-8")
    ran = run("import", str(table))
    assert ran.code == 1
    assert "cards.yaml" in ran.err
    assert broken.read_text(encoding="utf-8").endswith("[\n")


def test_an_archive_goes_out_and_comes_back(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    assert run("export", "jsonl", "--out", str(path), "--with-schedule").code == 0
    assert len(run("import", str(path), "--json").json["unchanged"]) == 8


def test_settings_are_taken_over_only_when_asked_for(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    settings = {"new_per_day": "33", "unknown": "x"}
    path.write_text(json.dumps({"archive": {"version": 1, "settings": settings}}) + "\n", encoding="utf-8")
    run("import", str(path))
    assert run("settings", "new-per-day").out.split()[1] == "10"
    ran = run("import", str(path), "--settings")
    assert "unknown" in ran.err
    assert run("settings", "new-per-day").out.split()[1] == "33"


def test_a_file_for_moodle_is_not_taken_for_a_table(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "deck.gift.txt"
    path.write_text("::a::b {T}\n", encoding="utf-8")
    ran = run("import", str(path))
    assert (ran.code, "Moodle" in ran.err) == (2, True)

"""The commands that scripts rely on: shapes, exit codes, and a clear sentence for whatever a person can type."""

import io
from pathlib import Path

import click
import pytest

from quizapp.cli.commands import COMMANDS, cli
from quizapp.paths import Folders, shipped_content
from tests.quizapp.cli.running import Runner, process

README = Path(__file__).parents[3] / "README.md"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_table_of_commands_says_what_each_command_says(name: str) -> None:
    summary = COMMANDS[name][1]
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert (command.help or "").startswith(summary.rstrip("."))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_readme_names_every_command(name: str) -> None:
    assert f"`{name}" in README.read_text(encoding="utf-8") or f"quizapp {name}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["studdy"], 2, "Did you mean study"),
        (["due", "--deck", "sofmax"], 2, "Did you mean softmax"),
        (["study", "--plain", "--deck", "sofmax"], 2, "Did you mean softmax"),
        (["skill", "show", "sofmax"], 2, "Did you mean softmax"),
        (["skill", "show", "softmax", "--level", "9"], 2, "level"),
        (["skill", "show", "softmax", "--seed", "-1"], 2, "seed"),
        (["skill", "show", "softmax", "--params", "{"], 2, "params"),
        (["skill", "show", "softmax", "--params", '{"logitss": [1, 2]}'], 2, "logits"),
        (["skill", "show", "softmax", "--params", '{"logits": [1, 2]}', "--seed", "1"], 2, "exclude"),
        (["history", "softmax/comptue"], 2, "softmax/compute"),
        (["content", "check", "nowhere.yaml"], 2, "nowhere.yaml"),
        (["restore", "nowhere.db"], 2, "nowhere.db"),
        (["settings", "new-per-day", "many"], 2, "0 to 9999"),
        (["settings", "new-per-dya"], 2, "new-per-day"),
        (["due", "--jason"], 2, "--json"),
        (["--content", "nowhere", "due"], 2, "nowhere"),
    ],
)
def test_a_wrong_call_is_answered_by_a_sentence_that_says_how_to_mend_it(
    run: Runner, arguments: list[str], code: int, words: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_due_counts_new_items_up_to_the_limit(run: Runner) -> None:
    run("settings", "new-per-day", "3")
    ran = run("due", "--json")
    assert ran.code == 0
    assert (ran.json["due"], ran.json["new"], ran.json["learning"]) == (0, 3, 0)
    assert [(deck["deck"], deck["new"], deck["unseen"]) for deck in ran.json["decks"]] == [("softmax", 3, 8)]


def test_due_creates_nothing(run: Runner, shelf: Folders) -> None:
    run("due", "--json")
    assert not shelf.database.exists()


def test_skill_show_recomputes_a_published_example(run: Runner) -> None:
    ran = run("skill", "show", "softmax", "--params", '{"logits": [0.3, 2.9, 4.0]}', "--json")
    assert ran.code == 0
    shown = ran.json
    assert shown["answer"]["text"] == "[0.0182, 0.2452, 0.7366]"
    assert shown["answer"]["value"] == pytest.approx([0.01821127, 0.24519181, 0.73659691], abs=1e-8)
    assert shown["answer"]["decimals"] == 4
    assert set(shown) == {
        "skill",
        "version",
        "level",
        "seed",
        "params",
        "prompt",
        "answer",
        "steps",
        "misconceptions",
    }
    assert {"kind", "value", "text", "decimals", "tolerance"} <= set(shown["answer"])
    assert all({"slug", "value", "text", "en", "zh"} <= set(wrong) for wrong in shown["misconceptions"])
    assert all({"slug", "values", "en", "zh"} <= set(step) for step in shown["steps"])


@pytest.mark.parametrize(
    ("answer", "code", "verdict"),
    [
        ("[0.0182, 0.2452, 0.7366]", 0, "correct"),
        ("0.01821，0.24519，0.73660", 0, "correct"),
        ("0.2, 0.3, 0.5", 1, "wrong"),
        ("0.0182 0.2452 x", 2, "invalid"),
    ],
)
def test_skill_check_says_by_its_exit_code_what_it_found(run: Runner, answer: str, code: int, verdict: str) -> None:
    ran = run("skill", "check", "softmax", "--params", '{"logits": [0.3, 2.9, 4.0]}', "--answer", answer, "--json")
    assert (ran.code, ran.json["verdict"]) == (code, verdict)
    assert (ran.json["read_as"] is None) == (verdict == "invalid")
    assert ran.json["message"]["zh"]


def test_a_misconception_is_named_when_its_typed_form_is_given(run: Runner) -> None:
    shown = run("skill", "show", "softmax", "--seed", "5", "--json").json
    for wrong in shown["misconceptions"]:
        ran = run("skill", "check", "softmax", "--seed", "5", "--answer", wrong["text"], "--json")
        assert (ran.code, ran.json["misconception"]) == (1, wrong["slug"])


def test_content_list_and_coverage_have_the_promised_shape(run: Runner) -> None:
    listed = run("content", "list", "--json").json
    assert len(listed) == 8
    assert listed[0]["id"] == "softmax/compute"
    assert set(listed[0]) >= {
        "id",
        "deck",
        "area",
        "type",
        "topics",
        "errata",
        "skill",
        "exercise",
        "languages",
        "file",
        "line",
    }
    covered = run("content", "coverage", "--json").json
    assert covered["topics"]["n000-softmax"]
    assert set(covered) >= {"topics", "uncovered", "errata", "skills_unasked", "exercises_unused"}


def test_content_check_reports_errors_with_their_place(run: Runner, shelf: Folders) -> None:
    assert run("content", "check").code == 0
    deck = shelf.content[0] / "decks" / "activations" / "softmax.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("type: computed", "type: computd"), encoding="utf-8")
    ran = run("content", "check", "--json")
    assert ran.code == 1
    (found,) = [finding for finding in ran.json if finding["severity"] == "error"]
    assert (found["line"], found["file"].endswith("softmax.yaml")) == (6, True)
    assert "computed" in found["hint"] + found["message"]


def test_history_shows_every_review_with_its_numbers(
    run: Runner, shelf: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("0.1 0.2 0.7\n:hard\n:quit\n"))
    assert run("study", "--plain", "--seed", "1").code == 0
    reviews = run("history", "softmax/compute", "--json").json
    assert [(review["rating"], review["annulled"]) for review in reviews] == [("again", "override"), ("hard", None)]
    assert reviews[0]["params"]["logits"]
    assert reviews[0]["answer"] == "0.1 0.2 0.7"
    assert run("stats", "--json").json["reviews"] == 1


def test_a_backup_can_be_restored_and_nothing_is_lost(
    run: Runner, shelf: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(":show\n:quit\n"))
    run("study", "--plain", "--seed", "1")
    copy = tmp_path / "copy.db"
    assert run("backup", "--to", str(copy)).code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(":undo\n:quit\n"))
    run("study", "--plain", "--seed", "1")
    assert run("stats", "--json").json["reviews"] == 0
    ran = run("restore", str(copy))
    assert ran.code == 0
    assert run("stats", "--json").json["reviews"] == 1
    assert list(shelf.data.glob("progress.db.before-restore-*"))


def test_a_damaged_database_is_left_alone_and_explained(run: Runner, shelf: Folders) -> None:
    shelf.data.mkdir(parents=True, exist_ok=True)
    shelf.database.write_bytes(b"not a database at all" * 100)
    before = shelf.database.read_bytes()
    for arguments in (["due"], ["stats"], ["study", "--plain"], ["doctor"]):
        ran = run(*arguments)
        assert ran.code == 3, (arguments, ran)
        assert "Traceback" not in ran.err
    assert shelf.database.read_bytes() == before


def test_doctor_says_that_all_is_well(run: Runner) -> None:
    ran = run("doctor", "--json")
    assert ran.code == 0
    assert ran.json["ok"]
    assert {"versions", "paths", "database", "content", "isolation", "terminal"} <= set(ran.json)


def test_the_shipped_content_has_no_errors() -> None:
    from quizapp.catalogue.check import check

    assert [str(found) for found in check((shipped_content(),)) if found.severity == "error"] == []


def test_a_pipe_that_closes_early_leaves_no_traceback(shelf: Folders) -> None:
    ran = process(shelf, "skill", "list")
    assert (ran.code, ran.err) == (0, "")


def test_an_orphan_is_listed_and_re_attached(run: Runner, shelf: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(":show\n:quit\n"))
    run("study", "--plain", "--seed", "1")
    deck = shelf.content[0] / "decks" / "activations" / "softmax.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("id: compute", "id: evaluate"), encoding="utf-8")
    listed = run("orphans", "--json").json
    assert [orphan["item"] for orphan in listed] == ["softmax/compute"]
    assert run("orphans", "--attach", "softmax/compute", "softmax/evaluat").code == 2
    assert run("orphans", "--attach", "softmax/compute", "softmax/evaluate").code == 0
    assert run("orphans", "--json").json == []
    assert len(run("history", "softmax/evaluate", "--json").json) == 1


def test_fit_says_that_there_is_too_little_to_learn_from(run: Runner) -> None:
    run("settings", "new-per-day", "5")
    ran = run("fit", "--json")
    assert (ran.code, ran.json["kept"], ran.json["reason"]) == (0, False, "too-few-reviews")


def test_a_shell_that_asks_for_completions_gets_them(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    # Asked with no argument at all, which otherwise opens the screen.
    monkeypatch.setenv("_QUIZAPP_COMPLETE", "zsh_source")
    ran = run()
    assert ran.code == 0
    assert ran.out.startswith("#compdef quizapp")


def test_a_suspended_item_is_listed_and_brought_back(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("suspended", "--json").json == []
    monkeypatch.setattr("sys.stdin", io.StringIO(":suspend\n:quit\n"))
    run("study", "--plain", "--seed", "1")
    assert run("suspended", "--json").json == ["softmax/compute"]
    assert run("suspended", "--resume", "softmax/compte").code == 2
    assert run("suspended", "--resume", "softmax/compute").code == 0
    assert run("suspended", "--json").json == []

"""The authoring guide and the scaffold: what they show must pass the same check as the content that ships."""

import ast
import re
from pathlib import Path

import pytest

import engine
from quizapp.catalogue import scaffold
from quizapp.catalogue.check import check
from quizapp.errors import UnknownName, UsageProblem
from quizapp.paths import shipped_content
from quizapp.questions.registry import item_types


def guide_example() -> str:
    text = (shipped_content() / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_guide_s_example_is_correct_and_has_every_type(tmp_path: Path) -> None:
    deck = tmp_path / "decks" / "activations" / "softmax.yaml"
    deck.parent.mkdir(parents=True)
    deck.write_text(guide_example(), encoding="utf-8")
    findings = check((shipped_content(), tmp_path), (deck,))
    # Only the deck's name stands twice here, since the shipped one has it as well.
    assert [str(found) for found in findings if found.rule not in {"duplicate-deck", "duplicate-id"}] == []
    shown = set(re.findall(r"type: ([a-z]+)", guide_example()))
    assert shown == set(item_types())


@pytest.fixture
def source_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "engine").mkdir()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(engine, "__path__", [str(tmp_path / "engine")])
    monkeypatch.setattr(scaffold, "shipped_content", lambda: tmp_path / "content")
    return tmp_path


def test_the_scaffold_is_python_and_names_what_it_is_told(source_tree: Path) -> None:
    module, words = scaffold.new_skill("margin-loss", "losses", ("losses",))
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert {node.name for node in tree.body if isinstance(node, ast.ClassDef)} == {"MarginLossParams", "MarginLoss"}
    assert (module.parent.name, module.name, words.name) == ("losses", "margin_loss.py", "margin-loss.yaml")
    assert (module.parent / "__init__.py").is_file()
    assert "skill: margin-loss" in words.read_text(encoding="utf-8")


def test_the_scaffold_never_writes_over_a_file(source_tree: Path) -> None:
    module, _ = scaffold.new_skill("margin-loss", "losses", ("losses",))
    module.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageProblem, match="exists already"):
        scaffold.new_skill("margin-loss", "losses", ("losses",))
    assert module.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["Margin-Loss", "margin_loss", "", "-loss", "../loss"])
def test_the_scaffold_refuses_what_is_no_id(source_tree: Path, name: str) -> None:
    with pytest.raises(UsageProblem, match="no skill id"):
        scaffold.new_skill(name, "losses", ("losses",))


def test_the_scaffold_knows_the_areas(source_tree: Path) -> None:
    with pytest.raises(UnknownName, match="losess"):
        scaffold.new_skill("margin-loss", "losess", ("losses",))
    assert list(source_tree.rglob("*.py")) == []

import pytest

from quizapp.catalogue.check import check
from quizapp.catalogue.finding import Severity
from quizapp.paths import shipped_content
from tests.quizapp.catalogue.shelf import Shelf

SOFTMAX_WORDS = (shipped_content() / "skills/activations/softmax.yaml").read_text(encoding="utf-8")


def test_the_shipped_words_are_sound_here(shelf: Shelf) -> None:
    shelf.write("skills/activations/softmax.yaml", SOFTMAX_WORDS)
    assert shelf.check() == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity"),
    [
        ("  divide:", "  dividing:", "missing-step", Severity.ERROR),
        ("  divide:", "  dividing:", "unknown-step", Severity.WARNING),
        ("  base-two:", "  base-three:", "missing-misconception", Severity.ERROR),
        ("  base-two:", "  base-three:", "unknown-misconception", Severity.ERROR),
        ("<<logits:tex>>", "<<logit:tex>>", "placeholder", Severity.ERROR),
        ("<<total:4>>", "<<totals:4>>", "placeholder", Severity.ERROR),
        ("<<logits:tex>>", "<<logits:4:tex>>", "placeholder", Severity.ERROR),
        ("skill: softmax", "skill: softmaxx", "unknown-skill", Severity.ERROR),
        ("prompt:", "promt:", "unknown-field", Severity.ERROR),
        (r"\frac{e^{z_i}}", r"\frac{e^{z_i}", "formula-does-not-render", Severity.ERROR),
    ],
)
def test_words_that_do_not_fit_the_skill(shelf: Shelf, old: str, new: str, rule: str, severity: Severity) -> None:
    shelf.write("skills/activations/softmax.yaml", SOFTMAX_WORDS.replace(old, new, 1))
    found = [entry for entry in shelf.check() if entry.rule == rule]
    assert found, shelf.check()
    assert found[0].severity is severity
    line = SOFTMAX_WORDS[: SOFTMAX_WORDS.index(old)].count("\n") + 1
    assert abs(found[0].line - line) <= 4 or rule.startswith("missing")


def test_words_in_the_wrong_place(shelf: Shelf) -> None:
    shelf.write("skills/losses/soft-max.yaml", SOFTMAX_WORDS)
    assert sorted(found.rule for found in shelf.check()) == ["file-name", "wrong-folder"]


def test_words_of_exercises(shelf: Shelf) -> None:
    shelf.write("exercises/losses/thing.yaml", "exercise: no-such-thing\ntitle: {en: A, zh: 甲}\ntask: {en: B}\n")
    assert sorted(found.rule for found in shelf.check()) == ["missing-field"]


def test_what_ships_has_no_findings() -> None:
    assert [str(found) for found in check([shipped_content()])] == []


def test_every_topic_of_the_notes_belongs_to_one_deck() -> None:
    import yaml

    syllabus = yaml.safe_load((shipped_content() / "syllabus.yaml").read_text(encoding="utf-8"))
    assert len(syllabus["topics"]) == 734
    placed = [topic for deck in syllabus["decks"] for topic in deck["topics"]]
    assert sorted(placed) == sorted(topic["id"] for topic in syllabus["topics"])
    assert len({area["id"] for area in syllabus["areas"]}) == 17

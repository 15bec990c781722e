from pathlib import Path

import pytest

from quizapp.catalogue.check import check
from quizapp.catalogue.finding import Finding, Severity
from quizapp.errors import UsageProblem
from tests.quizapp.catalogue.shelf import CONV_DECK, SOFTMAX_DECK, Shelf

DECK = "decks/activations/softmax.yaml"
FLASHCARD = """\
deck: softmax
items:
  - id: card
    type: flashcard
    topics: [softmax-definition]
    front: {{en: {en}, zh: {zh}}}
    back: {{en: Fine., zh: 好。}}
"""


def summary(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(found.rule, found.line, found.column) for found in findings]


def test_sound_content_has_no_findings(library: Shelf) -> None:
    assert library.check() == []


def test_ten_different_mistakes_of_one_file_in_one_run(library: Shelf) -> None:
    path = library.write(
        DECK,
        """\
        deck: softmax
        items:
          - id: one
            type: flashcard
            topics: [softmax-defintion]
            errata: [e000-softmax-idx]
            frnt: {en: Front, zh: 正面}
            back: {en: Back, zh: 反面}
          - id: one
            type: choise
            topics: []
          - id: Three
            type: choice
            topics: [softmax-definition]
            prompt: {en: Which one?, zh: 哪一个？}
            options: [{text: a, correct: true}, {text: b, correct: true}]
          - id: four
            type: cloze
            topics: [softmax-definition]
            text: {en: "A [[gap]] and [[another]].", zh: "一个[[空]]。"}
            note: {en: yes, zh: 是}
          - id: five
            type: computed
            topics: [softmax-definition]
            skill: softmaxx
            levels: [3, 1]
          - id: six
            type: flashcard
            topics: softmax-definition
            front: {en: "unclosed}
            back: {en: a, zh: 甲}
          - just text
        """,
    )
    found = library.check()
    assert {entry.file for entry in found} == {str(path)}
    assert summary(found) == [
        ("unknown-topic", 5, 14),
        ("unknown-erratum", 6, 14),
        ("unknown-field", 7, 5),
        ("duplicate-item", 9, 9),
        ("unknown-type", 10, 11),
        ("wrong-length", 11, 13),
        ("bad-id", 12, 9),
        ("gap-counts", 20, 11),
        ("yaml-surprise", 21, 16),
        ("unknown-skill", 25, 12),
        ("levels-ascending", 26, 13),
        ("yaml-syntax", 30, 17),
        ("wrong-type", 32, 5),
    ]
    assert str(found[0]) == f"{path}:5:14: there is no topic softmax-defintion: did you mean softmax-definition?"
    assert str(found[2]) == f"{path}:7:5: frnt: there is no such field: did you mean front?"
    assert found[4].message == "type: there is no item type 'choise'"
    assert found[4].hint == "did you mean choice?"


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "words"),
    [
        ("    back:", "    bakc:", "unknown-field", 10, "did you mean back?"),
        ("id: shift", "id: Shift!", "bad-id", 3, "'Shift!' is no id"),
        ("    type: flashcard\n", "", "missing-field", 3, "add type: "),
        ("flashcard", "[flashcard]", "unknown-type", 4, "did you mean flashcard?"),
        ("[softmax-definition]", "softmax-definition", "wrong-type", 5, "must be a list"),
        ("{en: Nothing., zh: 概率不变。}", "{en: Nothing.}", "missing-field", 10, "zh: is missing"),
        ("{en: Nothing., zh: 概率不变。}", "[]", "wrong-type", 10, "write {en: …, zh: …}"),
        ("correct: true", 'correct: "true"', "wrong-type", 16, "must be true or false, not 'true'"),
        ('{text: "2"}', "{text: [2]}", "wrong-type", 17, "both languages"),
        ('{text: "2"}', '{text: "1"}', "duplicate-text", 16, "read the same"),
        ("[basics]", "[3]", "wrong-type", 7, "write '3' with quotes"),
        ("[basics]", "[0.50]", "wrong-type", 7, "write '0.50' with quotes"),
        ("aliases: [softmax/old-shift]", "aliases: [softmax/range]", "alias-in-use", 8, "living item"),
        ("aliases: [softmax/old-shift]", "hints: [a, b, c, d]", "wrong-length", 8, "at most 3 entries, has 4"),
        ("aliases: [softmax/old-shift]", "aliases: [old shift]", "bad-alias", 8, "write deck/id"),
        ('{text: "2"}', "{text: 0.50}", "rewritten-number", 17, "write '0.50' with quotes"),
        ("deck: softmax", "deck: softmx", "unknown-deck", 1, "did you mean softmax?"),
        ("deck: softmax", "deck: conv-size", "duplicate-id", 1, "already given"),
        ("deck: softmax", "deck: softmax\ntitel: x", "unknown-field", 2, "did you mean title?"),
    ],
)
def test_each_mistake_is_said_plainly(library: Shelf, old: str, new: str, rule: str, line: int, words: str) -> None:
    library.write(DECK, SOFTMAX_DECK.replace(old, new, 1))
    library_findings = [found for found in library.check() if found.rule == rule]
    assert library_findings, library.check()
    assert library_findings[0].line == line or rule == "duplicate-id"
    assert any(words in str(found) for found in library_findings)


TYPED = """\
deck: softmax
items:
  - {{id: a, type: typed, topics: [softmax-definition], prompt: x, {answer}}}
"""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("accept: 5", "accept: must be a mapping of names to values, not 5"),
        ("accept: {en: [x]}", "accept.zh: is missing"),
        ("accept: {en: x, zh: [甲]}", "accept.en: must be a list, not 'x'"),
        ("answer: {value: abc}", "answer.value: must be a number or a list, not 'abc'"),
        ("answer: {value: 0.5, decimls: 2}", "answer.decimls: there is no such field: did you mean decimals?"),
        ("answer: {value: 0.5, decimals: many}", "answer.decimals: must be a whole number, not 'many'"),
        ("tags: [a]", "give either 'accept' (words) or 'answer' (a number)"),
    ],
)
def test_values_of_several_forms(library: Shelf, answer: str, words: str) -> None:
    library.write(DECK, TYPED.format(answer=answer))
    (found,) = library.check()
    assert words in str(found)
    assert found.line == 3


@pytest.mark.parametrize(
    ("en", "zh", "rule", "severity"),
    [
        ('"A $x_i"', '"$x$"', "unclosed-formula", Severity.ERROR),
        ('"$x$"', '"$均值$"', "chinese-in-formula", Severity.ERROR),
        ("Give the three numbers", "Give the three numbers", "untranslated", Severity.ERROR),
        ("The 均值 of it", "均值", "chinese-in-english", Severity.WARNING),
        ("Fine", '"先求和,再除以个数"', "chinese-typography", Severity.WARNING),
        ("Fine", "先求 和", "chinese-typography", Severity.WARNING),
        ("Fine", "求和.", "chinese-typography", Severity.WARNING),
        ('"Fine，fine"', "好", "english-typography", Severity.WARNING),
        ("Is it <<x>> now", "是<<x>>吗", "stray-placeholder", Severity.WARNING),
        ('" "', "好", "blank-words", Severity.ERROR),
        ("Sure, it does", "好", "empty-value", Severity.ERROR),
    ],
)
def test_words(library: Shelf, en: str, zh: str, rule: str, severity: Severity) -> None:
    library.write(DECK, FLASHCARD.format(en=en, zh=zh))
    found = library.check()
    assert [(entry.rule, entry.severity) for entry in found] == [(rule, severity)]
    assert found[0].line == 6


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ('"Cost: $5 and $6"', "价格是5美元"),
        ('"$\\\\frac{1}{2}$"', '"$\\\\frac{1}{2}$"'),
        ("ReLU", "ReLU"),
        ("Batch Norm", "BatchNorm"),
        ('"Use $x$, then $y$."', '"先用$x$，再用 $y$。"'),
        ("Name it `nn.Linear` here", "写作`nn.Linear`"),
    ],
)
def test_good_words_pass(library: Shelf, en: str, zh: str) -> None:
    library.write(DECK, FLASHCARD.format(en=en, zh=zh))
    assert library.check() == []


def test_a_sentence_in_one_language_is_a_warning(library: Shelf) -> None:
    text = SOFTMAX_DECK.replace('{text: "2"}', "{text: any positive number}")
    library.write(DECK, text)
    assert [(found.rule, found.line, found.severity) for found in library.check()] == [
        ("one-language", 17, Severity.WARNING)
    ]


def test_a_right_option_that_gives_itself_away(library: Shelf) -> None:
    long = "{en: exactly one because every share is divided by the total, zh: 恰为一}"
    library.write(DECK, SOFTMAX_DECK.replace('{text: "1", correct', f"{{text: {long}, correct"))
    assert [(found.rule, found.line) for found in library.check()] == [("telltale-option", 16)]


def test_places_of_files(library: Shelf) -> None:
    (library.root / DECK).rename(library.root / "decks/convolution/softmaxes.yaml")
    library.write("decks/activations/notes.txt", "x")
    library.write("decks/more.yml", "x")
    library.write("mine.yaml", "x")
    rules = sorted((found.rule, Path(found.file).name) for found in library.check())
    assert rules == [
        ("file-name", "softmaxes.yaml"),
        ("stray-file", "mine.yaml"),
        ("stray-file", "more.yml"),
        ("stray-file", "notes.txt"),
        ("wrong-folder", "softmaxes.yaml"),
    ]


def test_a_topic_of_another_deck_is_a_warning(library: Shelf) -> None:
    library.write(DECK, SOFTMAX_DECK.replace("[softmax-definition]", "[conv-output]", 1))
    (found,) = library.check()
    assert (found.rule, found.severity, found.line) == ("foreign-topic", Severity.WARNING, 5)


def test_the_syllabus_itself_is_checked(library: Shelf) -> None:
    text = (library.root / "syllabus.yaml").read_text()
    text = text.replace("area: convolution", "area: convolutions").replace("[conv-size]", "[conv-sizes]")
    text = text.replace("topics: [softmax-definition]", "topics: [softmax]").replace("severity: wrong", "severity: bad")
    library.write("syllabus.yaml", text)
    found = {entry.rule for entry in library.check() if entry.file.endswith("syllabus.yaml")}
    assert found == {"unknown-area", "unknown-deck", "unknown-topic", "bad-value"}


def test_only_chosen_paths_are_reported_and_others_still_known(library: Shelf, tmp_path: Path) -> None:
    library.write(DECK, SOFTMAX_DECK.replace("id: shift", "id: Shift"))
    own = tmp_path / "elsewhere" / "mine.yaml"
    own.parent.mkdir()
    text = CONV_DECK.replace("deck: conv-size", "deck: mine\ntitle: {en: Mine, zh: 我的}")
    own.write_text(text.replace("topics", "topic"), encoding="utf-8")
    found = check(library.folders.content, [own])
    assert [(entry.file, entry.rule) for entry in found] == [(str(own), "unknown-field")]
    assert [entry.rule for entry in check(library.folders.content, [library.root / "decks/activations"])] == ["bad-id"]
    with pytest.raises(UsageProblem, match="no file"):
        check(library.folders.content, [tmp_path / "gone.yaml"])

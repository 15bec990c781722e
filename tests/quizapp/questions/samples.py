"""Specs of every item type, nasty ones included, and the words of the skills that ship."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from quizapp.questions.base import Draw, ItemSpec, Question
from quizapp.questions.registry import item_type, parse_spec
from quizapp.questions.words import ExerciseWords, SkillWords

CONTENT = Path(__file__).parents[3] / "content"
ITEM = "deck/item"


class Book:
    """Reads a skill's words from the content that ships."""

    def skill_words(self, skill: str) -> SkillWords:
        return _skill_words(skill)

    def exercise_words(self, exercise: str) -> ExerciseWords:
        return _exercise_words(exercise)


@cache
def _skill_words(skill: str) -> SkillWords:
    (file,) = (CONTENT / "skills").glob(f"*/{skill}.yaml")
    return SkillWords.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@cache
def _exercise_words(exercise: str) -> ExerciseWords:
    (file,) = (CONTENT / "exercises").glob(f"*/{exercise}.yaml")
    return ExerciseWords.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


BOOK = Book()


def data(kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": "item", "topics": ["n000-softmax"], "type": kind, **fields}


def spec(kind: str, **fields: Any) -> ItemSpec:
    return parse_spec(data(kind, **fields))


def ask(given: ItemSpec, seed: int = 0, level: int = 1, params: dict[str, Any] | None = None) -> Question:
    return item_type(getattr(given, "type")).realise(ITEM, given, Draw(seed, level, params), BOOK)  # noqa: B009 - each type declares its own


def asked(kind: str, seed: int = 0, **fields: Any) -> Question:
    return ask(spec(kind, **fields), seed)


def option(text: Any, correct: bool = False, **more: Any) -> dict[str, Any]:
    return {"text": text, "correct": correct, **more}


PROMPT = {"en": "Which one? $\\frac{a_{i}}{b_{j}}$", "zh": "哪一个？$\\frac{a_{i}}{b_{j}}$"}
NASTY = [
    "\"quoted\", 'twice'",
    "=1+1",
    "🙂 emoji ﷽",
    "$\\mathrm{e}^{x^{2_{n}}}$ }}",
    "逗号，顿号、分号；",
    "back\\slash `code` | pipe",
]

STATIC: list[dict[str, Any]] = [
    data("flashcard", front=PROMPT, back="$\\max(0, x)$"),
    data("flashcard", front="🙂", back={"en": "}}\n\nline", "zh": "行"}, hints=["one", "two"], note="note"),
    data("choice", prompt=PROMPT, options=[option("1", True), option(2)]),
    data("choice", prompt=PROMPT, options=[option(t, t == "=1+1", why=f"why {t}") for t in NASTY], note=PROMPT),
    data("choice", prompt=PROMPT, options=[option("a"), option("b"), option("c", True)], shuffle=False),
    data("multi", prompt=PROMPT, options=[option(t, i % 2 == 0, why="why") for i, t in enumerate(NASTY)]),
    data("multi", prompt=PROMPT, options=[option("a", True), option("b")]),
    data("cloze", text={"en": "Subtract the [[maximum|max]].", "zh": "减去[[最大值|最大]]。"}),
    data(
        "cloze",
        text={
            "en": "$[[1, 2], [3]]$ `x[[0]]` \\$5: [[encoder]] then **[[decoder|the decoder]]** and [[C++]]",
            "zh": "$[[1, 2], [3]]$ `x[[0]]` \\$5：[[编码器]]、**[[解码器]]**、[[C++]]",
        },
    ),
    data("typed", prompt=PROMPT, accept={"en": ["ReLU", "rectified linear unit"], "zh": ["修正线性单元"]}),
    data("typed", prompt=PROMPT, accept=["O(n^2)", "🙂🙃", "x'", "}}"]),
    data("typed", prompt=PROMPT, accept=[64]),
    data("typed", prompt=PROMPT, answer={"value": 0.25, "decimals": 2}),
    data("typed", prompt=PROMPT, answer={"value": -3.5}),
    data("typed", prompt=PROMPT, answer={"value": 34944}),
    data("typed", prompt=PROMPT, answer={"value": [0.5, -0.25], "decimals": 3}),
    data("typed", prompt=PROMPT, answer={"value": [[1, 2], [3, 4]]}),
    data("order", prompt=PROMPT, entries=["a", "b", "c"]),
    data("order", prompt=PROMPT, entries=[*NASTY, {"en": "last", "zh": "最后"}]),
    data("match", prompt=PROMPT, pairs=[{"left": "a", "right": "1"}, {"left": "b", "right": "2"}]),
    data(
        "match",
        prompt=PROMPT,
        pairs=[{"left": t, "right": t[::-1]} for t in NASTY],
        extras=["one", "two", "three", "four"],
    ),
    data("code", exercise="softmax"),
    data("code", exercise="adam", hints=["own hint"], note="note"),
]

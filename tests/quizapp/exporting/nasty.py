"""One deck full of what breaks exporters, and a way to learn it; every format is tried on it."""

from quizapp.library import Library
from quizapp.questions.registry import item_type
from quizapp.study.model import Marked
from quizapp.study.start import start
from tests.quizapp.shelf import Hours

NASTY = r"""
deck: nasty
title: {en: "Nasty :: \"deck\"", zh: 棘手的牌组}
area: activations
items:
  - id: formula-start
    type: flashcard
    topics: [n000-softmax]
    tags: [spread-sheet]
    front: {en: '=1+1 "double" ''single'' & <b>tag</b> ]]> {{c1::x}} 😀',
      zh: '=求和("甲") 与 <script>alert(1)</script> 𠮷'}
    back: {en: "+ plus  spaces", zh: "@全角 － 减号"}
    hints: [{en: "-1 is less", zh: "－1更小"}, {en: "[sound:x.mp3] [$]x[/$]", zh: "\\(不是公式\\)"}]
    note: {en: "C:\\new\\(folder) costs \\$5", zh: "路径C:\\新建\\[文件夹]"}
  - id: braces
    type: cloze
    topics: [n000-softmax]
    text:
      en: "The sum $\\frac{a}{b_{2}}$ of {{all}} `x[[1]]` is [[one|1]] in C++ [[std::max]] and **[[a}}b]]**."
      zh: "和 $\\frac{a}{b_{2}}$ 等于 [[一|1]]，用 [[std::max]]，以及 **[[a}}b]]**。"
  - id: lines
    type: flashcard
    topics: [n000-softmax]
    front:
      en: |
        First line
        and second.

        - one `<b>`
        - two | three

        ```python
        if a < b & c:
            pass
        ```
      zh: |
        第一行
        第二行。

        | 名称 | 值 |
        |---|---:|
        | $x$ | 1 |
    back: $$\sum_{i<n} x_i \text{ if } a > b \& c$$
  - id: wide
    type: choice
    topics: [n000-softmax]
    shuffle: false
    prompt: {en: "Which? <>&\"'", zh: "哪一个？《》“”"}
    options:
      - {text: "=A1", correct: true, why: {en: "Because @x", zh: "因为@x"}}
      - {text: {en: "1. not a list", zh: "1. 不是列表"}}
      - {text: "$a_{b_{c}}$"}
  - id: several
    type: multi
    topics: [n000-softmax]
    prompt: {en: "Which?\nTwo lines", zh: "哪些？"}
    options:
      - {text: "`}}`", correct: true}
      - {text: "]]>", correct: true}
      - {text: "-- | --"}
  - id: typed-words
    type: typed
    topics: [n000-softmax]
    prompt: {en: "Write it: <code>", zh: "写出："}
    accept: {en: ['"=x" & <y>', "it's"], zh: ["，。；"]}
  - id: typed-number
    type: typed
    topics: [n000-softmax]
    prompt: {en: "Half?", zh: "一半？"}
    answer: {value: [0.5, -1.25], decimals: 2}
  - id: entries
    type: order
    topics: [n000-softmax]
    prompt: {en: "Order <these>", zh: "排序"}
    entries: ["=1", "<2>", {en: "three\nlines", zh: "三"}, "-4"]
  - id: pairs
    type: match
    topics: [n000-softmax]
    prompt: {en: "Match & win", zh: "配对"}
    pairs:
      - {left: "$\\{x\\}$", right: {en: "set", zh: "集合"}}
      - {left: "&amp;", right: {en: "entity", zh: "实体"}}
    extras: ["none::of}}these"]
  - id: compute
    type: computed
    topics: [n000-softmax]
    skill: softmax
  - id: compute-choice
    type: computed
    topics: [n000-softmax]
    skill: softmax
    as: choice
"""


def learn(library: Library, hours: Hours, days: int = 6) -> None:
    """Study for some days: mostly right, sometimes wrong, one item left in the middle of its steps."""
    for day in range(days):
        session = start(library, seed=day)
        answered = 0
        while session.current is not None and answered < 40:
            examples = item_type(session.question.type).examples(session.question)
            wrong = examples.incorrect and (answered + day) % 4 == 3
            raw = examples.incorrect[0] if wrong else examples.correct[0]
            if not isinstance(session.answer(raw), Marked):
                raise AssertionError(f"{raw!r} was not read")
            hours.pass_by(minutes=1, seconds=7)
            session.advance()
            answered += 1
        hours.pass_by(days=1 + day)

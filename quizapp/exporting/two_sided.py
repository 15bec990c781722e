"""Any question as a card of two sides, in Markdown, for formats that know nothing else."""

from collections.abc import Sequence
from typing import assert_never

from quizapp.exporting.base import (
    ExportQuestion,
    Gaps,
    Matching,
    Options,
    Ordering,
    Quantity,
    Recall,
    Words,
    gap_character,
)
from quizapp.questions.shuffling import deranged
from quizapp.text import EMPTY, Text, same

ALSO = Text("Also right", "也可填")
STEPS = Text("Step by step", "解题步骤")
MISTAKES = Text("Typical mistakes", "典型错误")
PARAGRAPH = same("\n\n")


def letter(place: int) -> str:
    """Return the letter of a place counted from 0."""
    return chr(ord("A") + place)


def front(question: ExportQuestion, identity: str) -> Text:
    """Return what is asked.

    Parameters
    ----------
    question : ExportQuestion
    identity : str
        ``deck/item``, which fixes the order of entries.
    """
    body = question.body
    match body:
        case Options():
            return question.prompt + PARAGRAPH + _lettered([option.text for option in body.options])
        case Gaps():
            return _with_marks(body)
        case Ordering():
            return question.prompt + PARAGRAPH + _bullets(shown_entries(body, identity))
        case Matching():
            left = _numbered([left for left, _ in body.pairs])
            return question.prompt + PARAGRAPH + left + PARAGRAPH + _lettered(shown_partners(body, identity))
        case Recall() | Words() | Quantity():
            return question.prompt
        case _:
            assert_never(body)


def back(question: ExportQuestion, identity: str) -> Text:
    """Return the solution with everything that explains it."""
    parts = [solution(question, identity)]
    if question.steps:
        parts.append(_titled(STEPS, _numbered(question.steps)))
    if isinstance(question.body, Quantity) and question.body.wrong:
        mistakes = [same(f"`{wrong.text}`: ") + wrong.words for wrong in question.body.wrong]
        parts.append(_titled(MISTAKES, _bullets(mistakes)))
    if question.note:
        parts.append(question.note)
    return _joined(parts, PARAGRAPH)


def shown_entries(body: Ordering, identity: str) -> list[Text]:
    """Return the entries in an order that is not the right one."""
    return [body.entries[i] for i in deranged(len(body.entries), identity, 0)]


def shown_partners(body: Matching, identity: str) -> list[Text]:
    """Return the right-hand entries in an order that does not give the pairs away."""
    rights = [right for _, right in body.pairs] + list(body.extras)
    return [rights[i] for i in deranged(len(rights), identity, 0)]


def solution(question: ExportQuestion, identity: str) -> Text:
    """Return what is right, by the letters and numbers of ``front``, without what explains it."""
    body = question.body
    match body:
        case Recall():
            return body.back
        case Options():
            return _lettered(
                [
                    same("✓ " if option.correct else "✗ ")
                    + option.text
                    + (same(" — ") + option.why if option.why else EMPTY)
                    for option in body.options
                ]
            )
        case Gaps():
            others = [_listed(gap.en[1:], gap.zh[1:]) for gap in body.gaps if len(gap.en) > 1 or len(gap.zh) > 1]
            also = _titled(ALSO, _joined(others, same("; "))) if others else EMPTY
            return body.solved + PARAGRAPH + also if also else body.solved
        case Words():
            others_typed = [words for words in body.accepted if words not in (body.answer.en, body.answer.zh)]
            if not others_typed:
                return body.answer
            return body.answer + PARAGRAPH + _titled(ALSO, _listed(others_typed, others_typed))
        case Quantity():
            return same(f"`{body.text}`")
        case Ordering():
            return _numbered(body.entries)
        case Matching():
            partners = shown_partners(body, identity)
            return _numbered(
                [left + same(f" — {letter(partners.index(right))}: ") + right for left, right in body.pairs]
            )
        case _:
            assert_never(body)


def _with_marks(body: Gaps) -> Text:
    count = len(body.gaps)

    def marked(text: str) -> str:
        for gap in range(count):
            text = text.replace(gap_character(gap), f"[{gap + 1}: …]" if count > 1 else "[…]")
        return text

    return body.marked.map(marked)


def _lettered(texts: Sequence[Text]) -> Text:
    return _joined([same(f"{letter(i)}. ") + text for i, text in enumerate(texts)], same("  \n"))


def _numbered(texts: Sequence[Text]) -> Text:
    return _joined([same(f"{i}. ") + _indented(text) for i, text in enumerate(texts, start=1)], same("\n"))


def _bullets(texts: Sequence[Text]) -> Text:
    return _joined([same("- ") + _indented(text) for text in texts], same("\n"))


def _indented(text: Text) -> Text:
    return text.map(lambda words: words.replace("\n", "\n   "))


def _titled(title: Text, text: Text) -> Text:
    return title.map(lambda words: f"**{words}**\n\n") + text


def _listed(en: Sequence[str], zh: Sequence[str]) -> Text:
    return Text(" / ".join(en) or "–", " / ".join(zh) or "–")


def _joined(parts: Sequence[Text], between: Text) -> Text:
    whole = EMPTY
    for part in parts:
        whole = whole + between + part if whole else part
    return whole

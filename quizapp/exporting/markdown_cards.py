"""Questions as the two sides of a Markdown card, or as a text with gaps: what both dialects are written from.

Content texts are Markdown already. What has no counterpart on paper (options, orders, pairs) is written out in words.
"""

from dataclasses import dataclass
from typing import assert_never

from quizapp.exporting.base import (
    ExportItem,
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
from quizapp.questions.shuffling import deranged, shuffled
from quizapp.text import Display, Language, Text

SIDE = " / "
ALSO = Text("Also right:", "以下亦可：")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Card:
    """One card. ``gaps``: the preferred answers where ``front`` is a text with ``gap_character(i)`` in it."""

    name: str
    front: str
    back: str
    gaps: tuple[str, ...] = ()


def cards(item: ExportItem, display: Display) -> list[Card]:
    """Return the cards of an item: one for each question."""
    return [_card(item, question, display) for question in item.questions]


def name_of(item: ExportItem, question: ExportQuestion) -> str:
    """Return the identity of a card: ``deck/item``, with the seed of a variant."""
    return item.identity if question.drawn is None else f"{item.identity}#{question.drawn.seed}"


def filled(card: Card, opening: str, closing: str) -> str:
    """Return the text of a card with its gaps written between two marks."""
    text = card.front
    for place, answer in enumerate(card.gaps):
        text = text.replace(gap_character(place), f"{opening}{answer}{closing}")
    return text


def as_two_sides(card: Card) -> Card:
    """Return a text with gaps as a question and its solution."""
    if not card.gaps:
        return card
    several = len(card.gaps) > 1
    front = solved = card.front
    for place, answer in enumerate(card.gaps):
        front = front.replace(gap_character(place), f"__{place + 1}__" if several else "____")
        solved = solved.replace(gap_character(place), f"**{answer}**")
    return Card(card.name, front, "\n\n".join(filter(None, (solved, card.back))))


def _card(item: ExportItem, question: ExportQuestion, display: Display) -> Card:
    body, name = question.body, name_of(item, question)
    note = question.note.shown(display)
    if isinstance(body, Gaps) and (display != "both" or body.marked.en == body.marked.zh):
        language: Language = "zh" if display == "zh" else "en"
        text = body.marked.in_language(language)
        return Card(name, text, note, tuple(gap.accepted(language)[0] for gap in body.gaps))
    front, back = _sides(body, item, question, display)
    return Card(name, front, _paragraphs(back, _numbered(question.steps, display), note))


def _sides(
    body: Recall | Options | Gaps | Words | Quantity | Ordering | Matching,
    item: ExportItem,
    question: ExportQuestion,
    display: Display,
) -> tuple[str, str]:
    prompt = question.prompt.shown(display)
    match body:
        case Recall():
            return prompt, body.back.shown(display)
        case Options():
            return _options(body, item, prompt, display)
        case Gaps():
            return _empty(body, display), body.solved.shown(display)
        case Words():
            answer = body.answer.shown(display, SIDE)
            others = [words for words in body.accepted if words not in (body.answer.en, body.answer.zh)]
            also = f"{ALSO.shown(display, SIDE)} {SIDE.join(others)}" if others else ""
            return prompt, _paragraphs(answer, also)
        case Quantity():
            return prompt, body.text
        case Ordering():
            order = deranged(len(body.entries), item.identity, 0)
            mixed = _lettered([body.entries[i] for i in order], display)
            return _paragraphs(prompt, mixed), _numbered(body.entries, display)
        case Matching():
            return _matching(body, item, prompt, display)
        case _:
            assert_never(body)


def _options(body: Options, item: ExportItem, prompt: str, display: Display) -> tuple[str, str]:
    count = len(body.options)
    order = shuffled(count, item.identity, 0) if body.shuffle else range(count)
    options = [body.options[i] for i in order]
    shown = _numbered([option.text for option in options], display)
    lines = []
    for place, option in enumerate(options, start=1):
        why = option.why.shown(display, SIDE)
        if option.correct or why:
            text = f"**{option.text.shown(display, SIDE)}**" if option.correct else ""
            sign = "✓" if option.correct else "✗"
            lines.append(_entry(f"- {sign} {place}:", " ".join(filter(None, (text, why)))))
    return _paragraphs(prompt, shown), "\n".join(lines)


def _matching(body: Matching, item: ExportItem, prompt: str, display: Display) -> tuple[str, str]:
    rights = [*(right for _, right in body.pairs), *body.extras]
    order = deranged(len(rights), item.identity, 0)
    left = _numbered([left for left, _ in body.pairs], display)
    right = _lettered([rights[i] for i in order], display)
    pairs = "\n".join(
        _entry(f"- {place + 1}{LETTERS[order.index(place)]}:", f"{a.shown(display, SIDE)} — {b.shown(display, SIDE)}")
        for place, (a, b) in enumerate(body.pairs)
    )
    return _paragraphs(prompt, left, right), pairs


def _empty(body: Gaps, display: Display) -> str:
    def marked(text: str) -> str:
        for place in range(len(body.gaps)):
            mark = f"__{place + 1}__" if len(body.gaps) > 1 else "____"
            text = text.replace(gap_character(place), mark)
        return text

    return body.marked.map(marked).shown(display)


def _numbered(texts: tuple[Text, ...] | list[Text], display: Display) -> str:
    return "\n".join(_entry(f"{place}.", text.shown(display, SIDE)) for place, text in enumerate(texts, start=1))


def _lettered(texts: list[Text], display: Display) -> str:
    return "\n".join(_entry(f"- {LETTERS[place]}:", text.shown(display, SIDE)) for place, text in enumerate(texts))


def _entry(mark: str, text: str) -> str:
    """Return an entry of a list whose further lines belong to it."""
    inside = " " * (len(mark) + 1 if mark[0] != "-" else 2)
    return f"{mark} " + "\n".join(
        line if place == 0 or not line else inside + line for place, line in enumerate(text.split("\n"))
    )


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)

r"""GIFT, Moodle's text format. It knows no ordering, no several gaps and no lists of numbers: those items are refused.

Everything is written as ``[html]``, so that formulas arrive as ``\(…\)``; a line break is written as ``\n``, because an
empty line would end the question.
"""

import re
from base64 import b64encode
from typing import BinaryIO, ClassVar

from quizapp.exporting import svg
from quizapp.exporting.base import (
    ExportDeck,
    Exporter,
    ExportItem,
    ExportQuestion,
    Gaps,
    Matching,
    Options,
    Ordering,
    Quantity,
    Recall,
    Selection,
    Words,
    gap_character,
)
from quizapp.exporting.html import html
from quizapp.exporting.moodle import category_path
from quizapp.exporting.moodle_numbers import UNRECOGNISED, allowed, entries, is_scalar, number, wrong_entries
from quizapp.exporting.moodle_questions import is_true_false, label_options, truth
from quizapp.exporting.moodle_wording import Wording
from quizapp.exporting.moodle_xml import percent, storable
from quizapp.text import Text

_SPECIAL = re.compile(r"[\\~=#{}:]")
GAP = "_____"


def escaped(text: str) -> str:
    """Return text in which nothing is GIFT's own."""
    text = _SPECIAL.sub(lambda found: "\\" + found.group(), storable(text))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def unfit(question: ExportQuestion) -> str:
    """Return why GIFT can't ask a question; empty if it can."""
    body = question.body
    if isinstance(body, Ordering):
        return "GIFT has no ordering questions; the format moodle has them."
    if isinstance(body, Gaps) and len(body.gaps) > 1:
        return "GIFT takes one gap in a text; the format moodle takes several."
    if isinstance(body, Quantity) and not isinstance(body.value, str) and not is_scalar(body):
        return "GIFT takes one number as an answer; the format moodle takes several."
    return ""


class Gift(Exporter):
    """See the module."""

    name: ClassVar[str] = "gift"
    suffix: ClassVar[str] = ".gift.txt"
    summary: ClassVar[str] = "GIFT: choice, true-false, one gap or number, words, matching, essay"

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the questions; those that are left out are named in a comment at the top."""
        refused = dict(self.refused(selection))
        lines = [f"// {' '.join(selection.title.split())}"]
        lines += [f"// Left out: {item}: {reason}" for item, reason in refused.items()]
        out.write(("\n".join(lines) + "\n\n").encode())
        for deck in selection.decks:
            questions = [
                self._question(deck, item, question, Wording(selection.display))
                for item in deck.items
                if item.identity not in refused
                for question in item.questions
            ]
            if questions:
                names = "/".join(storable(name).replace("/", "//") for name in category_path(deck, selection))
                out.write(f"$CATEGORY: $course$/top/{names}\n\n".encode())
                out.write("".join(questions).encode())

    def refused(self, selection: Selection) -> tuple[tuple[str, str], ...]:
        """Return the items that GIFT has no type for."""
        reasons = ((item.identity, next(filter(None, map(unfit, item.questions)), "")) for item in selection.items)
        return tuple((item, reason) for item, reason in reasons if reason)

    def _question(self, deck: ExportDeck, item: ExportItem, question: ExportQuestion, wording: Wording) -> str:
        variant = "" if question.drawn is None else f"#{question.drawn.seed}"
        tags = [f"type:{item.type}", f"deck:{deck.id}", *(f"topic:{topic}" for topic in item.topics), *item.tags]
        about = f"// [id:{item.slug}{variant}] {' '.join(f'[tag:{tag}]' for tag in tags)}"
        prompt = wording.html(question.prompt)
        if isinstance(question.body, Gaps):
            prompt = _with_gap(question.body, wording)
        prompt += _picture(question)
        answers = "\n".join(_answers(question, wording))
        feedback = _general(question, wording)
        closing = f"\n####[html]{escaped(feedback)}" if feedback and answers else ""
        name = escaped(item.identity + variant)
        return f"{about}\n::{name}::[html]{escaped(prompt)} {{{answers}{closing}}}\n\n"


def _answers(question: ExportQuestion, wording: Wording) -> list[str]:
    body = question.body
    match body:
        case Recall():
            # Nothing but empty braces is an essay: there is no place for the back.
            return []
        case Options() if is_true_false(body):
            return [_true_false(body, wording)]
        case Options():
            return _options(body, wording)
        case Gaps():
            (gap,) = body.gaps
            return [f"=%100%{_typed(answer)}" for answer in dict.fromkeys((*gap.en, *gap.zh))]
        case Words():
            return [f"=%100%{_typed(answer)}" for answer in body.accepted]
        case Quantity() if isinstance(body.value, str):
            return _options(label_options(body), wording)
        case Quantity():
            return _numbers(body, wording)
        case Matching():
            lefts = [f"[html]{escaped(wording.html(left))}" for left, _ in body.pairs] + [""] * len(body.extras)
            return [f"={left} -> {escaped(right)}" for left, right in zip(lefts, wording.rights(body), strict=True)]
        case _:
            return []


def _true_false(body: Options, wording: Wording) -> str:
    right = next(bool(truth(option)) for option in body.options if option.correct)
    feedback = {option.correct: _feedback(option.why, wording) for option in body.options}
    # The first feedback is for the wrong choice, and it must be there for the second one to be read as such.
    return f"{'TRUE' if right else 'FALSE'}{feedback[False] or '#'}{feedback[True]}"


def _options(body: Options, wording: Wording) -> list[str]:
    right = sum(option.correct for option in body.options)
    wrong = len(body.options) - right
    lines = []
    for option in body.options:
        if body.single:
            mark = "=" if option.correct else "~"
        else:
            mark = f"~%{percent(1 / right if option.correct else -1 / wrong)}%"
        lines.append(f"{mark}[html]{escaped(wording.html(option.text))}{_feedback(option.why, wording)}")
    return lines


def _numbers(body: Quantity, wording: Wording) -> list[str]:
    (right,) = entries(body.value)
    lines = ["#", f"=%100%{number(right)}:{number(allowed(body, right))}"]
    lines += [
        f"=%0%{number(value)}:{number(allowed(body, value))}{_feedback(words, wording)}"
        for value, words in wrong_entries(body, 0)
    ]
    return [*lines, f"~{_feedback(UNRECOGNISED, wording)}"]


def _feedback(words: Text, wording: Wording) -> str:
    return f"#[html]{escaped(wording.html(words))}" if words else ""


def _general(question: ExportQuestion, wording: Wording) -> str:
    return wording.listed(question.steps) + wording.html(question.note)


def _typed(answer: str) -> str:
    return escaped(answer.strip().replace("*", "\\*"))


def _with_gap(body: Gaps, wording: Wording) -> str:
    marked = body.marked.map(lambda text: text.replace(gap_character(0), GAP))
    found = dict.fromkeys(html(marked.in_language(language)) for language in wording.languages)
    return "<br>".join(found)


def _picture(question: ExportQuestion) -> str:
    if question.figure is None:
        return ""
    # The format has no files; a picture can only stand in the text itself.
    encoded = b64encode(svg.draw(question.figure).encode()).decode("ascii")
    return f'<p><img src="data:image/svg+xml;base64,{encoded}" alt=""></p>'


EXPORTERS = (Gift(),)

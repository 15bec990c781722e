"""From a neutral question to the fields of its note type."""

import re
from collections.abc import Callable, Sequence
from typing import assert_never

from quizapp.exporting import svg
from quizapp.exporting.apkg_notetypes import CHOICE, CLOZE, FLASHCARD, MATCH, ORDER, TYPED, NoteType
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
from quizapp.exporting.html import escaped, html
from quizapp.questions.shuffling import deranged
from quizapp.text import Display, Language, Text

HINT = Text("Hint", "提示")
_TEX = re.compile(r"\\\((?:.|\n)*?\\\)|\\\[(?:.|\n)*?\\\]")


class Fields:
    """Makes the fields of questions in the wanted languages, and keeps the pictures that they need."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self.media: dict[str, bytes] = {}

    def note(self, name: str, identity: str, question: ExportQuestion) -> tuple[NoteType, list[str]]:
        """Return the note type of a question, and its fields in their order.

        Parameters
        ----------
        name : str
            Of the note, shown in the browser.
        identity : str
            ``deck/item``, which fixes the order in which entries are shown.
        question : ExportQuestion
        """
        body = question.body
        prompt = self._words(question.prompt)
        common = (*self._words(question.note), *self._hints(question.hints))
        match body:
            case Recall():
                return FLASHCARD, [name, *prompt, *self._words(body.back), *common]
            case Options():
                return CHOICE, [name, *prompt, *self._options(body), *common, *self._worked(question)]
            case Gaps():
                return CLOZE, [name, *self._gaps(body), *self._also(body), *common]
            case Words():
                return TYPED, [name, *prompt, *self._typed_words(body), "", "", *common, *self._worked(question)]
            case Quantity():
                return TYPED, [name, *prompt, *self._quantity(body), *common, *self._worked(question)]
            case Ordering():
                return ORDER, [name, *prompt, *self._ordering(body, identity), *common]
            case Matching():
                return MATCH, [name, *prompt, *self._matching(body, identity), *common]
            case _:
                assert_never(body)

    def _both(self, en: str, zh: str) -> tuple[str, str]:
        """Return what goes into a pair of fields: Chinese stays empty where it would say the same."""
        if self._display == "en":
            return en, ""
        if self._display == "zh":
            return "", zh
        return en, "" if en == zh else zh

    def _words(self, text: Text) -> tuple[str, str]:
        if not text.en and not text.zh:
            return "", ""
        return self._both(html(text.en), html(text.zh))

    def _in_both(self, make: Callable[[Language], str]) -> tuple[str, str]:
        return self._both(make("en"), make("zh"))

    def _list(self, texts: Sequence[Text]) -> tuple[str, str]:
        if not any(texts):
            return "", ""
        return self._in_both(
            lambda language: "<ol>" + "".join(f"<li>{html(t.in_language(language))}</li>" for t in texts) + "</ol>"
        )

    def _hints(self, hints: Sequence[Text]) -> tuple[str, str]:
        if not hints:
            return "", ""

        def folded(language: Language) -> str:
            return "".join(
                f"<details><summary>{HINT.in_language(language)}{f' {number}' if len(hints) > 1 else ''}</summary>"
                f"{html(hint.in_language(language))}</details>"
                for number, hint in enumerate(hints, start=1)
            )

        return self._in_both(folded)

    def _worked(self, question: ExportQuestion) -> tuple[str, str, str]:
        picture = ""
        if question.figure is not None:
            drawing = svg.draw(question.figure).encode()
            file = svg.file_name(drawing)
            self.media[file] = drawing
            picture = f'<img src="{file}">'
        return (*self._list(question.steps), picture)

    def _options(self, body: Options) -> tuple[str, ...]:
        right = " ".join(str(i) for i, option in enumerate(body.options, start=1) if option.correct)
        return (
            *self._list([option.text for option in body.options]),
            right,
            "" if body.single else "yes",
            "yes" if body.shuffle else "",
            *self._list([option.why for option in body.options]),
        )

    def _gaps(self, body: Gaps) -> tuple[str, str]:
        def deleted(language: Language) -> str:
            text = _without_braces(html(body.marked.in_language(language)))
            for place, gap in enumerate(body.gaps):
                # All gaps of a text are asked at once, as one card: they are one item with one memory.
                answer = _inside_deletion(gap.accepted(language)[0])
                text = text.replace(gap_character(place), f"{{{{c1::{answer}}}}}")
            return text

        return self._in_both(deleted)

    def _also(self, body: Gaps) -> tuple[str, str]:
        if all(len(gap.en) == 1 and len(gap.zh) == 1 for gap in body.gaps):
            return "", ""

        def others(language: Language) -> str:
            gaps = (" / ".join(map(escaped, gap.accepted(language)[1:])) or "–" for gap in body.gaps)
            return "; ".join(gaps)

        return self._in_both(others)

    def _typed_words(self, body: Words) -> tuple[str, str, str]:
        answer = body.answer.in_language("zh" if self._display == "zh" else "en")
        others = [words for words in body.accepted if words != answer]
        accepted = "<ul>" + "".join(f"<li>{escaped(words)}</li>" for words in (answer, *others)) + "</ul>"
        return escaped(answer), accepted if others else "", ""

    def _quantity(self, body: Quantity) -> tuple[str, ...]:
        if not body.wrong:
            mistakes = "", ""
        else:

            def table(language: Language) -> str:
                rows = (
                    f"<tr><td><code>{escaped(wrong.text)}</code></td><td>{html(wrong.words.in_language(language))}</td></tr>"
                    for wrong in body.wrong
                )
                return f"<table>{''.join(rows)}</table>"

            mistakes = self._in_both(table)
        tolerance = "" if isinstance(body.value, str) else f"{body.tolerance:g}"
        return escaped(body.text), "", tolerance, *mistakes

    def _ordering(self, body: Ordering, identity: str) -> tuple[str, ...]:
        order = deranged(len(body.entries), identity, 0)
        right = " ".join(str(order.index(i) + 1) for i in range(len(order)))
        return (*self._list([body.entries[i] for i in order]), right)

    def _matching(self, body: Matching, identity: str) -> tuple[str, ...]:
        rights = [right for _, right in body.pairs] + list(body.extras)
        order = deranged(len(rights), identity, 0)
        partners = " ".join(str(order.index(i) + 1) for i in range(len(body.pairs)))
        return (*self._list([left for left, _ in body.pairs]), *self._list([rights[i] for i in order]), partners)


def _without_braces(text: str) -> str:
    """Keep a cloze text free of anything that looks like a deletion: in formulas a space is harmless, else entities."""

    def apart(formula: re.Match[str]) -> str:
        return re.sub(r"([{}])(?=\1)", r"\1 ", formula.group())

    parts: list[str] = []
    end = 0
    for formula in _TEX.finditer(text):
        parts += (_entities(text[end : formula.start()]), apart(formula))
        end = formula.end()
    return "".join((*parts, _entities(text[end:])))


def _entities(text: str) -> str:
    return text.replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")


def _inside_deletion(answer: str) -> str:
    """Return an answer as it can stand in a deletion, where ``::`` would begin its hint."""
    return _entities(escaped(answer)).replace("}", "&#125;").replace("::", "&#58;&#58;")

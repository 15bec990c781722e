"""From a neutral question to its element of Moodle XML."""

from collections.abc import Iterator
from typing import assert_never

from quizapp.exporting import moodle_gaps as embedded
from quizapp.exporting import svg
from quizapp.exporting.base import (
    ExportDeck,
    ExportItem,
    ExportQuestion,
    Gaps,
    Matching,
    Option,
    Options,
    Ordering,
    Quantity,
    Recall,
    Words,
)
from quizapp.exporting.moodle_calculated import calculated
from quizapp.exporting.moodle_numbers import UNRECOGNISED, allowed, entries, is_scalar, number, wrong_entries
from quizapp.exporting.moodle_wording import Wording
from quizapp.exporting.moodle_xml import answer, file, html_element, percent, plain_element, text
from quizapp.text import Display, Text, same

TRUTHS = {"true": True, "false": False, "正确": True, "错误": False, "对": True, "错": False, "真": True, "假": False}
"""How the options of a true-false question are written, folded."""

RIGHT, PARTLY, NOT_RIGHT = Text("Right.", "正确。"), Text("Partly right.", "部分正确。"), Text("Not right.", "不正确。")


def truth(option: Option) -> bool | None:
    """Return what an option of a true-false question says; None if it says anything else."""
    said = {TRUTHS.get(words.strip(" .。").casefold()) for words in (option.text.en, option.text.zh)}
    return said.pop() if len(said) == 1 else None


def is_true_false(body: Options) -> bool:
    """Tell whether the options are exactly "true" and "false"."""
    return body.single and len(body.options) == 2 and {truth(option) for option in body.options} == {True, False}


def label_options(body: Quantity) -> Options:
    """Return a question whose answer is one of some labels as a choice between them."""
    labels = getattr(body.kind, "labels", ())
    words = {wrong.value: wrong for wrong in body.wrong}
    return Options(
        tuple(
            Option(same(label), label == body.value, words[label].words, words[label].slugs)
            if label in words
            else Option(same(label), label == body.value)
            for label in labels
        ),
        single=True,
        shuffle=False,
    )


class Questions:
    """Writes the questions of items."""

    def __init__(self, display: Display) -> None:
        self._wording = Wording(display)

    def elements(self, deck: ExportDeck, item: ExportItem) -> Iterator[str]:
        """Yield the elements of one item: one for each question, then what all its variants make together."""
        for question in item.questions:
            number_of = "" if question.drawn is None else f"#{question.drawn.seed}"
            kind, prompt, inside = self._body(question)
            feedback = self._feedback(question)
            picture, files = _picture(question)
            yield self._framed(kind, deck, item, number_of, prompt + picture, files, feedback, inside, question.hints)
        together = calculated(item, self._wording)
        if together is not None:
            yield self._framed(
                "calculated", deck, item, "#calculated", together.prompt, "", together.feedback, together.inside, ()
            )

    def _framed(
        self,
        kind: str,
        deck: ExportDeck,
        item: ExportItem,
        variant: str,
        prompt: str,
        files: str,
        feedback: str,
        inside: str,
        hints: tuple[Text, ...],
    ) -> str:
        grade = "" if kind == "cloze" else plain_element("defaultgrade", 1)
        tags = [f"type:{item.type}", f"area:{deck.area}", f"deck:{deck.id}"]
        tags += [f"topic:{topic}" for topic in item.topics] + [f"errata:{erratum}" for erratum in item.errata]
        tags += item.tags
        return (
            f'<question type="{kind}">\n<name>{text(item.identity + variant)}</name>\n'
            f"{html_element('questiontext', prompt, files)}\n{html_element('generalfeedback', feedback)}\n"
            f"{grade}{plain_element('penalty', '0.3333333')}{plain_element('hidden', 0)}"
            f"{plain_element('idnumber', item.slug + variant)}\n{inside}\n"
            + "".join(html_element("hint", self._wording.html(hint)) for hint in hints)
            + f"<tags>{''.join(f'<tag>{text(tag)}</tag>' for tag in tags)}</tags>\n</question>"
        )

    def _feedback(self, question: ExportQuestion) -> str:
        wording = self._wording
        answer_words = "" if isinstance(question.body, Options) else f"<p>{wording.html(question.answer)}</p>"
        return answer_words + wording.listed(question.steps) + wording.html(question.note)

    def _body(self, question: ExportQuestion) -> tuple[str, str, str]:
        """Return Moodle's type, the question's HTML and what stands inside of the element."""
        body, wording = question.body, self._wording
        prompt = wording.html(question.prompt)
        match body:
            case Recall():
                return "essay", prompt, self._essay(body)
            case Options():
                return (
                    ("truefalse", prompt, self._true_false(body))
                    if is_true_false(body)
                    else ("multichoice", prompt, self._choice(body))
                )
            case Gaps():
                return "cloze", embedded.gaps(body, wording), ""
            case Words():
                rows = [answer(_typed(words), "100", plain=True) for words in body.accepted]
                return "shortanswer", prompt, "<usecase>0</usecase>" + "".join(rows)
            case Quantity():
                return self._quantity(prompt, body)
            case Ordering():
                return "ordering", prompt, self._ordering(body)
            case Matching():
                return "matching", prompt, self._matching(body)
            case _:
                assert_never(body)

    def _essay(self, body: Recall) -> str:
        return (
            "<responseformat>editor</responseformat><responserequired>1</responserequired>"
            "<responsefieldlines>5</responsefieldlines><attachments>0</attachments>"
            "<attachmentsrequired>0</attachmentsrequired>"
            f"{html_element('graderinfo', self._wording.html(body.back))}{html_element('responsetemplate', '')}"
        )

    def _true_false(self, body: Options) -> str:
        rows = sorted(body.options, key=lambda option: not truth(option))
        return "".join(
            answer("true" if truth(row) else "false", percent(row.correct), self._wording.html(row.why), plain=True)
            for row in rows
        )

    def _choice(self, body: Options) -> str:
        right = sum(option.correct for option in body.options)
        wrong = len(body.options) - right
        rows = []
        for option in body.options:
            # Choosing everything must not pay: wrong options take away together what right ones give.
            share = 1 / right if option.correct else 0.0 if body.single else -1 / wrong
            rows.append(answer(self._wording.html(option.text), percent(share), self._wording.html(option.why)))
        return (
            f"<single>{'true' if body.single else 'false'}</single>"
            f"<shuffleanswers>{'true' if body.shuffle else 'false'}</shuffleanswers>"
            "<answernumbering>abc</answernumbering><showstandardinstruction>0</showstandardinstruction>"
            + self._combined_feedback()
            + "".join(rows)
        )

    def _quantity(self, prompt: str, body: Quantity) -> tuple[str, str, str]:
        if isinstance(body.value, str):
            return "multichoice", prompt, self._choice(label_options(body))
        if not is_scalar(body):
            return "cloze", embedded.inert(prompt) + embedded.quantity(body, self._wording), ""
        right = entries(body.value)[0]
        rows = [self._number(number(right), "100", number(allowed(body, right)), "")]
        rows += [
            self._number(number(value), "0", number(allowed(body, value)), self._wording.html(words))
            for value, words in wrong_entries(body, 0)
        ]
        rows.append(self._number("*", "0", "0", self._wording.html(UNRECOGNISED)))
        units = "<unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty><showunits>3</showunits>"
        return "numerical", prompt, "".join(rows) + units + "<unitsleft>0</unitsleft>"

    def _number(self, words: str, fraction: str, error: str, feedback: str) -> str:
        return answer(words, fraction, feedback, plain_element("tolerance", error), plain=True)

    def _ordering(self, body: Ordering) -> str:
        rows = "".join(
            # Here the fraction is the entry's place, not what it is worth.
            f'<answer fraction="{place}.0000000" format="html">{text(self._wording.html(entry))}</answer>'
            for place, entry in enumerate(body.entries, start=1)
        )
        return (
            "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount>"
            "<gradingtype>ABSOLUTE_POSITION</gradingtype><showgrading>SHOW</showgrading>"
            f"<numberingstyle>none</numberingstyle>{self._combined_feedback()}{rows}"
        )

    def _matching(self, body: Matching) -> str:
        lefts = [self._wording.html(left) for left, _ in body.pairs] + [""] * len(body.extras)
        rows = "".join(
            f'<subquestion format="html">{text(left)}<answer>{text(right)}</answer></subquestion>'
            for left, right in zip(lefts, self._wording.rights(body), strict=True)
        )
        return f"<shuffleanswers>true</shuffleanswers>{self._combined_feedback()}{rows}"

    def _combined_feedback(self) -> str:
        parts = (("correctfeedback", RIGHT), ("partiallycorrectfeedback", PARTLY), ("incorrectfeedback", NOT_RIGHT))
        return "".join(html_element(name, self._wording.html(words)) for name, words in parts)


def _typed(words: str) -> str:
    # An asterisk would stand for anything.
    return words.replace("*", "\\*")


def _picture(question: ExportQuestion) -> tuple[str, str]:
    if question.figure is None:
        return "", ""
    drawing = svg.draw(question.figure).encode()
    name = svg.file_name(drawing)
    return f'<p><img src="@@PLUGINFILE@@/{name}" alt=""></p>', file(name, drawing)

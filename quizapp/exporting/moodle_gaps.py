"""Embedded answers (cloze, multianswer): ``{1:SHORTANSWER:=max~=maximum}`` inside of a text.

Whatever could end an answer there is written as an entity, which Moodle decodes after it has split the answers.
"""

import re
from html import escape

from engine.answers.kinds import Choice, Matrix, Named, Shape
from quizapp.exporting.base import Gaps, Quantity, gap_character
from quizapp.exporting.html import escaped
from quizapp.exporting.html import html as as_html
from quizapp.exporting.moodle_numbers import UNRECOGNISED, allowed, entries, number, wrong_entries
from quizapp.exporting.moodle_wording import CODES, Wording

_SPECIAL = re.compile(r"[\\{}~#=%\"'/\n]")
_LOOKS_EMBEDDED = re.compile(r"\{(?=\d*:)")


def gaps(body: Gaps, wording: Wording) -> str:
    """Return a text with its gaps as fields; the second language shows where the fields of the first one belong."""
    parts: list[str] = []
    shown = {language: body.marked.in_language(language) for language in wording.languages}
    several = len(set(shown.values())) > 1
    for place, (language, marked) in enumerate(shown.items()):
        if place and not several:
            break
        text = _inert(as_html(marked))
        for index, gap in enumerate(body.gaps):
            accepted = dict.fromkeys((*gap.accepted(language), *gap.en, *gap.zh))
            field = f"{{1:SHORTANSWER:{'~'.join('=' + _typed(answer) for answer in accepted)}}}"
            label = f"({index + 1})" if several else ""
            text = text.replace(gap_character(index), f"{label}{field}" if place == 0 else f"({index + 1})____")
        parts.append(f'<div lang="{CODES[language]}">{text}</div>' if several else text)
    return "".join(parts)


def quantity(body: Quantity, wording: Wording) -> str:
    """Return the fields of an answer that consists of several numbers."""
    fields = [_number_field(body, place, wording) for place in range(len(entries(body.value)))]
    match body.kind:
        case Named(labels=labels):
            rows = (f"<li>{escaped(label)} = {field}</li>" for label, field in zip(labels, fields, strict=True))
            return f"<ul>{''.join(rows)}</ul>"
        case Matrix():
            width = len(entries(body.value)) // len(body.value) if isinstance(body.value, tuple) else 1
            rows = (
                "<tr>" + "".join(f"<td>{field}</td>" for field in fields[at : at + width]) + "</tr>"
                for at in range(0, len(fields), width)
            )
            return f"<table>{''.join(rows)}</table>"
        case Shape():
            return f"<p>({', '.join(fields)})</p>"
        case Choice():
            raise TypeError("a label is chosen, not typed into fields")
        case _:
            return f"<p>[{', '.join(fields)}]</p>"


def inert(text: str) -> str:
    """Return HTML in which nothing looks like an embedded answer."""
    return _inert(text)


def _number_field(body: Quantity, place: int, wording: Wording) -> str:
    right = entries(body.value)[place]
    answers = [f"={number(right)}:{number(allowed(body, right))}"]
    answers += [
        f"%0%{number(value)}:{number(allowed(body, value))}#{_feedback(wording.html(words))}"
        for value, words in wrong_entries(body, place)
    ]
    answers.append(f"%0%*#{_feedback(wording.html(UNRECOGNISED))}")
    return f"{{1:NUMERICAL:{'~'.join(answers)}}}"


def _inert(text: str) -> str:
    return _LOOKS_EMBEDDED.sub("&#123;", text)


def _typed(answer: str) -> str:
    # In a short answer an asterisk stands for anything unless a backslash precedes it.
    return _entities(escape(answer.strip(), quote=False)).replace("*", "&#92;*")


def _feedback(text: str) -> str:
    # It is decoded once before it is shown as HTML, so every entity is written twice.
    return _entities(text.replace("&", "&amp;"))


def _entities(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found.group())};", text)

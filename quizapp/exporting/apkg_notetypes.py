"""The note types of a package: fields, templates, styling.

Names, ids, fields and their order are fixed for ever: Anki matches note types by id and takes one with other fields for
another one. Words and looks may change: raise ``REVISED`` with them, so that Anki takes them over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from quizapp.text import Display

REVISED = 1_795_190_400
"""Seconds since 1970 UTC at which templates or the making of fields last changed: older ones in Anki are replaced."""

COMMON = ("NoteEn", "NoteZh", "HintsEn", "HintsZh")
WORKED = ("StepsEn", "StepsZh", "Figure")
_LATEX_PRE = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n"
)


def words(name: str, *, filtered: str = "") -> str:
    """Return the place of a field in both languages; what is empty leaves no trace."""
    parts = "".join(
        f'{{{{#{name}{field}}}}}<div class="{field.lower()}" lang="{code}">{{{{{filtered}{name}{field}}}}}</div>'
        f"{{{{/{name}{field}}}}}"
        for field, code in (("En", "en"), ("Zh", "zh-Hans"))
    )
    return f'<div class="words">{parts}</div>'


def label(en: str, zh: str) -> str:
    """Return a small heading."""
    return f'<div class="label"><span class="en">{en}</span><span class="zh">{zh}</span></div>'


def given(name: str, inside: str) -> str:
    """Return what is shown if a field has content, in either language."""
    return (
        f"{{{{#{name}En}}}}{inside}{{{{/{name}En}}}}"
        f"{{{{^{name}En}}}}{{{{#{name}Zh}}}}{inside}{{{{/{name}Zh}}}}{{{{/{name}En}}}}"
    )


PROMPT = f'<div class="prompt">{words("Prompt")}</div>'
FIGURE = '{{#Figure}}<div class="figure">{{Figure}}</div>{{/Figure}}'
HINTS = given("Hints", words("Hints"))
NOTE = given("Note", f'<div class="note">{words("Note")}</div>')
STEPS = given("Steps", label("Step by step", "解题步骤") + words("Steps"))
TAPPED_ORDER = label("Tap the entries in their right order.", "按正确顺序依次点选。")
TAPPED_PAIRS = label("Tap what belongs to the marked entry.", "点选与所标条目对应的一项。")
SEVERAL = "{{#Several}}" + label("Choose all that are right.", "选出所有正确的选项。") + "{{/Several}}"
# Anki scrolls to this place when the answer is shown.
ANSWER = '<div id="answer"></div>'
PLAIN = '<div class="plain label">✓ {{Right}}</div>'


def both(name: str, kind: str) -> str:
    """Return the place of a list that a script makes tappable."""
    return (
        f'<div class="{kind}">'
        + "".join(
            f'{{{{#{name}{field}}}}}<div class="{field.lower()}">{{{{{name}{field}}}}}</div>{{{{/{name}{field}}}}}'
            for field in ("En", "Zh")
        )
        + "</div>"
    )


OPTIONS = both("Options", "options").replace(
    'class="options"',
    'class="options" data-right="{{Right}}" data-shuffle="{{Shuffle}}" '
    'data-choose="{{^Several}}one{{/Several}}{{#Several}}several{{/Several}}"',
)
ENTRIES = both("Entries", "entries").replace('class="entries"', 'class="entries" data-right="{{Right}}"')
SIDES = f'<div class="entries" data-right="{{{{Right}}}}">{both("Left", "left")}{both("Others", "others")}</div>'
TYPING = '<div class="typing" data-tolerance="{{Tolerance}}">{{type:Answer}}</div>'
MISTAKES = given(
    "Mistakes",
    '<details><summary><span class="label"><span class="en">Typical mistakes</span><span class="zh">典型错误</span>'
    f'</span></summary><div class="mistakes">{words("Mistakes")}</div></details>',
)
ACCEPTED = (
    "{{#Accepted}}" + label("Accepted", "以下均可") + '<div class="accepted">{{Accepted}}</div>{{/Accepted}}'
    '<span class="expected" hidden>{{Answer}}</span>'
)


@dataclass(frozen=True, slots=True)
class NoteType:
    """One note type.

    Parameters
    ----------
    id : int
    name : str
    fields : tuple of str
    front, back : str
        What the templates show, without frame and scripts; the back without the front.
    script : str
        Name of its script, empty for none of its own.
    cloze : bool
    """

    id: int
    name: str
    fields: tuple[str, ...]
    front: str
    back: str
    script: str = ""
    cloze: bool = False

    def template(self, side: str, inside: str) -> str:
        """Return a whole template."""
        script = source("core.js") + (source(self.script) if self.script else "")
        return (
            f'<div class="quizapp" data-side="{side}" data-id="{{{{Id}}}}">\n<div class="top"></div>\n'
            f"{inside}\n</div>\n<script>\n(function () {{\n{script}}})();\n</script>"
        )

    def as_json(self, display: Display) -> dict[str, Any]:
        """Return the note type as a collection of schema 11 keeps it."""
        css = source("card.css").replace("--quizapp-language: both;", f"--quizapp-language: {display};")
        return {
            "id": self.id,
            "name": self.name,
            "type": int(self.cloze),
            "mod": REVISED,
            "usn": -1,
            "sortf": 0,
            "did": None,
            "tmpls": [
                {
                    "name": "Cloze" if self.cloze else "Card 1",
                    "ord": 0,
                    "qfmt": self.template("front", self.front),
                    "afmt": self.template("back", self.back),
                    "bqfmt": "",
                    "bafmt": "",
                    "did": None,
                    "bfont": "",
                    "bsize": 0,
                }
            ],
            "flds": [
                {"name": name, "ord": place, "sticky": False, "rtl": False, "font": "Arial", "size": 18, "media": []}
                for place, name in enumerate(self.fields)
            ],
            "css": css,
            "latexPre": _LATEX_PRE,
            "latexPost": "\\end{document}",
            "latexsvg": False,
            "req": [[0, "any", [1, 2]]],
            "tags": [],
            "vers": [],
        }


@cache
def source(name: str) -> str:
    """Return the text of a template file."""
    return (files("quizapp.exporting") / "apkg_templates" / name).read_text(encoding="utf-8")


def _back(*parts: str) -> str:
    return '<div class="back" id="answer">' + "\n".join(parts) + "</div>"


FLASHCARD = NoteType(
    1_412_806_301,
    "quizapp Flashcard",
    ("Id", "PromptEn", "PromptZh", "BackEn", "BackZh", *COMMON),
    PROMPT + HINTS,
    PROMPT + _back(f'<div class="answer">{words("Back")}</div>', NOTE),
)
CHOICE = NoteType(
    1_412_806_302,
    "quizapp Choice",
    (
        *("Id", "PromptEn", "PromptZh", "OptionsEn", "OptionsZh", "Right", "Several", "Shuffle"),
        *("ReasonsEn", "ReasonsZh", *COMMON, *WORKED),
    ),
    PROMPT + FIGURE + SEVERAL + OPTIONS + HINTS,
    PROMPT + FIGURE + ANSWER + OPTIONS + PLAIN + given("Reasons", both("Reasons", "reasons")) + STEPS + NOTE,
    "choice.js",
)
CLOZE = NoteType(
    1_412_806_303,
    "quizapp Cloze",
    ("Id", "TextEn", "TextZh", "AlsoEn", "AlsoZh", *COMMON),
    f'<div class="prompt">{words("Text", filtered="cloze:")}</div>{HINTS}',
    f'<div class="prompt">{words("Text", filtered="cloze:")}</div>'
    + given("Also", label("Also right", "也可填") + words("Also"))
    + NOTE,
    cloze=True,
)
TYPED = NoteType(
    1_412_806_304,
    "quizapp Typed",
    (
        *("Id", "PromptEn", "PromptZh", "Answer", "Accepted", "Tolerance"),
        *("MistakesEn", "MistakesZh", *COMMON, *WORKED),
    ),
    PROMPT + FIGURE + TYPING + HINTS,
    PROMPT + FIGURE + _back(TYPING, ACCEPTED, MISTAKES, STEPS, NOTE),
    "typed.js",
)
ORDER = NoteType(
    1_412_806_305,
    "quizapp Order",
    ("Id", "PromptEn", "PromptZh", "EntriesEn", "EntriesZh", "Right", *COMMON),
    PROMPT + TAPPED_ORDER + ENTRIES + HINTS,
    PROMPT + ANSWER + ENTRIES + PLAIN + NOTE,
    "order.js",
)
MATCH = NoteType(
    1_412_806_306,
    "quizapp Match",
    ("Id", "PromptEn", "PromptZh", "LeftEn", "LeftZh", "OthersEn", "OthersZh", "Right", *COMMON),
    PROMPT + TAPPED_PAIRS + SIDES + HINTS,
    PROMPT + ANSWER + SIDES + PLAIN + NOTE,
    "match.js",
)

NOTE_TYPES: Mapping[int, NoteType] = MappingProxyType(
    {kind.id: kind for kind in (FLASHCARD, CHOICE, CLOZE, TYPED, ORDER, MATCH)}
)


def note_types_json(display: Display) -> str:
    """Return all note types as a collection keeps them."""
    return json.dumps({str(kind.id): kind.as_json(display) for kind in NOTE_TYPES.values()}, ensure_ascii=False)

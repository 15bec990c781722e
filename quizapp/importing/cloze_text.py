"""Gaps of other programs (``{{c1::answer::hint}}``, ``==answer==``, ``[answer]``) as gaps of our own."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from quizapp.importing.base import flashcard
from quizapp.questions.cloze import MOST_GAPS

_DELETION = re.compile(r"\{\{c(\d+)::")
GAP = re.compile("\ue000(.*?)\ue001", re.DOTALL)
OPEN, CLOSE = "\ue000", "\ue001"
"""Private characters that no text contains stand around the words of a gap until it is decided how to ask it."""

DEEPEST = 8
"""Deletions inside of one another; Anki itself stops sooner."""

_UNTYPABLE = re.compile(r"[;；$|\n\]\[\\*`]")


def deletions(text: str) -> list[int]:
    """Return the numbers of an Anki cloze text, sorted."""
    return sorted({int(found[1]) for found in _DELETION.finditer(text)})


def deleted(text: str, number: int) -> str:
    """Return a cloze text in which the deletions of one number are gaps and the others are shown."""
    parts: list[str] = []
    position = 0
    for start, end, which, inside in _outermost(text):
        words = deleted(_without_hint(inside), number)
        parts += (text[position:start], f"{OPEN}{_bare(words)}{CLOSE}" if which == number else words)
        position = end
    return "".join((*parts, text[position:]))


def _bare(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


def _outermost(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield start, end, number and inside of the deletions that stand in no other one."""
    at = 0
    while found := _DELETION.search(text, at):
        depth, position = 1, found.end()
        while 0 < depth <= DEEPEST and position < len(text):
            if opening := _DELETION.match(text, position):
                depth, position = depth + 1, opening.end()
            elif text.startswith("}}", position):
                depth, position = depth - 1, position + 2
            else:
                position += 1
        if depth:
            return
        yield found.start(), position, int(found[1]), text[found.end() : position - 2]
        at = position


def _without_hint(inside: str) -> str:
    """Drop the hint after ``::`` that belongs to the outermost deletion."""
    at = inside.rfind("::")
    return inside if at < 0 or "}}" in inside[at:] else inside[:at]


def as_item(text: str, extra: str = "", plain: Callable[[str], str] = str) -> dict[str, Any] | None:
    """Return a text with marked gaps as an item: a cloze where its gaps can be typed, else a flashcard.

    Parameters
    ----------
    text : str
        Markdown with gaps between ``OPEN`` and ``CLOSE``.
    extra : str
        Shown after the answer.
    plain : callable
        Makes what is typed of the words of a gap.
    """
    words = [plain(found).strip() for found in GAP.findall(text)]
    if not words:
        return None
    outside = GAP.sub("", text)
    typable = all(word and not _UNTYPABLE.search(word) for word in words)
    if typable and len(words) <= MOST_GAPS and "[[" not in outside and not _in_formula(text):
        position = iter(words)
        item: dict[str, Any] = {"type": "cloze", "text": GAP.sub(lambda _: f"[[{next(position)}]]", text)}
        return {**item, "note": extra} if extra else item
    solved = GAP.sub(lambda found: found[1], text)
    asked = GAP.sub("____", text) if not _in_formula(text) else GAP.sub("{?}", text)
    return flashcard(asked, f"{solved}\n\n{extra}" if extra else solved)


def _in_formula(text: str) -> bool:
    """Tell whether a gap stands inside of a formula: there it can't be typed."""
    return any(OPEN in part for part in re.findall(r"\$\$.+?\$\$|\$[^$]+\$|`[^`]+`", text, re.DOTALL))

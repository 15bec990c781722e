"""Answer areas as lines: options, ticked options, entries to be ordered, pairs.

Every list keeps a column free for the verdict marks, so that nothing moves when they appear.
"""

from collections.abc import Sequence

from quizapp.questions.base import Grade
from quizapp.text import Display, Text
from quizapp.tui.present.content import content
from quizapp.tui.present.line import Line, Part, Tone, beside, indent

Marks = Sequence[bool | None]
"""For each entry whether it was right; ``None`` where nothing is said."""

_MARK = {True: Part("✓ ", Tone.RIGHT), False: Part("✗ ", Tone.WRONG), None: Part("  ")}
MARGIN = 8


def worded(texts: Sequence[Text], display: Display) -> list[str]:
    """Return the entries as they are shown; in both languages one stands below the other."""
    return [text.shown(display, "\n") for text in texts]


def _entry(words: str, width: int, lead: Line, *, chosen: bool, action: str, tone: Tone = Tone.PLAIN) -> list[Line]:
    used = sum(len(part.text) for part in lead)
    rows = content(words, width - used, Tone.BRIGHT if chosen else tone) or [()]
    return [tuple(part._replace(action=action) for part in row) for row in indent(rows, used, lead)]


def options(
    texts: Sequence[str],
    width: int,
    *,
    cursor: int | None,
    marks: Marks,
    picked: frozenset[int] = frozenset(),
    boxes: bool = False,
) -> list[Line]:
    """Return numbered options.

    Parameters
    ----------
    texts : sequence of str
    width : int
    cursor : int or None
        Index of the option the cursor is on; ``None`` once it is answered.
    marks : sequence of bool or None
        Verdicts; ``True`` for a right option, ``False`` for a wrong choice.
    picked : frozenset of int
        Indices that are ticked or were chosen.
    boxes : bool
        Any number may be ticked.
    """
    found: list[Line] = []
    for index, words in enumerate(texts):
        here = index == cursor
        box = ("[x] " if index in picked else "[ ] ") if boxes else ""
        lead = (
            Part("▸ " if here or (cursor is None and not boxes and index in picked) else "  ", Tone.ACCENT),
            _MARK[marks[index]],
            Part(f"{index + 1} ", Tone.KEY if cursor is not None else Tone.DIM),
            Part(" " + box, Tone.BRIGHT if index in picked else Tone.DIM),
        )
        tone = Tone.PLAIN if cursor is not None or marks[index] is not None or index in picked else Tone.DIM
        found += _entry(words, width, lead, chosen=here or marks[index] is True, action=f"pick({index})", tone=tone)
    return found


def ordered(
    texts: Sequence[str], order: Sequence[int], width: int, *, cursor: int | None, marks: Marks
) -> tuple[list[Line], list[int]]:
    """Return entries in their present order, and for every line the place that it belongs to.

    ``marks`` are by shown entry, as a grade gives them; ``order`` holds shown indices.
    """
    found: list[Line] = []
    places: list[int] = []
    for place, index in enumerate(order):
        here = place == cursor
        lead = (
            Part("▸ " if here else "  ", Tone.ACCENT),
            _MARK[marks[index]],
            Part(f"{place + 1} ", Tone.KEY if cursor is not None else Tone.DIM),
            Part("≡ " if cursor is not None else "  ", Tone.ACCENT if here else Tone.FAINT),
        )
        rows = _entry(texts[index], width, lead, chosen=here, action="")
        found += rows
        places += [place] * len(rows)
    return found, places


def pairs(
    left: Sequence[str],
    right: Sequence[str],
    partners: Sequence[int | None],
    width: int,
    *,
    cursor: int | None,
    marks: Marks,
) -> list[Line]:
    """Return both sides of a matching question; each left entry carries the letter of its partner."""
    half = width // 2
    first: list[Line] = []
    for index, words in enumerate(left):
        here = index == cursor
        partner = partners[index]
        lead = (
            Part("▸ " if here else "  ", Tone.ACCENT),
            _MARK[marks[index]],
            Part(f"{index + 1}", Tone.KEY if cursor is not None else Tone.DIM),
            Part(f" {chr(ord('a') + partner)} " if partner is not None else " · ", Tone.BRIGHT),
            Part(" "),
        )
        first += _entry(words, half - 2, lead, chosen=here, action=f"point({index})")
    second: list[Line] = []
    taken = {partner for partner in partners if partner is not None}
    for index, words in enumerate(right):
        letter: Line = (Part(f"{chr(ord('a') + index)}  ", Tone.KEY if cursor is not None else Tone.DIM),)
        tone = Tone.DIM if index in taken else Tone.PLAIN
        second += _entry(words, width - half, letter, chosen=False, action=f"pair({index})", tone=tone)
    return beside(first, second, half)


def option_marks(grade: Grade, picked: frozenset[int], *, hidden: bool) -> list[bool | None]:
    """Return the marks of options: right ones ✓, wrong choices ✗; only the choice itself while a retry is open.

    A part of a grade says whether the option was judged rightly, which is not yet whether it is right.
    """
    found: list[bool | None] = []
    for index, (judged, _) in enumerate(grade.parts):
        chosen = index in picked
        right = judged if chosen else not judged
        if hidden:
            found.append(False if chosen and len(picked) == 1 and not judged else None)
        else:
            found.append(True if right else False if chosen else None)
    return found

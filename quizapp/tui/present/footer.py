"""The last line: the keys that do something now. Each is clickable."""

from collections.abc import Sequence

from quizapp.text import Language
from quizapp.tui.actions import Action, shown_key
from quizapp.tui.present.line import Line, Part, Tone, width_of


def footer(actions: Sequence[tuple[Action, bool]], language: Language, width: int) -> Line:
    """Return the footer line.

    Parameters
    ----------
    actions : sequence of (Action, bool)
        Those that can be carried out now, and whether letters are being typed; the most important one first, the last
        one always shown.
    language : {"en", "zh"}
    width : int
    """
    drawn = [_entry(action, typing, language) for action, typing in actions]
    if not drawn:
        return ()
    *rest, last = drawn
    found: list[Part] = [Part(" ")]
    room = width - 2 - width_of(last)
    for entry in rest:
        needed = width_of(entry) + 2
        if needed > room:
            break
        found += [*entry, Part("  ")]
        room -= needed
    return (*found, *last)


def _entry(action: Action, typing: bool, language: Language) -> Line:
    call = f"screen.perform('{action.id}')"
    return (
        Part(shown_key(action, typing=typing), Tone.KEY, call),
        Part(" " + action.label.in_language(language), Tone.DIM, call),
    )

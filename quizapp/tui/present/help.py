"""The help screen as lines, from the table of actions."""

from collections.abc import Sequence

from quizapp.i18n import screens as say
from quizapp.text import Language, Text
from quizapp.tui.actions import Action, key_name
from quizapp.tui.present.line import BLANK, Line, Part, Tone, cell, indent, line, spread, wrapped

KEY_CELLS, TYPING_CELLS = 10, 9


def help_lines(here: Sequence[Action], everywhere: Sequence[Action], language: Language, width: int) -> list[Line]:
    """Return all keys of a screen, then those that work everywhere."""
    found: list[Line] = [
        spread(
            line(say.HELP_TITLE.in_language(language), Tone.BRIGHT),
            line(say.HELP_CLOSE.in_language(language), Tone.DIM, "screen.dismiss"),
            width,
        )
    ]
    for title, actions in ((say.HELP_WHERE, here), (say.HELP_EVERYWHERE, everywhere)):
        found += [BLANK, _heading(title, actions, language)]
        for action in actions:
            found += _entry(action, language, width)
    return found


def _heading(title: Text, actions: Sequence[Action], language: Language) -> Line:
    typing = say.WHILE_TYPING.in_language(language) if any(action.typing for action in actions) else ""
    return (
        Part(cell("", KEY_CELLS)),
        Part(cell(typing, TYPING_CELLS + 4), Tone.DIM),
        Part(title.in_language(language), Tone.ACCENT),
    )


def _entry(action: Action, language: Language, width: int) -> list[Line]:
    lead = (
        Part(cell(" ".join(map(key_name, action.keys)), KEY_CELLS), Tone.KEY),
        Part(cell(" ".join(map(key_name, action.typing)), TYPING_CELLS + 4), Tone.KEY),
    )
    used = KEY_CELLS + TYPING_CELLS + 4
    return indent(wrapped(action.help.in_language(language), width - used), used, lead)

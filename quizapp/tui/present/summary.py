"""How a session went, as lines."""

from quizapp.i18n import screens as say
from quizapp.study.model import Summary
from quizapp.text import Display, Language
from quizapp.tui.present.chart import meter, percent
from quizapp.tui.present.content import shown
from quizapp.tui.present.line import BLANK, Line, Part, Tone, cell, indent, line


def summary_lines(
    result: Summary,
    next_due: str,
    display: Display,
    language: Language,
    width: int,
    *,
    waiting: bool = False,
) -> list[Line]:
    """Return the figures of a session, its named mistakes, and what comes next; ``waiting``: only steps are left."""
    share = result.correct / result.answered if result.answered else 0.0
    found: list[Line] = [
        BLANK,
        line(say.DONE.in_language(language), Tone.BRIGHT),
        BLANK,
        _figure(str(result.answered), say.ANSWERED.in_language(language)),
        (
            *_figure(str(result.correct), say.CORRECT.in_language(language)),
            Part("   "),
            Part(meter(share, 20), Tone.RIGHT),
            Part(f"  {percent(share)}"),
        ),
        _figure(str(result.new), say.NEW_ONES.in_language(language)),
        _figure(say.minutes(result.seconds).in_language(language), say.TIME.in_language(language)),
        BLANK,
    ]
    if result.mistakes:
        found.append(line(say.MISTAKES.in_language(language), Tone.ACCENT))
        for words, count in result.mistakes:
            times = Part(cell(say.times(count).in_language(language), 6), Tone.WRONG)
            found += indent(shown(words, display, width - 6), 6, (times,))
        found.append(BLANK)
    if result.remaining and not waiting:
        found.append(line(say.still(result.remaining).in_language(language)))
    else:
        if not waiting:
            found.append(line(say.NOTHING_LEFT.in_language(language)))
        if next_due:
            found.append(line(say.next_at(next_due).in_language(language)))
    found.append(line(say.SAVED.in_language(language), Tone.DIM))
    return found


def _figure(value: str, label: str) -> Line:
    return (Part(cell(value, 11, right=True), Tone.BRIGHT), Part("  " + cell(label, 22), Tone.DIM))

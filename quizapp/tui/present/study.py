"""The study screen as lines: header, prompt, feedback, ratings, and what is known of the item."""

from collections.abc import Mapping, Sequence

from quizapp.i18n import screens as say
from quizapp.questions.base import Grade, Reveal, Verdict
from quizapp.scheduling.model import CardState, Phase, Rating
from quizapp.scheduling.policy import Delay
from quizapp.study import words
from quizapp.study.model import Marked, Presented, Progress
from quizapp.text import Display, Language, Text
from quizapp.tui.present.chart import meter
from quizapp.tui.present.content import shown
from quizapp.tui.present.home import languages
from quizapp.tui.present.line import BLANK, Line, Part, Tone, cell, crop_line, indent, line, spread, width_of, wrapped

PREFIX = 2


def header(
    presented: Presented, progress: Progress, answered: bool, language: Language, display: Display, width: int
) -> Line:
    """Return where we are at the left, how far we have come at the right."""
    number = progress.answered if answered else progress.answered + 1
    total = max(progress.total, number)
    share = progress.answered / total if total else 0.0
    left = (
        Part(" " + presented.area.in_language(language) + " › ", Tone.DIM),
        Part(presented.deck.in_language(language)),
    )
    right = (
        Part(phase(presented.state, language), Tone.DIM),
        Part(f"   {number} / {total} "),
        Part(meter(share, 8), Tone.DIM),
        Part("   "),
        *languages(display),
        Part(" "),
    )
    return spread(left, right, width)


def phase(state: CardState | None, language: Language) -> str:
    """Return whether the item is new, in its steps, or in review."""
    if state is None:
        return say.PHASE_NEW.in_language(language)
    known = say.PHASE_REVIEW if state.phase is Phase.REVIEW else say.PHASE_LEARNING
    return known.in_language(language)


def prompt(
    presented: Presented,
    display: Display,
    language: Language,
    width: int,
    *,
    figure_rows: int = 12,
    fields: Sequence[str] = (),
) -> list[Line]:
    """Return the question, brightest of all; ``fields`` stand in the gaps of a cloze."""
    found: list[Line] = []
    if presented.repeated:
        found += [line("↻ " + words.SAME_NUMBERS.in_language(language), Tone.ACCENT), BLANK]
    found += shown(filled(presented.question.prompt, fields), display, width, Tone.PROMPT)
    if presented.question.figure is not None:
        from quizapp.tui.present.figure import figure

        found += [BLANK, *figure(presented.question.figure, width, figure_rows)]
    return found


def filled(prompt: Text, fields: Sequence[str]) -> Text:
    """Put what has been typed so far into the gaps of a cloze."""

    def fill(words: str) -> str:
        for number, typed in enumerate(fields, 1):
            gap = f"__{number}__" if len(fields) > 1 else "____"
            if typed.strip():
                words = words.replace(gap, f"`{typed.strip().replace('`', '')}`", 1)
        return words

    return prompt.map(fill)


def hints(given: Sequence[Text], total: int, display: Display, language: Language, width: int) -> list[Line]:
    """Return the hints given so far, the latest first, since that is the one to read."""
    found: list[Line] = []
    for number in range(len(given), 0, -1):
        if found:
            found.append(BLANK)
        found.append(line(say.hint(number, total).in_language(language), Tone.ACCENT))
        found += indent(shown(given[number - 1], display, width - PREFIX), PREFIX)
    return found


def feedback(
    marked: Marked,
    display: Display,
    language: Language,
    width: int,
    *,
    given_up: bool,
    solution: Reveal | None,
    options: bool = False,
) -> list[Line]:
    """Return what an answer deserves: verdict and reason, then the solution and its steps where they are shown.

    ``options`` says that the right answer is one or more of the options above, which carry their own numbers.
    """
    grade = marked.grade
    if grade.verdict is Verdict.SELF:
        return back(solution, display, language, width) if solution is not None else []
    found = verdict(grade, display, language, width, given_up=given_up)
    if marked.leech:
        found += indent(wrapped(words.LEECH.in_language(language), width - PREFIX, Tone.ACCENT), PREFIX)
    if solution is None:
        return found
    if options:
        return found + _options_explained(solution, grade, display, width)
    return found + _solution(solution, display, language, width)


def _options_explained(solution: Reveal, grade: Grade, display: Display, width: int) -> list[Line]:
    """Return the right options, unless their marks say it already, with the reasons that they have."""
    found: list[Line] = []
    if not grade.parts:
        found += indent(shown(solution.answer, display, width - PREFIX, Tone.PROMPT), PREFIX)
    for step in solution.steps:
        found += indent(shown(step, display, width - PREFIX), PREFIX)
    return found + _note(solution, display, width)


def _note(solution: Reveal, display: Display, width: int) -> list[Line]:
    return [BLANK, *shown(solution.note, display, width, Tone.DIM)] if solution.note else []


def verdict(grade: Grade, display: Display, language: Language, width: int, *, given_up: bool) -> list[Line]:
    """Return the mark with its sentence."""
    if given_up:
        return [(Part("◐ ", Tone.DIM), Part(say.GIVEN_UP.in_language(language), Tone.DIM))]
    right = grade.verdict is Verdict.CORRECT
    mark = Part("✓ ", Tone.RIGHT) if right else Part("✗ ", Tone.WRONG)
    message = grade.message or (say.RIGHT_WORD if right else say.WRONG_WORD)
    return indent(shown(message, display, width - PREFIX, Tone.PROMPT), PREFIX, (mark,))


def _solution(solution: Reveal, display: Display, language: Language, width: int) -> list[Line]:
    found: list[Line] = [line(words.SOLUTION.in_language(language), Tone.ACCENT)]
    found += indent(shown(solution.answer, display, width - PREFIX, Tone.PROMPT), PREFIX)
    if solution.steps:
        found.append(line(words.STEPS.in_language(language), Tone.ACCENT))
        for number, step in enumerate(solution.steps, 1):
            found += indent(shown(step, display, width - 4), 4, (Part(f"{number:>2}  ", Tone.KEY),))
    return found + _note(solution, display, width)


def back(solution: Reveal, display: Display, language: Language, width: int) -> list[Line]:
    """Return the back of a flashcard."""
    found: list[Line] = [line("─── " + say.BACK_SIDE.in_language(language) + " ───", Tone.DIM)]
    found += shown(solution.answer, display, width, Tone.PROMPT)
    return found + _note(solution, display, width)


def ratings(delays: Mapping[Rating, Delay], current: Rating | None, language: Language, width: int) -> Line:
    """Return the four ratings with the interval each grants; the one that counts is bright and pointed at.

    Where there is little room they stand closer, and at last only the one that counts keeps its name.
    """
    for gap, named in ((3, True), (1, True), (0, True), (2, False)):
        found = _ratings(delays, current, language, " " * gap, named=named)
        if width_of(found) <= width:
            break
    return crop_line(found, width)


def _ratings(
    delays: Mapping[Rating, Delay], current: Rating | None, language: Language, gap: str, *, named: bool
) -> Line:
    found: list[Part] = []
    for rating in Rating:
        here = rating is current
        action = f"screen.rate({int(rating)})"
        label = words.RATINGS[rating].in_language(language)
        wait = words.delay(delays[rating]).in_language(language)
        found += [
            Part("▸" if here else " ", Tone.ACCENT, action),
            Part(str(int(rating)), Tone.KEY, action),
            Part(f" {label} " if named or here else " ", Tone.BRIGHT if here else Tone.PLAIN, action),
            Part(wait, Tone.BRIGHT if here else Tone.DIM, action),
            Part(gap),
        ]
    return tuple(found[:-1])


def rating_line(marked: Marked, delays: Mapping[Rating, Delay], language: Language, width: int) -> Line:
    """Return the ratings with what was granted, and when the item comes back."""
    offered = ratings(delays, marked.rating, language, width)
    returns = line(words.returns(marked.back).in_language(language) + " ", Tone.DIM)
    if width_of(offered) + width_of(returns) + 2 > width:
        return offered
    return spread(offered, returns, width)


def side(presented: Presented, progress: Progress, trail: Sequence[bool], language: Language, width: int) -> list[Line]:
    """Return the side column of a wide window: this item's memory, and the session so far."""
    rows: list[tuple[Text, str]] = []
    state = presented.state
    if state is None:
        rows.append((say.FIRST_TIME, ""))
    else:
        rows.append((say.REPS, say.times(state.reps).in_language(language)))
        rows.append((say.LAPSES, say.times(state.lapses).in_language(language)))
        rows.append((say.STABILITY, words.delay(Delay("days", max(1, round(state.stability)))).in_language(language)))
        if state.interval:
            rows.append((say.LAST_SEEN, words.delay(Delay("days", state.interval)).in_language(language)))
    found = [line(say.THIS_ITEM.in_language(language), Tone.ACCENT)]
    found += [_pair(label, value, language, width) for label, value in rows]
    found += [BLANK, line(say.THIS_SESSION.in_language(language), Tone.ACCENT)]
    found.append(_pair(say.RIGHT_SO_FAR, f"{progress.correct} / {progress.answered}", language, width))
    found.append(_pair(say.TO_GO, str(progress.remaining), language, width))
    found.append(BLANK)
    for start in range(0, len(trail), width // 2):
        found.append(
            tuple(
                Part("✓ " if right else "✗ ", Tone.RIGHT if right else Tone.WRONG)
                for right in trail[start : start + width // 2]
            )
        )
    return found


def _pair(label: Text, value: str, language: Language, width: int) -> Line:
    name = label.in_language(language)
    return (Part(cell(name, width - len(value) - 6), Tone.DIM), Part(value))

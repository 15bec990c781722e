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


def prompt(presented: Presented, display: Display, language: Language, width: int) -> list[Line]:
    """Return the question, brightest of all."""
    found: list[Line] = []
    if presented.repeated:
        found += [line("↻ " + words.SAME_NUMBERS.in_language(language), Tone.ACCENT), BLANK]
    found += shown(presented.question.prompt, display, width, Tone.PROMPT)
    if presented.question.figure is not None:
        from quizapp.tui.present.figure import figure

        found += [BLANK, *figure(presented.question.figure, width)]
    return found


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
    steps: bool,
    reasons: Sequence[tuple[int, Text]] = (),
) -> list[Line]:
    """Return what an answer deserves: verdict and reason, then the solution and its steps where they are shown."""
    found = [] if marked.grade.verdict is Verdict.SELF else verdict(marked.grade, display, language, width, given_up)
    if marked.leech:
        found += indent(wrapped(words.LEECH.in_language(language), width - PREFIX, Tone.ACCENT), PREFIX)
    if solution is not None:
        found += _solution(solution, display, language, width, bare=marked.grade.verdict is Verdict.SELF, steps=steps)
    for index, why in reasons:
        found += indent(shown(why, display, width - 4, Tone.DIM), 4, (Part(f"  {index + 1} ", Tone.KEY),))
    return found


def verdict(grade: Grade, display: Display, language: Language, width: int, given_up: bool) -> list[Line]:
    """Return the mark with its sentence."""
    if given_up:
        return [(Part("◐ ", Tone.DIM), Part(say.GIVEN_UP.in_language(language), Tone.DIM))]
    right = grade.verdict is Verdict.CORRECT
    mark = Part("✓ ", Tone.RIGHT) if right else Part("✗ ", Tone.WRONG)
    message = grade.message or (say.RIGHT_WORD if right else say.WRONG_WORD)
    return indent(shown(message, display, width - PREFIX, Tone.PROMPT), PREFIX, (mark,))


def _solution(
    solution: Reveal, display: Display, language: Language, width: int, *, bare: bool, steps: bool
) -> list[Line]:
    found: list[Line] = []
    label = "" if bare else say.SOLUTION_WORD.in_language(language)
    if label:
        found.append(line(label, Tone.ACCENT))
    found += indent(shown(solution.answer, display, width - PREFIX, Tone.PROMPT), 0 if bare else PREFIX)
    if steps and solution.steps:
        found.append(line(words.STEPS.in_language(language), Tone.ACCENT))
        for number, step in enumerate(solution.steps, 1):
            found += indent(shown(step, display, width - 4), 4, (Part(f"{number:>2}  ", Tone.KEY),))
    if solution.note:
        found += [BLANK, *shown(solution.note, display, width, Tone.DIM)]
    return found


def back(solution: Reveal, display: Display, language: Language, width: int) -> list[Line]:
    """Return the back of a flashcard."""
    found = [line("─── " + say.BACK_SIDE.in_language(language) + " ───", Tone.FAINT)]
    found += shown(solution.answer, display, width, Tone.PROMPT)
    if solution.note:
        found += [BLANK, *shown(solution.note, display, width, Tone.DIM)]
    return found


def ratings(delays: Mapping[Rating, Delay], current: Rating | None, language: Language, width: int) -> Line:
    """Return the four ratings with the interval each grants; the one that counts is bright and pointed at."""
    found: list[Part] = []
    for rating in Rating:
        here = rating is current
        action = f"screen.rate({int(rating)})"
        label = words.RATINGS[rating].in_language(language)
        wait = words.delay(delays[rating]).in_language(language)
        found += [
            Part("▸" if here else " ", Tone.ACCENT, action),
            Part(str(int(rating)), Tone.KEY, action),
            Part(f" {label} ", Tone.BRIGHT if here else Tone.PLAIN, action),
            Part(wait, Tone.BRIGHT if here else Tone.DIM, action),
            Part("   "),
        ]
    return crop_line(tuple(found[:-1]), width)


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

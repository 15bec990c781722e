"""The exercise screens as lines: the list, the task, the report on a run, the solution against one's own code."""

import ast
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, Literal

from quizapp.i18n import exercise_screen as say
from quizapp.i18n.screens import hint
from quizapp.markup.width import cell_width
from quizapp.text import Display, Language, Text
from quizapp.tui.present.content import short, shown
from quizapp.tui.present.home import languages
from quizapp.tui.present.line import BLANK, Line, Part, Tone, cell, crop, indent, line, rule, spread, width_of, wrapped

State = Literal["new", "started", "passed"]
STATE_TONES = {"new": Tone.DIM, "started": Tone.ACCENT, "passed": Tone.RIGHT}
STATE_CELLS, AREA_CELLS = 12, 28
MARGIN = 2
SHORTEST_CASE = 24
MOST_ROWS = 8
"""Rows of one input or result; a longer one is cut."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One exercise in the list."""

    id: str
    area: Text
    title: Text
    state: State


def list_header(entries: Sequence[Entry], language: Language, display: Display, width: int) -> Line:
    """Return the title of the list and how far it has come."""
    passed = sum(entry.state == "passed" for entry in entries)
    started = sum(entry.state == "started" for entry in entries)
    left = (
        Part(" " + say.TITLE.in_language(language), Tone.BRIGHT),
        Part("   " + say.states(passed, started, len(entries)).in_language(language), Tone.DIM),
    )
    return spread(left, (*languages(display), Part(" ")), width)


def list_lines(entries: Sequence[Entry], cursor: int, language: Language, display: Display, width: int) -> list[Line]:
    """Return one row for each exercise, its area named where it begins."""
    if not entries:
        return [line("  " + say.NONE.in_language(language), Tone.DIM)]
    area_cells = min(AREA_CELLS, max(12, width // 3))
    room = max(10, width - area_cells - STATE_CELLS - 4)
    found: list[Line] = []
    for number, entry in enumerate(entries):
        here, action = number == cursor, f"screen.point({number})"
        first = number == 0 or entries[number - 1].area != entry.area
        area = entry.area.in_language(language) if first else ""
        found.append(
            (
                Part(" ▸ " if here else "   ", Tone.ACCENT, action),
                Part(cell(area, area_cells - 1) + " ", Tone.DIM, action),
                Part(cell(short(entry.title, display), room - 1) + " ", Tone.BRIGHT if here else Tone.PLAIN, action),
                Part(
                    cell(say.STATES[entry.state].in_language(language), STATE_CELLS), STATE_TONES[entry.state], action
                ),
            )
        )
    return found


def header(area: Text, title: Text, state: State, language: Language, display: Display, width: int) -> Line:
    """Return where we are at the left, how the exercise stands at the right."""
    left = (Part(f" {area.in_language(language)} › ", Tone.DIM), Part(short(title, display)))
    right = (
        Part("  "),
        Part(say.STATES[state].in_language(language), STATE_TONES[state]),
        Part("   "),
        *languages(display),
        Part(" "),
    )
    return spread(left, right, width)


def tabs(view: str, language: Language, width: int) -> Line:
    """Return a rule with the views in it, the present one bright and pointed at."""
    found: list[Part] = [Part("──", Tone.FAINT)]
    for number, (name, label) in enumerate((("task", say.TASK), ("code", say.CODE), ("report", say.REPORT))):
        here = name == view
        if number:
            found.append(Part("─", Tone.FAINT))
        found.append(
            Part(
                f" {'▸' if here else ''}{label.in_language(language)} ",
                Tone.BRIGHT if here else Tone.DIM,
                f"screen.view('{name}')",
            )
        )
    return (*found, *rule(max(width - width_of(tuple(found)), 0)))


def divider(words: str, tone: Tone, width: int) -> Line:
    """Return a rule that begins with some words."""
    lead = (Part("── ", Tone.FAINT), Part(crop(words, width - 4) + " ", tone))
    return (*lead, *rule(max(width - width_of(lead), 0)))


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written."""

    task: Text
    signature: str
    shapes: str
    rules: tuple[Text, ...]
    hints: tuple[Text, ...]


def task_lines(task: Task, given: int, key: str, display: Display, language: Language, width: int) -> list[Line]:
    """Return the task, its signature and rules, and the hints given so far; ``key`` shows the next one."""
    found = shown(task.task, display, width, Tone.PROMPT)
    found += [BLANK, line(say.SIGNATURE.in_language(language), Tone.ACCENT)]
    found += [line("  " + row, Tone.CODE) for row in textwrap.wrap(task.signature, width - 2, subsequent_indent="    ")]
    found += [line("  " + row, Tone.DIM) for row in textwrap.wrap(task.shapes, width - 2)]
    if task.rules:
        found += [BLANK, line(say.RULES.in_language(language), Tone.ACCENT)]
        for each in task.rules:
            found += indent(wrapped(each.in_language(language), width - MARGIN), MARGIN, (Part("· ", Tone.DIM),))
    for number in range(1, given + 1):
        found += [BLANK, line(hint(number, len(task.hints)).in_language(language), Tone.ACCENT)]
        found += indent(shown(task.hints[number - 1], display, width - MARGIN), MARGIN)
    if given < len(task.hints):
        words = (say.NEXT_HINT if given else say.NO_HINT_YET).in_language(language)
        call = "screen.perform('next_hint')"
        found += [BLANK, (Part(key, Tone.KEY, call), Part(f" {words} ({given}/{len(task.hints)})", Tone.DIM, call))]
    return found


def verdict(report: Mapping[str, Any], language: Language) -> tuple[str, Tone]:
    """Return the mark of a report with how many cases pass."""
    passed = sum(case["status"] == "passed" for case in report["cases"])
    right = report["status"] == "passed"
    words = say.counted(passed, len(report["cases"])).in_language(language)
    return f"{'✓' if right else '✗'} {words}", Tone.RIGHT if right else Tone.WRONG


def report_lines(report: Mapping[str, Any], display: Display, language: Language, width: int) -> list[Line]:
    """Return what a run showed: the sentence, the first failure opened, every case, broken rules, what was printed."""
    right, failure = report["status"] == "passed", report["first_failure"]
    mark = Part("✓ ", Tone.RIGHT) if right else Part("✗ ", Tone.WRONG)
    # A recognised mistake says more than the numbers; without one, the numbers that follow say where and how many.
    told = Text(**report["message"])
    numbers = failure is not None and failure["difference"] is not None and report["mutant"] is None
    if numbers:
        told = difference(failure)
    found = indent(shown(told, display, width - MARGIN, Tone.PROMPT), MARGIN, (mark,))
    if failure is not None:
        found += _failure(failure, language, width, difference_too=not numbers)
    if report["rules"]:
        found += [BLANK, line(say.BROKEN_RULES.in_language(language), Tone.ACCENT)]
        for broken in report["rules"]:
            where = say.LINE.in_language(language).format(line=broken["line"])
            sentence = Text(broken["message"], broken["message_zh"]).in_language(language)
            found += indent(wrapped(where + sentence, width - MARGIN), MARGIN)
    found += [BLANK, line(say.CASES.in_language(language), Tone.ACCENT), *_cases(report["cases"], language, width)]
    if report.get("printed"):
        found += [BLANK, line(say.PRINTED.in_language(language), Tone.ACCENT)]
        found += [
            line("  " + crop(_plain(row), width - 2), Tone.CODE) for row in report["printed"].rstrip().split("\n")
        ]
    return found


def _plain(row: str) -> str:
    """Return printed text without what would move the cursor or change colours."""
    return "".join(mark if mark.isprintable() else "·" for mark in row.expandtabs(4))


def difference(failure: Mapping[str, Any]) -> Text:
    """Say where the results part, and which properties the wrong one lacks."""
    from quizapp.coding.words import LAWS

    told = Text(failure["difference"], failure["difference_zh"])
    for law in failure["laws"]:
        if law in LAWS:
            told += Text(" ", "") + LAWS[law]
    return told


def _failure(failure: Mapping[str, Any], language: Language, width: int, *, difference_too: bool) -> list[Line]:
    from quizapp.coding.words import EXPECTED, GOT

    title = f"{say.FIRST_FAILURE.in_language(language)} · {failure['case']}"
    if failure.get("smallest"):
        title += " · " + say.SMALLEST.in_language(language)
    found = [line(crop(title, width), Tone.ACCENT)]
    if failure["input"] is None:
        return found
    for name, value in failure["input"].items():
        found += _value(f"  {name} = ", value, Tone.DIM, width)
    cells = 4 + max(cell_width(word.in_language(language)) for word in (GOT, EXPECTED))
    if failure["got"] is not None:
        found += _value(cell("  " + GOT.in_language(language), cells), failure["got"], Tone.WRONG, width)
    found += _value(cell("  " + EXPECTED.in_language(language), cells), failure["expected"], Tone.RIGHT, width)
    if difference_too:
        told = difference(failure)
        found += indent(shown(told, language, width - MARGIN, Tone.PROMPT), MARGIN, (Part("≠ ", Tone.WRONG),))
    place = failure.get("location")
    if place is not None and place["max_abs_error"]:
        relative = "–" if place["max_rel_error"] is None else f"{place['max_rel_error']:.3g}"
        errors = say.ERRORS.in_language(language).format(absolute=f"{place['max_abs_error']:.3g}", relative=relative)
        found += indent(wrapped(errors, width - MARGIN, Tone.DIM), MARGIN)
    return found


def _value(label: str, value: str, tone: Tone, width: int) -> list[Line]:
    """Return a value as source, its rows below one another as NumPy prints them."""
    lead = (Part(label, tone),)
    cells = cell_width(label)
    rows = [part for row in value.split("\n") for part in (textwrap.wrap(row, max(width - cells, 10)) or [""])]
    if len(rows) > MOST_ROWS:
        rows = [*rows[: MOST_ROWS - 1], "…"]
    return indent([line(row, Tone.CODE) for row in rows], cells, lead)


def _cases(cases: Sequence[Mapping[str, Any]], language: Language, width: int) -> list[Line]:
    """Return all cases with their marks in as many columns as fit."""
    drawn = []
    for case in cases:
        passed = case["status"] == "passed"
        word = say.STATUSES.get(case["status"])
        drawn.append((passed, case["name"] + (f" ({word.in_language(language)})" if word is not None else "")))
    widest = max(SHORTEST_CASE, *(len(name) + 4 for _, name in drawn)) if drawn else SHORTEST_CASE
    columns = max(1, (width - 2) // widest)
    rows = -(-len(drawn) // columns)
    found = []
    for row in range(rows):
        parts: list[Part] = [Part("  ")]
        for passed, name in drawn[row::rows]:
            parts.append(Part("✓ " if passed else "✗ ", Tone.RIGHT if passed else Tone.WRONG))
            parts.append(Part(cell(name, min(widest, width - 2) - 2), Tone.DIM if passed else Tone.PLAIN))
        found.append(tuple(parts))
    return found


def solution_lines(reference: str, own: str, function: str, language: Language, width: int) -> list[Line]:
    """Return the reference solution and how one's own code differs from it, with signs and colours."""
    found = [line("  " + crop(row, width - 2), Tone.CODE) for row in reference.rstrip().split("\n")]
    changes = list(
        unified_diff(without_docstring(own, function).splitlines(), reference.splitlines(), lineterm="", n=3)
    )[2:]
    if not changes:
        return [*found, BLANK, line(say.SAME_CODE.in_language(language), Tone.RIGHT)]
    found += [BLANK, line(say.SIDE_BY_SIDE.in_language(language), Tone.ACCENT)]
    tones = {"+": Tone.RIGHT, "-": Tone.WRONG, "@": Tone.FAINT}
    for row in changes:
        sign = "−" if row[:1] == "-" else row[:1]
        text = row if row[:1] == "@" else f"{sign} {_plain(row[1:])}"
        found.append(line("  " + crop(text, width - 2), tones.get(row[:1], Tone.PLAIN)))
    return found


def without_docstring(source: str, function: str) -> str:
    """Return the source without the docstring of its function, which only repeats the task."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return source
    rows = source.splitlines()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function and ast.get_docstring(node) is not None:
            first = node.body[0]
            del rows[first.lineno - 1 : first.end_lineno]
            break
    return "\n".join(rows) + "\n"

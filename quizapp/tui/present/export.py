"""The export screen as lines: what is chosen, what would be written, how far it is, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

from quizapp.catalogue.entries import DeckEntry, ItemEntry
from quizapp.i18n import export_screen as say
from quizapp.markup.width import cell_width
from quizapp.text import EMPTY, Display, Language, Text, same
from quizapp.tui.present.chart import meter, percent
from quizapp.tui.present.content import shown
from quizapp.tui.present.line import BLANK, Line, Part, Tone, crop, indent, line, wrapped

DISPLAYS: tuple[Display, ...] = ("both", "en", "zh")
VARIANT_STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100)
LABEL_CELLS = 12
NAMED_LEFT_OUT = 4


class Row(IntEnum):
    """What the cursor can stand on, from top to bottom."""

    FORMAT = 0
    DECKS = 1
    DUE = 2
    LANGUAGES = 3
    VARIANTS = 4
    SCHEDULE = 5
    FILE = 6
    WRITE = 7


LABELS = {
    Row.FORMAT: say.FORMAT,
    Row.DECKS: say.DECKS,
    Row.DUE: say.DUE,
    Row.LANGUAGES: say.LANGUAGES,
    Row.VARIANTS: say.VARIANTS,
    Row.SCHEDULE: say.SCHEDULE,
    Row.FILE: say.FILE,
    Row.WRITE: EMPTY,
}
ABOUT = {
    Row.DECKS: say.ABOUT_DECKS,
    Row.DUE: say.ABOUT_DUE,
    Row.LANGUAGES: say.ABOUT_LANGUAGES,
    Row.VARIANTS: say.ABOUT_VARIANTS,
    Row.SCHEDULE: say.ABOUT_SCHEDULE,
    Row.FILE: say.ABOUT_FILE,
    Row.WRITE: say.ABOUT_WRITE,
}


@dataclass(frozen=True, slots=True)
class Format:
    """A format as the screen names it."""

    name: str
    suffix: str
    summary: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """What is chosen. ``decks`` is ``None`` for all of them; ``search`` limits the items further."""

    format: str = "apkg"
    decks: frozenset[str] | None = None
    due: bool = False
    display: Display = "both"
    variants: int = 3
    schedule: bool = False
    search: str | None = None

    def turned(self, row: Row, steps: int, formats: Sequence[str]) -> "Plan":
        """Return the plan with the value of a row changed to the one ``steps`` further on, if it has such values."""
        match row:
            case Row.FORMAT:
                return replace(self, format=formats[(formats.index(self.format) + steps) % len(formats)])
            case Row.DUE:
                return replace(self, due=not self.due)
            case Row.LANGUAGES:
                return replace(self, display=DISPLAYS[(DISPLAYS.index(self.display) + steps) % len(DISPLAYS)])
            case Row.VARIANTS:
                beyond = [step for step in VARIANT_STEPS if (step - self.variants) * steps > 0]
                nearest = min(beyond, key=lambda step: abs(step - self.variants), default=self.variants)
                return replace(self, variants=nearest)
            case Row.SCHEDULE:
                return replace(self, schedule=not self.schedule)
            case Row.DECKS | Row.FILE | Row.WRITE:
                return self


@dataclass(frozen=True, slots=True)
class Card:
    """One of the first cards: its item, what is asked and what is right; nothing asked where it stays here."""

    identity: str
    front: Text
    back: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has been written: the file, its size, how much is in it, and the items that were left out."""

    path: Path
    octets: int
    items: int
    questions: int
    decks: int
    left_out: tuple[str, ...]


def with_suffix(name: str, before: str, after: str) -> str:
    """Return a file name with the suffix of another format; one that a person chose stays."""
    return name.removesuffix(before) + after if name.endswith(before) else name


def homely(path: Path) -> str:
    """Return a path as people write it: ``~`` for the home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) and path != home else str(path)


# --- the form


def form(plan: Plan, cursor: int, formats: Sequence[Format], decks: int, language: Language, width: int) -> list[Line]:
    """Return the rows above the file's name, each clickable."""
    found = []
    for row in Row:
        if row >= Row.FILE:
            break
        value, more = _value(plan, row, formats, decks)
        found.append(_form_line(row, value, more, language, width, chosen=row == cursor))
    return found


def _value(plan: Plan, row: Row, formats: Sequence[Format], decks: int) -> tuple[Text, Text]:
    match row:
        case Row.FORMAT:
            return same(plan.format), next(one.summary for one in formats if one.name == plan.format)
        case Row.DECKS:
            chosen = decks if plan.decks is None else len(plan.decks)
            more = EMPTY if plan.search is None else say.searched(plan.search)
            return say.decks_chosen(chosen, decks), more
        case Row.DUE:
            return _box(plan.due), say.ON_DUE if plan.due else say.OFF_DUE
        case Row.LANGUAGES:
            return say.DISPLAYS[plan.display], EMPTY
        case Row.VARIANTS:
            return same(str(plan.variants)), say.PER_ITEM
        case Row.SCHEDULE:
            return _box(plan.schedule), say.ON_SCHEDULE if plan.schedule else say.OFF_SCHEDULE
        case Row.FILE | Row.WRITE:
            return EMPTY, EMPTY


def _box(on: bool) -> Text:
    return same("[x]" if on else "[ ]")


def _form_line(row: Row, value: Text, more: Text, language: Language, width: int, *, chosen: bool) -> Line:
    words, rest = value.in_language(language), more.in_language(language)
    action = f"screen.change({int(row)})"
    arrows = chosen and row not in (Row.DECKS, Row.DUE, Row.SCHEDULE)
    before, after = ("‹ ", " ›") if arrows else ("", "")
    room = width - LABEL_CELLS - 4 - cell_width(before + words + after) - 3
    return (
        *label(row, language, chosen=chosen),
        Part(before, Tone.ACCENT, f"screen.turn({int(row)}, -1)"),
        Part(words, Tone.BRIGHT if chosen else Tone.PLAIN, action),
        Part(after, Tone.ACCENT, f"screen.turn({int(row)}, 1)"),
        Part("   " + crop(rest, room) if rest and room > 3 else "", Tone.DIM, action),
    )


def label(row: Row, language: Language, *, chosen: bool) -> Line:
    """Return the mark of the cursor and the name of a row."""
    name = LABELS[row].in_language(language)
    return (
        Part(" ▸ " if chosen else "   ", Tone.ACCENT),
        Part(
            name + " " * (LABEL_CELLS - cell_width(name)),
            Tone.BRIGHT if chosen else Tone.DIM,
            f"screen.point({int(row)})",
        ),
    )


def button(language: Language, *, chosen: bool, ready: bool) -> Line:
    """Return the row that writes the file."""
    tone = Tone.FAINT if not ready else Tone.BRIGHT if chosen else Tone.PLAIN
    return (
        Part(" ▸ " if chosen else "   ", Tone.ACCENT),
        Part("⏎" if chosen else "w", Tone.KEY if ready else Tone.FAINT, "screen.write"),
        Part("  " + say.WRITE.in_language(language), tone, "screen.write"),
    )


def about(row: Row, chosen: Format, language: Language, width: int) -> list[Line]:
    """Return what the row of the cursor means; for formats the whole of what the row above has no room for."""
    words = say.format_about(chosen.summary) if row is Row.FORMAT else ABOUT[row]
    return indent(wrapped(words.in_language(language), width - 4, Tone.DIM), 3)


# --- before, while and after


def counted(entries: Sequence[ItemEntry], variants: int) -> Text:
    """Say how much would be written; the numbers of a computed item may be used up before all its variants are made."""
    questions = sum(variants if entry.skill is not None else 1 for entry in entries)
    decks = len({entry.deck for entry in entries})
    return say.count(len(entries), questions, decks, at_most=questions > len(entries))


def preview(
    plan: Plan, entries: Sequence[ItemEntry], cards: Sequence[Card] | None, language: Language, width: int
) -> list[Line]:
    """Return how much would be written, and the first cards in words."""
    if not entries:
        words = say.NOTHING_DUE if plan.due else say.NOTHING_FITS
        return indent(wrapped(words.in_language(language), width - 4, Tone.WRONG), 2)
    found = indent(wrapped(counted(entries, plan.variants).in_language(language), width - 4, Tone.BRIGHT), 2)
    if cards is None:
        return [*found, BLANK, line("  " + say.LOOKING.in_language(language), Tone.DIM)]
    for card in cards:
        found += [BLANK, *_card(card, plan.display, language, width)]
    return found


def _card(card: Card, display: Display, language: Language, width: int) -> list[Line]:
    room = max(width - 6, 8)
    name = line("  " + crop(card.identity, width - 4), Tone.DIM)
    if not card.front:
        return [name, *indent(wrapped(say.NO_CARD.in_language(language), room, Tone.WRONG), 4)]
    back = indent(shown(card.back, display, room), 4, (Part("  → ", Tone.ACCENT),))
    return [name, *indent(shown(card.front, display, room, Tone.PROMPT), 4), *back]


def progress(done: int, total: int, name: str, language: Language, width: int) -> list[Line]:
    """Return how far the writing is; ``total`` is 0 before it is known."""
    share = done / total if total else 0.0
    # The last bit is the file itself, which no number of questions measures.
    words = say.WRITING if total and done == total else say.MAKING
    room = max(min(width - 20, 60), 10)
    return [
        line("  " + words.in_language(language), Tone.BRIGHT),
        line("  " + crop(name, width - 4), Tone.DIM),
        BLANK,
        (Part("  "), Part(meter(share, room), Tone.ACCENT), Part(f"  {percent(share):>5}", Tone.DIM)),
        BLANK,
        *indent(wrapped(say.KEEPS.in_language(language), width - 4, Tone.DIM), 2),
    ]


def result(outcome: Outcome, plan: Plan, language: Language, width: int) -> list[Line]:
    """Return what has been written, where, and what to do with it."""
    room = width - 6
    written = say.count(outcome.items, outcome.questions, outcome.decks, at_most=False).in_language(language)
    size = say.size(outcome.octets).in_language(language)
    found = indent(wrapped(f"{homely(outcome.path)}  ({size})", room, Tone.BRIGHT), 4, (Part("  ✓ ", Tone.RIGHT),))
    found += indent(wrapped(written, room), 4)
    if outcome.left_out:
        names = ", ".join(outcome.left_out[:NAMED_LEFT_OUT]) + (" …" if len(outcome.left_out) > NAMED_LEFT_OUT else "")
        words = f"{say.left_out(len(outcome.left_out)).in_language(language)} ({names})"
        found += indent(wrapped(words, room, Tone.DIM), 4, (Part("  ◐ ", Tone.WRONG),))
    steps = [say.NEXT_STEPS[plan.format]] if plan.format in say.NEXT_STEPS else []
    if plan.schedule and plan.format in say.WITH_SCHEDULE:
        steps.append(say.WITH_SCHEDULE[plan.format])
    if steps:
        found.append(BLANK)
    for step in steps:
        found += indent(wrapped(step.in_language(language), room), 4, (Part("  → ", Tone.ACCENT),))
    return [*found, BLANK, *indent(wrapped(say.MORE_EXPORTS.in_language(language), room, Tone.DIM), 4)]


def failure(head: Text, reasons: Sequence[Text], language: Language, width: int) -> list[Line]:
    """Return why no file was written, and what to do."""
    found = indent(wrapped(head.in_language(language), width - 6, Tone.BRIGHT), 4, (Part("  ✗ ", Tone.WRONG),))
    for reason in reasons:
        found += indent(wrapped(reason.in_language(language), width - 6), 4)
    return found


# --- boxes to choose from


def format_lines(formats: Sequence[Format], cursor: int, language: Language, width: int) -> list[Line]:
    """Return the formats, one row each, and below them all that is said of the one of the cursor."""
    cells = max((cell_width(one.name) for one in formats), default=0) + 2
    whole = wrapped(formats[cursor].summary.in_language(language), width - 2)
    found: list[Line] = [
        (
            Part("▸ " if index == cursor else "  ", Tone.ACCENT),
            Part(f"{one.name:<{cells}}", Tone.BRIGHT if index == cursor else Tone.PLAIN, f"screen.pick({index})"),
            Part(crop(one.summary.in_language(language), width - cells - 2), Tone.DIM, f"screen.pick({index})"),
        )
        for index, one in enumerate(formats)
    ]
    # Two rows in any case, so that nothing below them moves with the cursor.
    return [*found, BLANK, *indent([*whole, BLANK][:2], 2)]


@dataclass(frozen=True, slots=True)
class Branch:
    """A row of the list of decks: an area with all its decks, or one deck."""

    title: Text
    decks: tuple[DeckEntry, ...]
    area: bool


def branch_line(
    branch: Branch, ticked: frozenset[str], language: Language, width: int, index: int, cursor: int
) -> Line:
    """Return a row of the list of decks; an area of which only some decks are ticked says so."""
    here = sum(deck.id in ticked for deck in branch.decks)
    box = "[x] " if here == len(branch.decks) else "[-] " if here else "[ ] "
    items = str(sum(deck.items for deck in branch.decks))
    margin = "" if branch.area else "   "
    room = width - 2 - len(margin) - len(box) - len(items) - 2
    title = crop(branch.title.in_language(language), room)
    action = f"screen.tick({index})"
    tone = Tone.BRIGHT if branch.area or index == cursor else Tone.PLAIN
    return (
        Part("▸ " if index == cursor else "  ", Tone.ACCENT),
        Part(margin + box, Tone.ACCENT if here else Tone.DIM, action),
        Part(title + " " * (room - cell_width(title)), tone, action),
        Part("  " + items, Tone.DIM, action),
    )

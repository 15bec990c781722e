"""The home screen as lines: what today holds, how each area stands, which decks it has."""

from collections.abc import Sequence
from typing import NamedTuple

from quizapp.i18n import screens as say
from quizapp.library import DeckDue
from quizapp.markup.width import cell_width
from quizapp.stats.mastery import AreaProgress
from quizapp.text import Display, Language, Text
from quizapp.tui.glance import Glance
from quizapp.tui.present.chart import columns, meter, percent, sparkline
from quizapp.tui.present.line import BLANK, Line, Part, Tone, cell, crop, line, spread, width_of, wrapped

LEAST_TITLE, MOST_TITLE = 16, 30
DECK_MARGIN = 5
AREA_FIGURES = 20
"""Cells of an area's row around its title up to where its due count begins."""

WIDE_FROM = 112


class Row(NamedTuple):
    """What the cursor can stand on: everything, an area, or a deck of an open area."""

    area: AreaProgress | None = None
    deck: DeckDue | None = None


def rows(glance: Glance, opened: frozenset[str]) -> list[Row]:
    """Return the rows from top to bottom; decks follow their area where it is opened."""
    found = [Row()]
    for area in glance.areas:
        found.append(Row(area))
        if area.area in opened:
            found.extend(Row(area, deck) for deck in glance.today.decks if deck.area == area.area)
    return found


def header(glance: Glance, language: Language, display: Display, width: int) -> Line:
    """Return the first line: who we are at the left, three figures at the right."""
    right: list[Part] = []
    for label, value in (
        (say.RETENTION, percent(glance.retention) if glance.retention is not None else ""),
        (say.STREAK, say.days(glance.streak).in_language(language) if glance.streak else ""),
    ):
        if value:
            right += [Part(label.in_language(language) + " ", Tone.DIM), Part(value), Part("   ")]
    return spread(line(" quizapp", Tone.BRIGHT), (*right, *languages(display), Part(" ")), width)


def languages(display: Display) -> Line:
    """Return the language switch: what is shown is bright and in brackets where it can't be bright."""
    en = Tone.BRIGHT if display in ("en", "both") else Tone.DIM
    zh = Tone.BRIGHT if display in ("zh", "both") else Tone.DIM
    mark = {"en": "‹EN› 中", "zh": "EN ‹中›", "both": "‹EN 中›"}[display]
    before, _, after = mark.partition("中")
    return (Part(before, en, "app.language"), Part("中", zh, "app.language"), Part(after, zh))


def today(glance: Glance, language: Language, width: int, *, chosen: bool) -> list[Line]:
    """Return the two lines about today, with the forecast at the right where there is one."""
    now = glance.today
    mark = Part(" ▸ " if chosen else "   ", Tone.ACCENT)
    if not glance.begun:
        top: Line = line("  " + say.WELCOME.in_language(language))
        if not glance.areas:
            return [top, line("   " + say.NO_CONTENT.in_language(language), Tone.BRIGHT)]
        words = say.begin_with(now.new, now.minutes) if now.new else say.ALL_DONE
        return [top, (mark, *button("⏎", words.in_language(language), chosen=chosen))]
    if glance.waiting:
        counted = say.counts(now.due, now.new, now.learning, now.minutes).in_language(language)
        top = (Part("  " + say.TODAY.in_language(language) + "   ", Tone.BRIGHT), Part(counted))
        below = (mark, *button("⏎", say.CONTINUE.in_language(language), chosen=chosen))
    else:
        words = say.until(glance.next_due) if glance.next_due else say.ALL_DONE
        top = line("  " + words.in_language(language), Tone.BRIGHT)
        below = (mark, *button("n", say.LEARN_MORE.in_language(language), chosen=chosen, action="screen.more"))
    if not any(glance.forecast):
        return [top, below]
    spark = sparkline(glance.forecast)
    label = cell(say.NEXT_DAYS.in_language(language), len(spark))
    return [
        spread(top, (Part(label, Tone.DIM), Part("  ")), width),
        spread(below, (Part(spark[0], Tone.ACCENT), Part(spark[1:], Tone.DIM), Part("  ")), width),
    ]


def button(key: str, label: str, *, chosen: bool = True, action: str = "screen.everything") -> Line:
    """Return something to press, with its key."""
    return (
        Part(key, Tone.KEY, action),
        Part("  " + label, Tone.BRIGHT if chosen else Tone.PLAIN, action),
    )


def title_cells(glance: Glance, language: Language) -> int:
    """Return the width of the column of titles: that of the longest area, within reason."""
    longest = max((cell_width(area.title.in_language(language)) for area in glance.areas), default=0)
    return min(max(longest, LEAST_TITLE), MOST_TITLE)


def area_line(
    area: AreaProgress, title_width: int, language: Language, width: int, *, chosen: bool, opened: bool = False
) -> Line:
    """Return one area: title, mastery, what is due, and its weakest deck or what comes first."""
    title = cell(area.title.in_language(language), title_width)
    bar = meter(area.mastery)
    full = bar.count("━")
    due, tone = _waiting(area.due + area.learning, area.new, area.seen, language)
    start = (
        Part(" ▸ " if chosen else " ▾ " if opened else "   ", Tone.ACCENT),
        Part(title, Tone.BRIGHT if chosen else Tone.PLAIN),
        Part(" "),
        Part(bar[:full], Tone.ACCENT),
        Part(bar[full:], Tone.FAINT),
        Part(cell(percent(area.mastery), 6, right=True), Tone.PLAIN if area.seen else Tone.DIM),
        Part(cell(due, 9, right=True), tone),
        Part("   "),
    )
    return (*start, Part(crop(_remark(area, language), max(0, width - width_of(start) - 1)), Tone.DIM))


def _remark(area: AreaProgress, language: Language) -> str:
    if area.opens_after is not None:
        return (say.OPENS_AFTER + area.opens_after).in_language(language)
    if area.weakest is not None:
        return (say.WEAKEST + area.weakest).in_language(language)
    return ""


def _waiting(due: int, new: int, seen: int, language: Language) -> tuple[str, Tone]:
    if due:
        return say.due(due).in_language(language), Tone.BRIGHT
    if new:
        return say.new(new).in_language(language), Tone.PLAIN
    return ("" if seen else say.NEW.in_language(language)), Tone.DIM


def deck_line(
    deck: DeckDue, title_width: int, titles: dict[str, Text], language: Language, width: int, *, chosen: bool = False
) -> Line:
    """Return one deck: title, how much of it has been met, what is due, what comes first."""
    due, tone = _waiting(deck.due + deck.learning, deck.new, deck.seen, language)
    room = title_width + AREA_FIGURES - DECK_MARGIN - 8
    start = (
        Part(cell(" ▸ " if chosen else "", DECK_MARGIN), Tone.ACCENT),
        Part(cell(deck.title.in_language(language), room), Tone.BRIGHT if chosen else Tone.PLAIN),
        Part(cell(f"{deck.seen}/{deck.items}", 8, right=True), Tone.DIM),
        Part(cell(due, 9, right=True), tone),
    )
    needed = [titles[name].in_language(language) for name in deck.opens_after if name in titles]
    rest = width - width_of(start) - 3
    if needed and not deck.seen and rest > 12:
        remark = crop(say.OPENS_AFTER.in_language(language) + ", ".join(needed), rest)
        return (*start, Part("   "), Part(remark, Tone.DIM))
    return start


def list_lines(
    shown: Sequence[Row], cursor: int, opened: frozenset[str], glance: Glance, language: Language, width: int
) -> list[Line]:
    """Return the rows below the rule: areas, and the decks of opened ones."""
    titles = {deck.deck: deck.title for deck in glance.today.decks}
    title_width = title_cells(glance, language)
    found: list[Line] = []
    for index, row in enumerate(shown):
        if row.area is None:
            continue
        chosen = index == cursor
        if row.deck is not None:
            parts = deck_line(row.deck, title_width, titles, language, width, chosen=chosen)
        else:
            parts = area_line(row.area, title_width, language, width, chosen=chosen, opened=row.area.area in opened)
        action = f"screen.point({index})"
        found.append(tuple(part._replace(action=action) for part in (*parts, _fill(parts, width))))
    return found


def _fill(parts: Line, width: int) -> Part:
    return Part(" " * max(0, width - width_of(parts)))


def side(glance: Glance, row: Row, language: Language, width: int, height: int) -> list[Line]:
    """Return the right column of a wide window: the decks under the cursor, and the coming days."""
    found: list[Line] = []
    area = row.area or next((area for area in glance.areas if area.due + area.learning + area.new), None)
    if area is not None:
        found.append(line(area.title.in_language(language), Tone.BRIGHT))
        found.append(BLANK)
        found.extend(_deck_short(deck, language, width) for deck in glance.today.decks if deck.area == area.area)
    if any(glance.forecast):
        while len(found) < height - 10:
            found.append(BLANK)
        found.append(BLANK)
        found.append(line(say.NEXT_DAYS.in_language(language), Tone.DIM))
        wide = [value for value in glance.forecast for _ in range(2)]
        found.extend(line(bar.rstrip(), Tone.ACCENT) for bar in columns(wide, 5))
        largest = max(glance.forecast)
        found.append(line(say.forecast(glance.forecast[0], largest).in_language(language), Tone.DIM))
    return found[:height]


def _deck_short(deck: DeckDue, language: Language, width: int) -> Line:
    due, tone = _waiting(deck.due + deck.learning, deck.new, deck.seen, language)
    room = width - 7 - 8
    closed = bool(deck.opens_after) and not deck.seen
    return (
        Part(cell(deck.title.in_language(language), room), Tone.DIM if closed else Tone.PLAIN),
        Part(cell(f"{deck.seen}/{deck.items}", 7, right=True), Tone.DIM),
        Part(cell("" if closed else due, 8, right=True), tone),
    )


def welcome(glance: Glance, language: Language, width: int) -> list[Line]:
    """Return the sentence for somebody who is here for the first time."""
    words = say.collection(sum(area.items for area in glance.areas), len(glance.areas)).in_language(language)
    return [(Part("  "), *parts) for parts in wrapped(words, width - 4, Tone.DIM)]

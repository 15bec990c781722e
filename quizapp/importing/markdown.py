"""Markdown cards: hashcards (``Q:``, ``A:``, ``C:``) and Obsidian's Spaced Repetition (``::``, ``?``, ``==gap==``)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from quizapp.exporting.markdown_escapes import FENCE, hashcards_plain, obsidian_plain
from quizapp.importing.base import (
    LONGEST_TEXT,
    TOO_LONG,
    Importer,
    Incoming,
    IncomingDeck,
    IncomingItem,
    Past,
    Standing,
    flashcard,
)
from quizapp.importing.cloze_text import CLOSE, OPEN, as_item
from quizapp.importing.text_files import read_text
from quizapp.scheduling.model import Phase
from quizapp.text import same

_IDENTITY = re.compile(r"^<!-- quizapp (\S+) -->$")
_SCHEDULE = re.compile(r"(?<!\\)<!--SR:(.*?)-->")
_CARD = re.compile(r"^([QAC]):(.*)$")
_BRACKETS = re.compile(r"(?<![!\\])\[([^\[\]\n]+)\](?!\()")
_HIGHLIGHT = re.compile(r"==(?=\S)(.+?)(?<=\S)==")
_TAG = re.compile(r"^#flashcards(/\S*)?\s*$")
_INLINE = re.compile(r"^(.*?\S)\s*(?<!:)(:::?)(?!:)\s*(\S.*)$")
_CODE = re.compile(r"`[^`]*`|\$[^$]*\$")
_LEAST_STABILITY, _MOST_DAYS, _MOST_REVIEWS, _LATEST = 1e-3, 36_500, 1_000_000, 4_102_444_800_000
_PHASES = {1: Phase.LEARNING, 2: Phase.REVIEW, 3: Phase.RELEARNING}


@dataclass(slots=True)
class _Card:
    """One card as it stands in the file."""

    data: dict[str, Any] | None
    front: str
    deck: str
    identity: str = ""
    past: Past = field(default_factory=Past)
    reason: str = "It has no second side."


class Markdown(Importer):
    """See the module."""

    name: ClassVar[str] = "markdown"
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown")
    summary: ClassVar[str] = "Markdown cards of hashcards and of Obsidian's Spaced Repetition"

    def read(self, path: Path) -> Incoming:
        """Read the cards of a file; which dialect it is follows from what stands in it."""
        head, lines = _front_matter(read_text(path).split("\n"))
        deck = head.get("name") or path.stem
        # The head is hashcards' own; without one, the tag that only Obsidian knows decides.
        is_hashcards = any(line.startswith(("Q:", "C:")) for line in lines) and (
            "name" in head or not any(map(_TAG.match, lines))
        )
        cards = list(_hashcards(lines, deck) if is_hashcards else _obsidian(lines, deck))
        items: list[IncomingItem] = []
        skipped: list[tuple[str, str]] = []
        seen: dict[str, int] = {}
        for card in cards:
            if card.data is None:
                skipped.append((card.front.split("\n")[0][:60], card.reason))
                continue
            source = card.identity or sha256(card.front.encode()).hexdigest()
            count = seen[source] = seen.get(source, 0) + 1
            source = source if count == 1 else f"{source}#{count}"
            name = card.identity.rpartition("/")[2] or card.front
            home = IncomingDeck(card.deck, same(card.deck.rpartition("/")[2] or card.deck))
            items.append(IncomingItem(f"markdown:{source}", home, card.data, name, past=card.past))
        return Incoming(tuple(items), tuple(skipped))


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the name that the first block between dashes gives, and the lines after it."""
    if not lines or lines[0].strip() != "---":
        return {}, lines
    end = next((place for place, line in enumerate(lines[1:], start=1) if line.strip() == "---"), None)
    if end is None:
        return {}, lines
    import tomllib

    try:
        found = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError:
        # Obsidian writes YAML there; nothing of it is needed.
        found = {}
    name = found.get("name")
    return ({"name": name} if isinstance(name, str) else {}), lines[end + 1 :]


def _hashcards(lines: list[str], deck: str) -> Iterator[_Card]:
    sides: dict[str, list[str]] = {}
    identity, side = "", ""

    def finished() -> _Card | None:
        texts = {mark: hashcards_plain("\n".join(lines).strip("\n")).strip() for mark, lines in sides.items()}
        sides.clear()
        if "C" in texts:
            text = texts["C"]
            marked = _BRACKETS.sub(f"{OPEN}\\1{CLOSE}", text)
            return _Card(as_item(marked), text, deck, identity)
        if "Q" not in texts:
            return None
        data = flashcard(texts["Q"], texts["A"]) if texts["Q"] and texts.get("A") else None
        return _Card(data, texts["Q"], deck, identity)

    fence = ""
    for line in lines:
        opened, comment = FENCE.match(line), _IDENTITY.match(line)
        if comment:
            fence = ""
        elif fence or (opened and sides):
            fence = _fence_after(fence, line)
            sides[side].append(line)
            continue
        card = _CARD.match(line)
        if (card and card[1] in "QC") or comment or line.strip() == "---":
            if (done := finished()) is not None:
                yield done
                identity = ""
            side = ""
        if comment:
            identity = comment[1]
        elif card and (card[1] != "A" or "Q" in sides):
            side = card[1]
            sides[side] = [card[2].strip()]
        elif side and line.strip() != "---":
            sides[side].append(line)
    if (done := finished()) is not None:
        yield done


def _fence_after(fence: str, line: str) -> str:
    """Return the fence that is open after a line."""
    found = FENCE.match(line)
    if not fence:
        return found[1] if found else ""
    closes = found and found[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _obsidian(lines: list[str], deck: str) -> Iterator[_Card]:
    for tag, block in _blocks(lines):
        if sum(map(len, block)) > LONGEST_TEXT:
            yield _Card(None, block[0], tag or deck, reason=TOO_LONG)
            continue
        identities = [found[1] for line in block if (found := _IDENTITY.match(line))]
        schedules = [group for line in block for found in _SCHEDULE.finditer(line) for group in _groups(found[1])]
        kept = [line for line in block if not _IDENTITY.match(line)]
        body = [bare.rstrip() for line in kept if (bare := _SCHEDULE.sub("", line)).strip() or bare == line]
        while body and not body[-1].strip():
            body.pop()
        for place, card in enumerate(_cards(body, tag or deck)):
            if identities:
                card.identity = identities[0] if place == 0 else f"{identities[0]}#{place + 1}"
            if schedules:
                card.past = schedules[min(place, len(schedules) - 1)]
            yield card


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands between empty lines, with the deck's tag that holds for it; code may have empty lines."""
    tag, block, fence = "", list[str](), ""
    for line in [*lines, ""]:
        if fence and _IDENTITY.match(line):
            yield tag, block
            block, fence = [], ""
        found = _TAG.match(line) if not fence else None
        fence = _fence_after(fence, line)
        if found or (not line.strip() and not fence):
            if block:
                yield tag, block
            block = []
            if found:
                tag = (found[1] or "").strip("/")
        else:
            block.append(line)
    if block:
        yield tag, block


def _cards(body: list[str], deck: str) -> Iterator[_Card]:
    fence = ""
    for place, line in enumerate(body):
        fence = _fence_after(fence, line)
        if not fence and line.strip() in ("?", "??"):
            front, back = (obsidian_plain("\n".join(part)).strip() for part in (body[:place], body[place + 1 :]))
            yield _Card(flashcard(front, back) if front and back else None, front, deck)
            if line.strip() == "??" and front and back:
                yield _Card(flashcard(back, front), back, deck)
            return
    text = "\n".join(body)
    for line in body:
        blank = _CODE.sub(lambda found: "x" * len(found.group()), line)
        if "::" in blank and (pair := _INLINE.match(blank)):
            front, back = (obsidian_plain(line[pair.start(n) : pair.end(n)]).strip() for n in (1, 3))
            yield _Card(flashcard(front, back), front, deck)
            if pair[2] == ":::":
                yield _Card(flashcard(back, front), back, deck)
    if _HIGHLIGHT.search(text) and not any(_INLINE.match(line) for line in body):
        marked = obsidian_plain(_HIGHLIGHT.sub(f"{OPEN}\\1{CLOSE}", text)).strip()
        yield _Card(as_item(marked), marked.replace(OPEN, "").replace(CLOSE, ""), deck)


def _groups(schedule: str) -> Iterator[Past]:
    """Read the groups of a comment: ``!due,interval,ease`` or the longer form of FSRS."""
    for group in filter(None, schedule.split("!")):
        parts = group.split(",")
        try:
            yield Past(standing=_believable(_fsrs(parts[1:]) if parts[0] == "fsrs" else _sm2(parts)))
        except (ValueError, IndexError, OverflowError):
            yield Past()


def _believable(standing: Standing) -> Standing:
    """Return a schedule whose numbers a program can have meant.

    Raises
    ------
    ValueError
    """
    memory = (
        standing.stability is None
        or standing.difficulty is None
        or (_LEAST_STABILITY <= standing.stability <= _MOST_DAYS and 1 <= standing.difficulty <= 10)
    )
    counts = 0 <= standing.interval <= _MOST_DAYS and all(
        0 <= count <= _MOST_REVIEWS for count in (standing.reps, standing.lapses)
    )
    if not (memory and counts and 0 < standing.last_review < _LATEST and 0.1 <= standing.ease <= 10):
        raise ValueError("no schedule has such numbers")
    return standing


def _sm2(parts: list[str]) -> Standing:
    due, interval = date.fromisoformat(parts[0]).toordinal(), round(float(parts[1]))
    seen = datetime.combine(date.fromordinal(due - interval), datetime.min.time(), UTC).timestamp()
    return Standing(due, interval, round(seen * 1000), ease=float(parts[2]) / 100)


def _fsrs(parts: list[str]) -> Standing:
    seen = datetime.fromisoformat(parts[8].replace("Z", "+00:00"))
    return Standing(
        due_day=date.fromisoformat(parts[0][:10]).toordinal(),
        interval=round(float(parts[1])),
        last_review=round(seen.timestamp() * 1000),
        stability=float(parts[2]),
        difficulty=float(parts[3]),
        phase=_PHASES[int(parts[4])],
        reps=int(parts[5]),
        lapses=int(parts[6]),
    )


IMPORTERS = (Markdown(),)

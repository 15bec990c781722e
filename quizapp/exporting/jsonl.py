"""JSON lines, the archive: everything that makes up a deck and what is remembered of it, as it was written.

One object a line, told apart by its only key: ``archive`` (first), ``deck``, ``item``, ``review``. A deck is followed
by its items, an item by its reviews. Nothing is realised: a computed item stays one item, whatever its variants.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, ClassVar

from quizapp.exporting.base import ExportDeck, Exporter, ExportItem, Schedule, Selection
from quizapp.questions.base import ItemSpec
from quizapp.scheduling.model import CardState
from quizapp.store.records import LoggedReview
from quizapp.text import Text

VERSION = 1


def spec_data(spec: ItemSpec) -> dict[str, Any]:
    """Return an item as its YAML would say it: only what differs from the defaults, in the order of the model."""
    data = spec.model_dump(mode="json", exclude_defaults=True)
    if "form" in data:
        # In YAML it has a name that Python reserves.
        data["as"] = data.pop("form")
    return data


def state_data(state: CardState) -> dict[str, Any]:
    """Return a state as plain data."""
    return {**state._asdict(), "phase": state.phase.value}


def review_data(review: LoggedReview) -> dict[str, Any]:
    """Return a review as plain data; which corrections led to it is not kept."""
    answer = {**review.answer._asdict(), "rating": int(review.answer.rating)}
    return {"answer": answer, "state": state_data(review.state), "phase_before": review.phase_before}


class Jsonl(Exporter):
    """See the module."""

    name: ClassVar[str] = "jsonl"
    suffix: ClassVar[str] = ".jsonl"
    summary: ClassVar[str] = "JSON lines, the archive: items as written, reviews, settings"

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the archive."""
        for line in _lines(selection):
            # Half of a surrogate pair can't be encoded; as an escape it survives.
            text = json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            out.write(text.encode("utf-8", "backslashreplace") + b"\n")


def _lines(selection: Selection) -> Iterator[Mapping[str, Any]]:
    head: dict[str, Any] = {"version": VERSION, "title": selection.title}
    if selection.scheduling is not None:
        head["settings"] = dict(selection.scheduling.settings)
    yield {"archive": head}
    for deck in selection.decks:
        yield {"deck": _deck(deck)}
        for item in deck.items:
            yield {"item": _item(item)}
            if item.schedule is not None:
                yield from ({"review": review_data(review)} for review in item.schedule.reviews)


def _deck(deck: ExportDeck) -> dict[str, Any]:
    return {"id": deck.id, "title": _both(deck.title), "area": deck.area}


def _item(item: ExportItem) -> dict[str, Any]:
    data: dict[str, Any] = {"identity": item.identity, "spec": spec_data(item.spec)}
    if item.schedule is not None:
        data["schedule"] = _schedule(item.schedule)
    return data


def _schedule(schedule: Schedule) -> dict[str, Any]:
    return {"state": state_data(schedule.state), "suspended": schedule.suspended}


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


EXPORTERS = (Jsonl(),)

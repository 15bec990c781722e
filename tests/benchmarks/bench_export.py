"""An Anki package of 10,000 bilingual notes with schedules, against the anki package (and genanki, where installed)."""

import tempfile
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from anki.collection import Collection, DeckIdLimit, ExportAnkiPackageOptions
from anki.decks import DeckId

from quizapp.exporting.base import ExportDeck, ExportItem, ExportQuestion, Recall, Schedule, Scheduling, Selection
from quizapp.exporting.registry import exporter
from quizapp.questions.registry import parse_spec
from quizapp.text import Text
from tests.benchmarks.bench_store import state
from tests.benchmarks.measuring import Ratio, paired

NOTES = 10_000
PLAIN_PARAMETERS_DECAY = 0.1542


def words(number: int) -> tuple[Text, Text]:
    front = Text(f"What does rule {number} say about the step size?", f"规则 {number} 对步长有何要求？")
    back = Text(f"It shrinks by {number} parts in a thousand.", f"每次缩小千分之 {number}。")
    return front, back


def selection() -> Selection:
    items = []
    for number in range(NOTES):
        front, back = words(number)
        fields = {"en": front.en, "zh": front.zh}, {"en": back.en, "zh": back.zh}
        spec = {"id": f"rule-{number}", "type": "flashcard", "topics": ["t"], "front": fields[0], "back": fields[1]}
        items.append(
            ExportItem(
                identity=f"deck/rule-{number}",
                type="flashcard",
                title=front,
                topics=("t",),
                errata=(),
                tags=(),
                revision=str(number),
                modified=1_790_000_000,
                spec=parse_spec(spec),
                questions=(ExportQuestion(front, Recall(back), back),),
                schedule=Schedule(state(number)),
            )
        )
    deck = ExportDeck("deck", Text("Deck", "牌组"), "area", Text("Area", "领域"), tuple(items))
    return Selection("benchmark", "both", (deck,), Scheduling(4, UTC, 0.9, PLAIN_PARAMETERS_DECAY))


def with_anki() -> None:
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder, "collection.anki2")))
        basic: Any = collection.models.by_name("Basic")
        for number in range(NOTES):
            note: Any = collection.new_note(basic)
            front, back = words(number)
            note["Front"], note["Back"] = front.shown("both"), back.shown("both")
            collection.add_note(note, DeckId(1))
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=False, legacy=True)
        collection.export_anki_package(
            out_path=str(Path(folder, "out.apkg")), options=options, limit=DeckIdLimit(DeckId(1))
        )
        collection.close()


def with_genanki(genanki: Any) -> object:
    model = genanki.Model(
        1_234_567,
        "Plain",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}"}],
    )
    deck = genanki.Deck(7_654_321, "Deck")
    for number in range(NOTES):
        front, back = words(number)
        deck.add_note(genanki.Note(model=model, fields=[front.shown("both"), back.shown("both")]))
    with tempfile.TemporaryDirectory() as folder:
        return genanki.Package(deck).write_to_file(str(Path(folder, "out.apkg")))


def measure() -> list[Ratio]:
    chosen, apkg = selection(), exporter("apkg")

    def ours() -> object:
        return apkg.write(chosen, BytesIO())

    found = [paired(f"{NOTES:,} notes with schedules / anki package", ours, with_anki, "≤ 0.25", rounds=3)]
    try:
        import genanki  # type: ignore[import-not-found, unused-ignore]  # a peer, not a dependency
    except ImportError:
        return found
    peer = paired(f"{NOTES:,} notes / genanki", ours, lambda: with_genanki(genanki), "≤ 0.6", rounds=3)
    return [*found, peer]

"""An Anki package. See ``apkg_package`` for the file, ``apkg_notetypes`` for how cards look."""

from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from quizapp.exporting.apkg_fields import Fields
from quizapp.exporting.apkg_names import deck_tree, note_guid, note_name, tags
from quizapp.exporting.apkg_notetypes import REVISED, note_types_json
from quizapp.exporting.apkg_package import Card, Collection, Note, write_package
from quizapp.exporting.apkg_schedule import Calendar, log_rows
from quizapp.exporting.base import Exporter, Selection


class Apkg(Exporter):
    """See the module."""

    name: ClassVar[str] = "apkg"
    suffix: ClassVar[str] = ".apkg"
    summary: ClassVar[str] = "Anki package: cards to tap and type, formulas, both languages, schedules"

    def advice(self, selection: Selection) -> tuple[str, ...]:
        """Say what Anki does not do by itself."""
        if not any(item.schedule is not None for item in selection.items):
            return ()
        return (
            "Tick 'Import any learning progress' in Anki's import window: schedules arrive with the first import only.",
            "Switch on FSRS in Anki's deck options, or Anki schedules by its older method.",
        )

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write the package."""
        decks, numbers = deck_tree(selection)
        fields = Fields(selection.display)
        schedules = (item.schedule for item in selection.items if item.schedule is not None)
        calendar = Calendar(selection.scheduling, schedules)
        modified = max([REVISED, *(item.modified for item in selection.items)])
        collection = Collection(
            created=calendar.created,
            modified=modified,
            note_types=note_types_json(selection.display),
            decks=decks,
            minutes_west=calendar.minutes_west,
            rollover_hour=calendar.rollover_hour,
            # Filled while the notes are made, and read after them.
            media=fields.media,
        )
        write_package(collection, _notes(selection, numbers, fields, calendar), out)


def _notes(selection: Selection, decks: dict[str, int], fields: Fields, calendar: Calendar) -> Iterator[Note]:
    position = 0
    for deck in selection.decks:
        for item in deck.items:
            for place, question in enumerate(item.questions):
                position += 1
                name = note_name(item, question)
                note_type, content = fields.note(name, item.identity, question)
                # One item has one memory: the first of several variants takes it, the others start as new cards.
                schedule = item.schedule if place == 0 and selection.scheduling is not None else None
                modified = max(REVISED, item.modified)
                yield Note(
                    guid=note_guid(item, question),
                    note_type=note_type.id,
                    deck=decks[deck.id],
                    modified=modified,
                    tags=tags(deck, item, question),
                    fields=content,
                    sort=name,
                    card=Card(modified=modified, due=position) if schedule is None else calendar.card(schedule),
                    log=() if schedule is None else log_rows(schedule.reviews),
                )


EXPORTERS = (Apkg(),)

"""``quizapp import``: decks of other programs become decks of your own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.options import chosen_folders, folder_options, json_option
from quizapp.clock import Clock
from quizapp.errors import UsageProblem

if TYPE_CHECKING:
    from quizapp.importing.intake import Outcome
    from quizapp.paths import Folders

SHOWN = 20
"""How many skipped cards are named one by one without ``--json``."""


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--into", metavar="DECK", help="Put everything into this deck of your own.")
@click.option("--format", "format_", help="The format, where the file's ending does not say it.")
@click.option("--replace", is_flag=True, help="Take the file's words even where you have edited them.")
@click.option("--settings", "with_settings", is_flag=True, help="Take over the settings of an archive as well.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@json_option
@folder_options
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    into: str | None,
    format_: str | None,
    replace: bool,
    with_settings: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import decks from Anki, CSV, Markdown or an archive of quizapp.

    Importing again updates what has changed, adds what is new and never overwrites your own edits.
    """
    from quizapp.importing.intake import intake
    from quizapp.importing.registry import importer_for
    from quizapp.library import Library

    folders = chosen_folders(ctx)
    importer = importer_for(file, format_)
    incoming = importer.read(file)
    with Library.open(folders, Clock(), readonly=True) as library:
        outcome = intake(library, incoming, into=into, replace=replace)
    taken = len(outcome.histories)
    if not dry_run:
        _write(folders, outcome)
        taken = _adopt(folders, outcome)
        if with_settings and incoming.settings:
            _take_settings(folders, dict(incoming.settings))
    elif with_settings and incoming.settings:
        outcome.notes.append(f"{len(incoming.settings)} settings would be taken over.")
    if outcome.files and folders.data.resolve() not in {path.resolve() for path in folders.content}:
        outcome.notes.append(f"{folders.decks} is not read unless --content names {folders.data} as well.")
    _report(outcome, importer.name, file, taken, dry_run=dry_run, as_json=as_json)


def _write(folders: "Folders", outcome: "Outcome") -> None:
    from quizapp.exporting.writing import replace_file

    if outcome.files:
        folders.decks.mkdir(parents=True, exist_ok=True)
    for path, content in outcome.files.items():
        replace_file(path, content)


def _adopt(folders: "Folders", outcome: "Outcome") -> int:
    if not outcome.histories:
        return 0
    from quizapp.store.adopting import adopt
    from quizapp.store.store import Store

    with Store.open(folders.database, Clock()) as store:
        return adopt(store, outcome.histories)


def _take_settings(folders: "Folders", settings: dict[str, str]) -> None:
    from quizapp.library import Library
    from quizapp.settings import changed

    with Library.open(folders, Clock()) as library:
        present = library.settings
        for name, text in settings.items():
            try:
                present = changed(present, name, text)
            except UsageProblem as problem:
                diagnostics.note(f"Not taken over: {problem.message}")
        library.save_settings(present)


def _report(outcome: "Outcome", name: str, file: Path, taken: int, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        output.document(
            {
                "file": str(file),
                "format": name,
                "dry_run": dry_run,
                "added": outcome.added,
                "updated": outcome.updated,
                "unchanged": outcome.unchanged,
                "skipped": [{"item": item, "reason": reason} for item, reason in outcome.skipped],
                "schedules": taken,
                "reviews": sum(len(history.reviews) for history in outcome.histories),
                "files": [str(path) for path in outcome.files],
                "notes": outcome.notes,
            }
        )
        return
    would = "would be " if dry_run else ""
    lists = outcome.added, outcome.updated, outcome.unchanged, outcome.skipped
    added, updated, unchanged, skipped = (len(each) for each in lists)
    output.line(
        f"{added} {would}added, {updated} {would}updated, {unchanged} unchanged, {skipped} skipped; "
        f"{taken} schedules {would}taken over."
    )
    for path in outcome.files:
        output.line(str(path))
    for item, reason in outcome.skipped[:SHOWN]:
        diagnostics.note(f"Skipped {item}: {reason}")
    if len(outcome.skipped) > SHOWN:
        diagnostics.note(f"… and {len(outcome.skipped) - SHOWN} more; --json names all.")
    for note in outcome.notes:
        diagnostics.note(note)

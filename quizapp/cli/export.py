"""``quizapp export``: decks for other programs; the file appears whole or not at all."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.options import chosen_folders, folder_options, json_option, language_option
from quizapp.clock import Clock
from quizapp.errors import UsageProblem
from quizapp.exporting.writing import replace_file, target_of, written

if TYPE_CHECKING:
    from quizapp.exporting.base import Exporter, Selection
    from quizapp.text import Display

STDOUT = "-"


@click.command()
@click.argument("format_", metavar="[FORMAT]", required=False)
@click.option("--list", "as_list", is_flag=True, help="List the formats.")
@click.option("--out", type=click.Path(), help="The file to write; - for stdout.")
@click.option("--deck", "decks", multiple=True, help="Only this deck; may be repeated.")
@click.option("--topic", "topics", multiple=True, help="Only items on this topic; may be repeated.")
@click.option("--tag", "tags", multiple=True, help="Only items with this tag; may be repeated.")
@click.option("--search", help="Only items that contain these words.")
@click.option("--due", is_flag=True, help="Only items that are due today.")
@click.option("--variants", type=click.IntRange(1, 1000), default=3, show_default=True, help="Per computed item.")
@click.option("--seed", type=click.IntRange(0, 2**31), default=0, show_default=True, help="Where variants begin.")
@click.option("--with-schedule", is_flag=True, help="Take along what is remembered, and every review.")
@language_option
@json_option
@folder_options
@click.pass_context
def export(
    ctx: click.Context,
    format_: str | None,
    as_list: bool,
    out: str | None,
    decks: tuple[str, ...],
    topics: tuple[str, ...],
    tags: tuple[str, ...],
    search: str | None,
    due: bool,
    variants: int,
    seed: int,
    with_schedule: bool,
    as_json: bool,
) -> None:
    """Export decks to Anki, CSV, … (--list names every format).

    The same call on the same content and progress writes the same bytes.
    """
    from quizapp.exporting.registry import exporter, exporters
    from quizapp.exporting.selection import Wanted, select
    from quizapp.library import Library

    if as_list:
        _list(list(exporters().values()), as_json=as_json)
        return
    if format_ is None:
        raise UsageProblem("Name a format.", f"One of {', '.join(exporters())}.")
    chosen = exporter(format_)
    if out is None:
        raise UsageProblem("Say where to write.", f"For instance --out quizapp{chosen.suffix}, or --out - for stdout.")
    # A wrong folder should not be found out only when all the work is done.
    target = None if out == STDOUT else target_of(Path(out))
    with Library.open(chosen_folders(ctx), Clock(), readonly=True) as library:
        display = cast("Display", ctx.ensure_object(dict).get("lang") or "both")
        selection = select(
            library,
            Wanted(decks, topics, tags, search, due),
            display=display,
            variants=variants,
            seed=seed,
            with_schedule=with_schedule,
            progress=_show_progress if sys.stderr.isatty() else None,
        )
    if not selection.decks:
        _explain(selection.left_out)
        raise UsageProblem(
            "No item fits, so nothing was written.", "Ask for less with --deck, --topic, --tag, --search."
        )
    content = written(chosen, selection)
    if target is None:
        output.write_bytes(content)
    else:
        replace_file(target, content)
    _report(chosen, selection, out, as_json=as_json and target is not None)


def _list(known: "list[Exporter]", *, as_json: bool) -> None:
    if as_json:
        output.document([{"name": one.name, "suffix": one.suffix, "summary": one.summary} for one in known])
        return
    output.table([(one.name, one.suffix, one.summary) for one in known])


def _show_progress(done: int, count: int) -> None:
    """Draw the progress on the terminal, every hundredth part of it."""
    if done == count:
        sys.stderr.write("\r\x1b[K")
    elif done % max(1, count // 100) == 0:
        sys.stderr.write(f"\r{done:>6} / {count}")
    sys.stderr.flush()


def _explain(left_out: tuple[tuple[str, str], ...]) -> None:
    for item, reason in left_out:
        diagnostics.note(f"Left out {item}: {reason}")


def _report(exporter: "Exporter", selection: "Selection", out: str, *, as_json: bool) -> None:
    left_out = (*selection.left_out, *exporter.refused(selection))
    items = len(selection.items)
    questions = sum(len(item.questions) for item in selection.items)
    if as_json:
        output.document(
            {
                "format": exporter.name,
                "file": out,
                "decks": len(selection.decks),
                "items": items,
                "questions": questions,
                "scheduled": sum(item.schedule is not None for item in selection.items),
                "left_out": [{"item": item, "reason": reason} for item, reason in left_out],
                "advice": list(exporter.advice(selection)),
            }
        )
        return
    _explain(left_out)
    where = "stdout" if out == STDOUT else out
    decks = "1 deck" if len(selection.decks) == 1 else f"{len(selection.decks)} decks"
    diagnostics.note(f"{items} items as {questions} questions from {decks}: {where}")
    for sentence in exporter.advice(selection):
        diagnostics.note(sentence)

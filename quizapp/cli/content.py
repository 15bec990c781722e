"""``quizapp content``: list, check and measure the study content."""

from pathlib import Path

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.options import chosen_folders, folder_options, json_option


@click.group()
def content() -> None:
    """List, check and measure the study content."""


@content.command("list")
@json_option
@folder_options
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List all items."""
    from quizapp.catalogue.catalogue import Catalogue
    from quizapp.catalogue.coverage import content_list

    with Catalogue.open(chosen_folders(ctx)) as catalogue:
        entries = content_list(catalogue)
    if as_json:
        output.document(entries)
        return
    output.table([(entry["id"], entry["type"], f"{entry['file']}:{entry['line']}") for entry in entries])


@content.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@json_option
@folder_options
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Check content files: all errors of all files in one run."""
    from quizapp.catalogue.check import check as run_check
    from quizapp.catalogue.finding import Severity, has_errors

    findings = run_check(chosen_folders(ctx).content, paths)
    if as_json:
        output.document([found.as_dict() for found in findings])
    else:
        for found in findings:
            output.line(str(found) if found.severity is Severity.ERROR else f"{found} (warning)")
        errors = sum(found.severity is Severity.ERROR for found in findings)
        diagnostics.note(
            f"{errors} errors, {len(findings) - errors} warnings." if findings else "The content is in order."
        )
    ctx.exit(diagnostics.ExitCode.WRONG if has_errors(findings) else diagnostics.ExitCode.OK)


@content.command()
@click.option("--kind", type=click.Choice(["deck", "skill", "exercise", "syllabus"]), default="deck", show_default=True)
@click.option("--write", type=click.Path(path_type=Path), help="Write all schemas into this folder instead.")
def schema(kind: str, write: Path | None) -> None:
    """Print the JSON Schema of a deck file (or another kind of content file)."""
    from quizapp.catalogue.schemas import schemas, write_schemas

    if write is None:
        output.document(schemas()[kind])
        return
    for path in write_schemas(write):
        diagnostics.note(f"Wrote {path}.")


@content.command()
@json_option
@folder_options
@click.pass_context
def coverage(ctx: click.Context, as_json: bool) -> None:
    """Say which topics, errata and skills the items cover."""
    from quizapp.catalogue.catalogue import Catalogue
    from quizapp.catalogue.coverage import coverage as measure

    with Catalogue.open(chosen_folders(ctx)) as catalogue:
        covered = measure(catalogue)
    if as_json:
        output.document(covered)
        return
    topics = covered["topics"]
    asked = sum(bool(items) for items in topics.values())
    output.line(f"{asked} of {asked + len(covered['uncovered'])} topics are asked about.")
    output.line(f"{sum(bool(items) for items in covered['errata'].values())} errata of the notes are put right.")
    for title, names in (
        ("Skills that no item asks", covered["skills_unasked"]),
        ("Exercises that no item uses", covered["exercises_unused"]),
    ):
        if names:
            output.line(f"{title}: {', '.join(names)}")

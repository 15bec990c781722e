"""``quizapp grade``: a whole class at once."""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.diagnostics import ExitCode
from quizapp.cli.options import chosen_folders, chosen_language, folder_options, language_option
from quizapp.errors import UnknownName, UsageProblem
from quizapp.exporting.writing import replace_file
from quizapp.text import Text

if TYPE_CHECKING:
    from quizapp.coding.batch import Graded
    from quizapp.coding.executors import Workers
    from quizapp.coding.journal import Journal
    from quizapp.coding.runner import Reveal
    from quizapp.coding.submissions import Submission
    from quizapp.questions.words import ExerciseWords

STDOUT = "-"
FORMATS = ["json", "csv", "junit", "gradescope"]


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--exercise", "exercise_id", metavar="ID", help="What all of them solve; otherwise told by the names.")
@click.option("--jobs", type=click.IntRange(1, 512), help="Worker processes; as many as there are cores.")
@click.option("--executor", metavar="dask://HOST:PORT", help="Grade on a Dask cluster.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True)
@click.option("--out", metavar="FILE", type=click.Path(), default=STDOUT, help="Instead of stdout.")
@click.option(
    "--stats", metavar="FILE", type=click.Path(path_type=Path), help="Write which mistakes were made as JSON."
)
@click.option("--require-isolation", is_flag=True, help="Run nothing unless the system can confine it fully.")
@click.option("--fail-under", type=click.FloatRange(0, 1), metavar="X", help="Exit with 1 if any score is below X.")
@click.option("--resume", is_flag=True, help="Go on where a run with the same --out stopped; grade what has changed.")
@click.option(
    "--reveal",
    type=click.Choice(["verdict", "property", "difference", "solution"]),
    default="difference",
    show_default=True,
    help="How much the reports tell.",
)
@language_option
@folder_options
@click.pass_context
def grade(
    ctx: click.Context,
    paths: tuple[Path, ...],
    exercise_id: str | None,
    jobs: int | None,
    executor: str | None,
    form: str,
    out: str,
    stats: Path | None,
    require_isolation: bool,
    fail_under: float | None,
    resume: bool,
    reveal: str,
) -> None:
    """Grade files, notebooks and folders with one file or sub-folder per learner.

    Beside --out a journal is kept, from which --resume takes what is graded already.
    """
    target = None if out == STDOUT else _target(Path(out))
    if stats is not None:
        _target(stats)
    if resume and target is None:
        raise UsageProblem("There is nothing to resume without a file.", "Name it with --out.")
    from quizapp.coding import tally
    from quizapp.coding.batch import grade_all
    from quizapp.coding.report import renderer
    from quizapp.coding.runner import find_exercise
    from quizapp.coding.submissions import collect

    if exercise_id is not None:
        find_exercise(exercise_id)
    submissions = collect(paths, exercise_id)
    words = _words(ctx)
    journal = _journal(target, resume=resume)
    graded: list[Graded] = []
    try:
        with _workers(submissions, jobs, executor) as workers, _kept(journal):
            each = grade_all(
                submissions,
                workers,
                words,
                reveal=cast("Reveal", reveal),
                require_isolation=require_isolation,
                journal=journal,
            )
            graded.extend(_with_progress(each, len(submissions)))
    except BaseException:
        if journal is not None and graded:
            diagnostics.note(f"What is graded is kept in {journal.path}; go on with --resume.")
        raise
    graded.sort(key=lambda one: one.position)
    content = renderer(form)(graded)
    if target is None:
        output.write_bytes(content)
    else:
        replace_file(target, content)
    counts = tally.tally(graded)
    if stats is not None:
        replace_file(stats, _json(tally.document(counts, words)))
    _summarise(ctx, counts, words)
    ctx.exit(_exit_code(graded, fail_under))


def _target(path: Path) -> Path:
    """Refuse a place that can't be written before the work is done, not after."""
    if path.is_dir():
        raise UsageProblem(f"{path} is a folder.", "Name a file in it.")
    if path.exists() and not path.is_file():  # a device would be replaced by a file of its name
        raise UsageProblem(f"{path} is no plain file.", "Name one, or --out - for stdout.")
    if not path.parent.is_dir():
        raise UsageProblem(f"The folder {path.parent} does not exist.", "Make it first, or name another one.")
    return path


def _words(ctx: click.Context) -> "Callable[[str], ExerciseWords | None]":
    from quizapp.catalogue.catalogue import Catalogue

    folders = chosen_folders(ctx)

    @cache
    def words(name: str) -> "ExerciseWords | None":
        with Catalogue.open(folders) as catalogue:
            try:
                return catalogue.exercise_words(name)
            except UnknownName:
                return None

    return words


def _journal(target: Path | None, *, resume: bool) -> "Journal | None":
    from quizapp.coding.journal import Journal, journal_path

    return None if target is None else Journal(journal_path(target), resume=resume)


def _kept(journal: "Journal | None") -> Any:
    from contextlib import nullcontext

    return nullcontext() if journal is None else journal


def _workers(submissions: "list[Submission]", jobs: int | None, executor: str | None) -> "Workers":
    from quizapp.coding.executors import cores, dask, in_process, processes

    if executor is not None:
        return dask(executor)
    count = min(jobs or cores(), len(submissions))
    return in_process() if count == 1 else processes(count)


def _with_progress(graded: "Iterable[Graded]", count: int) -> "Iterator[Graded]":
    if not sys.stderr.isatty():
        yield from graded
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=count)
        for one in graded:
            bar.advance(task)
            yield one


def _json(data: Any) -> bytes:
    import json

    return (json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _summarise(ctx: click.Context, counts: Any, words: "Callable[[str], ExerciseWords | None]") -> None:
    """Say on stderr how the class did, and which mistakes were made most."""
    display = chosen_language(ctx, "en")
    for name, one in counts.items():
        total = len(one.scores)
        title = name or Text("no exercise recognised", "未识别出练习").shown(display, " / ")
        states = ", ".join(f"{count} {status}" for status, count in one.statuses.most_common())
        diagnostics.note(f"{title}: {total}; {states}")
        known = words(name) if name else None
        for slug, count in one.mutants.most_common():
            text = known.mutants[slug].text if known is not None and slug in known.mutants else None
            said = f": {text.shown(display, ' / ')}" if text is not None else ""
            diagnostics.note(f"  {Text(f'{count} of {total}', f'{count}/{total}').shown(display, ' = ')} {slug}{said}")
        for rule, count in one.rules.most_common():
            broke = Text(f"{count} of {total} broke the rule {rule}", f"{count}/{total}违反规则{rule}")
            diagnostics.note(f"  {broke.shown(display, ' / ')}")


def _exit_code(graded: "list[Graded]", fail_under: float | None) -> ExitCode:
    if not all(one.graded for one in graded):
        return ExitCode.ENVIRONMENT
    if fail_under is not None and any(one.report["score"] < fail_under for one in graded):
        return ExitCode.WRONG
    return ExitCode.OK

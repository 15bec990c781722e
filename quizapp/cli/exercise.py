"""``quizapp exercise``: write a function in any editor and have it checked."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.diagnostics import ExitCode
from quizapp.cli.options import chosen_folders, folder_options, json_option, language_option
from quizapp.errors import UnknownName, UsageProblem

if TYPE_CHECKING:
    from quizapp.coding.runner import Reveal
    from quizapp.questions.words import ExerciseWords
    from quizapp.text import Display, Text

SECONDS_BETWEEN_LOOKS = 0.3


@click.group()
def exercise() -> None:
    """Coding exercises: list, start, check, watch, hint, solution."""


def _display(ctx: click.Context) -> "Display":
    """Return the language asked for, or else the person's own."""
    chosen = ctx.ensure_object(dict).get("lang")
    if chosen is None:
        from quizapp.clock import Clock
        from quizapp.library import Library

        with Library.open(chosen_folders(ctx), Clock(), readonly=True) as library:
            chosen = library.settings.language
    return cast("Display", chosen)


def _folder_option(command: Any) -> Any:
    return click.option(
        "--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help="Instead of the workspace."
    )(command)


def _workspace(ctx: click.Context, folder: Path | None) -> Path:
    return folder if folder is not None else chosen_folders(ctx).workspace


def _words(ctx: click.Context, name: str) -> "ExerciseWords | None":
    from quizapp.catalogue.catalogue import Catalogue

    with Catalogue.open(chosen_folders(ctx)) as catalogue:
        try:
            return catalogue.exercise_words(name)
        except UnknownName:
            return None


def _needed_words(ctx: click.Context, name: str) -> "ExerciseWords":
    words = _words(ctx, name)
    if words is None:
        raise UsageProblem(f"The exercise {name} has no words in this content.", "Leave --content out.")
    return words


@contextmanager
def _sandbox(*, require: bool = False) -> Iterator[Any]:
    from quizapp.coding.sandbox import Sandbox

    with Sandbox("require" if require else "auto") as sandbox:
        yield sandbox


@exercise.command("list")
@json_option
@language_option
@folder_options
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List the exercises."""
    from engine.registry import exercise_ids
    from quizapp.catalogue.catalogue import Catalogue
    from quizapp.coding.runner import find_exercise
    from quizapp.coding.workspace import file_name

    workspace = chosen_folders(ctx).workspace
    entries = []
    with Catalogue.open(chosen_folders(ctx)) as catalogue:
        for name in exercise_ids():
            found = find_exercise(name)
            try:
                title = catalogue.exercise_words(name).title
            except UnknownName:
                continue
            path = workspace / file_name(name)
            entries.append(
                {
                    "id": name,
                    "area": found.area,
                    "version": found.version,
                    "title": {"en": title.en, "zh": title.zh},
                    "function": found.function,
                    "signature": found.signature,
                    "rules": list(found.rules.slugs),
                    "mutants": list(found.mutants),
                    "file": str(path),
                    "started": path.exists(),
                }
            )
    if as_json:
        output.document(entries)
        return
    output.table([(str(e["id"]), str(e["area"]), "started" if e["started"] else "", _title(ctx, e)) for e in entries])


def _title(ctx: click.Context, entry: dict[str, Any]) -> str:
    from quizapp.text import Text

    return Text(**entry["title"]).shown(_display(ctx), " / ")


@exercise.command()
@click.argument("name", metavar="ID")
@_folder_option
@click.option("--reset", is_flag=True, help="Begin anew; what was written is kept beside it.")
@language_option
@folder_options
@click.pass_context
def start(ctx: click.Context, name: str, folder: Path | None, reset: bool) -> None:
    """Write the stub with the task as its docstring, and say where."""
    from quizapp.coding import workspace
    from quizapp.coding.runner import find_exercise

    found = find_exercise(name)
    path = workspace.start(_workspace(ctx, folder), found, _needed_words(ctx, name), _display(ctx), reset=reset)
    output.line(str(path))
    diagnostics.note(f"Write it in any editor; `quizapp exercise watch {name}` checks it on every save.")


@exercise.command()
@click.argument("name", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@_folder_option
@click.option(
    "--reveal",
    type=click.Choice(["verdict", "property", "difference", "solution"]),
    default="difference",
    show_default=True,
    help="How much is told.",
)
@click.option("--require-isolation", is_flag=True, help="Run nothing unless the system can confine it fully.")
@json_option
@language_option
@folder_options
@click.pass_context
def check(
    ctx: click.Context,
    name: str,
    file: Path | None,
    folder: Path | None,
    reveal: str,
    require_isolation: bool,
    as_json: bool,
) -> None:
    """Check a submission: exit code 0 if it passes, 1 if not."""
    from quizapp.coding.runner import check as run_check
    from quizapp.coding.runner import find_exercise
    from quizapp.coding.workspace import file_name, read_source

    find_exercise(name)
    path: Path | None = None
    if file is not None and str(file) == "-":
        source = sys.stdin.read()
    else:
        path = file if file is not None else _workspace(ctx, folder) / file_name(name)
        source = read_source(path)
    words = _words(ctx, name)
    with _sandbox(require=require_isolation) as sandbox:
        report = run_check(name, source, words, sandbox, reveal=cast("Reveal", reveal))
    if path is not None and path == _workspace(ctx, folder) / file_name(name):
        _note_if_passed(path, report, source)
    if as_json:
        output.document(report)
    else:
        _tell(report, _display(ctx))
    ctx.exit(ExitCode.OK if report["status"] == "passed" else ExitCode.WRONG)


def _note_if_passed(path: Path, report: dict[str, Any], source: str) -> None:
    """Remember a pass beside the file, so that the list of exercises shows it wherever it was written."""
    from engine.registry import exercise
    from quizapp.coding.passed import note_passed

    if report["status"] == "passed":
        found = exercise(report["exercise"])
        note_passed(path.parent, found.id, found.version, source)


def _tell(report: dict[str, Any], display: "Display") -> None:
    from quizapp.coding.words import EXPECTED, GOT, INPUT, SMALLEST_INPUT
    from quizapp.markup.plain import plain
    from quizapp.text import Text

    passed = sum(case["status"] == "passed" for case in report["cases"])
    mark = "✓" if report["status"] == "passed" else "✗"
    output.line(f"{mark} {report['exercise']}: {report['status']}, {passed}/{len(report['cases'])}")
    output.line(plain(Text(**report["message"]).shown(display)))
    failure = report["first_failure"]
    if failure is not None and failure["input"] is not None:
        output.line((SMALLEST_INPUT if failure["smallest"] else INPUT).shown(display, " / "))
        for name, value in failure["input"].items():
            output.line(f"  {name} = {value}")
        if failure["got"] is not None:
            output.line(f"  {GOT.shown(display, ' / ')}: {failure['got']}")
        output.line(f"  {EXPECTED.shown(display, ' / ')}: {failure['expected']}")
        output.line(f"  {plain(Text(failure['difference'], failure['difference_zh']).shown(display, ' / '))}")
    for broken in report["rules"]:
        told = Text(broken["message"], broken["message_zh"]).shown(display, " / ")
        output.line(f"  {broken['line']}: {told}")
    if report.get("printed"):
        output.line("  " + report["printed"].rstrip().replace("\n", "\n  "))
    if "solution" in report:
        output.line()
        output.line(report["solution"].rstrip())


@exercise.command()
@click.argument("name", metavar="ID", required=False)
@_folder_option
@language_option
@folder_options
@click.pass_context
def watch(ctx: click.Context, name: str | None, folder: Path | None) -> None:
    """Check again on every save, until Ctrl-C."""
    from quizapp.coding.runner import find_exercise
    from quizapp.coding.workspace import file_name

    if name is not None:
        find_exercise(name)
    where = _workspace(ctx, folder)
    if name is not None and not (where / file_name(name)).exists():
        raise UsageProblem(f"{name} is not started yet.", f"Begin with `quizapp exercise start {name}`.")
    diagnostics.note(f"Watching {where / file_name(name) if name else where}; Ctrl-C ends.")
    with _sandbox() as sandbox:
        rechecks(
            lambda: _watched(where, name), lambda path: _recheck(ctx, path, sandbox), time.sleep, seen=name is None
        )
    diagnostics.note("")


def rechecks(
    paths: Callable[[], Iterable[Path]],
    recheck: Callable[[Path], None],
    wait: Callable[[float], None],
    *,
    seen: bool = False,
) -> None:
    """Check every file that was saved since the last look, until Ctrl-C.

    Parameters
    ----------
    paths : callable
        Returns the files to look at.
    recheck : callable
        Checks one file.
    wait : callable
        Passes the time between two looks, in seconds.
    seen : bool
        Whether what is there already needs no check.
    """
    from quizapp.coding.watching import Watcher

    watcher = Watcher(paths, seen=seen)
    with suppress(KeyboardInterrupt):
        while True:
            for path in watcher.saved():
                recheck(path)
            wait(SECONDS_BETWEEN_LOOKS)


def _watched(where: Path, name: str | None) -> list[Path]:
    from engine.registry import exercise_ids
    from quizapp.coding.workspace import file_name

    return [where / file_name(each) for each in ([name] if name is not None else exercise_ids())]


def _recheck(ctx: click.Context, path: Path, sandbox: Any) -> None:
    """Check a file that was just saved; an editor may be in the middle of it."""
    from quizapp.coding.runner import check as run_check
    from quizapp.coding.workspace import exercise_of, read_source

    try:
        source = read_source(path)
    except UsageProblem as error:
        diagnostics.note(error.message)
        return
    name = exercise_of(path)
    output.line()
    report = run_check(name, source, _words(ctx, name), sandbox)
    _note_if_passed(path, report, source)
    _tell(report, _display(ctx))


@exercise.command()
@click.argument("name", metavar="ID")
@click.option("--level", type=click.IntRange(1, 3), default=1, show_default=True, help="1 is the weakest hint.")
@language_option
@folder_options
@click.pass_context
def hint(ctx: click.Context, name: str, level: int) -> None:
    """Give a hint."""
    from quizapp.coding.runner import find_exercise

    find_exercise(name)
    hints = _needed_words(ctx, name).hints
    if level > len(hints):
        raise UsageProblem(f"{name} has {len(hints)} hints.", "Ask for a lower level.")
    _say(hints[level - 1].text, _display(ctx))


@exercise.command()
@click.argument("name", metavar="ID")
@_folder_option
@click.option("--give-up", is_flag=True, help="Show it although yours does not pass yet.")
@language_option
@folder_options
@click.pass_context
def solution(ctx: click.Context, name: str, folder: Path | None, give_up: bool) -> None:
    """Show the reference solution, once yours passes or you give up."""
    from engine.solution import solution as reference
    from quizapp.coding.runner import check as run_check
    from quizapp.coding.runner import find_exercise
    from quizapp.coding.workspace import file_name, read_source

    found = find_exercise(name)
    if not give_up:
        source = read_source(_workspace(ctx, folder) / file_name(name))
        with _sandbox() as sandbox:
            report = run_check(name, source, None, sandbox, reveal="verdict")
        if report["status"] != "passed":
            raise UsageProblem("Your version does not pass yet.", "Add --give-up to see the solution all the same.")
    output.line(reference(found).rstrip())


def _say(words: "Text", display: "Display") -> None:
    from quizapp.markup.plain import plain

    output.line(plain(words.shown(display)))

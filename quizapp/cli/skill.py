"""``quizapp skill``: the engine seen from outside; the author's microscope."""

from typing import Any

import click

from quizapp.cli import output
from quizapp.cli.diagnostics import ExitCode
from quizapp.cli.options import chosen_folders, folder_options, json_option
from quizapp.errors import UsageProblem


@click.group()
def skill() -> None:
    """Look at the computed questions: list, show, check."""


def _variant_options(command: Any) -> Any:
    for option in (
        click.option("--params", help="All parameters as JSON, instead of sampled ones."),
        click.option("--level", type=int, default=1, show_default=True, help="Level of difficulty, 1 to 3."),
        click.option("--seed", type=int, help="Seed of the variant; 0 if neither it nor --params is given."),
    ):
        command = option(command)
    return command


@skill.command("list")
@json_option
@folder_options
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List the skills."""
    from engine.registry import skill_ids
    from quizapp.catalogue.catalogue import Catalogue
    from quizapp.questions.skill_document import skill_list_entry

    with Catalogue.open(chosen_folders(ctx)) as catalogue:
        worded = set(catalogue.skills_with_words())
        entries = [skill_list_entry(name, catalogue.skill_words(name)) for name in skill_ids() if name in worded]
    if as_json:
        output.document(entries)
        return
    output.table([(entry["id"], entry["area"], entry["answer"]["kind"], entry["title"]["en"]) for entry in entries])


@skill.command()
@click.argument("name", metavar="ID")
@_variant_options
@json_option
@folder_options
@click.pass_context
def show(ctx: click.Context, name: str, seed: int | None, level: int, params: str | None, as_json: bool) -> None:
    """Show a question: prompt, answer, steps and every recognised wrong answer."""
    from quizapp.catalogue.catalogue import Catalogue
    from quizapp.questions.skill_document import find_skill, skill_document

    find_skill(name)
    with Catalogue.open(chosen_folders(ctx)) as catalogue:
        document = skill_document(name, _seed(seed, params), level, params, catalogue.skill_words(name))
    if as_json:
        output.document(document)
        return
    _describe(document)


def _describe(document: dict[str, Any]) -> None:
    from quizapp.markup.plain import plain

    answer = document["answer"]
    output.line(f"{document['skill']} v{document['version']}  level {document['level']}  seed {document['seed']}")
    output.line(f"params  {document['params']}")
    for language in ("en", "zh"):
        output.line()
        output.line(plain(document["prompt"][language], 100))
    output.line()
    output.line(f"answer  {answer['text']}   (full precision: {answer['value']})")
    for number, step in enumerate(document["steps"], 1):
        output.line(f"{number:>4}  {step['slug']}: {plain(step['en'])}")
        output.line(f"      {plain(step['zh'])}")
    for wrong in document["misconceptions"]:
        output.line(f"   ✗  {wrong['text']}  {wrong['slug']}: {plain(wrong['en'])}")
        output.line(f"      {plain(wrong['zh'])}")


@skill.command()
@click.argument("name", metavar="ID")
@click.option("--answer", required=True, help="The answer as a learner would type it.")
@_variant_options
@json_option
@folder_options
@click.pass_context
def check(
    ctx: click.Context, name: str, answer: str, seed: int | None, level: int, params: str | None, as_json: bool
) -> None:
    """Mark an answer: exit code 0 correct, 1 wrong, 2 invalid."""
    from quizapp.catalogue.catalogue import Catalogue
    from quizapp.markup.plain import plain
    from quizapp.questions.skill_document import check_answer, find_skill

    find_skill(name)
    with Catalogue.open(chosen_folders(ctx)) as catalogue:
        result = check_answer(name, answer, _seed(seed, params), level, params, catalogue.skill_words(name))
    if as_json:
        output.document(result)
    else:
        output.line(f"{result['verdict']}: {plain(result['message']['en'])}")
        if result["read_as"] is not None:
            output.line(f"read as {result['read_as']}")
    ctx.exit({"correct": ExitCode.OK, "wrong": ExitCode.WRONG, "invalid": ExitCode.USAGE}[result["verdict"]])


def _seed(seed: int | None, params: str | None) -> int | None:
    if seed is not None and params is not None:
        raise UsageProblem("--seed and --params exclude each other.", "Parameters fix everything that a seed draws.")
    return 0 if seed is None and params is None else seed


@skill.command()
@click.argument("name", metavar="ID")
@click.option("--area", required=True, help="The area of the syllabus it belongs to.")
@folder_options
@click.pass_context
def new(ctx: click.Context, name: str, area: str) -> None:
    """Write the first version of a new skill, with every place to fill in marked."""
    from quizapp.catalogue.catalogue import Catalogue
    from quizapp.catalogue.scaffold import new_skill

    with Catalogue.open(chosen_folders(ctx)) as catalogue:
        areas = tuple(entry.id for entry in catalogue.areas())
    output.lines(str(path) for path in new_skill(name, area, areas))

"""The linter: every rule about every file, at once. ``RULES`` is the list of rules about items and words.

The index judges by the loader and by names alone, which is what decides whether an item can be asked; here formulas are
rendered and skills are run as well.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from quizapp.catalogue import check_items, check_words
from quizapp.catalogue.check_skills import check_skill, misplaced_words
from quizapp.catalogue.explain import Problem
from quizapp.catalogue.finding import Finding, Severity, ordered
from quizapp.catalogue.loader import LoadedFile, load, spec_types
from quizapp.catalogue.names import Names, engine_names, resolve
from quizapp.catalogue.sources import Kind, Source, source_of, take_inventory
from quizapp.catalogue.yaml_places import FieldPath
from quizapp.errors import UsageProblem


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about one item's or one skill's words: a function from the model and its YAML to problems."""

    id: str
    severity: Severity
    find: Callable[[BaseModel, Any], Iterator[Problem]]


RULES: Final = (
    Rule("blank-words", Severity.ERROR, check_words.blank_words),
    Rule("formula", Severity.ERROR, check_words.formulas),
    Rule("untranslated", Severity.ERROR, check_words.untranslated),
    Rule("chinese-in-english", Severity.WARNING, check_words.chinese_in_english),
    Rule("one-language", Severity.WARNING, check_words.single_language),
    Rule("chinese-typography", Severity.WARNING, check_words.chinese_typography),
    Rule("english-typography", Severity.WARNING, check_words.english_typography),
    Rule("telltale-option", Severity.WARNING, check_items.telltale_option),
    Rule("stray-placeholder", Severity.WARNING, check_items.stray_placeholder),
)


def check(roots: Sequence[Path], paths: Sequence[Path] = ()) -> list[Finding]:
    """Return everything that is wrong with the content.

    Parameters
    ----------
    roots : sequence of Path
        Content folders; all of them are read, since names refer across files.
    paths : sequence of Path
        Report only what is in these files and folders, which may lie outside of the content folders.

    Raises
    ------
    UsageProblem
        If a path does not exist.
    """
    inventory = take_inventory(roots)
    sources = list(inventory.sources)
    chosen = [_existing(path) for path in paths]
    known = {Path(source.path).resolve() for source in sources}
    for path in chosen:
        named = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        sources.extend(source_of(file) for file in named if file.resolve() not in known)
    files = _load_all(sources)
    findings = [*inventory.findings, *(found for file in files for found in file.findings)]
    names = Names(engine=engine_names())
    for file in files:
        names.add(file)
    findings.extend(found for found, _ in resolve(names))
    if not chosen:
        return ordered(findings)
    return ordered(found for found in findings if _is_chosen(Path(found.file).resolve(), chosen))


def _existing(path: Path) -> Path:
    if not path.exists():
        raise UsageProblem(f"There is no file or folder {str(path)!r}.", "Check the path.")
    return path.resolve()


def _is_chosen(file: Path, chosen: Iterable[Path]) -> bool:
    return any(file == path or path in file.parents for path in chosen)


def _load_all(sources: Iterable[Source]) -> list[LoadedFile]:
    types = spec_types()
    areas = _skill_areas()
    files = []
    for source in sources:
        loaded = load(source, types)
        _apply_rules(loaded)
        if loaded.skill is not None:
            for problem in misplaced_words(loaded, areas.get(loaded.skill.skill)):
                loaded.report(problem)
            if loaded.skill.skill in areas:
                for problem, severity in check_skill(loaded.skill):
                    loaded.report(problem, severity)
        elif loaded.exercise is not None:
            for problem in misplaced_words(loaded, None):
                loaded.report(problem)
        elif loaded.deck is not None and source.kind is Kind.DECK and source.stem != loaded.deck.deck:
            name = loaded.deck.deck
            hint = f"rename it to {name}.yaml or the deck to {source.stem}"
            loaded.report(Problem(("deck",), "file-name", f"{name} stands in a file of another name", hint))
        files.append(loaded)
    return files


def _skill_areas() -> dict[str, str]:
    from engine.registry import skill_modules

    return {name: module.split(".")[-2].replace("_", "-") for name, module in skill_modules().items()}


def _apply_rules(loaded: LoadedFile) -> None:
    subjects: list[tuple[BaseModel, Any, FieldPath]] = [(item.spec, item.data, item.path) for item in loaded.items]
    data = loaded.document.data
    subjects += [(model, data, ()) for model in (loaded.skill, loaded.exercise) if model is not None]
    for model, given, base in subjects:
        for problem in check_words.rewritten_numbers(model, loaded.document, base):
            loaded.report(problem, Severity.WARNING)
        for rule in RULES:
            for problem in rule.find(model, given):
                found = replace(problem, path=(*base, *problem.path), rule=problem.rule or rule.id)
                loaded.report(found, rule.severity)

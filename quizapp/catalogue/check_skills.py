"""Rules about a skill's words: right place, a sentence for every slug and no other, every placeholder filled.

The skill itself is run: only it knows which steps and values it yields.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from quizapp.catalogue.check_words import formula_problems
from quizapp.catalogue.explain import Problem
from quizapp.catalogue.finding import Severity
from quizapp.catalogue.loader import LoadedFile
from quizapp.catalogue.yaml_places import FieldPath
from quizapp.errors import ContentProblem
from quizapp.questions.placeholders import fill
from quizapp.questions.words import SkillWords, Wording
from quizapp.text import LANGUAGES

if TYPE_CHECKING:
    from engine.skill import Skill

SEEDS: Final = 5


def misplaced_words(loaded: LoadedFile, area: str | None) -> Iterator[Problem]:
    """Words whose file is not named after them, or lies in another area's folder."""
    words = loaded.skill or loaded.exercise
    if words is None:
        return
    kind = loaded.source.kind.value
    name = loaded.skill.skill if loaded.skill is not None else loaded.source.stem
    if loaded.exercise is not None:
        name = loaded.exercise.exercise
    if loaded.source.stem != name:
        yield Problem((kind,), "file-name", f"{name} stands in a file of another name", f"rename it to {name}.yaml")
    if area is not None and loaded.source.folder != area:
        yield Problem((kind,), "wrong-folder", f"{name} belongs to the area {area}", f"move it to {kind}s/{area}/")


def check_skill(words: SkillWords) -> Iterator[tuple[Problem, Severity]]:
    """Return what is wrong with the words of a skill that the engine has."""
    from engine.errors import EngineError
    from engine.registry import skill as find_skill

    try:
        skill = find_skill(words.skill)
        yield from _slugs("misconceptions", skill.misconceptions, words.misconceptions, Severity.ERROR)
        seen: dict[str, None] = {}
        reported: set[FieldPath] = set()
        for level in (1, 2, 3):
            for seed in range(SEEDS):
                yield from _filled(skill, words, seed, level, seen, reported)
        # A rare step may not have come up: too many words are only suspicious.
        yield from _slugs("steps", seen, words.steps, Severity.WARNING)
    except EngineError as error:
        yield Problem(("skill",), "broken-skill", f"{words.skill} can't be asked ({error})"), Severity.ERROR


def _slugs(
    field: str, needed: Iterable[str], given: Mapping[str, Wording], extra: Severity
) -> Iterator[tuple[Problem, Severity]]:
    wanted = list(needed)
    rule = field.removesuffix("s")
    for slug in wanted:
        if slug not in given:
            problem = Problem(
                (field,), f"missing-{rule}", f"no words for {slug}", f"add {slug}: {{en: …, zh: …}}", True
            )
            yield problem, Severity.ERROR
    for slug in given:
        if slug not in wanted:
            hint = f"known are {', '.join(wanted)}"
            yield Problem((field, slug), f"unknown-{rule}", "the skill has no such slug", hint, True), extra


def _filled(
    skill: "Skill[Any]", words: SkillWords, seed: int, level: int, seen: dict[str, None], reported: set[FieldPath]
) -> Iterator[tuple[Problem, Severity]]:
    """Fill all words with one variant's numbers; each place is reported once."""
    variant = skill.generate(seed, level)
    display = skill.display(variant.params)
    sentences: list[tuple[FieldPath, Wording, Mapping[str, Any]]] = [(("prompt",), words.prompt, display)]
    sentences += [(("hints", index), hint, display) for index, hint in enumerate(words.hints)]
    sentences += [(("misconceptions", slug), text, display) for slug, text in words.misconceptions.items()]
    for step in skill.steps(variant.params):
        seen[step.slug] = None
        if step.slug in words.steps:
            sentences.append((("steps", step.slug), words.steps[step.slug], {**display, **step.values}))
    for path, wording, values in sentences:
        for language in LANGUAGES:
            spot = (*path, language)
            if spot in reported:
                continue
            try:
                text = fill(getattr(wording, language), values)
                found = list(formula_problems(text, spot)) if seed == 0 else []
            except ContentProblem as error:
                found = [Problem(spot, "placeholder", error.message.rstrip("."), error.hint)]
            if found:
                reported.add(spot)
            yield from ((problem, Severity.ERROR) for problem in found)

"""The engine seen from outside: what ``quizapp skill list``, ``show`` and ``check`` print as JSON."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.answers.kinds import AnswerKind, to_json
from engine.answers.parse import parse
from engine.errors import AnswerFormatError, ParamsError
from quizapp.errors import UnknownName, UsageProblem
from quizapp.i18n.answers import format_error_words
from quizapp.questions import skill_text
from quizapp.questions.base import Verdict
from quizapp.questions.numbers import grade_number
from quizapp.questions.words import SkillWords
from quizapp.text import EMPTY, Text

if TYPE_CHECKING:
    from engine.skill import Skill, Variant


def find_skill(skill_id: str) -> "Skill[Any]":
    """Return a skill.

    Raises
    ------
    UnknownName
        With the nearest ids.
    """
    # NumPy is imported with the first skill, not with this module.
    from engine.registry import skill, skill_ids

    if skill_id not in skill_ids():
        raise UnknownName("skill", skill_id, skill_ids())
    return skill(skill_id)


def make_variant(
    skill: "Skill[Any]", seed: int | None, level: int, params: Mapping[str, Any] | str | None
) -> "Variant[Any]":
    """Generate the variant of a seed, or compute the given parameters.

    Raises
    ------
    UsageProblem
        If the level, the seed or the parameters are not ones that the skill accepts.
    """
    try:
        if params is None:
            return skill.generate(seed if seed is not None else 0, level)
        return skill.variant(skill.validate(params), level=level, seed=seed)
    except ParamsError as error:
        raise UsageProblem(
            f"{skill.id}: {error}", f"`quizapp skill show {skill.id} --json` prints parameters that fit."
        ) from error


def skill_list_entry(skill_id: str, words: SkillWords) -> dict[str, Any]:
    """Return one entry of ``quizapp skill list --json``."""
    from engine.skill import LEVELS

    skill = find_skill(skill_id)
    return {
        "id": skill.id,
        "area": skill.area,
        "tier": skill.tier,
        "version": skill.version,
        "title": _both(words.title.text),
        "levels": list(LEVELS),
        "answer": {"kind": skill.answer.name, "decimals": skill.answer.decimals},
        "misconceptions": list(skill.misconceptions),
    }


def skill_document(
    skill_id: str, seed: int | None, level: int, params: Mapping[str, Any] | str | None, words: SkillWords
) -> dict[str, Any]:
    """Return what ``quizapp skill show --json`` prints.

    Parameters
    ----------
    skill_id : str
    seed : int or None
        With parameters it only says where they came from; without, ``None`` means 0.
    level : int
    params : mapping, JSON text or None
        Parameters that replace the sampled ones.
    words : SkillWords
        The words of this skill.
    """
    skill = find_skill(skill_id)
    variant = make_variant(skill, seed, level, params)
    kind = variant.kind
    display = skill.display(variant.params)
    return {
        "skill": skill.id,
        "version": skill.version,
        "level": variant.level,
        "seed": variant.seed,
        "params": variant.params.model_dump(mode="json"),
        "prompt": _both(skill_text.prompt(words, display, kind)),
        "answer": {
            "kind": kind.name,
            "value": to_json(kind, variant.answer),
            "text": variant.text,
            "decimals": kind.decimals,
            "tolerance": variant.tolerance,
        },
        "steps": [
            {
                "slug": step.slug,
                "values": {name: _plain(value) for name, value in step.values.items()},
                **_both(skill_text.step(words, step.slug, step.values, display)),
            }
            for step in skill.steps(variant.params)
        ],
        "misconceptions": [
            {
                "slug": "+".join(wrong.slugs),
                "value": to_json(kind, wrong.value),
                "text": wrong.text,
                **_both(skill_text.misconception(words, wrong.slugs, display)),
            }
            for wrong in variant.misconceptions
        ],
    }


def check_answer(
    skill_id: str,
    answer: str,
    seed: int | None,
    level: int,
    params: Mapping[str, Any] | str | None,
    words: SkillWords,
) -> dict[str, Any]:
    """Return what ``quizapp skill check --json`` prints."""
    skill = find_skill(skill_id)
    variant = make_variant(skill, seed, level, params)
    kind: AnswerKind = variant.kind
    try:
        typed = parse(kind, answer)
    except AnswerFormatError as error:
        return _check("invalid", None, None, None, format_error_words(error))
    diagnosis = skill.diagnose(variant, typed)
    explained = EMPTY
    if diagnosis.slugs:
        explained = skill_text.misconception(words, diagnosis.slugs, skill.display(variant.params))
    grade = grade_number(kind, typed, variant.answer, diagnosis, explained)
    verdict = "correct" if grade.verdict is Verdict.CORRECT else "wrong"
    return _check(verdict, grade.read_as, grade.misconception, grade.slip, grade.message)


def _check(
    verdict: str, read_as: str | None, misconception: str | None, slip: str | None, words: Text
) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "read_as": read_as,
        "misconception": misconception,
        "slip": slip,
        "message": _both(words),
    }


def _both(words: Text) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _plain(value: Any) -> Any:
    return [_plain(entry) for entry in value] if isinstance(value, tuple | list) else value

"""What every skill promises, over three levels and many seeds."""

import inspect
import re
from pathlib import Path
from typing import Any, assert_never

import numpy as np
import pytest
import yaml

from engine.answers.diagnose import Verdict
from engine.answers.kinds import AnswerKind, Choice, Named, Value, canonical
from engine.answers.parse import parse
from engine.errors import ParamsError
from engine.figure import Curve, Dot, Figure, Rectangle, Table
from engine.registry import skill, skill_ids
from engine.rng import MAXIMUM_SEED, generator
from engine.skill import LEVELS, Skill
from quizapp.questions.placeholders import fill, placeholders
from quizapp.questions.words import SkillWords
from quizapp.text import LANGUAGES
from tests.engine.registries import CASES, SEEDS, numbers, variants

CONTENT = Path(__file__).parents[2] / "content" / "skills"
FULL_WIDTH = str.maketrans("0123456789.,[]()=", "０１２３４５６７８９．，［］（）＝")
FEWEST_DISTINCT = 8
LARGEST_MEAN_OF_TRIES = 3.0

by_skill = pytest.mark.parametrize("name", skill_ids())
by_level = pytest.mark.parametrize(("name", "level"), CASES)


def words_of(found: Skill[Any]) -> SkillWords:
    file = CONTENT / found.area / f"{found.id}.yaml"
    return SkillWords.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def spellings(kind: AnswerKind, text: str, value: Value) -> list[str]:
    """List ways to type an answer that mean the same."""
    if isinstance(kind, Choice):
        return [text, text.upper(), f" {text} "]
    ways = [text, f"  {text} ", text.replace("-", "−"), text.translate(FULL_WIDTH), text.replace(", ", ",")]
    if isinstance(kind, Named):
        ways.append(" ".join(part.partition("=")[2].strip() for part in text.split(",")))
    elif isinstance(value, tuple) and not isinstance(value[0], tuple):
        ways.append(text.strip("[]()"))
        ways.append(" ".join(repr(number) for number in value))
    elif not isinstance(value, tuple):
        ways.append(repr(value))
    return ways


@by_skill
def test_id_is_the_files_name_and_signatures_are_one(name: str) -> None:
    found = skill(name)
    assert found.id == name
    reference = inspect.signature(type(found).reference).parameters
    assert list(reference) == list(found.params_type.model_fields)
    assert found.misconceptions
    for slug, model in found.misconceptions.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert list(inspect.signature(model).parameters) == list(reference), slug


@by_level
def test_generation_is_deterministic(name: str, level: int) -> None:
    assert tuple(skill(name).generate(seed, level) for seed in SEEDS) == variants(name, level)


@by_skill
def test_seeds_and_levels_do_not_alias(name: str) -> None:
    found = skill(name)
    seeds = [*SEEDS, 2**32, 2**32 + 1, 2**53, MAXIMUM_SEED]
    first_draws = {
        int(generator(name, found.version, level, seed).integers(2**63)) for level in LEVELS for seed in seeds
    }
    assert len(first_draws) == len(LEVELS) * len(seeds)
    asked = [tuple(variant.params for variant in variants(name, level)) for level in LEVELS]
    assert len(set(asked)) == len(LEVELS)
    for params in asked:
        assert len(set(params)) >= FEWEST_DISTINCT


@by_level
def test_samplers_seldom_need_another_try(name: str, level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = skill(name)
    tries = 0
    sample = type(found).sample

    def counted(self: Skill[Any], rng: np.random.Generator, asked: int) -> Any:
        nonlocal tries
        tries += 1
        return sample(self, rng, asked)

    monkeypatch.setattr(type(found), "sample", counted)
    for seed in SEEDS:
        found.generate(seed, level)
    assert tries / len(SEEDS) <= LARGEST_MEAN_OF_TRIES


@by_level
def test_params_survive_json(name: str, level: int) -> None:
    found = skill(name)
    for variant in variants(name, level):
        params = found.validate(variant.params.model_dump_json())
        assert params == variant.params
        assert found.variant(params, level=level, seed=variant.seed) == variant


@by_skill
def test_unknown_missing_and_infinite_params_are_refused(name: str) -> None:
    found = skill(name)
    good = variants(name, 1)[0].params.model_dump()
    field = next(iter(good))
    for bad in ({**good, "unheard-of": 1}, {**good, field: float("nan")}, {**good, field: "words"}):
        with pytest.raises(ParamsError):
            found.validate(bad)


@by_level
def test_printed_answer_is_accepted_in_several_spellings(name: str, level: int) -> None:
    found = skill(name)
    for variant in variants(name, level):
        for text in spellings(variant.kind, variant.text, variant.answer):
            assert found.diagnose(variant, parse(variant.kind, text)).verdict is Verdict.CORRECT, text


@by_level
def test_each_printed_misconception_is_diagnosed_as_itself(name: str, level: int) -> None:
    found = skill(name)
    for variant in variants(name, level):
        for wrong in variant.misconceptions:
            diagnosis = found.diagnose(variant, parse(variant.kind, wrong.text))
            assert diagnosis.verdict is Verdict.WRONG
            assert diagnosis.slugs == wrong.slugs


@by_skill
def test_each_misconception_applies_in_most_variants_of_a_level(name: str) -> None:
    found = skill(name)
    for slug in found.misconceptions:
        shares = [
            sum(any(slug in wrong.slugs for wrong in variant.misconceptions) for variant in variants(name, level))
            / len(SEEDS)
            for level in LEVELS
        ]
        assert max(shares) > 0.5, (slug, shares)


@by_level
def test_last_step_is_the_answer(name: str, level: int) -> None:
    found = skill(name)
    for variant in variants(name, level):
        last = found.steps(variant.params)[-1].values
        answer = canonical(found.answer, last["answer"])
        if isinstance(variant.answer, str):
            assert answer == variant.answer
        else:
            assert numbers(answer) == pytest.approx(numbers(variant.answer), rel=1e-9, abs=1e-12)
        if isinstance(found.answer, Named):
            assert [last[label] for label in found.answer.labels] == list(last["answer"])


@by_level
def test_values_are_plain_python(name: str, level: int) -> None:
    found = skill(name)
    for variant in variants(name, level):
        shown = dict(found.display(variant.params))
        for step in found.steps(variant.params):
            shown.update(step.values)
        for key, value in {**shown, **variant.params.model_dump()}.items():
            assert is_plain(value), (key, value)


def is_plain(value: Any) -> bool:
    if type(value) is tuple:
        return all(is_plain(entry) for entry in value)
    return type(value) in (bool, int, float, str)


@by_skill
def test_every_slug_has_words_in_both_languages_and_every_placeholder_resolves(name: str) -> None:
    found = skill(name)
    words = words_of(found)
    assert words.skill == name
    assert set(words.misconceptions) == set(found.misconceptions)
    emitted: set[str] = set()
    for level in LEVELS:
        for variant in variants(name, level):
            display = found.display(variant.params)
            steps = found.steps(variant.params)
            emitted.update(step.slug for step in steps)
            said = [(wording, display) for wording in (words.prompt, *words.hints, *words.misconceptions.values())]
            said += [(words.steps[step.slug], {**display, **step.values}) for step in steps]
            for wording, values in said:
                for language in LANGUAGES:
                    filled = fill(wording.text.in_language(language), values)
                    assert "<<" not in filled
                    assert ">>" not in filled
    assert set(words.steps) == emitted


@by_skill
def test_both_languages_show_the_same_numbers(name: str) -> None:
    words = words_of(skill(name))
    for wording in (words.prompt, *words.steps.values(), *words.hints, *words.misconceptions.values()):
        assert placeholders(wording.en) == placeholders(wording.zh)


@by_level
def test_last_words_state_the_answer(name: str, level: int) -> None:
    found = skill(name)
    words = words_of(found)
    for variant in variants(name, level):
        last = found.steps(variant.params)[-1]
        for language in LANGUAGES:
            filled = fill(
                words.steps[last.slug].text.in_language(language), {**found.display(variant.params), **last.values}
            )
            stated = variant.text.split(", ") if isinstance(found.answer, Named) else [variant.text]
            for text in stated:
                assert text.rpartition(" = ")[2] in filled, (filled, variant.text)


@by_level
def test_figures_stay_inside_their_limits(name: str, level: int) -> None:
    found = skill(name)
    for variant in variants(name, level):
        figure = found.figure(variant.params)
        if figure is None:
            continue
        for x, y in corners(figure):
            assert figure.x_range[0] <= x <= figure.x_range[1]
            assert figure.y_range[0] <= y <= figure.y_range[1]


def corners(figure: Figure) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for shape in figure.shapes:
        match shape:
            case Rectangle():
                found += [(shape.x0, shape.y0), (shape.x1, shape.y1)]
            case Dot():
                found.append((shape.x, shape.y))
            case Curve():
                found += shape.points
            case Table():
                pass
            case _:
                assert_never(shape)
    return found


@by_skill
def test_prompt_shows_every_parameter_that_varies(name: str) -> None:
    """Two variants that differ must not read the same."""
    found = skill(name)
    shown = [placeholders(words_of(found).prompt.text.in_language(language)) for language in LANGUAGES]
    assert shown[0] == shown[1]
    for level in LEVELS:
        read: dict[tuple[Any, ...], Any] = {}
        for variant in variants(name, level):
            display = found.display(variant.params)
            seen = tuple(display[key] for key in sorted(shown[0]))
            assert read.setdefault(seen, variant.params) == variant.params

"""A skill's words with the numbers of one variant in them."""

from collections.abc import Mapping
from typing import Any

from engine.answers.kinds import AnswerKind
from quizapp.i18n.asked import asked
from quizapp.i18n.marking import either
from quizapp.questions.placeholders import fill
from quizapp.questions.words import SkillWords, Wording
from quizapp.text import Text, same


def filled(words: Wording, values: Mapping[str, Any]) -> Text:
    """Fill the placeholders of both languages."""
    return words.text.map(lambda text: fill(text, values))


def prompt(words: SkillWords, display: Mapping[str, Any], kind: AnswerKind) -> Text:
    """Return the question and the asked form and precision."""
    return filled(words.prompt, display) + same("\n\n") + asked(kind)


def hints(words: SkillWords, display: Mapping[str, Any]) -> tuple[Text, ...]:
    """Return the hints, weakest first."""
    return tuple(filled(hint, display) for hint in words.hints)


def step(words: SkillWords, slug: str, values: Mapping[str, Any], display: Mapping[str, Any]) -> Text:
    """Return one line of the worked solution."""
    return filled(words.steps[slug], {**display, **values})


def misconception(words: SkillWords, slugs: tuple[str, ...], display: Mapping[str, Any]) -> Text:
    """Return what was done and what to do instead; several that coincide as alternatives."""
    return either([filled(words.misconceptions[slug], display) for slug in slugs])

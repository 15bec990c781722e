"""Rules about words: both languages there, formulas that render, Chinese set as Chinese. Each is one small function."""

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from quizapp.catalogue.explain import Problem
from quizapp.catalogue.language import HANZI, LATIN_WORD, SENTENCE, at_path, one_language, prose, wordings
from quizapp.catalogue.yaml_places import FieldPath
from quizapp.catalogue.yaml_reader import Document
from quizapp.markup.parse import problems
from quizapp.questions.words import SkillWords
from quizapp.text import LANGUAGES

FORMULA_PROBLEMS: Final = {
    "unclosed-formula": ("a formula is opened and not closed", "close it with $, or write \\$ for a dollar"),
    "chinese-in-formula": ("Chinese inside a formula", "move the words out of the formula"),
    "formula-does-not-render": ("this formula can't be shown in a terminal", "use simpler LaTeX"),
}
_H = r"[\u3400-\u4dbf\u4e00-\u9fff]"
# What is wrong with Chinese typography → what to write instead.
CHINESE_SLIPS: Final = (
    (re.compile(rf"{_H}\s*[,;:?!]\s*{_H}"), "half-width punctuation between hanzi", "write ，；：？！"),
    (re.compile(rf"{_H}\.(?=\s|$)"), "a half-width full stop after hanzi", "write 。"),
    (re.compile(rf"{_H}[ \t]+{_H}"), "a space between hanzi", "remove it"),
    (re.compile(r"[ \t][，。；：？！、）」』]|[（「『][ \t]"), "a space beside full-width punctuation", "remove it"),
    (re.compile(rf"{_H}\([^)]*{_H}[^)]*\)"), "half-width parentheses around Chinese", "write （）"),
)
ENGLISH_SLIPS: Final = (
    (re.compile(r"[，。；：？！、（）]"), "full-width punctuation in English", "use half-width punctuation"),
    (re.compile(r"[A-Za-z][ \t]+[,.;:?!](?=\s|$)"), "a space before punctuation", "remove it"),
)


def blank_words(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find words that consist of spaces."""
    for path, words in wordings(model):
        for language in LANGUAGES:
            if not getattr(words, language).strip():
                yield Problem(_spot(data, path, language), "", "has no words", "write them or remove the field")


def formulas(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find formulas that are unclosed, hold Chinese or can't be rendered."""
    if isinstance(model, SkillWords):
        return  # checked with numbers in them, see check_skills
    for path, words in wordings(model):
        for language in LANGUAGES:
            text = getattr(words, language)
            yield from formula_problems(text, _spot(data, path, language))
            if words.en == words.zh:
                break


def formula_problems(text: str, spot: FieldPath) -> Iterator[Problem]:
    """Return what is wrong with the formulas of one text."""
    if "$" not in text:
        return
    for offset, slug in problems(text):
        message, hint = FORMULA_PROBLEMS.get(slug, (slug, ""))
        excerpt = text[offset : offset + 30].split("\n")[0]
        yield Problem(spot, slug, f"{message}, at {excerpt!r}", hint)


def untranslated(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find a Chinese field without Chinese though the English one is a sentence."""
    for path, words in wordings(model):
        is_english = len(LATIN_WORD.findall(prose(words.en))) >= SENTENCE
        if is_english and isinstance(at_path(data, path), dict) and not HANZI.search(words.zh):
            yield Problem((*path, "zh"), "", "holds no Chinese", "translate it")


def chinese_in_english(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find an English field with Chinese characters in it."""
    for path, words in wordings(model):
        if isinstance(at_path(data, path), dict) and (found := HANZI.search(words.en)):
            yield Problem((*path, "en"), "", f"holds Chinese ({found.group()})", "translate it or move it to zh")


def single_language(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find a sentence given once for both languages."""
    for path, language in one_language(model, data):
        only = "English" if language == "en" else "Chinese"
        yield Problem(path, "", f"is a sentence in {only} alone", "write {en: …, zh: …}")


def rewritten_numbers(model: BaseModel, document: Document, base: FieldPath) -> Iterator[Problem]:
    """Find unquoted numbers that are shown otherwise than they are written: 0.50 as 0.5."""
    for path, words in wordings(model):
        spot = (*base, *path)
        if isinstance(at_path(document.data, spot), float) and (written := document.source(spot)) != words.en:
            message = f"{written} is shown as {words.en}"
            yield Problem(spot, "rewritten-number", message, f"write '{written}' with quotes")


def chinese_typography(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find half-width punctuation and stray spaces in Chinese."""
    for path, words in wordings(model):
        for pattern, message, hint in CHINESE_SLIPS:
            if found := pattern.search(prose(words.zh)):
                yield Problem(_spot(data, path, "zh"), "", f"{message}, at {found.group().strip()!r}", hint)


def english_typography(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find full-width punctuation and stray spaces in English."""
    for path, words in wordings(model):
        if HANZI.search(words.en):
            continue
        for pattern, message, hint in ENGLISH_SLIPS:
            if found := pattern.search(prose(words.en)):
                yield Problem(_spot(data, path, "en"), "", f"{message}, at {found.group().strip()!r}", hint)


def _spot(data: Any, path: FieldPath, language: str) -> FieldPath:
    return (*path, language) if isinstance(at_path(data, path), dict) else path

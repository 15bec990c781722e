"""Which language words are in, and where an item has words at all."""

import re
from collections.abc import Iterator
from types import NoneType
from typing import Any, Final

from pydantic import BaseModel

from quizapp.catalogue.yaml_places import FieldPath
from quizapp.questions.words import Wording
from quizapp.text import LANGUAGES, Language

HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
FORMULA_OR_CODE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|<<[^<>]*>>", re.DOTALL)
LATIN_WORD = re.compile(r"[A-Za-z][a-z]+")
SENTENCE: Final = 3


def prose(text: str) -> str:
    """Return text with one neutral character for each formula, piece of code and placeholder."""
    return FORMULA_OR_CODE.sub("\ufffc", text)


def is_sentence(text: str) -> bool:
    """Tell whether words would have to be translated: Chinese, or at least three English words."""
    words = prose(text)
    return bool(HANZI.search(words)) or len(LATIN_WORD.findall(words)) >= SENTENCE


def wordings(model: Any) -> list[tuple[FieldPath, Wording]]:
    """Return all bilingual words inside a model with their paths in the YAML."""
    found: list[tuple[FieldPath, Wording]] = []
    _collect(model, (), found)
    return found


def _collect(value: Any, path: FieldPath, found: list[tuple[FieldPath, Wording]]) -> None:
    if isinstance(value, Wording):
        found.append((path, value))
    elif isinstance(value, BaseModel):
        # A field of words never has another name in YAML than in the model.
        for name, inner in value.__dict__.items():
            if not isinstance(inner, (str, int, float, NoneType)):
                _collect(inner, (*path, name), found)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            if isinstance(inner, str):
                return
            _collect(inner, (*path, index), found)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _collect(inner, (*path, str(name)), found)


def one_language(model: BaseModel, data: Any) -> Iterator[tuple[FieldPath, Language]]:
    """Return the sentences given as one plain text instead of in both languages, and the language they are in."""
    for path, words in wordings(model):
        if words.en == words.zh and isinstance(at_path(data, path), str) and is_sentence(words.en):
            yield path, "zh" if HANZI.search(prose(words.en)) else "en"


def languages_of(model: BaseModel, data: Any) -> tuple[Language, ...]:
    """Return the languages in which all of an item can be read."""
    only = {language for _, language in one_language(model, data)}
    return tuple(language for language in LANGUAGES if only <= {language})


def at_path(data: Any, path: FieldPath) -> Any:
    """Return the value at a path of plain data, None if there is none."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data

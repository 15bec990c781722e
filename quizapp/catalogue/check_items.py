"""Rules about single items that their own models don't judge."""

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from quizapp.catalogue.explain import Problem
from quizapp.catalogue.language import wordings
from quizapp.questions.base import ItemSpec
from quizapp.text import LANGUAGES

MUCH_LONGER: Final = 2
# Shorter options differ in length by accident.
SHORTEST_TELLTALE: Final = {"en": 40, "zh": 16}
PLACEHOLDER = re.compile(r"<<[^<>]+>>")


def telltale_option(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find a right option that gives itself away by its length."""
    options = getattr(model, "options", ())
    for language in LANGUAGES:
        lengths = [(len(getattr(option.text, language)), option.correct, index) for index, option in enumerate(options)]
        right = [(length, index) for length, correct, index in lengths if correct]
        wrong = [length for length, correct, _ in lengths if not correct]
        if len(right) != 1 or not wrong:
            continue
        length, index = right[0]
        if length >= SHORTEST_TELLTALE[language] and length > MUCH_LONGER * max(wrong):
            message = f"the right option is more than twice as long as every other ({language})"
            yield Problem(("options", index), "", message, "shorten it or make the others as precise")
            return


def stray_placeholder(model: BaseModel, data: Any) -> Iterator[Problem]:
    """Find a placeholder in an item's own words, which nothing fills."""
    if not isinstance(model, ItemSpec):
        return
    for path, words in wordings(model):
        for language in LANGUAGES:
            if found := PLACEHOLDER.search(getattr(words, language)):
                message = f"{found.group()} is never filled here"
                yield Problem(path, "", message, "placeholders belong to the words of skills")
                break

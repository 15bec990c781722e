"""Options of choice questions, as the YAML gives them and as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from quizapp.questions.shuffling import shuffled
from quizapp.questions.words import Bilingual, Wording
from quizapp.text import EMPTY, LANGUAGES, Text


class Option(BaseModel):
    """One option of a choice question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Bilingual
    correct: bool = Field(default=False, strict=True, description="Whether choosing it is right.")
    why: Bilingual | None = Field(default=None, description="Feedback on this option: why it is right or wrong.")


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option in its shown place."""

    text: Text
    correct: bool
    why: Text = EMPTY


@dataclass(frozen=True, slots=True)
class ShownOptions:
    """The options of one question in shown order, and the item's note."""

    options: tuple[ShownOption, ...]
    note: Text = EMPTY

    @property
    def texts(self) -> tuple[Text, ...]:
        """What the options say."""
        return tuple(option.text for option in self.options)

    @property
    def right(self) -> tuple[int, ...]:
        """Positions from 1 of the right options."""
        return tuple(position for position, option in enumerate(self.options, start=1) if option.correct)


def wording_text(words: Wording | None) -> Text:
    """Return optional words as a text, empty if there are none."""
    return words.text if words is not None else EMPTY


def shown_options(
    options: Sequence[Option], item: str, seed: int, *, shuffle: bool, note: Wording | None
) -> ShownOptions:
    """Put the options in the order of one showing."""
    order = shuffled(len(options), item, seed) if shuffle else range(len(options))
    return ShownOptions(
        tuple(ShownOption(options[i].text.text, options[i].correct, wording_text(options[i].why)) for i in order),
        wording_text(note),
    )


def require_distinct(what: str, words: Sequence[Wording]) -> None:
    """Refuse words that read the same in one of the languages.

    Raises
    ------
    PydanticCustomError
        Of type ``duplicate-text``, naming the repeated words.
    """
    for language in LANGUAGES:
        seen: set[str] = set()
        for entry in words:
            text = entry.text.in_language(language)
            if text in seen:
                raise PydanticCustomError(
                    "duplicate-text",
                    "two {what} read the same in {language}: {text}",
                    {"what": what, "language": language, "text": text},
                )
            seen.add(text)

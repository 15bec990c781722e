"""Bilingual text: every string a learner reads exists in English and in Chinese."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, assert_never

Language = Literal["en", "zh"]
Display = Literal["en", "zh", "both"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
DISPLAYS: tuple[Display, ...] = ("en", "zh", "both")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages; Markdown with ``$…$`` and ``$$…$$`` formulas."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        """Return the words in one language."""
        return self.en if language == "en" else self.zh

    def shown(self, display: Display, separator: str = "\n\n") -> str:
        """Return what ``--lang`` asks for; both languages are shown once where they are the same."""
        match display:
            case "en" | "zh":
                return self.in_language(display)
            case "both":
                return self.en if self.en == self.zh else f"{self.en}{separator}{self.zh}"
            case _:
                assert_never(display)

    def map(self, change: Callable[[str], str]) -> "Text":
        """Return the text with ``change`` applied to each language."""
        return Text(change(self.en), change(self.zh))

    def __add__(self, other: "Text") -> "Text":
        return Text(self.en + other.en, self.zh + other.zh)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


EMPTY = Text("", "")


def same(words: str) -> Text:
    """Return a text that reads the same in both languages (numbers, formulas, code)."""
    return Text(words, words)

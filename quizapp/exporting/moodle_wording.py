"""Texts as Moodle shows them: HTML with MathJax, in the wanted languages."""

from quizapp.exporting.base import Matching
from quizapp.exporting.html import html
from quizapp.markup.plain import plain
from quizapp.text import LANGUAGES, Display, Language, Text

CODES = {"en": "en", "zh": "zh-Hans"}
SEPARATOR = " / "


class Wording:
    """Writes texts in the languages that are wanted; what reads the same in both stands once."""

    def __init__(self, display: Display) -> None:
        self.languages: tuple[Language, ...] = LANGUAGES if display == "both" else (display,)

    def html(self, text: Text) -> str:
        """Return a text as HTML."""
        found = [html(text.in_language(language)) for language in self.languages]
        if len(set(found)) == 1:
            return found[0]
        return "".join(
            f'<div lang="{CODES[language]}">{part}</div>'
            for language, part in zip(self.languages, found, strict=True)
            if part
        )

    def plain(self, text: Text) -> str:
        """Return a text in words alone, on one line: where a format has no place for HTML."""
        found = (" ".join(plain(text.in_language(language)).split()) for language in self.languages)
        return SEPARATOR.join(dict.fromkeys(part for part in found if part))

    def listed(self, texts: tuple[Text, ...]) -> str:
        """Return several texts as a numbered list."""
        return "<ol>" + "".join(f"<li>{self.html(text)}</li>" for text in texts) + "</ol>" if texts else ""

    def rights(self, body: Matching) -> list[str]:
        """Return the right-hand entries, then the extras, in words.

        Formulas that differ only in LaTeX could look alike; a number keeps such entries apart.
        """
        texts = [*(right for _, right in body.pairs), *body.extras]
        written = [self.plain(text) for text in texts]
        seen: dict[str, Text] = {}
        for index, (words, text) in enumerate(zip(written, texts, strict=True)):
            if seen.setdefault(words, text) != text:
                written[index] = f"{words} ({index + 1})"
        return written

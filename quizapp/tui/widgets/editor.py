"""A Python editor: colours, line numbers, and indentation that follows the code."""

from typing import ClassVar

from rich.style import Style
from rich.syntax import Syntax, SyntaxTheme
from rich.text import Text as RichText
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import TextArea

from quizapp.tui.present.line import Tone
from quizapp.tui.themes import tone_style

INDENT = 4
TOKENS = (
    ("Token.Comment", Tone.DIM),
    ("Token.Keyword", Tone.ACCENT),
    ("Token.Operator.Word", Tone.ACCENT),
    ("Token.Literal.String", Tone.CODE),
    ("Token.Literal.Number", Tone.FORMULA),
    ("Token.Name.Function", Tone.BRIGHT),
    ("Token.Name.Class", Tone.BRIGHT),
    ("Token.Name.Decorator", Tone.DIM),
    ("Token.Error", Tone.WRONG),
)
"""What kinds of token look like; all others are plain. Rich's own lexer finds them, so nothing more is needed."""

TAKEN = ("f6", "f7")
"""Keys of the screen that the text area would keep for itself."""


class _Tones(SyntaxTheme):
    def __init__(self, theme: str) -> None:
        self._theme = theme

    def get_style_for_token(self, token_type: object) -> Style:
        name = str(token_type)
        for prefix, tone in TOKENS:
            if name.startswith(prefix):
                return tone_style(self._theme, tone)
        return Style()

    def get_background_style(self) -> Style:
        return Style()


class Editor(TextArea, inherit_bindings=False):
    """Where the code is written. Escape is left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(known for known in TextArea.BINDINGS if not (isinstance(known, Binding) and known.key in TAKEN)),
        Binding("shift+tab", "dedent", show=False),
    ]

    def __init__(self, text: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(text, show_line_numbers=True, tab_behavior="indent", compact=True, id=id)
        # Its style would paint over the colours of the tokens.
        self.highlight_cursor_line = False
        self._coloured: list[RichText] = []
        self._coloured_for: tuple[list[str], str] = ([], "")

    def get_line(self, line_index: int) -> RichText:
        """Return one line with its colours; the whole text is read anew where it has changed."""
        lines, theme = self.document.lines, self.app.theme
        if self._coloured_for != (lines, theme):
            self._coloured_for = (list(lines), theme)
            syntax = Syntax("", "python", theme=_Tones(theme), tab_size=INDENT)
            self._coloured = list(syntax.highlight("\n".join(lines)).split("\n", allow_blank=True))
        plain = lines[line_index]
        if line_index < len(self._coloured) and self._coloured[line_index].plain == plain:
            found = self._coloured[line_index].copy()
            found.end, found.no_wrap = "", True
            return found
        return RichText(plain, end="", no_wrap=True)

    def on_key(self, event: Key) -> None:
        """Indent a new line like the one above, deeper after a colon."""
        if event.key == "escape":
            event.prevent_default()
        elif event.key == "enter":
            event.prevent_default()
            event.stop()
            start, end = sorted(self.selection)
            before = self.document.get_line(start[0])[: start[1]]
            depth = len(before) - len(before.lstrip(" "))
            if before.rstrip().endswith(":"):
                depth += INDENT
            self.replace("\n" + " " * depth, start, end, maintain_selection_offset=False)

    def action_delete_left(self) -> None:
        """Delete one step of indentation where there is nothing else before the cursor."""
        (row, column), end = self.selection
        before = self.document.get_line(row)[:column]
        if (row, column) == end and before and not before.strip(" "):
            self.delete((row, (column - 1) // INDENT * INDENT), end, maintain_selection_offset=False)
        else:
            super().action_delete_left()

    def action_dedent(self) -> None:
        """Move the line one step to the left."""
        row, column = self.cursor_location
        text = self.document.get_line(row)
        step = min(len(text) - len(text.lstrip(" ")), INDENT)
        if step:
            self.delete((row, 0), (row, step), maintain_selection_offset=False)
            self.move_cursor((row, max(column - step, 0)))

    def show_text(self, text: str) -> None:
        """Replace everything, the cursor staying on its row; it can be undone."""
        row, column = self.cursor_location
        self.replace(text, self.document.start, self.document.end, maintain_selection_offset=False)
        row = min(row, self.document.line_count - 1)
        self.move_cursor((row, min(column, len(self.document.get_line(row)))))

    def select_text(self, words: str) -> None:
        """Select the first line that begins with some words, so that typing replaces them."""
        for row, text in enumerate(self.document.lines):
            if text.strip() == words:
                self.move_cursor((row, len(text) - len(words)))
                self.move_cursor((row, len(text)), select=True)
                return

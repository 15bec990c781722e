"""What all screens share: bindings from the table of actions, a footer of what can be done now, calm notices."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from engine.errors import EngineError
from quizapp.errors import QuizappError
from quizapp.i18n import screens as say
from quizapp.markup.width import cell_width
from quizapp.text import Display, Language, Text
from quizapp.tui.actions import ACTIONS, EVERYWHERE, Action, binding_keys, of_screen
from quizapp.tui.present.footer import footer
from quizapp.tui.present.line import Line, Tone, line, rule
from quizapp.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

T = TypeVar("T")
NOTICE_MARGIN = 8


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """Return Textual's bindings for actions of the table."""
    return [
        Binding(key, action.id, action.label.en, id=f"{action.id}:{key}", show=False, priority=action.id == "quit")
        for action in actions
        for key in binding_keys(action)
    ]


class TableScreen(Screen[None]):
    """A screen whose keys come from the table. Its last two rows are the status rule and the footer."""

    name_in_table: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._notice: tuple[Text, bool] | None = None
        self.status = Panel(self._status_line, id="status")
        self.footer = Panel(self._footer_line, id="footer")

    @property
    def quiz(self) -> "QuizApp":
        """The application."""
        return cast("QuizApp", self.app)

    @property
    def language(self) -> Language:
        """The language of the interface."""
        return self.quiz.language

    @property
    def display_language(self) -> Display:
        """What is shown of the content: one language or both."""
        return self.quiz.display_language

    def say(self, text: Text) -> str:
        """Return words in the interface's language."""
        return text.in_language(self.language)

    def compose_frame(self) -> ComposeResult:
        """Yield the rows at the bottom."""
        yield self.status
        yield self.footer

    # --- actions

    def can(self, action: str) -> bool:
        """Tell whether an action of this screen can be carried out now."""
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key fall through while its action can't be carried out."""
        name = f"{action}({parameters[0]})" if action == "rate" and parameters else action
        if any(known.id == name for known in of_screen(self.name_in_table)):
            return self.can(name)
        return True

    def available(self) -> list[Action]:
        """Return the actions that can be carried out now, in the order of the table."""
        return [
            action
            for action in ACTIONS
            if action.id in EVERYWHERE or (self.name_in_table in action.screens and self.can(action.id))
        ]

    async def action_perform(self, action: str) -> None:
        """Carry out an action by its id: what a click does."""
        await self.app.run_action(f"app.{action}" if action in EVERYWHERE else action, self)

    def typed(self, key: str) -> bool:
        """Tell whether a key would be typed into the widget that has the focus."""
        focused = self.focused
        return len(key) == 1 and focused is not None and focused.check_consume_key(key, key)

    def refresh_footer(self) -> None:
        """Show the keys that work now."""
        self.footer.redraw_changes()

    def _footer_line(self, width: int) -> list[Line]:
        entries = []
        for action in self.available():
            key = action.keys[0] if action.keys else ""
            typing = not key or self.typed(key)
            if action.footer and (not typing or action.typing):
                entries.append((action, typing))
        return [footer(entries, self.language, width)]

    # --- notices

    def notice(self, text: Text, *, problem: bool = False) -> None:
        """Say something on the rule above the footer, until the next key; a long one in a box of its own."""
        if problem and cell_width(self.say(text)) > self.app.size.width - NOTICE_MARGIN:
            from quizapp.tui.screens.confirm import MessageScreen

            self.app.push_screen(MessageScreen(self.say(text), self.say(say.CLOSE)))
            return
        self._notice = (text, problem)
        self.status.redraw()

    def clear_notice(self) -> None:
        """Show the rule again."""
        if self._notice is not None:
            self._notice = None
            self.status.redraw()

    def _status_line(self, width: int) -> list[Line]:
        if self._notice is None:
            return [rule(width)]
        text, problem = self._notice
        return [
            (
                *line("── ", Tone.FAINT),
                *line(self.say(text) + " ", Tone.WRONG if problem else Tone.BRIGHT),
                *rule(width),
            )
        ]

    def attempt(self, call: Callable[[], T]) -> T | None:
        """Do something that may fail for reasons a person can mend; say what is wrong instead of breaking off."""
        try:
            return call()
        except QuizappError as error:
            self.notice(error.sentence, problem=True)
        except EngineError as error:
            self.notice(Text(f"This question can't be made: {error}.", "此题无法生成，请先跳过。"), problem=True)
        return None

    # --- changes from outside

    def relabel(self) -> None:
        """Draw everything again: the language has changed."""
        for panel in self.query(Panel):
            panel.redraw()

    def narrow(self) -> bool:
        """Tell whether there is no room for a side column."""
        from quizapp.tui.present.home import WIDE_FROM

        return self.app.size.width < WIDE_FROM

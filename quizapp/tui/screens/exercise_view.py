"""How an exercise is drawn: task, editor and report, side by side where there is room, one at a time where not."""

from time import monotonic
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from engine.exercise import Exercise
from engine.solution import solution
from quizapp.i18n import exercise_screen as say
from quizapp.i18n import screens as say_everywhere
from quizapp.questions.words import ExerciseWords
from quizapp.text import Text
from quizapp.tui.actions import of_screen, shown_key
from quizapp.tui.present import exercise as present
from quizapp.tui.present.line import BLANK, Line, Part, Tone, rule
from quizapp.tui.screens.base import TableScreen
from quizapp.tui.screens.exercise_file import ExerciseFile
from quizapp.tui.widgets.editor import Editor
from quizapp.tui.widgets.panel import Panel

VIEWS = ("task", "code", "report")
LEAST_REPORT = 7


class ExerciseView(TableScreen):
    """The parts of the exercise screen.

    Parameters
    ----------
    exercise : Exercise
    words : ExerciseWords
    area : Text
    file : ExerciseFile
    rules, hints : tuple of Text
    given : list of Text
        Hints given so far; shared with a study session's screen.
    passed : bool
    """

    # The focus is the view's business: a box that closes must not put it into the editor.
    AUTO_FOCUS = ""
    CSS: ClassVar[str] = """
    #work { width: 100%; height: 1fr; layout: horizontal; }
    #task { height: 100%; width: 1fr; margin: 0 2; }
    #work.wide #task { width: 46%; margin: 0 1 0 2; }
    Editor { height: 100%; width: 1fr; background: $surface; padding: 0; scrollbar-size: 1 1; }
    #divider { height: 1; }
    #report { margin: 0 2; }
    """

    def __init__(
        self,
        exercise: Exercise,
        words: ExerciseWords,
        area: Text,
        file: ExerciseFile,
        rules: tuple[Text, ...],
        hints: tuple[Text, ...],
        given: list[Text],
        *,
        passed: bool,
    ) -> None:
        super().__init__()
        self.exercise, self.words, self.area, self.file = exercise, words, area, file
        self.brief = present.Task(words.task.text, exercise.signature, exercise.shapes, rules, hints)
        self.given = given
        self.passed = passed
        self.view = "task"
        self.report: dict[str, Any] | None = None
        self.solution_shown = False
        self.running_since: float | None = None
        self.header = Panel(self._header_lines, id="header")
        self.tabs = Panel(self._tab_lines, id="rule")
        self.task_panel = Panel(self._task_lines, id="task")
        self.editor = Editor(file.text, id="editor")
        self.work = Horizontal(self.task_panel, self.editor, id="work")
        self.divider = Panel(self._divider_lines, id="divider")
        self.report_panel = Panel(self._report_lines, id="report")

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield self.header
        yield self.tabs
        yield self.work
        yield self.divider
        yield self.report_panel
        yield from self.compose_frame()

    @property
    def typing(self) -> bool:
        """Whether keys go to the editor."""
        return self.focused is self.editor

    # --- layout

    def on_resize(self, event: Resize) -> None:
        """Give every part its rows anew."""
        self._arrange()

    def _arrange(self) -> None:
        """Show what belongs to the view; in a wide window task and code are one."""
        narrow, height = self.narrow(), self.app.size.height
        self.work.set_class(not narrow, "wide")
        large = self.view == "report"
        self.work.display = not large
        self.task_panel.display = not narrow or self.view == "task"
        self.editor.display = not narrow or self.view == "code"
        below = large or not narrow or self.view == "code"
        self.divider.display = self.report_panel.display = below
        self.report_panel.styles.height = "1fr" if large else max(LEAST_REPORT, height * 3 // 10)
        self.tabs.redraw()
        if self.typing and not (self.editor.display and self.work.display):
            self.set_focus(None)
        self.refresh_footer()

    def show_view(self, view: str, *, write: bool = False) -> None:
        """Go to a view; ``write`` puts the cursor into the editor."""
        self.view = view
        self._arrange()
        if write:
            self.editor.focus()
            # Its rows are known only once it is laid out.
            self.call_after_refresh(self.editor.scroll_cursor_visible)

    def relabel(self) -> None:
        """Show the same in another language; what is written stays."""
        super().relabel()
        self._word_scrolling()

    def _word_scrolling(self) -> None:
        for panel in (self.task_panel, self.report_panel):
            panel.more = (self.say(say_everywhere.MORE_BELOW), self.say(say_everywhere.MORE_ABOVE))

    # --- what is drawn

    @property
    def state(self) -> present.State:
        """How the exercise stands."""
        if self.passed:
            return "passed"
        return "started" if self.file.exists else "new"

    def _key(self, action: str) -> str:
        found = next(known for known in of_screen(self.name_in_table) if known.id == action)
        return shown_key(found, typing=self.typing)

    def _header_lines(self, width: int) -> list[Line]:
        title = self.words.title.text
        return [present.header(self.area, title, self.state, self.language, self.display_language, width)]

    def _tab_lines(self, width: int) -> list[Line]:
        if not self.narrow():
            return [rule(width)]
        return [present.tabs(self.view, self.language, width)]

    def _task_lines(self, width: int) -> list[Line]:
        key = self._key("next_hint")
        return present.task_lines(self.brief, len(self.given), key, self.display_language, self.language, width)

    def _divider_lines(self, width: int) -> list[Line]:
        if self.running_since is not None:
            words, tone = say.running(monotonic() - self.running_since).in_language(self.language), Tone.ACCENT
        elif self.solution_shown:
            words, tone = self.say(say.SOLUTION), Tone.DIM
        elif self.report is not None:
            words, tone = present.verdict(self.report, self.language)
        else:
            words, tone = self.say(say.REPORT), Tone.DIM
        return [present.divider(words, tone, width)]

    def _report_lines(self, width: int) -> list[Line]:
        if self.solution_shown:
            reference, own = solution(self.exercise), self.editor.text
            return present.solution_lines(reference, own, self.exercise.function, self.language, width)
        if self.report is not None:
            return present.report_lines(self.report, self.display_language, self.language, width)
        call = "screen.perform('run')"
        return [
            (Part(self.say(say.NOT_RUN), Tone.DIM),),
            BLANK,
            (Part(self._key("run"), Tone.KEY, call), Part(" " + self.say(say.RUNS), Tone.DIM, call)),
        ]

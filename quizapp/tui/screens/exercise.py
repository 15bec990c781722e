"""Writing one exercise: every run saves, runs in the sandbox behind the screen, and reports."""

import os
import shlex
import shutil
import subprocess
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SuspendNotSupported
from textual.binding import BindingType
from textual.events import DescendantBlur, DescendantFocus, Key
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from engine.errors import EngineError
from quizapp.coding import marking
from quizapp.coding.passed import digest, note_passed, passed
from quizapp.coding.runner import find_exercise
from quizapp.coding.words import rule_words
from quizapp.coding.workspace import file_name, read_source, start, stub
from quizapp.errors import QuizappError
from quizapp.i18n import exercise_screen as say
from quizapp.study.model import Marked, Unreadable
from quizapp.study.session import StudySession
from quizapp.study.words import RATINGS, returns
from quizapp.text import Text, same
from quizapp.tui.actions import of_screen
from quizapp.tui.screens.base import bindings
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.exercise_file import ExerciseFile
from quizapp.tui.screens.exercise_view import VIEWS, ExerciseView

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

SECONDS_BETWEEN_LOOKS = 0.7
SECONDS_BEFORE_SAVING = 1.5
SECONDS_PER_TICK = 0.5
UNWRITTEN = "raise NotImplementedError"
EDITORS = ("nano", "vim", "vi", "notepad")


class ExerciseScreen(ExerciseView):
    """An exercise with its keys; see `opened`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(of_screen("exercise"))
    name_in_table = "exercise"
    session: StudySession | None = None
    """The study session whose open question this is."""
    given_up = False
    begun_anew = False
    _saving: Timer | None = None
    _ticking: Timer | None = None

    class Checked(Message):
        """A run has ended: with a report, or with what kept it from being made."""

        def __init__(self, source: str, report: dict[str, Any] | None, problem: Text) -> None:
            super().__init__()
            self.source, self.report, self.problem = source, report, problem

    def on_mount(self) -> None:
        """Begin where there is something to write."""
        self._word_scrolling()
        self.editor.select_text(UNWRITTEN)
        self.set_interval(SECONDS_BETWEEN_LOOKS, self.look)
        self.show_view("task" if not self.file.exists else "code", write=not self.narrow() or self.file.exists)
        if self.begun_anew:
            self.notice(say.BEGUN_ANEW)
        self.run_worker(self._warm, thread=True, exit_on_error=False)

    @staticmethod
    def _warm() -> None:
        from quizapp.coding.runner import shared_sandbox

        shared_sandbox().warm()

    def on_unmount(self) -> None:
        """Save whatever way the screen is left."""
        self.save()

    # --- what can be done now

    def can(self, action: str) -> bool:
        """Tell whether an action fits."""
        match action:
            case "run" | "outside":
                return self.running_since is None
            case "next_hint":
                return len(self.given) < len(self.brief.hints)
            case "write_code":
                return not self.typing
            case "leave_editor":
                return self.typing
            case "close_exercise" | "page_down" | "page_up":
                return not self.typing
            case _:
                return True

    def on_key(self, event: Key) -> None:
        """Take a notice away at the next key."""
        self.clear_notice()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the keys that work while typing."""
        self._rekey()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Show the keys that work while not typing."""
        self._rekey()

    def _rekey(self) -> None:
        self.task_panel.redraw_changes()
        if self.report is None:
            self.report_panel.redraw_changes()
        self.refresh_footer()

    # --- the file

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Save soon: a terminal may be closed at any moment."""
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(SECONDS_BEFORE_SAVING, self.save)

    def look(self) -> bool:
        """Read the file again if another program changed it; return whether the screen may be written back."""
        before = self.file.text
        try:
            changed = self.file.refresh()
        except QuizappError as error:
            self.notice(same(f"{error.message} {error.hint}".strip()), problem=True)
            return False
        if not changed or self.file.text == self.editor.text:
            return True
        words = say.READ_AGAIN
        if self.editor.text != before:
            try:
                words = say.set_aside(self.file.set_aside(self.editor.text).name)
            except OSError as error:
                self.notice(say.not_saved(str(self.file.path), str(error.strerror)), problem=True)
                return False
        self.editor.show_text(self.file.text)
        self.notice(words)
        return True

    def save(self, *, even_stub: bool = False) -> bool:
        """Write the text if it has changed; return whether it is safe."""
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
        if not self.look():
            return False
        try:
            self.file.save(self.editor.text, even_stub=even_stub)
        except OSError as error:
            self.notice(say.not_saved(str(self.file.path), error.strerror or str(error)), problem=True)
            return False
        self.header.redraw_changes()
        return True

    def action_outside(self) -> None:
        """Open the person's own editor on the file, and run what it leaves."""
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, EDITORS), "")
        if not command:
            self.notice(say.NO_EDITOR, problem=True)
            return
        if not self.save(even_stub=True):
            return
        try:
            with self.app.suspend():
                subprocess.run([*shlex.split(command), str(self.file.path)], check=False)
        except SuspendNotSupported:
            self.notice(say.NO_SUSPEND, problem=True)
            return
        except (OSError, ValueError) as error:
            self.notice(say.editor_failed(command, str(error)), problem=True)
            return
        self.app.refresh(layout=True)
        if self.look():
            self.action_run()

    # --- running

    def action_run(self) -> None:
        """Save and run; the screen stays alive meanwhile."""
        if self.running_since is not None or not self.save(even_stub=True):
            return
        source = self.editor.text
        self.running_since = monotonic()
        self._ticking = self.set_interval(SECONDS_PER_TICK, self.divider.redraw_changes)
        self.run_worker(lambda: self._check(source), thread=True, exit_on_error=False)
        self.solution_shown = False
        self.show_view("code" if self.view == "task" else self.view)
        self.divider.redraw()

    def _check(self, source: str) -> None:
        """Run in a thread of its own."""
        report, problem = None, Text("", "")
        try:
            report = marking.mark(self.exercise.id, source, self.words)
        except (QuizappError, EngineError) as error:
            problem = same(
                " ".join(str(part) for part in (getattr(error, "message", error), getattr(error, "hint", "")))
            )
        self.post_message(self.Checked(source, report, problem))

    def on_exercise_screen_checked(self, message: Checked) -> None:
        """Show the report; in a session a right solution is the answer."""
        self.running_since = None
        if self._ticking is not None:
            self._ticking.stop()
        if message.report is None:
            self.notice(message.problem, problem=True)
        else:
            self.report = message.report
            self.report_panel.show(self._report_lines)
            if message.report["status"] == "passed":
                self._pass(message.source)
        self.divider.redraw()
        self.header.redraw_changes()
        self.refresh_footer()

    def _pass(self, source: str) -> None:
        self.passed = True
        try:
            note_passed(self.file.path.parent, self.exercise.id, self.exercise.version, source)
        except OSError as error:
            self.notice(say.not_saved(str(self.file.path.parent), error.strerror or str(error)), problem=True)
        session = self.session
        if session is None or session.stage != "asking":
            return
        # The very run that was just seen: marking keeps the latest report.
        marked = self.attempt(lambda: session.answer(source))
        if isinstance(marked, Marked):
            self.notice(RATINGS[marked.rating] + same(" · ") + returns(marked.back))
        elif isinstance(marked, Unreadable):
            self.notice(marked.message, problem=True)

    # --- help

    def action_next_hint(self) -> None:
        """Show the next hint below the task."""
        session = self.session
        if session is not None and session.stage == "asking":
            hint = self.attempt(session.hint)
            if hint is None:
                return
        else:
            hint = self.brief.hints[len(self.given)]
        self.given.append(hint)
        if not self.task_panel.display or not self.work.display:
            self.show_view("task")
        self.task_panel.redraw()
        # The newest hint stands near the end.
        self.call_after_refresh(lambda: self.task_panel.reach(len(self.task_panel.lines) - 1))
        self.refresh_footer()

    def action_solution(self) -> None:
        """Show the reference solution against one's own, after a question if it has not been earned."""
        if self.solution_shown:
            self.solution_shown = False
            self._show_below()
        elif self.passed or self.given_up:
            self._show_solution()
        else:
            more = say.GIVE_UP_FREE if self.session is None else say.GIVE_UP_REVIEW
            self.app.push_screen(ConfirmScreen(say.GIVE_UP, more, self.language), self._give_up)

    def _give_up(self, agreed: bool | None) -> None:
        if not agreed:
            return
        self.given_up = True
        if self.session is not None and self.session.stage == "asking":
            self.attempt(self.session.reveal)
        self._show_solution()

    def _show_solution(self) -> None:
        self.save()
        self.solution_shown = True
        self.view = "report"
        self._show_below()

    def _show_below(self) -> None:
        self.report_panel.show(self._report_lines)
        self.divider.redraw()
        self._arrange()

    # --- moving about

    def action_view(self, view: str = "") -> None:
        """Go to a view, or to the next one."""
        if not view:
            views = VIEWS if self.narrow() else VIEWS[1:]
            view = views[(views.index(self.view) + 1) % len(views)] if self.view in views else views[-1]
        self.show_view(view, write=view == "code")

    def action_write_code(self) -> None:
        """Go to the editor."""
        self.show_view("code", write=True)

    def action_leave_editor(self) -> None:
        """Leave the editor, so that single letters are commands."""
        self.set_focus(None)

    def action_page_down(self) -> None:
        """Read on where there is more."""
        self._turn(1)

    def action_page_up(self) -> None:
        """Read back."""
        self._turn(-1)

    def _turn(self, direction: int) -> None:
        panels = (self.report_panel, self.task_panel)
        if not self.report_panel.display or (self.report is None and not self.solution_shown):
            panels = (self.task_panel, self.report_panel)
        for panel in panels:
            if panel.display and panel.overflowing and panel.turn_page(direction):
                return

    def action_close_exercise(self) -> None:
        """Go back; what is written is saved."""
        if self.save():
            self.dismiss()
        else:
            self.app.push_screen(ConfirmScreen(say.LEAVE_ANYWAY, same(str(self.file.path)), self.language), self._leave)

    def _leave(self, agreed: bool | None) -> None:
        if agreed:
            self.dismiss()


def opened(
    quiz: "QuizApp", name: str, *, session: StudySession | None = None, given: list[Text] | None = None
) -> ExerciseScreen:
    """Return the screen of an exercise.

    Parameters
    ----------
    quiz : QuizApp
    name : str
        Id of the exercise.
    session : StudySession, optional
        One whose open question this is: passing answers it, giving up reveals it.
    given : list of Text, optional
        Hints that the session has given; those given here are added.

    Raises
    ------
    QuizappError
        If there is no such exercise, or its file is no text.
    """
    exercise, library = find_exercise(name), quiz.library
    words = library.catalogue.exercise_words(name)
    workspace = library.folders.workspace
    path, known = workspace / file_name(name), passed(workspace).get(name)
    # A review asks for the code once more, not for a look at the code that passed: that is kept beside.
    anew = session is not None and path.exists() and known is not None and digest(read_source(path)) == known.source
    if anew:
        start(workspace, exercise, words, quiz.display_language, reset=True)
    hints = tuple(hint.text for hint in words.hints) if session is None else session.question.hints
    screen = ExerciseScreen(
        exercise,
        words,
        library.area_title(exercise.area),
        ExerciseFile(path, stub(exercise, words, quiz.display_language)),
        tuple(rule_words(slug) for slug in exercise.rules.slugs),
        hints,
        [] if given is None else given,
        passed=session is None and known is not None and known.version == exercise.version,
    )
    screen.session, screen.begun_anew = session, anew
    return screen

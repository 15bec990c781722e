"""Studying: one question at a time. The session decides; this screen turns keys into calls."""

from typing import ClassVar

from textual.binding import BindingType
from textual.events import DescendantBlur, DescendantFocus, Key

from quizapp.i18n import screens as say
from quizapp.questions.base import Verdict
from quizapp.questions.responses import CodeResponse, RevealResponse
from quizapp.scheduling.model import Rating
from quizapp.study import words
from quizapp.study.model import Marked, Unreadable
from quizapp.text import Text
from quizapp.tui.actions import of_screen
from quizapp.tui.screens.base import bindings
from quizapp.tui.screens.study_view import StudyView
from quizapp.tui.widgets.line_answer import LineAnswer
from quizapp.tui.widgets.response import Answered


class StudyScreen(StudyView):
    """A study session with its keys.

    Parameters
    ----------
    session : StudySession
        With an open question.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(of_screen("study"))
    name_in_table = "study"

    async def on_mount(self) -> None:
        """Ask the first question."""
        self._word_scrolling()
        await self.ask()

    # --- what can be done now

    def can(self, action: str) -> bool:
        """Tell whether an action fits the stage of the session."""
        presented, marked, stage = self.presented, self.marked, self.session.stage
        if presented is None:
            return action == "leave"
        asking = stage == "asking"
        card = isinstance(presented.question.response, RevealResponse)
        wrong = marked is not None and marked.grade.verdict is Verdict.WRONG
        match action:
            case "submit":
                return asking and self._area is not None
            case "write_exercise":
                return asking and isinstance(presented.question.response, CodeResponse)
            case "flip":
                return asking and card
            case "accept":
                return stage == "revealed"
            case "solve":
                return wrong and self._solution is None
            case "next":
                return marked is not None and not (wrong and self._solution is None)
            case "retry":
                return marked is not None and marked.can_retry
            case "rate(1)" | "rate(2)" | "rate(3)" | "rate(4)":
                return stage in ("revealed", "marked")
            case "hint":
                return asking and len(self._hints) < len(presented.question.hints)
            case "give_up":
                return asking and self._area is not None
            case "steps":
                return marked is not None and not wrong and self._solution is None
            case "skip":
                return (asking or stage == "revealed") and self.session.marked is None
            case "type":
                return asking and isinstance(self._area, LineAnswer) and not self.typing
            case "command_keys":
                return self.typing
            case "leave":
                return not self.typing
            case _:
                return True

    def on_key(self, event: Key) -> None:
        """Take a notice away at the next key; an answer does it with its mark, in one paint instead of two."""
        if event.key != "enter" or self.session.stage != "asking":
            self.clear_notice()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the keys that work while typing."""
        self.refresh_footer()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Show the keys that work while not typing."""
        self.refresh_footer()

    # --- answering

    def on_line_answer_typed(self, message: LineAnswer.Typed) -> None:
        """Show the words in their gaps."""
        message.stop()
        self.prompt.redraw_changes()

    async def on_answered(self, message: Answered) -> None:
        """Have an answer marked."""
        message.stop()
        self.clear_notice()
        second_try = self.session.marked is not None
        result = self.attempt(lambda: self.session.answer(message.raw))
        if isinstance(result, Unreadable):
            if isinstance(self._area, LineAnswer):
                self._area.refuse(result)
            else:
                how = None if self.presented is None or message.raw else self._how(self.presented)
                self.notice(how or result.message, problem=True)
        elif result is not None:
            self._note(result, replace=second_try)
            self._show_mark(result)

    def _note(self, marked: Marked, *, replace: bool) -> None:
        if replace and self.trail:
            self.trail.pop()
        self.trail.append(marked.rating is not Rating.AGAIN)

    def _show_mark(self, marked: Marked) -> None:
        if self._area is not None:
            self._area.close(marked.grade, hidden=marked.can_retry)
        self.feedback.show(self._feedback_lines)
        if self.feedback.overflowing:
            self._arrange()
        self._redraw()

    def action_submit(self) -> None:
        """Give the answer, or return to the answer line where it has been left."""
        if isinstance(self._area, LineAnswer) and not self.typing:
            self._area.focus_first()
        elif self._area is not None:
            self._area.submit()

    def action_write_exercise(self) -> None:
        """Write the code of an exercise, and come back with its rating."""
        from quizapp.tui.screens.exercise import opened

        response = self.session.question.response
        if not isinstance(response, CodeResponse):
            return
        name = response.exercise
        screen = self.attempt(lambda: opened(self.quiz, name, session=self.session, given=self._hints))
        if screen is not None:
            self.app.push_screen(screen, lambda _: self._written(given_up=screen.given_up))

    def _written(self, *, given_up: bool) -> None:
        if self.marked is not None:
            self._given_up = given_up and self.marked.grade.verdict is Verdict.WRONG
            self._solution = self.attempt(self.session.reveal) if self._given_up else None
            self._note(self.marked, replace=False)
            self._show_mark(self.marked)
        else:
            self.feedback.show(self._feedback_lines)
            self._redraw()

    def action_flip(self) -> None:
        """Turn the card."""
        self._solution = self.attempt(self.session.reveal)
        self.feedback.show(self._feedback_lines)
        self._arrange()
        self._redraw()

    def action_solve(self) -> None:
        """Show the right answer with its steps; a second try is over then."""
        self._solution = self.attempt(self.session.reveal)
        if self.marked is not None:
            self._show_mark(self.marked)

    def action_steps(self) -> None:
        """Show how the answer comes about."""
        self.action_solve()

    def action_give_up(self) -> None:
        """Show the solution instead of answering."""
        second_try = self.session.marked is not None
        solution = self.attempt(self.session.reveal)
        if solution is not None and self.marked is not None:
            self._solution, self._given_up = solution, not second_try
            self._note(self.marked, replace=second_try)
            self._show_mark(self.marked)

    async def action_next(self) -> None:
        """Go to the next question."""
        self.attempt(self.session.advance)
        await self.ask()

    def action_retry(self) -> None:
        """Open the second try with the first answer in place."""
        self.attempt(self.session.retry)
        if self._area is not None:
            self._area.open(again=True)
            self._arrange()
        self._redraw()

    async def action_accept(self) -> None:
        """Rate the card as remembered."""
        await self.action_rate(int(Rating.GOOD))

    async def action_rate(self, rating: int) -> None:
        """Rate a card and go on, or override the rating of an answer and stay."""
        card = self.session.stage == "revealed"
        marked = self.attempt(lambda: self.session.rate(Rating(rating)))
        if marked is None:
            return
        self._note(marked, replace=not card)
        if card:
            self.attempt(self.session.advance)
            await self.ask()
            back = words.RATINGS[marked.rating] + Text(" · ", " · ") + words.returns(marked.back)
            if self.presented is not None:
                self.notice(words.LEECH if marked.leech else back)
        else:
            self._redraw()

    # --- help, second thoughts

    def action_hint(self) -> None:
        """Show the next hint."""
        hint = self.attempt(self.session.hint)
        if hint is not None:
            self._hints.append(hint)
            self.feedback.show(self._feedback_lines)
            self._redraw()

    async def action_skip(self) -> None:
        """Put the question off."""
        self.attempt(self.session.skip)
        await self.ask()
        self.notice(say.SKIPPED)

    async def action_undo(self) -> None:
        """Undo the last answer and ask it again."""
        undone = self.attempt(self.session.undo)
        if undone is None:
            self.notice(words.NOTHING_TO_UNDO)
            return
        if self.trail:
            self.trail.pop()
        await self.ask()
        self.notice(words.UNDONE)

    def action_suspend(self) -> None:
        """Take the item out, after a question."""
        from quizapp.tui.screens.confirm import ConfirmScreen

        self.app.push_screen(ConfirmScreen(say.SUSPEND_ASK, say.SUSPEND_MORE, self.language), self._suspend)

    async def _suspend(self, agreed: bool | None) -> None:
        if agreed:
            self.attempt(self.session.suspend)
            await self.ask()
            self.notice(say.SUSPENDED)

    def action_type(self) -> None:
        """Return to the answer line."""
        if isinstance(self._area, LineAnswer):
            self._area.focus_first()

    def action_command_keys(self) -> None:
        """Leave the answer line."""
        self.set_focus(None)

    def action_page_down(self) -> None:
        """Read on where there is more."""
        self._turn(1)

    def action_page_up(self) -> None:
        """Read back."""
        self._turn(-1)

    def _turn(self, direction: int) -> None:
        panels = (self.prompt, self.feedback) if self.session.stage == "asking" else (self.feedback, self.prompt)
        for panel in panels:
            if panel.overflowing and panel.turn_page(direction):
                return

    def action_leave(self) -> None:
        """End the session."""
        self.quiz.end_study(self.session)

"""Studying: one question at a time. The session decides; this screen draws it and turns keys into calls."""

from typing import ClassVar, assert_never

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur, DescendantFocus, Key, Resize
from textual.widget import Widget

from quizapp.i18n import screens as say
from quizapp.questions.base import Reveal, Verdict
from quizapp.questions.responses import (
    ChoiceResponse,
    CodeResponse,
    LineResponse,
    MatchResponse,
    MultiChoiceResponse,
    OrderResponse,
    RevealResponse,
)
from quizapp.scheduling.model import Rating
from quizapp.study import words
from quizapp.study.model import Marked, Presented, Unreadable
from quizapp.study.session import StudySession
from quizapp.text import Text
from quizapp.tui.actions import of_screen
from quizapp.tui.present import study as present
from quizapp.tui.present.line import BLANK, Line, Tone, line, rule
from quizapp.tui.screens.base import TableScreen, bindings
from quizapp.tui.widgets.choice import OptionList, TickList
from quizapp.tui.widgets.line_answer import AnswerInput, LineAnswer
from quizapp.tui.widgets.match import PairList
from quizapp.tui.widgets.order import OrderList
from quizapp.tui.widgets.panel import Panel
from quizapp.tui.widgets.response import AnswerArea, Answered

LEAST_FEEDBACK = 3
LEAST_PROMPT = 4
SIDE_CELLS = 39
TALL_FROM, TALL_FIGURE, LOW_FIGURE = 32, 12, 6


class StudyScreen(TableScreen):
    """A study session.

    Parameters
    ----------
    session : StudySession
        With an open question.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(of_screen("study"))
    name_in_table = "study"

    def __init__(self, session: StudySession) -> None:
        super().__init__()
        self.session = session
        self.trail: list[bool] = []
        self._hints: list[Text] = []
        self._solution: Reveal | None = None
        self._given_up = False
        self._area: AnswerArea | None = None
        self._areas: dict[str, AnswerArea] = {}
        self.header = Panel(self._header_lines, id="header")
        self.prompt = Panel(self._prompt_lines, id="prompt")
        self.answer = Vertical(id="answer")
        self.feedback = Panel(self._feedback_lines, id="feedback")
        self.ratings = Panel(self._ratings_lines, id="ratings")
        self.side = Panel(self._side_lines, id="side")

    def compose(self) -> ComposeResult:
        """Lay the screen out: every part keeps its place while a question is answered."""
        yield self.header
        yield Panel(lambda width: [rule(width)], id="rule")
        yield Horizontal(
            Vertical(self.prompt, self.answer, self.feedback, self.ratings, id="main"), self.side, id="columns"
        )
        yield from self.compose_frame()

    async def on_mount(self) -> None:
        """Ask the first question."""
        self._word_scrolling()
        await self.ask()

    # --- the question at hand

    @property
    def presented(self) -> Presented | None:
        """The question on screen."""
        return self.session.current

    @property
    def marked(self) -> Marked | None:
        """The answer on screen, once it counts."""
        return self.session.marked if self.session.stage == "marked" else None

    @property
    def typing(self) -> bool:
        """Whether keys go to an answer line."""
        return isinstance(self.focused, AnswerInput) and not self.focused.closed

    async def ask(self) -> None:
        """Show the session's present question, or end the session."""
        presented = self.presented
        if presented is None:
            self.quiz.end_study(self.session)
            return
        self._hints = []
        self._solution = None
        self._given_up = False
        area = await self._area_for(presented)
        if area is not None:
            await area.ask(presented.question, self.display_language, self.language)
        for kind in self._areas.values():
            if isinstance(kind, Widget):
                kind.set_class(kind is area, "shown")
        self._area = area
        self.prompt.show(self._prompt_lines)
        self.feedback.show(self._feedback_lines)
        self._arrange()
        self._redraw()
        if area is None:
            self.set_focus(None)
        else:
            area.open(again=False)
        self.refresh_footer()

    async def _area_for(self, presented: Presented) -> AnswerArea | None:
        response = presented.question.response
        match response:
            case RevealResponse() | CodeResponse():
                return None
            case LineResponse() | ChoiceResponse() | MultiChoiceResponse() | OrderResponse() | MatchResponse():
                pass
            case _:
                assert_never(response)
        if response.name not in self._areas:
            area: LineAnswer | OptionList | TickList | OrderList | PairList
            match response:
                case LineResponse():
                    area = LineAnswer(self.session.read)
                case ChoiceResponse():
                    area = OptionList()
                case MultiChoiceResponse():
                    area = TickList()
                case OrderResponse():
                    area = OrderList()
                case MatchResponse():
                    area = PairList()
                case _:
                    assert_never(response)
            await self.answer.mount(area)
            self._areas[response.name] = area
        return self._areas[response.name]

    # --- layout

    def on_resize(self, event: Resize) -> None:
        """Give every part its rows anew."""
        self.set_class(not self.narrow(), "wide")
        self._arrange()

    def _arrange(self) -> None:
        """Share the rows out: the prompt what it needs, the answer what it needs, the rest to the feedback."""
        width, height = self.app.size
        inner = width - (0 if self.narrow() else SIDE_CELLS) - 4
        body = max(height - 7, LEAST_PROMPT + 2)
        wanted = self.prompt.height_at(inner)
        answer = 0 if self._area is None else self._area.rows(inner)
        least = min(LEAST_FEEDBACK, body // 3)
        if self._solution is not None:
            # Opening a solution is asked for: now the end of a long prompt may give way to it, its beginning stays.
            needed = self.feedback.height_at(inner)
            least = max(least, min(needed, body - answer - min(wanted, LEAST_PROMPT)))
        answer = min(answer, max(1, body - least - min(wanted, LEAST_PROMPT)))
        self._give(self.answer, answer)
        self._give(self.prompt, max(1, min(wanted, body - least - answer)))
        if isinstance(self._area, LineAnswer):
            # The prompt ends with the precision asked for; it is repeated only where that end is out of sight.
            self._area.asked_below = wanted > body - least - answer

    @staticmethod
    def _give(part: Widget, rows: int) -> None:
        """Give a part its rows; a layout that stays as it is need not be worked out again."""
        height = part.styles.height
        if height is None or height.value != rows:
            part.styles.height = rows
        if part.display != (rows > 0):
            part.display = rows > 0

    def _redraw(self) -> None:
        """Draw what depends on the stage of the session."""
        for panel in (self.header, self.feedback, self.ratings, self.side):
            panel.redraw_changes()
        self.refresh_footer()

    def relabel(self) -> None:
        """Show the same question in another language; nothing typed is lost."""
        super().relabel()
        if self._area is not None:
            self._area.relabel(self.display_language, self.language)
        self._word_scrolling()
        self._arrange()

    def _word_scrolling(self) -> None:
        for panel in (self.prompt, self.feedback):
            panel.more = (self.say(say.MORE_BELOW), self.say(say.MORE_ABOVE))

    def _header_lines(self, width: int) -> list[Line]:
        if self.presented is None:
            return []
        answered = self.session.stage == "marked"
        return [
            present.header(self.presented, self.session.progress, answered, self.language, self.display_language, width)
        ]

    def _prompt_lines(self, width: int) -> list[Line]:
        if self.presented is None:
            return []
        rows = TALL_FIGURE if self.app.size.height >= TALL_FROM else LOW_FIGURE
        gaps = self._area.values() if isinstance(self._area, LineAnswer) and self._area.gaps else ()
        return present.prompt(
            self.presented, self.display_language, self.language, width, figure_rows=rows, fields=gaps
        )

    def _feedback_lines(self, width: int) -> list[Line]:
        presented = self.presented
        if presented is None:
            return []
        if self.session.stage == "revealed" and self._solution is not None:
            return present.back(self._solution, self.display_language, self.language, width)
        if self.marked is None:
            if isinstance(presented.question.response, CodeResponse):
                command = f"quizapp exercise start {presented.question.response.exercise}"
                return [line(self.say(say.IN_EDITOR)), BLANK, line("  " + command, Tone.CODE)]
            total = len(presented.question.hints)
            return present.hints(self._hints, total, self.display_language, self.language, width)
        return present.feedback(
            self.marked,
            self.display_language,
            self.language,
            width,
            given_up=self._given_up,
            solution=self._solution,
            options=isinstance(presented.question.response, ChoiceResponse | MultiChoiceResponse),
        )

    def _ratings_lines(self, width: int) -> list[Line]:
        presented = self.presented
        if presented is None:
            return []
        if self.session.stage == "revealed":
            return [present.ratings(presented.delays, None, self.language, width)]
        if self.marked is not None:
            return [present.rating_line(self.marked, presented.delays, self.language, width)]
        how = self._how(presented)
        return [line(self.say(how), Tone.DIM)] if how is not None else []

    @staticmethod
    def _how(presented: Presented) -> Text | None:
        response = presented.question.response
        match response:
            case LineResponse() | CodeResponse():
                return None
            case RevealResponse():
                return say.THINK
            case ChoiceResponse():
                return say.HOW_CHOICE
            case MultiChoiceResponse():
                return say.HOW_MULTI
            case OrderResponse():
                return say.HOW_ORDER
            case MatchResponse():
                return say.HOW_MATCH
            case _:
                assert_never(response)

    def _side_lines(self, width: int) -> list[Line]:
        if self.presented is None:
            return []
        return present.side(self.presented, self.session.progress, self.trail, self.language, width)

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
        """Take a notice away at the next key."""
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

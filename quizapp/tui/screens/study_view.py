"""How a study session is drawn: which part gets which rows, and what stands in it at each stage."""

from typing import assert_never

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widget import Widget

from quizapp.i18n import screens as say
from quizapp.questions.base import Reveal
from quizapp.questions.responses import (
    ChoiceResponse,
    CodeResponse,
    LineResponse,
    MatchResponse,
    MultiChoiceResponse,
    OrderResponse,
    RevealResponse,
)
from quizapp.study.model import Marked, Presented
from quizapp.study.session import StudySession
from quizapp.text import Text
from quizapp.tui.present import study as present
from quizapp.tui.present.line import Line, Tone, line, rule
from quizapp.tui.screens.base import TableScreen
from quizapp.tui.widgets.choice import ChoiceList, TickList
from quizapp.tui.widgets.line_answer import AnswerInput, LineAnswer
from quizapp.tui.widgets.match import PairList
from quizapp.tui.widgets.order import OrderList
from quizapp.tui.widgets.panel import Panel
from quizapp.tui.widgets.response import AnswerArea

LEAST_FEEDBACK = 3
LEAST_PROMPT = 4
SIDE_CELLS = 39
TALL_FROM, TALL_FIGURE, LOW_FIGURE = 32, 12, 6


class StudyView(TableScreen):
    """The parts of the study screen; what they show follows from the session.

    Parameters
    ----------
    session : StudySession
        With an open question.
    """

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
            area: LineAnswer | ChoiceList | TickList | OrderList | PairList
            match response:
                case LineResponse():
                    area = LineAnswer(self.session.read)
                case ChoiceResponse():
                    area = ChoiceList()
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
            if isinstance(presented.question.response, CodeResponse) and not self._hints:
                return [line(self.say(say.IN_EDITOR))]
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

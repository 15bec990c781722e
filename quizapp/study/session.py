"""A study session without a screen: one question at a time, every answer safe before the next one appears."""

import secrets
from dataclasses import replace
from datetime import datetime

from engine.errors import AnswerFormatError, ParamsError
from quizapp.catalogue.entries import ItemEntry
from quizapp.i18n.answers import format_error_words
from quizapp.library import Library
from quizapp.questions.base import Draw, Grade, ItemSpec, Question, Reveal, Verdict
from quizapp.questions.registry import item_type
from quizapp.questions.responses import RevealResponse
from quizapp.scheduling.model import CardState, Phase, Rating, Review
from quizapp.scheduling.policy import Delay, Outcomes, is_leech_now, outcomes
from quizapp.scheduling.session_queue import SessionQueue
from quizapp.store.records import ConcurrentChange, Fold, Pending, RatedBy
from quizapp.study.answer_row import answer_row
from quizapp.study.day_load import DayLoad
from quizapp.study.drawing import draw_for
from quizapp.study.model import Marked, Presented, Progress, Reading, Stage, Summary, Unreadable
from quizapp.study.rating import automatic
from quizapp.study.tally import Tally
from quizapp.text import EMPTY, Text, same

LONGEST_ANSWER_SECONDS = 300.0
"""Time beyond this was spent elsewhere and is not counted."""

LEECH = "leech"


class StudySession:
    """Asks, marks, records and schedules. The screen, the line mode and the tests are its callers.

    Parameters
    ----------
    library : Library
    queue : SessionQueue
        What is to be asked, in order.
    seed : int, optional
        Makes the questions of the session reproducible.
    """

    def __init__(self, library: Library, queue: SessionQueue, *, seed: int | None = None) -> None:
        self._library = library
        self._queue = queue
        self._seed = seed
        self._clock = library.clock
        self.id = secrets.token_hex(8)
        self.stage: Stage = "asking"
        self.current: Presented | None = None
        self.marked: Marked | None = None
        self.waiting_until: int | None = None
        self._entry: ItemEntry | None = None
        self._spec: ItemSpec | None = None
        self._hints = 0
        self._tries = 0
        self._revealed = False
        self._retrying = False
        self._started = 0.0
        self._tally = Tally()
        self._load = DayLoad(library)
        self._before: tuple[Marked, str] | None = None
        self._granted: tuple[int, Outcomes] | None = None
        library.store.start_session(self.id, {"seed": seed})
        left = None if seed is not None else library.store.pending()
        if left is not None and left.item in queue and library.known(left.item) is not None:
            # A session ended without saying so: the very numbers that were on screen come back.
            library.store.forget_pending(left.session)
            queue.put_back(left.item)
            self._present(left.item, Draw(left.seed or 0, left.level or 1, left.params))
        else:
            self.advance()

    # --- what is shown

    @property
    def progress(self) -> Progress:
        """How far the session has come; the question on screen counts as remaining until it is marked."""
        return Progress(len(self._tally), self._tally.right, len(self._queue))

    @property
    def question(self) -> Question:
        """The question on screen; ``LookupError`` if there is none."""
        if self.current is None:
            raise LookupError("no question is open")
        return self.current.question

    def advance(self) -> Presented | None:
        """Go to the next question; ``None`` when the session waits or is finished."""
        if self.marked is not None and self.current is not None:
            self._before = (self.marked, self.current.question.item)
        self.marked = None
        self._retrying = False
        found = self._queue.next(self._clock.milliseconds())
        if isinstance(found, str):
            return self._present(found)
        self.current = None
        self.waiting_until = None if found is None else found.until
        self.stage = "finished" if found is None else "waiting"
        return None

    def _present(self, item: str, again: Draw | None = None) -> Presented:
        library = self._library
        entry = library.catalogue.entry(item)
        spec = library.catalogue.spec(item)
        state = library.store.state(item)
        history = library.store.reviews(item)
        now = self._clock.now()
        draw, repeated = draw_for(
            item,
            getattr(spec, "levels", (1,)),
            state,
            history,
            library.day(now),
            leech=library.store.has_flag(item, LEECH),
            session_seed=self._seed,
        )
        draw = again or draw
        question = self._realise(item, entry.type, spec, draw)
        granted = self._outcomes(state, item, now)
        deck = library.catalogue.deck(entry.deck)
        self._entry, self._spec = entry, spec
        if question.skill is not None:
            shown = question.draw
            library.store.show_pending(
                Pending(self.id, item, self._clock.milliseconds(), shown.level, shown.seed, shown.params)
            )
        self._hints = self._tries = 0
        self._revealed = False
        self.stage = "asking"
        self.waiting_until = None
        self._started = self._clock.elapsed()
        self.current = Presented(
            question=question,
            deck=deck.title,
            area=library.area_title(deck.area),
            state=state,
            delays={rating: granted.delay(rating) for rating in Rating},
            repeated=repeated,
            deck_id=deck.id,
        )
        return self.current

    def _realise(self, item: str, kind: str, spec: ItemSpec, draw: Draw) -> Question:
        catalogue = self._library.catalogue
        try:
            return item_type(kind).realise(item, spec, draw, catalogue)
        except ParamsError:
            # The skill has changed since these numbers were asked: it refuses them now, so new ones are drawn.
            return item_type(kind).realise(item, spec, replace(draw, params=None), catalogue)

    def _outcomes(self, state: CardState | None, item: str, now: datetime) -> Outcomes:
        options = self._library.settings
        return outcomes(state, item, now, options, self._load.on(now))

    # --- answering

    def read(self, raw: str) -> Reading:
        """Return how an answer would be read, for the live echo; nothing is marked."""
        question = self.question
        kind = item_type(question.type)
        try:
            return Reading(True, same(kind.grade(question, kind.parse(question, raw)).read_as))
        except AnswerFormatError as error:
            return Reading(False, format_error_words(error))

    def answer(self, raw: str) -> Marked | Unreadable:
        """Mark an answer and record it; an unreadable one costs nothing.

        A right second try turns the Again of the first into Hard; a wrong one changes nothing.
        """
        question = self.question
        if self.stage != "asking":
            raise LookupError("no answer is awaited")
        kind = item_type(question.type)
        try:
            response = kind.parse(question, raw)
        except AnswerFormatError as error:
            return Unreadable(format_error_words(error), error.span)
        grade = kind.grade(question, response)
        if grade.verdict is Verdict.SELF:
            return self._record(grade, Rating(response), raw, "person")
        self._tries += 1
        helped = self._hints > 0 or self._tries > 1
        rating = automatic(grade.verdict, helped=helped, easy_when_right=self._library.settings.easy_when_right)
        if self._retrying:
            return self._second_try(grade, rating)
        return self._record(grade, rating, raw, "auto")

    def _second_try(self, grade: Grade, rating: Rating) -> Marked:
        marked = self._require_marked()
        self._retrying = False
        self.stage = "marked"
        if rating is Rating.AGAIN:
            self.marked = replace(marked, grade=grade, can_retry=True)
            return self.marked
        return self._override(rating, grade, "auto")

    def _record(self, grade: Grade, rating: Rating, raw: str, rated_by: RatedBy) -> Marked:
        """Write the answer down; if another session changed the item meanwhile, apply it to what is stored now."""
        question, entry = self.question, self._require_entry()
        presented = self.current
        was = None if presented is None else presented.state
        seconds = min(self._clock.elapsed() - self._started, LONGEST_ANSWER_SECONDS)
        while True:
            now = self._clock.now()
            granted = self._outcomes(was, entry.id, now)
            state = granted[rating]
            answer = answer_row(self._library, question, entry, grade, rating, now)._replace(
                session=self.id,
                raw=raw,
                rated_by=rated_by,
                hints=self._hints,
                tries=max(1, self._tries),
                milliseconds=round(seconds * 1000),
            )
            try:
                review = self._library.store.record(answer, state, was)
                self._granted = (answer.at, granted)
                break
            except ConcurrentChange as change:
                was = change.state
        leech = rating is Rating.AGAIN and is_leech_now(state, self._library.settings)
        if leech:
            self._library.store.flag(entry.id, LEECH)
        self._tally.add(rating, seconds, grade.message if grade.misconception else EMPTY, new=was is None)
        self._load.move(was, state)
        self._requeue(entry.id, state)
        self.stage = "marked"
        self.marked = Marked(
            review=review,
            grade=grade,
            rating=rating,
            back=granted.delay(rating),
            can_retry=grade.verdict is Verdict.WRONG and not self._revealed,
            leech=leech,
        )
        return self.marked

    # --- help, second thoughts

    def hint(self) -> Text | None:
        """Return the next hint; ``None`` when there is none left. A right answer after a hint counts as Hard."""
        question = self.question
        if self.stage != "asking" or self._hints >= len(question.hints):
            return None
        self._hints += 1
        return question.hints[self._hints - 1]

    def reveal(self) -> Reveal:
        """Show the solution.

        A flashcard then waits for its rating. A question that was to be answered is given up: that counts as Again,
        which the person may override. After a wrong answer it closes the second try.
        """
        question = self.question
        solution = item_type(question.type).reveal(question)
        self._revealed = True
        if self.stage == "asking":
            if isinstance(question.response, RevealResponse):
                self.stage = "revealed"
            elif self._retrying:
                self.stage, self._retrying = "marked", False
            else:
                self._record(Grade(Verdict.WRONG, ""), Rating.AGAIN, "", "auto")
        if self.marked is not None and self.marked.can_retry:
            self.marked = replace(self.marked, can_retry=False)
        return solution

    def rate(self, rating: Rating) -> Marked:
        """Rate a revealed flashcard, or override the rating of a marked answer."""
        if self.stage == "revealed":
            return self._record(Grade(Verdict.SELF, ""), rating, str(int(rating)), "person")
        return self._override(rating, self._require_marked().grade, "person")

    def _override(self, rating: Rating, grade: Grade, rated_by: RatedBy) -> Marked:
        marked = self._require_marked()
        if rating is marked.rating and grade is marked.grade:
            return marked
        entry = self._require_entry()
        was = self._library.store.state(entry.id)
        successor = self._library.store.override(
            marked.review, rating, self._promised(rating), rated_by=rated_by, verdict=grade.verdict.value
        )
        state = self._library.store.state(entry.id) or successor.state
        self._load.move(was, state)
        self._requeue(entry.id, state)
        self._tally.correct(rating)
        back = self._granted[1].delay(rating) if self._granted is not None else marked.back
        self.marked = replace(
            marked, review=successor.id, rating=rating, grade=grade, back=back, can_retry=False, leech=False
        )
        return self.marked

    def rate_last(self, rating: Rating) -> Delay | None:
        """Override the rating of the answer before the open question; ``None`` if there is none in this session.

        Returns when that item comes back now.
        """
        if self.marked is not None:
            return self.rate(rating).back
        if self._before is None:
            return None
        marked, item = self._before
        was = self._library.store.state(item)
        successor = self._library.store.override(marked.review, rating, self._promised(rating))
        state = self._library.store.state(item) or successor.state
        self._load.move(was, state)
        self._before = (replace(marked, review=successor.id, rating=rating), item)
        if self._entry is None or self._entry.id != item:
            self._requeue(item, state)
        self._tally.correct(rating)
        return self._granted[1].delay(rating) if self._granted is not None else marked.back

    def _promised(self, rating: Rating) -> Fold:
        """Return a fold that grants, for the latest answer, exactly what its rating had shown."""
        granted = self._granted

        def refold(reviews: list[Review]) -> CardState | None:
            if granted is not None and reviews[-1].at == granted[0] and reviews[-1].rating is rating:
                return granted[1][rating]
            return self._library.fold(reviews)

        return refold

    def retry(self) -> None:
        """Open the second try of a wrong answer."""
        if self.marked is None or not self.marked.can_retry:
            raise LookupError("there is no second try")
        self._retrying = True
        self.stage = "asking"

    def skip(self) -> Presented | None:
        """Put the question off to the end of the session; nothing is recorded."""
        if self._entry is not None and self.stage in ("asking", "revealed") and not self._retrying:
            self._queue.postpone(self._entry.id)
        return self.advance()

    def suspend(self) -> Presented | None:
        """Take the item out of all sessions until it is brought back."""
        entry = self._require_entry()
        self._library.store.suspend(entry.id)
        self._queue.remove(entry.id)
        return self.advance()

    def undo(self) -> Presented | None:
        """Undo the last answer, also one of an earlier run, and ask its very question again.

        Returns ``None`` if there was nothing to undo.
        """
        undone = self._library.store.undo_last(None, self._library.fold)
        if undone is None:
            return None
        answer = undone.review.answer
        self._load.move(undone.review.state, undone.state)
        if answer.session == self.id:
            self._tally.undo()
        item = self._library.store.aliases().get(answer.item, answer.item)
        self.marked = self._before = None
        self._retrying = False
        if self._library.known(item) is None:
            return self.advance()
        self._queue.put_back(item)
        draw = None if answer.seed is None else Draw(answer.seed, answer.level or 1, answer.params)
        return self._present(item, draw)

    def finish(self) -> Summary:
        """End the session and say how it went. Nothing needs saving: every answer already is."""
        library = self._library
        library.store.finish_session(self.id)
        library.store.checkpoint_idle()
        return self._tally.summary(library)

    # --- bookkeeping

    def _requeue(self, item: str, state: CardState) -> None:
        if state.phase is not Phase.REVIEW and state.due < self._library.end_of_day(self._clock.now()):
            self._queue.push(item, state.due)
        else:
            self._queue.remove(item)

    def _require_marked(self) -> Marked:
        if self.marked is None:
            raise LookupError("nothing has been marked")
        return self.marked

    def _require_entry(self) -> ItemEntry:
        if self._entry is None:
            raise LookupError("no question is open")
        return self._entry

"""Any sequence of actions, restarts included, against a model of a few lists and sets."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from quizapp.scheduling.model import CardState, Phase, Rating, Review
from quizapp.store.counts import DeckCounts
from quizapp.store.store import Store
from tests.quizapp.store.samples import DAY_MS, Ticking, fold, study

ITEMS = st.sampled_from(["d/a", "d/b", "e/c"])
RATINGS = st.sampled_from(list(Rating))
SESSIONS = st.sampled_from(["s1", "s2"])
START = 20_000 * DAY_MS


@dataclass
class Entry:
    id: int
    item: str
    session: str
    rating: Rating
    at: int
    order: int


class StoreAgainstLists(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.ticking = Ticking()
        self.path = Path(self.folder.name) / "progress.db"
        self.store = Store.open(self.path, self.ticking.clock)
        self.log: list[Entry] = []
        self.suspended: set[str] = set()
        self.now = START

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def states(self) -> dict[str, CardState]:
        found = {}
        for item in {entry.item for entry in self.log}:
            entries = sorted((one for one in self.log if one.item == item), key=lambda one: one.order)
            state = fold([Review(item, one.rating, one.at, one.at // DAY_MS) for one in entries])
            if state is not None:
                found[item] = state
        return found

    @rule(item=ITEMS, rating=RATINGS, session=SESSIONS, later=st.integers(0, 3 * DAY_MS))
    def record(self, item: str, rating: Rating, session: str, later: int) -> None:
        self.now += later
        number = study(self.store, item, rating, self.now, session=session)
        self.log.append(Entry(number, item, session, rating, self.now, number))

    @rule(session=st.none() | SESSIONS)
    def undo(self, session: str | None) -> None:
        undone = self.store.undo_last(session, fold)
        candidates = [entry for entry in self.log if session in (None, entry.session)]
        if not candidates:
            assert undone is None
            return
        last = max(candidates, key=lambda entry: entry.id)
        assert undone is not None
        assert undone.review.id == last.id
        self.log.remove(last)
        assert undone.state == self.states().get(last.item)

    @precondition(lambda self: self.log)
    @rule(data=st.data(), rating=RATINGS)
    def override(self, data: st.DataObject, rating: Rating) -> None:
        entry = data.draw(st.sampled_from(self.log))
        entry.id = self.store.override(entry.id, rating, fold).id
        entry.rating = rating

    @rule(item=ITEMS)
    def suspend(self, item: str) -> None:
        self.store.suspend(item)
        self.suspended.add(item)

    @rule(item=ITEMS)
    def unsuspend(self, item: str) -> None:
        self.store.unsuspend(item)
        self.suspended.discard(item)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.ticking.advance(hours=7)
        self.store = Store.open(self.path, self.ticking.clock)

    @rule()
    def refold(self) -> None:
        assert self.store.refold_all(fold) == len(self.states())

    @invariant()
    def states_are_the_fold_of_the_log(self) -> None:
        assert self.store.all_states() == self.states()

    @invariant()
    def counts_are_exact(self) -> None:
        day = self.now // DAY_MS
        expected: dict[str, DeckCounts] = {}
        due = set()
        for item, state in self.states().items():
            counts = expected.get(item[0], DeckCounts(0, 0, 0))
            awake = item not in self.suspended
            reviewing = awake and state.phase is Phase.REVIEW and state.due_day <= day
            stepping = awake and state.phase is not Phase.REVIEW and state.due <= self.now
            expected[item[0]] = DeckCounts(counts.seen + 1, counts.due + reviewing, counts.learning + stepping)
            if reviewing or stepping:
                due.add(item)
        assert self.store.due_counts(self.now, day) == expected
        assert {item for item, _ in self.store.due_items(self.now, day)} == due
        assert self.store.suspended() == self.suspended
        assert sum(self.store.day_counts(day)) == sum(entry.at // DAY_MS == day for entry in self.log)


StoreAgainstLists.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
test_any_sequence_of_actions = StoreAgainstLists.TestCase

"""The load of the coming days: counted once, then equal to what the store would count, whatever is answered."""

from datetime import datetime

import pytest

from quizapp.library import Library
from quizapp.scheduling.model import Rating
from quizapp.settings import changed
from quizapp.study.day_load import DayLoad
from quizapp.study.session import StudySession
from quizapp.study.start import start
from tests.quizapp.shelf import Hours


@pytest.fixture
def session(library: Library) -> StudySession:
    # Without steps every answer goes straight to a day.
    library.save_settings(changed(library.settings, "learning-steps", ""))
    return start(library, seed=1)


class Counting:
    """Counts how often the store is asked."""

    def __init__(self, library: Library) -> None:
        self.really = library.load
        self.times = 0

    def __call__(self, moment: datetime) -> dict[int, int] | None:
        self.times += 1
        return self.really(moment)


def days(load: dict[int, int] | None) -> dict[int, int]:
    assert load is not None
    return {day: reviews for day, reviews in load.items() if reviews}


def test_it_follows_answers_overrides_and_undo(
    session: StudySession, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting(library)
    monkeypatch.setattr(library, "load", counting)
    now = library.clock.now()

    def agrees() -> None:
        assert days(session._load.on(now)) == days(counting.really(now))

    session.reveal()
    agrees()
    session.rate(Rating.EASY)
    agrees()
    session.advance()
    session.rate_last(Rating.GOOD)
    agrees()
    session.reveal()
    session.undo()
    agrees()
    # The first question was drawn before the counting was watched.
    assert counting.times == 0


def test_a_new_day_is_counted_anew(library: Library, hours: Hours, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting(library)
    monkeypatch.setattr(library, "load", counting)
    load = DayLoad(library)
    load.on(library.clock.now())
    load.on(library.clock.now())
    hours.pass_by(days=1)
    load.on(library.clock.now())
    assert counting.times == 2


def test_it_is_nothing_where_balancing_is_off(library: Library) -> None:
    library.save_settings(changed(library.settings, "load-balance", "off"))
    load = DayLoad(library)
    assert load.on(library.clock.now()) is None
    load.move(None, None)

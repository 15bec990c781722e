from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.queue import LEARN_AHEAD_MS, Queue
from quizapp.scheduling.session_queue import SessionQueue, Wait

NOW = 1_741_600_000_000
MINUTE = 60_000


def test_items_come_in_the_order_of_the_plan() -> None:
    session = SessionQueue(Queue(order=("a", "b")))
    assert session.next(NOW) == "a"
    assert session.next(NOW) == "a"
    session.remove("a")
    assert session.next(NOW) == "b"
    session.remove("b")
    assert session.next(NOW) is None
    assert len(session) == 0


def test_a_step_comes_back_when_its_time_has_come() -> None:
    session = SessionQueue(Queue(order=("a", "b", "c")))
    session.push("a", NOW + MINUTE)
    assert session.next(NOW) == "b"
    session.remove("b")
    assert session.next(NOW + MINUTE) == "a"
    session.remove("a")
    assert session.next(NOW + MINUTE) == "c"


def test_the_longest_due_step_comes_first() -> None:
    session = SessionQueue(Queue(waiting=((NOW - MINUTE, "late"), (NOW - 5 * MINUTE, "later"))))
    assert session.next(NOW) == "later"


def test_steps_nearly_due_fill_in_when_nothing_else_is_left() -> None:
    session = SessionQueue(Queue(order=("a",), waiting=((NOW + 10 * MINUTE, "b"),)))
    assert session.next(NOW) == "a"
    session.remove("a")
    assert session.next(NOW) == "b"


def test_a_step_further_off_is_waited_for() -> None:
    due = NOW + 60 * MINUTE
    session = SessionQueue(Queue(waiting=((due, "b"),)))
    wait = session.next(NOW)
    assert wait == Wait(due - LEARN_AHEAD_MS)
    assert session.next(due - LEARN_AHEAD_MS - 1) == wait
    assert session.next(due - LEARN_AHEAD_MS) == "b"


def test_no_learning_ahead_where_it_is_not_wanted() -> None:
    session = SessionQueue(Queue(waiting=((NOW + MINUTE, "b"),)), learn_ahead=0)
    assert session.next(NOW) == Wait(NOW + MINUTE)


def test_undo_puts_an_item_first_and_takes_back_its_return() -> None:
    session = SessionQueue(Queue(order=("a", "b")))
    session.push("a", NOW + MINUTE)
    session.put_back("a")
    assert session.next(NOW) == "a"
    assert len(session) == 2
    session.remove("a")
    assert session.next(NOW + 5 * MINUTE) == "b"


def test_undoing_twice_goes_back_in_order() -> None:
    session = SessionQueue(Queue(order=("a", "b", "c")))
    session.remove("a")
    session.remove("b")
    session.put_back("b")
    session.put_back("a")
    asked = []
    while isinstance(item := session.next(NOW), str):
        asked.append(item)
        session.remove(item)
    assert asked == ["a", "b", "c"]


def test_a_skipped_item_comes_last() -> None:
    session = SessionQueue(Queue(order=("a", "b")))
    session.postpone("a")
    assert session.next(NOW) == "b"
    session.remove("b")
    assert session.next(NOW) == "a"


def test_an_item_taken_out_is_not_asked() -> None:
    session = SessionQueue(Queue(order=("a", "b"), waiting=((NOW, "c"),)))
    for item in ("c", "a", "never-there"):
        session.remove(item)
        assert item not in session
    assert session.next(NOW) == "b"


def test_a_due_step_lets_another_item_stand_between_it_and_its_sibling() -> None:
    session = SessionQueue(Queue(order=("a1", "b"), waiting=((NOW, "a2"),), siblings={"a1": "a", "a2": "a"}))
    assert session.next(NOW) == "a2"
    session.remove("a2")
    session.remove("a1")
    session.push("a2", NOW)
    session.remove("a1")
    assert session.next(NOW) == "b"
    session.remove("b")
    assert session.next(NOW) == "a2"


operations = st.lists(
    st.tuples(st.sampled_from(["push", "remove", "postpone", "put_back"]), st.sampled_from("abcd"), st.integers(0, 50)),
    max_size=40,
)


@given(operations=operations)
def test_each_item_is_there_once_at_most_whatever_happens(operations: list[tuple[str, str, int]]) -> None:
    session = SessionQueue(Queue(order=("a", "b"), waiting=((NOW, "c"),)))
    expected = {"a", "b", "c"}
    for name, item, minutes in operations:
        match name:
            case "push":
                session.push(item, NOW + minutes * MINUTE)
            case "remove":
                session.remove(item)
            case "postpone":
                session.postpone(item)
            case _:
                session.put_back(item)
                assert session.next(NOW) == item
        expected = expected - {item} if name == "remove" else expected | {item}
        assert len(session) == len(expected)
        assert {one for one in "abcd" if one in session} == expected
    asked = []
    while isinstance(found := session.next(NOW + 100 * MINUTE), str):
        asked.append(found)
        session.remove(found)
    assert sorted(asked) == sorted(expected)

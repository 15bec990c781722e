"""The line mode in a real process: what a script or a screen reader gets, and what survives kill -9."""

import re
import signal
import subprocess
import sys

import pytest

from quizapp.clock import Clock
from quizapp.paths import Folders, shipped_content
from quizapp.store.store import Store
from tests.quizapp.cli.running import environment, process

BOXES = re.compile("[\u2500-\u259f\u2800-\u28ff\x1b]")


def test_ten_answers_are_all_in_the_log(shelf: Folders) -> None:
    ran = process(shelf, "study", "--plain", "--seed", "1", stdin="0 0 1\n1\n\n3\n1\na;b\nsoftmax\n1 2 3\n1a 2b\n")
    assert ran.code == 0, ran.err
    with Store.open(shelf.database, Clock(), readonly=True) as store:
        assert len(store.seen()) == 8


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_plain_means_words_only(shelf: Folders, language: str) -> None:
    ran = process(shelf, "study", "--plain", "--seed", "1", "--lang", language, stdin=":hint\n:show\n:skip\n:show\n")
    assert ran.code == 0
    assert BOXES.search(ran.out) is None
    assert ("logits" in ran.out) == (language != "zh") or language == "zh"
    assert bool(re.search("[\u4e00-\u9fff]", ran.out)) == (language != "en")


def test_an_unreadable_answer_asks_again_and_costs_nothing(shelf: Folders) -> None:
    ran = process(shelf, "study", "--plain", "--seed", "1", stdin="zero, one\n:nonsense\n")
    assert ran.code == 0
    assert "zero" in ran.out
    assert "no such command" in ran.out
    assert "0 answered" in ran.out


def test_a_card_is_rated_with_the_digits_of_a_chinese_input_method(shelf: Folders) -> None:
    cards = process(shelf, "study", "--plain", "--seed", "1", "--lang", "zh", stdin="\n" + ":skip\n" * 9).out
    before = cards[: cards.index("按回车查看背面")].count("已推迟")
    ran = process(shelf, "study", "--plain", "--seed", "1", "--lang", "zh", stdin=":skip\n" * before + "\n３\n")
    assert "共作答 1 次，答对 1 次" in ran.out


def test_what_cannot_be_seen_is_said(shelf: Folders) -> None:
    ran = process(shelf, "study", "--plain", "--seed", "1", stdin=":skip\n:show\n:easy\n" + ":skip\n" * 9)
    said = ran.out.splitlines()
    assert said.count("Put off to the end of this session.") == 10
    assert "Again within a minute." in said
    assert any(line.startswith("The answer before now counts as easy. Again in ") for line in said)
    assert "Type the 2 answers in order, with semicolons between them." in said


def test_the_end_of_input_ends_the_session(shelf: Folders) -> None:
    assert process(shelf, "study", "--plain", "--limit", "2", stdin="").code == 0


def test_when_nothing_is_due_it_says_until_when(shelf: Folders) -> None:
    process(shelf, "settings", "new-per-day", "1")
    process(shelf, "settings", "learning-steps", "")
    assert process(shelf, "study", "--plain", stdin=":show\n").code == 0
    ran = process(shelf, "study", "--plain", stdin="")
    assert "Nothing is due until" in ran.out


@pytest.mark.parametrize("after", [1, 2, 3, 5])
def test_no_acknowledged_answer_is_lost_by_kill_9(shelf: Folders, after: int) -> None:
    session = subprocess.Popen(
        [sys.executable, "-c", "from quizapp.cli.main import main; main()", "study", "--plain", "--seed", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(shelf),
    )
    assert session.stdin is not None
    assert session.stdout is not None
    acknowledged = 0
    for line in iter(session.stdout.readline, ""):
        if line.startswith("Question"):
            if acknowledged == after:
                break
            session.stdin.write(":show\n:again\n")
            session.stdin.flush()
        acknowledged += line.startswith("Answer:")
    session.send_signal(signal.SIGKILL)
    session.wait()
    session.stdin.close()
    session.stdout.close()
    with Store.open(shelf.database, Clock()) as store:
        store.check()
        assert len(list(store.log("id"))) >= acknowledged == after


def test_an_exercise_is_written_in_a_file_and_checked_from_there(shelf: Folders) -> None:
    deck = shelf.content[0] / "decks" / "activations" / "softmax.yaml"
    deck.write_text(
        "deck: softmax\nitems:\n- {id: implement, type: code, topics: [n000-softmax], exercise: softmax}\n",
        encoding="utf-8",
    )
    words = shelf.content[0] / "exercises" / "activations"
    words.mkdir(parents=True)
    shipped = shipped_content() / "exercises" / "activations" / "softmax.yaml"
    (words / "softmax.yaml").write_bytes(shipped.read_bytes())
    asked = process(shelf, "study", "--plain", stdin="not python at all (\n:skip\n")
    assert asked.code == 0, asked.err
    file = shelf.workspace / "softmax.py"
    assert str(file) in asked.out
    assert "0 answered" in asked.out
    file.write_text(
        "import numpy as np\ndef softmax(x, axis=-1):\n    e = np.exp(x - np.max(x, axis=axis, keepdims=True))\n"
        "    return e / e.sum(axis=axis, keepdims=True)\n",
        encoding="utf-8",
    )
    ran = process(shelf, "study", "--plain", stdin=":check\n")
    assert "1 answered, 1 right" in ran.out, ran.out

"""Grades many submissions: one task per submission, on any ``concurrent.futures`` executor, none lost, none twice.

A submission's code can only harm its own process in the sandbox. Should grading itself fail on one, or the process that
grades it be killed, that submission alone is reported as not graded.
"""

import atexit
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizapp.coding.executors import Workers
from quizapp.coding.runner import Reveal, check, find_exercise
from quizapp.coding.sandbox import Sandbox
from quizapp.coding.submissions import Submission
from quizapp.errors import EnvironmentProblem
from quizapp.questions.words import ExerciseWords
from quizapp.text import Text

if TYPE_CHECKING:
    from quizapp.coding.journal import Journal

GRADER_FAILED = Text("This submission could not be graded: {why}.", "这份提交未能评分：{why}。")
NOTHING = Text("There is nothing to grade.", "没有可评分的内容。")
KILLED = "the process that graded it ended"
ATTEMPTS = 2
ROUNDS = 1
"""The first smaller input that still fails is the biggest step; each further one takes as long as grading itself."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker needs to grade one submission; it holds plain data only, for it may travel.

    Parameters
    ----------
    exercise, version : str, int
        Which exercise, and which version of it is meant.
    source : str
    words : ExerciseWords or None
    reveal : {"verdict", "property", "difference", "solution"}
    require_isolation : bool
        Whether to run nothing unless the system confines it fully.
    """

    exercise: str
    version: int
    source: str
    words: ExerciseWords | None = None
    reveal: Reveal = "difference"
    require_isolation: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says: a report, why grading itself failed, or what its machine lacks."""

    report: dict[str, Any] | None = None
    failure: str = ""
    lacking: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission and the report on it."""

    position: int
    submission: Submission
    report: dict[str, Any]
    graded: bool = True
    """False if grading itself failed."""


_thread = threading.local()


def _sandbox(*, require: bool) -> Sandbox:
    """Return the warm sandbox of this thread, which ends with its process: a sandbox runs one submission at a time."""
    kept: dict[bool, Sandbox] = _thread.__dict__.setdefault("sandboxes", {})
    if require not in kept:
        kept[require] = Sandbox("require" if require else "auto")
        atexit.register(kept[require].close)
    return kept[require]


def perform(task: Task) -> Answer:
    """Grade one submission; this is what every executor runs, here or on another machine."""
    try:
        found = find_exercise(task.exercise).version
        if found != task.version:
            version = f"A worker has version {found} of the exercise {task.exercise} instead of {task.version}."
            return Answer(lacking=(version, "Install the same release of quizapp everywhere."))
        sandbox = _sandbox(require=task.require_isolation)
        return Answer(check(task.exercise, task.source, task.words, sandbox, reveal=task.reveal, rounds=ROUNDS))
    except EnvironmentProblem as error:
        return Answer(lacking=(error.message, error.hint))
    except Exception as error:  # noqa: BLE001 - whatever one submission causes must not stop the others
        return Answer(failure=f"{type(error).__name__}: {error}")


def grade_all(
    submissions: Sequence[Submission],
    workers: Workers,
    words: Callable[[str], ExerciseWords | None],
    *,
    reveal: Reveal = "difference",
    require_isolation: bool = False,
    journal: "Journal | None" = None,
) -> Iterator[Graded]:
    """Yield every submission exactly once with its report, in the order in which they are done.

    Parameters
    ----------
    submissions : sequence of Submission
    workers : Workers
    words : callable
        Returns an exercise's words, for recognised mistakes.
    reveal : {"verdict", "property", "difference", "solution"}
    require_isolation : bool
    journal : Journal, optional
        Where reports are kept as they come, and looked up instead of grading the same content again.

    Raises
    ------
    EnvironmentProblem
        If the machine, or a worker's, can't do it at all.
    """
    tasks: dict[int, Task] = {}
    for position, submission in enumerate(submissions):
        if submission.problem is not None or submission.exercise is None:
            yield Graded(position, submission, unrunnable(submission.exercise, submission.problem or NOTHING))
            continue
        version = find_exercise(submission.exercise).version
        task = Task(
            submission.exercise, version, submission.source, words(submission.exercise), reveal, require_isolation
        )
        known = journal.report(task) if journal is not None else None
        if known is not None:
            yield Graded(position, submission, known)
        else:
            tasks[position] = task
    for position, answer in _answers(tasks, workers):
        if answer.lacking is not None:
            raise EnvironmentProblem(*answer.lacking)
        task = tasks[position]
        if answer.report is None:
            report = unrunnable(task.exercise, _failed(answer.failure))
            yield Graded(position, submissions[position], report, graded=False)
            continue
        if journal is not None:
            journal.add(task, answer.report)
        yield Graded(position, submissions[position], answer.report)


def _failed(why: str) -> Text:
    return GRADER_FAILED.map(lambda words: words.format(why=why))


def unrunnable(exercise_id: str | None, why: Text) -> dict[str, Any]:
    """Return the report on a submission of which nothing was run."""
    return {
        "exercise": exercise_id,
        "status": "error",
        "score": 0.0,
        "cases": [],
        "first_failure": None,
        "mutant": None,
        "rules": [],
        "isolation": [],
        "message": {"en": why.en, "zh": why.zh},
    }


def _answers(tasks: dict[int, Task], workers: Workers) -> Iterator[tuple[int, Answer]]:
    """Yield each task's answer; when a worker process dies, find out by itself which task did it."""
    waiting = deque(tasks)
    running: dict[Future[Answer], int] = {}
    try:
        while waiting or running:
            suspects: list[int] = []
            while waiting and len(running) < workers.window and not suspects:
                position = waiting.popleft()
                try:
                    running[workers.submit(perform, tasks[position])] = position
                except BrokenExecutor:
                    suspects.append(position)
            done = wait(running, return_when=FIRST_COMPLETED).done
            if suspects or any(_broken(future) for future in done):
                done = wait(running).done  # all of a broken pool end at once
            for future in done:
                position = running.pop(future)
                if _broken(future):
                    suspects.append(position)
                else:
                    yield position, _result(future)
            if suspects:
                workers.renew()
                for position in sorted(suspects):
                    yield position, _alone(tasks[position], workers)
    finally:
        for future in running:
            future.cancel()


def _broken(future: Future[Answer]) -> bool:
    return future.done() and not future.cancelled() and isinstance(future.exception(), BrokenExecutor)


def _alone(task: Task, workers: Workers) -> Answer:
    """Grade one task while nothing else runs, so that a worker's death can be laid at its door."""
    for _ in range(ATTEMPTS):
        try:
            future = workers.submit(perform, task)
            wait([future])
            return _result(future)
        except BrokenExecutor:
            workers.renew()
    return Answer(failure=KILLED)


def _result(future: Future[Answer]) -> Answer:
    """Return what came back from a worker, whichever way it did.

    Raises
    ------
    EnvironmentProblem
        If the workers as such are of no use.
    BrokenExecutor
        If the process died.
    """
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except CancelledError as error:
        raise EnvironmentProblem(
            "The connection to the workers was lost.", "Start them again and run the same command with --resume."
        ) from error
    except (ImportError, AttributeError) as error:
        raise EnvironmentProblem(
            f"The workers can't load the grader: {error}.", "Install the same release of quizapp where they run."
        ) from error
    except Exception as error:  # noqa: BLE001 - a cluster gives up on a task with errors of its own kind
        return Answer(failure=f"{type(error).__name__}: {error}")

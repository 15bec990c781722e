"""Reading the screen the way a person does: as rows of characters."""

from typing import cast

from textual.pilot import Pilot

from quizapp.library import Library
from quizapp.questions.registry import item_type
from quizapp.tui.app import QuizApp
from quizapp.tui.screens.study import StudyScreen


def rows(app: QuizApp) -> list[str]:
    """Return what is on the screen, row by row."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    return ["".join(segment.text for segment in strip).rstrip() for strip in lines][:height] if width else []


def screen_text(app: QuizApp) -> str:
    """Return what is on the screen as one text."""
    return "\n".join(rows(app))


def study_screen(app: QuizApp) -> StudyScreen:
    """Return the study screen, which must be on top."""
    assert isinstance(app.screen, StudyScreen), type(app.screen)
    return app.screen


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys one after the other; what they cause has settled at the end."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def type_text(pilot: Pilot[int], text: str) -> None:
    """Type into the focused answer line."""
    await press(pilot, *({" ": "space"}.get(character, character) for character in text))


async def go_to(pilot: Pilot[int], kind: str) -> StudyScreen:
    """Begin studying everything; put questions off until the first of an item type is on screen."""
    app = cast("QuizApp", pilot.app)
    await press(pilot, "enter")
    screen = study_screen(app)
    for _ in range(len(app.library.catalogue.items())):
        if screen.session.question.type == kind:
            break
        screen.session.skip()
    assert screen.session.question.type == kind
    await screen.ask()
    await pilot.pause()
    return screen


def right_answer(screen: StudyScreen) -> str:
    """Return a right answer to the question on screen."""
    question = screen.session.question
    return item_type(question.type).examples(question).correct[0]


def wrong_answer(screen: StudyScreen) -> str:
    """Return a wrong answer to the question on screen; one that begins with ``?`` would ask for help."""
    question = screen.session.question
    return next(raw for raw in item_type(question.type).examples(question).incorrect if raw[0] != "?")


def reviews(library: Library, item: str) -> list[tuple[str, int, str]]:
    """Return verdict, rating and rater of each valid review of an item."""
    return [
        (logged.answer.verdict, int(logged.answer.rating), logged.answer.rated_by)
        for logged in library.store.reviews(item)
        if logged.annulled is None
    ]

import json
from io import BytesIO
from typing import Any

from quizapp.exporting.base import Selection
from quizapp.exporting.jsonl import spec_data
from quizapp.exporting.registry import exporter
from quizapp.exporting.selection import select
from quizapp.library import Library
from quizapp.questions.registry import parse_spec
from tests.quizapp.exporting.nasty import learn
from tests.quizapp.shelf import Hours


def exported(selection: Selection) -> bytes:
    out = BytesIO()
    exporter("jsonl").write(selection, out)
    return out.getvalue()


def lines(selection: Selection) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(selection).decode().splitlines()]


def test_every_item_is_there_as_written(nasty: Library) -> None:
    selection = select(nasty)
    found = [line["item"] for line in lines(selection) if "item" in line]
    assert [item["identity"] for item in found] == [item.identity for item in selection.items]
    for line, item in zip(found, selection.items, strict=True):
        assert parse_spec(line["spec"]) == item.spec
        assert spec_data(parse_spec(line["spec"])) == line["spec"]


def test_every_review_is_there_with_its_state(nasty: Library, hours: Hours) -> None:
    learn(nasty, hours, days=3)
    selection = select(nasty, with_schedule=True)
    found = lines(selection)
    reviews = [review for item in selection.items if item.schedule for review in item.schedule.reviews]
    assert [line["review"]["answer"]["at"] for line in found if "review" in line] == [one.answer.at for one in reviews]
    assert reviews
    for line, review in zip((line["review"] for line in found if "review" in line), reviews, strict=True):
        assert line["answer"]["params"] == review.answer.params
        assert line["state"]["stability"] == review.state.stability
        assert line["phase_before"] == review.phase_before
    assert found[0]["archive"]["settings"]["desired_retention"] == "0.9"


def test_the_same_call_writes_the_same_bytes(nasty: Library, hours: Hours) -> None:
    learn(nasty, hours, days=1)
    assert exported(select(nasty, with_schedule=True)) == exported(select(nasty, with_schedule=True))

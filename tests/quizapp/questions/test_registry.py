import pytest
from pydantic import ValidationError

from quizapp.errors import UnknownName, UsageProblem
from quizapp.questions.choice import ChoiceSpec
from quizapp.questions.registry import item_type, item_types, parse_spec, spec_adapter
from tests.quizapp.questions.samples import STATIC, data

TYPES = {"flashcard", "choice", "multi", "cloze", "typed", "order", "match", "computed"}


def test_every_module_with_an_item_type_is_found_under_its_own_name() -> None:
    assert set(item_types()) >= TYPES
    for name, kind in item_types().items():
        assert kind.name == name
        assert kind.spec_type.model_fields["type"].annotation is not None
        assert type(kind).__module__.endswith(f".{name}")


@pytest.mark.parametrize("name", ["flashcrad", "base", "registry", "", "../choice", "Choice"])
def test_an_unknown_type_is_refused(name: str) -> None:
    with pytest.raises(UnknownName):
        item_type(name)


def test_an_unknown_type_comes_with_the_nearest_one() -> None:
    with pytest.raises(UnknownName) as error:
        parse_spec(data("flashcrad", front="a", back="b"))
    assert error.value.hint == "Did you mean flashcard?"


def test_an_item_without_type_is_refused_with_the_list() -> None:
    with pytest.raises(UsageProblem, match="type") as error:
        parse_spec({"id": "a"})
    assert "flashcard" in error.value.hint


def test_the_union_reads_what_parse_spec_reads() -> None:
    for entry in STATIC:
        assert spec_adapter().validate_python(entry) == parse_spec(entry)


def test_the_json_schema_lists_every_type_and_allows_plain_scalars() -> None:
    schema = spec_adapter().json_schema()
    assert set(schema["discriminator"]["mapping"]) == set(item_types())
    assert "as" in schema["$defs"]["ComputedSpec"]["properties"]
    assert {"type": "number"} in schema["$defs"]["FlashcardSpec"]["properties"]["front"]["anyOf"]


@pytest.mark.parametrize("value", [True, None, ["a"], {"en": "only"}, {"en": "", "zh": "空"}, ""])
def test_words_must_be_words(value: object) -> None:
    with pytest.raises(ValidationError):
        parse_spec(data("flashcard", front=value, back="b"))


def test_a_spec_refuses_fields_of_other_types() -> None:
    with pytest.raises(ValidationError, match="back"):
        parse_spec({**STATIC[2], "back": "x"})
    assert isinstance(parse_spec(STATIC[2]), ChoiceSpec)

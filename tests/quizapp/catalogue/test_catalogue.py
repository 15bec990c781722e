import json

import pytest

from quizapp.catalogue.catalogue import Catalogue
from quizapp.catalogue.coverage import content_list, coverage
from quizapp.catalogue.schemas import schema_text, schemas, write_schemas
from quizapp.errors import UnknownName
from quizapp.paths import Folders, shipped_content
from quizapp.questions.registry import item_types
from quizapp.text import Text
from tests.quizapp.catalogue.shelf import SOFTMAX_DECK, Shelf
from tests.quizapp.catalogue.test_check_skills import SOFTMAX_WORDS

COMPUTED_DECK = """\
deck: mine
title: {en: Mine, zh: 我的牌组}
requires: [softmax]
items:
  - {id: numbers, type: computed, topics: [softmax-definition], skill: softmax}
  - {id: prose, type: flashcard, topics: [softmax-definition], front: what is it all about, back: "1"}
"""


@pytest.fixture
def catalogue(library: Shelf) -> Catalogue:
    """The sample library and a deck of the person's own that asks a skill."""
    library.write("skills/activations/softmax.yaml", SOFTMAX_WORDS)
    library.write("decks/mine.yaml", COMPUTED_DECK)
    return library.open()


def test_areas_and_decks_come_in_learning_order(catalogue: Catalogue) -> None:
    assert [area.id for area in catalogue.areas()] == ["activations", "convolution", "own"]
    assert [(deck.id, deck.area, deck.items, deck.requires) for deck in catalogue.decks()] == [
        ("conv-size", "convolution", 1, ()),
        ("softmax", "activations", 2, ("conv-size",)),
        ("mine", "own", 2, ("softmax",)),
    ]
    assert catalogue.deck("mine").title == Text("Mine", "我的牌组")
    assert catalogue.deck("conv-size").title == Text("Sizes of feature maps", "特征图尺寸")


def test_items_say_what_they_are(catalogue: Catalogue, library: Shelf) -> None:
    items = catalogue.items("softmax")
    assert [item.position for item in catalogue.items()] == [1, 2, 3, 4, 5]
    shift = items[0]
    assert shift.title == Text("What does adding a constant to all logits change?", "给所有logit加上同一常数会怎样？")
    assert (shift.area, shift.type, shift.topics, shift.tags) == (
        "activations",
        "flashcard",
        ("softmax-definition",),
        ("basics",),
    )
    assert (shift.errata, shift.line, shift.languages) == (("e000-softmax-index",), 3, ("en", "zh"))
    assert shift.file == str((library.root / "decks/activations/softmax.yaml").resolve())
    assert catalogue.entry("conv-size/stride").title.en == "A stride of two … the size of the map."
    computed = catalogue.entry("mine/numbers")
    assert (computed.skill, computed.title) == ("softmax", Text("Softmax probabilities", "Softmax概率"))
    assert catalogue.entry("mine/prose").languages == ("en",)


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("3", "3"),
        ('"  **Bold** `code`"', "Bold code"),
        ('"$a[[1]]$ second"', "$a[[1]]$ second"),
        ('"\\n\\nfirst\\nsecond"', "first"),
        (f'"{"x" * 500}"', "x" * 199 + "…"),
    ],
)
def test_the_title_is_the_first_line_of_what_is_asked(library: Shelf, prompt: str, title: str) -> None:
    deck = SOFTMAX_DECK.replace("{en: Which sums are possible?, zh: 各概率之和可能是多少？}", prompt)
    library.write("decks/activations/softmax.yaml", deck)
    assert library.open().entry("softmax/range").title == Text(title, title)


def test_specs_are_whole(catalogue: Catalogue) -> None:
    for item in catalogue.items():
        spec = catalogue.spec(item.id)
        assert spec.id == item.id.partition("/")[2]
        assert spec.topics == item.topics
        assert type(spec) is item_types()[item.type].spec_type


def test_words_of_skills(catalogue: Catalogue) -> None:
    assert catalogue.skill_words("softmax").steps["divide"].en.startswith("Divide each")
    assert catalogue.skills_with_words() == ["softmax"]


def test_unknown_names_are_answered_with_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownName) as error:
        catalogue.entry("softmax/shfit")
    assert error.value.nearest[0] == "softmax/shift"
    for ask in (catalogue.spec, catalogue.deck, catalogue.skill_words, catalogue.items, catalogue.exercise_words):
        with pytest.raises(UnknownName):
            ask("no-such-thing")


def test_aliases_lead_to_living_items(catalogue: Catalogue) -> None:
    assert catalogue.aliases() == {"softmax/old-shift": "softmax/shift"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("常数", ["softmax/shift"]),
        ("概率不变", ["softmax/shift"]),
        ("和", ["softmax/range"]),
        ("CONSTANT", ["softmax/shift"]),
        ("ｃｏｎｓｔａｎｔ", ["softmax/shift"]),
        ("constant logits", ["softmax/shift"]),
        ("constant stride", []),
        ("softmax/sh", ["softmax/shift"]),
        ('"', []),
        ("%", []),
        ("_", []),
        ("a OR b", []),
        ("NEAR(", []),
        ("", []),
        ("   ", []),
        ("x" * 10_000, []),
        ("\0", []),
    ],
)
def test_search(catalogue: Catalogue, text: str, found: list[str]) -> None:
    assert [item.id for item in catalogue.search(text) if item.deck != "mine"] == found


def test_search_looks_into_the_words_of_skills(catalogue: Catalogue) -> None:
    assert [item.id for item in catalogue.search("natural exponentials")] == ["mine/numbers"]
    assert "mine/numbers" in [item.id for item in catalogue.search("自然常数为底")]


def test_search_puts_titles_first_and_stops_at_the_limit(catalogue: Catalogue) -> None:
    assert catalogue.search("softmax")[0].id.startswith("softmax/")
    assert len(catalogue.search("a", limit=2)) == 2


def test_an_item_with_errors_is_left_out_alone(library: Shelf) -> None:
    library.write("decks/activations/softmax.yaml", SOFTMAX_DECK.replace("correct: true", "corect: true"))
    catalogue = library.open()
    assert [item.id for item in catalogue.items()] == ["conv-size/stride", "softmax/shift"]
    assert [(found.rule, found.line) for found in catalogue.findings()] == [("unknown-field", 16)]
    assert catalogue.deck("softmax").items == 1


def test_a_wrong_head_does_not_cost_the_items(library: Shelf) -> None:
    library.write("decks/activations/softmax.yaml", "titel: x\n" + SOFTMAX_DECK)
    catalogue = library.open()
    assert catalogue.deck("softmax").items == 2
    assert [found.rule for found in catalogue.findings()] == ["unknown-field"]


def test_the_first_of_two_decks_with_one_id_wins(library: Shelf) -> None:
    library.write("decks/z/softmax.yaml", SOFTMAX_DECK.replace("id: shift", "id: other"))
    catalogue = library.open()
    assert [item.id for item in catalogue.items("softmax")] == ["softmax/shift", "softmax/range"]
    assert "duplicate-id" in {found.rule for found in catalogue.findings()}


def test_the_revision_notices_words_and_nothing_else(library: Shelf) -> None:
    before = library.open().entry("softmax/shift").revision
    moved = SOFTMAX_DECK.replace("tags: [basics]", "tags: [moved]")
    library.write("decks/activations/softmax.yaml", "# a line more\n" + moved)
    after = library.open().entry("softmax/shift")
    assert (after.revision, after.tags, after.line) == (before, ("moved",), 4)
    library.write("decks/activations/softmax.yaml", SOFTMAX_DECK.replace("概率不变", "概率都不变"))
    assert library.open().entry("softmax/shift").revision != before


def test_own_content_joins_what_ships(library: Shelf) -> None:
    own = library.root.parent / "own"
    (own / "decks").mkdir(parents=True)
    (own / "decks/mine.yaml").write_text(COMPUTED_DECK, encoding="utf-8")
    folders = Folders(data=own, content=(library.root, own), cache=library.folders.cache)
    catalogue = Catalogue.open(folders)
    assert [deck.id for deck in catalogue.decks()] == ["conv-size", "softmax", "mine"]
    # The words of the skill are not there: that item alone is missing.
    assert [item.id for item in catalogue.items("mine")] == ["mine/prose"]
    assert [found.rule for found in catalogue.findings()] == ["skill-without-words"]


def test_nothing_at_all_is_an_empty_catalogue(shelf: Shelf) -> None:
    catalogue = Catalogue.open(Folders(shelf.folders.data, (shelf.root / "gone",), shelf.folders.cache))
    assert (catalogue.items(), catalogue.decks(), catalogue.areas(), catalogue.findings()) == ([], [], [], [])


def test_content_list_has_the_contracts_fields(catalogue: Catalogue) -> None:
    documents = content_list(catalogue)
    assert json.loads(json.dumps(documents)) == documents
    assert documents[1].keys() >= {
        *("id", "deck", "area", "type", "topics", "errata", "skill", "exercise", "languages", "file", "line")
    }


def test_coverage_counts_items_by_topic(catalogue: Catalogue) -> None:
    found = coverage(catalogue)
    assert found["topics"]["conv-output"] == ["conv-size/stride"]
    assert found["uncovered"] == ["conv-padding"]
    assert found["errata"] == {"e000-softmax-index": ["softmax/shift"]}
    assert "softmax" not in found["skills_unasked"]
    assert "entropy" in found["skills_unasked"]
    assert isinstance(found["exercises_unused"], list)


def test_the_schemas_in_the_content_are_those_of_the_models(tmp_path_factory: pytest.TempPathFactory) -> None:
    written = write_schemas(tmp_path_factory.mktemp("schema"))
    shipped = shipped_content() / "schema"
    assert {path.name for path in written} == {path.name for path in shipped.iterdir()}
    for path in written:
        assert (shipped / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_the_deck_schema_knows_every_item_type() -> None:
    text = schema_text(schemas()["deck"])
    for name in item_types():
        assert f'"const": "{name}"' in text
    assert '"as"' in text

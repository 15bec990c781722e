"""JSON Schemas of the content's files, for editors: generated from the models that read them."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, create_model

from quizapp.catalogue.models import DeckHead, ExerciseWords, Syllabus
from quizapp.questions.registry import any_spec
from quizapp.questions.words import SkillWords

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each kind of file by its name."""
    deck: type[BaseModel] = create_model(
        "Deck",
        __base__=DeckHead,
        __doc__="A deck of flashcards and questions.",
        items=(_list_of(any_spec()), DeckHead.model_fields["items"]),
    )
    models: dict[str, type[BaseModel]] = {
        "deck": deck,
        "skill": SkillWords,
        "exercise": ExerciseWords,
        "syllabus": Syllabus,
    }
    return {name: {"$schema": DIALECT, **model.model_json_schema(by_alias=True)} for name, model in models.items()}


def _list_of(entry: Any) -> Any:
    return tuple[entry, ...]


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas as ``<name>.schema.json``; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_text(schema_text(schema), encoding="utf-8")
        written.append(path)
    return written

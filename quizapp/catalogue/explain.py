"""pydantic's errors, said plainly and attached to the place in the file that caused them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import AliasChoices, BaseModel, ValidationError
from pydantic.fields import FieldInfo

from quizapp.catalogue.yaml_places import FieldPath
from quizapp.catalogue.yaml_reader import Document
from quizapp.questions.words import Wording


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a path inside a file; ``at_key``: the name is wrong, not its value."""

    path: FieldPath
    rule: str
    message: str
    hint: str = ""
    at_key: bool = False


SENTENCES: Final[dict[str, str]] = {
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "string_too_long": "is longer than {max_length} characters",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of names to values",
    "model_type": "must be a mapping of names to values",
    "model_attributes_type": "must be a mapping of names to values",
    "finite_number": "must be a finite number",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "union_type": "must be {forms}",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
}
ANSWER_FIELDS: Final = ("options", "entries", "pairs", "text", "accept", "answer")
SLUG_PATTERNS: Final = ("^[a-z0-9]+", "^[A-Za-z0-9]+")


def explain(error: ValidationError, model: type[BaseModel], document: Document, base: FieldPath) -> list[Problem]:
    """Return what a validation error means, in the order of the file's fields.

    Parameters
    ----------
    error : ValidationError
    model : type of BaseModel
        What was validated; its field names serve as suggestions.
    document : Document
    base : tuple
        Where the validated data stands in the document.
    """
    details = error.errors(include_url=False)
    problems: list[Problem] = []
    renamed: set[FieldPath] = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            path = _path(detail, document, base)
            known = fields_at(model, path[len(base) : -1])
            given = _at(document.data, path[:-1])
            open_names = [name for name in known if not (isinstance(given, Mapping) and name in given)]
            nearest = get_close_matches(str(path[-1]), open_names, n=1, cutoff=0.6)
            renamed |= {(*path[:-1], name) for name in nearest}
            hint = f"did you mean {nearest[0]}?" if nearest else f"known here: {', '.join(known)}" if known else ""
            problems.append(Problem(path, "unknown-field", "there is no such field", hint, at_key=True))
    for branch in _by_field(details, document, base):
        problems.extend(
            _explain_one(detail, path, document, renamed, model, base) for detail, path in _one_form(branch)
        )
    return list(dict.fromkeys(problem for problem in problems if problem.rule))


def fields_at(model: type[BaseModel], path: Iterable[str | int]) -> tuple[str, ...]:
    """Return the field names that YAML may use at a path below a model."""
    names = (yaml_name(name, field) for each in models_at(model, path) for name, field in each.model_fields.items())
    return tuple(dict.fromkeys(names))


def models_at(model: type[BaseModel], path: Iterable[str | int]) -> list[type[BaseModel]]:
    """Return the models that may stand at a path below a model."""
    models: list[type[BaseModel]] = [model]
    for part in path:
        if isinstance(part, str):
            models = [found for each in models for found in _models_of(each, part)] or models
    return models


def yaml_name(name: str, field: FieldInfo) -> str:
    """Return the name that a field has in YAML."""
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        alias = alias.choices[0]
    return alias if isinstance(alias, str) else field.alias or name


def _models_of(model: type[BaseModel], name: str) -> list[type[BaseModel]]:
    for key, field in model.model_fields.items():
        if name in (key, yaml_name(key, field)):
            return list(_models_in(field.annotation))
    return []


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _path(detail: Any, document: Document, base: FieldPath) -> FieldPath:
    """Turn pydantic's location into a path of the file: names of union branches are not in the file."""
    loc = detail["loc"]
    path: list[str | int] = list(base)
    here = _at(document.data, base)
    for position, part in enumerate(loc):
        absent = detail["type"] == "missing" and position == len(loc) - 1
        if isinstance(here, Mapping) and (part in here or absent):
            path.append(part)
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            path.append(part)
            here = here[part]
    return tuple(path)


def _at(data: Any, path: Iterable[str | int]) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _by_field(details: Sequence[Any], document: Document, base: FieldPath) -> Iterator[list[tuple[Any, FieldPath]]]:
    """Group errors by field; where a union tried several forms, keep those of the form that came nearest."""
    groups: dict[FieldPath, list[tuple[Any, FieldPath]]] = {}
    for detail in details:
        path = _path(detail, document, base)
        groups.setdefault(path, []).append((detail, path))
    for path, group in groups.items():
        tried_forms = len(group) > 1 or len(group[0][0]["loc"]) > len(path) - len(base)
        nearer = any(other[: len(path)] == path and len(other) > len(path) for other in groups)
        if tried_forms and nearer and all(detail["type"].endswith("_type") for detail, _ in group):
            continue
        yield group


def _one_form(branch: list[tuple[Any, FieldPath]]) -> list[tuple[Any, FieldPath]]:
    """Merge what the forms of a union each expected of one value into one error."""
    wanted = list(dict.fromkeys(SENTENCES[detail["type"]] for detail, _ in branch if detail["type"] in SENTENCES))
    if len(wanted) < 2 or not all(detail["type"].endswith("_type") for detail, _ in branch):
        return branch
    if "must be a number" in wanted and "must be a whole number" in wanted:
        wanted.remove("must be a whole number")
    *first, last = [sentence.removeprefix("must be ") for sentence in wanted]
    detail, path = branch[0]
    return [({**detail, "type": "union_type", "ctx": {"forms": f"{', '.join(first)} or {last}"}}, path)]


def _explain_one(
    detail: Any, path: FieldPath, document: Document, renamed: set[FieldPath], model: type[BaseModel], base: FieldPath
) -> Problem:
    kind, context, value = detail["type"], detail.get("ctx", {}), detail.get("input")
    if kind == "extra_forbidden":
        return Problem(path, "", "")
    if kind == "missing":
        # A misspelt name is one mistake, not two.
        rule = "" if path in renamed else "missing-field"
        return Problem(path, rule, "is missing", f"add {path[-1]}: …")
    if kind == "value_error":
        return Problem(path, "bad-value", _sentence(str(context.get("error", detail["msg"]))))
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    wants_text = kind == "string_type" or (kind.startswith("model_") and _is_wording(model, path[len(base) :]))
    if wants_text and (number or isinstance(value, bool)):
        written = document.source(path) or str(value)
        return Problem(path, "wrong-type", f"must be text, but {written} is a value", f"write '{written}' with quotes")
    if kind.startswith("model_") and wants_text:
        return Problem(path, "wrong-type", "must be text in both languages", "write {en: …, zh: …}")
    if kind == "string_pattern_mismatch" and str(context.get("pattern", "")).startswith(SLUG_PATTERNS):
        return Problem(path, "bad-id", f"{_shown(value)} is no id", "use small letters, digits and single hyphens")
    if kind in ("too_short", "too_long"):
        return _wrong_length(path, kind, context, _at(document.data, path))
    if "-" in kind:
        # A whole item is refused for what stands in the field that holds its answers.
        given = _at(document.data, path) if path == base else None
        field = next((name for name in ANSWER_FIELDS if isinstance(given, Mapping) and name in given), None)
        return Problem(path if field is None else (*path, field), kind, _sentence(detail["msg"]))
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return Problem(path, "bad-value", _sentence(detail["msg"]))
    rule = "wrong-type" if kind.endswith("_type") else "bad-value"
    return Problem(path, rule, f"{sentence.format(**context)}, not {_shown(value)}")


def _wrong_length(path: FieldPath, kind: str, context: Mapping[str, Any], given: Any) -> Problem:
    limit = context.get("min_length" if kind == "too_short" else "max_length")
    bound = "at least" if kind == "too_short" else "at most"
    entries, has = "entry" if limit == 1 else "entries", len(given) if isinstance(given, list) else 0
    if kind == "too_short" and isinstance(limit, int) and has >= limit:
        # pydantic counts only the valid entries; what is wrong with the others is said there.
        return Problem(path, "", "")
    return Problem(path, "wrong-length", f"must have {bound} {limit} {entries}, has {has}")


def _is_wording(model: type[BaseModel], path: FieldPath) -> bool:
    return Wording in models_at(model, path)


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = repr(value) if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:37] + "…"


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ").strip().rstrip(".") or "is not allowed"

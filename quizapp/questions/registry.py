"""Discovers the item types: a module of this package that ends with ``ITEM_TYPE = …`` is one, no list is kept."""

from collections.abc import Mapping
from functools import cache, reduce
from importlib import import_module
from operator import or_
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

import quizapp.questions
from quizapp.errors import UnknownName, UsageProblem
from quizapp.questions.base import ItemSpec, ItemType


@cache
def _module_names() -> frozenset[str]:
    return frozenset(leaf.name for leaf in iter_modules(quizapp.questions.__path__))


@cache
def _item_type(module: str) -> ItemType[Any] | None:
    found: ItemType[Any] | None = getattr(import_module(f"{quizapp.questions.__name__}.{module}"), "ITEM_TYPE", None)
    return found


@cache
def item_types() -> Mapping[str, ItemType[Any]]:
    """Return all item types by name, sorted."""
    found = [kind for module in sorted(_module_names()) if (kind := _item_type(module)) is not None]
    return MappingProxyType({kind.name: kind for kind in found})


def item_type(name: str) -> ItemType[Any]:
    """Return one item type, importing no other.

    Raises
    ------
    UnknownName
        With the nearest names.
    """
    found = _item_type(name) if name in _module_names() else None
    if found is None or found.name != name:
        raise UnknownName("item type", name, item_types())
    return found


@cache
def any_spec() -> Any:
    """Return the discriminated union over all item types: what stands in a deck's list of items."""
    union: Any = reduce(or_, (kind.spec_type for kind in item_types().values()))
    return Annotated[union, Field(discriminator="type")]


@cache
def spec_adapter() -> TypeAdapter[ItemSpec]:
    """Return the validator of any item, and the source of the deck's JSON Schema."""
    return TypeAdapter(any_spec())


def parse_spec(data: Mapping[str, Any]) -> ItemSpec:
    """Return the spec of one item.

    Raises
    ------
    UsageProblem
        If it says no type.
    UnknownName
        If there is no such type.
    pydantic.ValidationError
        If something else is wrong with it.
    """
    name = data.get("type")
    if not isinstance(name, str):
        raise UsageProblem("The item says no 'type'.", f"Add one of: {', '.join(item_types())}.")
    spec: ItemSpec = item_type(name).spec_type.model_validate(data)
    return spec

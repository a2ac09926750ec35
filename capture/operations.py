"""The permanent vocabulary: every act of a person is one of these frozen dataclasses, stored for years.

Pure. A name, once released, is never reused; fields are only added, with a default; an unknown field is an error.
If an act cannot change under that rule, it gets a new name. `synthesis` adds its own acts with the same decorator.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar, dataclass_transform

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from capture.errors import InvalidOperation, UnknownOperation

Act = TypeVar("Act")

VOCABULARY: dict[str, type[Any]] = {}
"""Every act by its name, in the order the names were given."""

_NAMES: dict[type[Any], str] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def operation(name: str) -> Callable[[type[Act]], type[Act]]:
    """Give an act its permanent name: a noun, a dot, a past participle.

    Raises:
        ValueError: the name is taken.
    """

    def name_it(cls: type[Act]) -> type[Act]:
        if name in VOCABULARY:
            message = f"the operation name {name!r} is taken by {VOCABULARY[name].__name__}"
            raise ValueError(message)
        strict = with_config(ConfigDict(extra="forbid"))(dataclasses.dataclass(frozen=True, kw_only=True)(cls))
        VOCABULARY[name] = strict
        _NAMES[strict] = name
        return strict

    return name_it


def name_of(act: object) -> str:
    """Return the permanent name of an act."""
    return _NAMES[type(act)]


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(VOCABULARY[name])


def parse(name: str, payload: Mapping[str, Any]) -> Any:
    """Turn a name and a JSON object into an act.

    Raises:
        UnknownOperation: no act has this name.
        InvalidOperation: a field is missing, unknown, or not of its type; the field is named.
    """
    if name not in VOCABULARY:
        raise UnknownOperation(name=name)
    try:
        return _adapter(name).validate_python(payload)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidOperation(name=name, field=where, reason=first["msg"]) from error


def dump(act: object) -> dict[str, Any]:
    """Turn an act into the JSON object that `parse` reads back."""
    body: dict[str, Any] = _adapter(name_of(act)).dump_python(act, mode="json")
    return body


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of an act's payload."""
    return _adapter(name).json_schema()

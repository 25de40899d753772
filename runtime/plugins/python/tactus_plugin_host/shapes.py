"""Type hints as shapes: the JSON Schema that a model sees, and the reading of what it sends, from one source."""

from __future__ import annotations

import collections.abc
import dataclasses
import datetime
import decimal
import enum
import inspect
import pathlib
import types
import typing
import uuid
from dataclasses import dataclass
from typing import Any, Callable, Literal, Union

from .docstrings import parse_docstring

Schema = dict[str, Any]

_MAXIMUM_DEPTH = 16


class HintProblem(Exception):
    """A type hint that can't be a part of a tool."""


class ValueProblem(Exception):
    """A value that does not fit its hint; the text names the place."""


@dataclass(frozen=True)
class Shape:
    """What one hint means. `read` takes a JSON value and its place, and gives the value that the function expects."""

    schema: Schema
    read: Callable[[Any, str], Any]

    def described(self, description: str) -> "Shape":
        return Shape({**self.schema, "description": description}, self.read) if description else self


def shape_of(hint: Any, depth: int = 0) -> Shape:
    """The shape of a hint. Raises HintProblem for one that JSON can't carry."""
    if depth > _MAXIMUM_DEPTH:
        raise HintProblem("a type that contains itself, or is nested too deep")
    hint = _plain(hint)
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    # Before anything looks a hint up: what is annotated need not have a hash.
    if origin is typing.Annotated:
        return _annotated(arguments, depth)
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if origin in (Union, types.UnionType):
        return _union([shape_of(part, depth + 1) for part in arguments])
    if origin is Literal:
        return _choice(list(arguments), lambda value: value)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _choice([member.value for member in hint], hint)
    kind = origin or hint
    if kind is tuple and arguments and arguments[-1] is not Ellipsis:
        return _fixed_tuple([shape_of(part, depth + 1) for part in arguments])
    if kind in _LISTS:
        return _list(_LISTS[kind], shape_of(arguments[0], depth + 1) if arguments else ANY)
    if kind in _MAPPINGS:
        return _mapping(arguments, depth)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint, depth)
    if typing.is_typeddict(hint):
        return _typed_dict(hint, depth)
    raise HintProblem(f"the type {getattr(hint, '__name__', hint)!s}, which JSON can't carry")


def type_name(value: Any) -> str:
    """The name of a JSON value's type, for people and models."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return "null" if value is None else names.get(type(value), type(value).__name__)


def object_shape(
    fields: dict[str, Shape],
    required: collections.abc.Collection[str],
    build: Callable[[dict[str, Any]], Any],
    extra: Shape | None = None,
) -> Shape:
    """An object with named fields; `extra` is the shape of all others, which are refused without it."""
    schema: Schema = {
        "type": "object",
        "properties": {name: shape.schema for name, shape in fields.items()},
        "required": [name for name in fields if name in required],
        "additionalProperties": extra.schema if extra else False,
    }

    def read(value: Any, place: str) -> Any:
        # Lua writes an empty table of either kind the same way.
        given = _expect(value if value != [] else {}, dict, place)
        problems = [f"{_inside(place, name)} is missing" for name in required if name not in given]
        problems += [
            f"{_inside(place, name)} is unknown" for name in given if name not in fields and extra is None
        ]
        values = {}
        for name, item in given.items():
            shape = fields.get(name, extra)
            if shape is None:
                continue
            try:
                values[name] = shape.read(item, _inside(place, name))
            except ValueProblem as problem:
                problems.append(str(problem))
        if problems:
            raise ValueProblem("; ".join(problems))
        return build(values)

    return Shape(schema, read)


def _plain(hint: Any) -> Any:
    """Without the wrappers that only a type checker sees."""
    if hint is inspect.Parameter.empty:
        return Any
    if isinstance(hint, typing.TypeVar):
        return hint.__bound__ or Any
    if isinstance(hint, typing.NewType):
        return _plain(hint.__supertype__)
    if typing.get_origin(hint) in _WRAPPERS:
        return _plain(typing.get_args(hint)[0])
    # `type Name = …` of Python 3.12.
    alias = getattr(hint, "__value__", None)
    return hint if alias is None or isinstance(hint, type) else _plain(alias)


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _expect(value: Any, kind: type, place: str) -> Any:
    # A boolean is a number to Python only.
    if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
        return value
    expected = {str: "a string", bool: "a boolean", list: "an array", dict: "an object", int: "an integer"}
    raise ValueProblem(f"{place or 'the arguments'}: expected {expected[kind]}, got {type_name(value)}")


def _read_integer(value: Any, place: str) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _expect(value, int, place)


def _read_number(value: Any, place: str) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise ValueProblem(f"{place}: expected a number, got {type_name(value)}")


def _read_nothing(value: Any, place: str) -> None:
    if value is not None:
        raise ValueProblem(f"{place}: expected null, got {type_name(value)}")


def _text(text_format: str | None, parse: Callable[[str], Any]) -> Shape:
    def read(value: Any, place: str) -> Any:
        text = _expect(value, str, place)
        try:
            return parse(text)
        except (ValueError, ArithmeticError):
            raise ValueProblem(f"{place}: '{text[:100]}' is no {text_format}") from None

    return Shape({"type": "string", **({"format": text_format} if text_format else {})}, read)


def _decimal() -> Shape:
    def read(value: Any, place: str) -> decimal.Decimal:
        try:
            return decimal.Decimal(str(value if isinstance(value, str) else _read_number(value, place)))
        except ArithmeticError:
            raise ValueProblem(f"{place}: '{value[:100]}' is no number") from None

    return Shape({"anyOf": [{"type": "number"}, {"type": "string"}]}, read)


ANY = Shape({}, lambda value, place: value)

_SIMPLE: dict[Any, Shape] = {
    Any: ANY,
    object: ANY,
    str: Shape({"type": "string"}, lambda value, place: _expect(value, str, place)),
    bool: Shape({"type": "boolean"}, lambda value, place: _expect(value, bool, place)),
    int: Shape({"type": "integer"}, _read_integer),
    float: Shape({"type": "number"}, _read_number),
    None: Shape({"type": "null"}, _read_nothing),
    type(None): Shape({"type": "null"}, _read_nothing),
    datetime.datetime: _text("date-time", datetime.datetime.fromisoformat),
    datetime.date: _text("date", datetime.date.fromisoformat),
    datetime.time: _text("time", datetime.time.fromisoformat),
    uuid.UUID: _text("uuid", uuid.UUID),
    pathlib.Path: _text(None, pathlib.Path),
    decimal.Decimal: _decimal(),
}

_LISTS: dict[Any, Callable[[list[Any]], Any]] = {
    list: list,
    tuple: tuple,
    set: set,
    frozenset: frozenset,
    collections.abc.Sequence: list,
    collections.abc.MutableSequence: list,
    collections.abc.Iterable: list,
    collections.abc.Collection: list,
    collections.abc.Set: set,
}
_MAPPINGS = {dict, collections.abc.Mapping, collections.abc.MutableMapping}
_WRAPPERS = {
    wrapper
    for wrapper in (getattr(typing, name, None) for name in ("Required", "NotRequired", "ReadOnly", "Final"))
    if wrapper is not None
}


def _annotated(arguments: tuple[Any, ...], depth: int) -> Shape:
    shape = shape_of(arguments[0], depth + 1)
    for note in arguments[1:]:
        text = note if isinstance(note, str) else None
        for attribute in ("description", "documentation"):
            text = text or getattr(note, attribute, None)
        if isinstance(text, str):
            shape = shape.described(text)
    return shape


def _union(parts: list[Shape]) -> Shape:
    def read(value: Any, place: str) -> Any:
        problems = []
        # `int | float` and `str | datetime` take the first that fits as it stands.
        for part in parts:
            try:
                return part.read(value, place)
            except ValueProblem as problem:
                problems.append(str(problem))
        raise ValueProblem(" or ".join(dict.fromkeys(problems)))

    return Shape({"anyOf": [part.schema for part in parts]}, read)


def _choice(values: list[Any], build: Callable[[Any], Any]) -> Shape:
    schema: Schema = {"enum": values}
    kinds = {type_name(value) for value in values}
    if len(kinds) == 1:
        schema = {"type": kinds.pop(), **schema}

    def read(value: Any, place: str) -> Any:
        for choice in values:
            if choice == value and isinstance(choice, bool) == isinstance(value, bool):
                return build(choice)
        listed = ", ".join(repr(choice) for choice in values)
        raise ValueProblem(f"{place}: expected one of {listed}, got {str(value)[:100]!r}")

    return Shape(schema, read)


def _list(build: Callable[[list[Any]], Any], item: Shape) -> Shape:
    schema: Schema = {"type": "array", "items": item.schema}
    if build in (set, frozenset):
        schema["uniqueItems"] = True

    def read(value: Any, place: str) -> Any:
        given = _expect(value if value != {} else [], list, place)
        return build([item.read(each, f"{place}[{index}]") for index, each in enumerate(given)])

    return Shape(schema, read)


def _fixed_tuple(items: list[Shape]) -> Shape:
    schema: Schema = {
        "type": "array",
        "prefixItems": [item.schema for item in items],
        "minItems": len(items),
        "maxItems": len(items),
    }

    def read(value: Any, place: str) -> tuple[Any, ...]:
        given = _expect(value, list, place)
        if len(given) != len(items):
            raise ValueProblem(f"{place}: expected {len(items)} items, got {len(given)}")
        return tuple(item.read(each, f"{place}[{index}]") for index, (item, each) in enumerate(zip(items, given)))

    return Shape(schema, read)


def _mapping(arguments: tuple[Any, ...], depth: int) -> Shape:
    key = shape_of(arguments[0], depth + 1) if arguments else ANY
    if key.schema and key.schema.get("type") != "string":
        raise HintProblem("a dict whose keys are no strings, which JSON can't carry")
    item = shape_of(arguments[1], depth + 1) if arguments else ANY
    schema: Schema = {"type": "object", "additionalProperties": item.schema or True}

    def read(value: Any, place: str) -> dict[Any, Any]:
        given = _expect(value if value != [] else {}, dict, place)
        return {key.read(name, place): item.read(each, _inside(place, name)) for name, each in given.items()}

    return Shape(schema, read)


def _dataclass(hint: Any, depth: int) -> Shape:
    hints = typing.get_type_hints(hint, include_extras=True)
    texts = parse_docstring(hint.__doc__).parameters
    fields = [each for each in dataclasses.fields(hint) if each.init]
    shapes = {
        each.name: shape_of(hints[each.name], depth + 1).described(texts.get(each.name, "")) for each in fields
    }
    required = {
        each.name
        for each in fields
        if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
    }
    return object_shape(shapes, required, lambda values: hint(**values))


def _typed_dict(hint: Any, depth: int) -> Shape:
    hints = typing.get_type_hints(hint, include_extras=True)
    shapes = {name: shape_of(each, depth + 1) for name, each in hints.items()}
    return object_shape(shapes, hint.__required_keys__, dict)

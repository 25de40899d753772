"""Python values as JSON."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import json
import math
import pathlib
import uuid
from typing import Any

_MAXIMUM_DEPTH = 60
_TEXTS = (datetime.datetime, datetime.date, datetime.time)


class ResultProblem(Exception):
    """A result that JSON can't carry, or that is too large."""


def json_text(value: Any, maximum: int) -> str:
    """A result as JSON text. Raises ResultProblem."""
    text = json.dumps(_plain(value, "the result", 0), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > maximum:
        raise ResultProblem(f"the result has {size} bytes as JSON; at most {maximum} are taken")
    return text


def default_value(value: Any) -> tuple[bool, Any]:
    """Whether a default can stand in a schema, and how."""
    try:
        return True, _plain(value, "the default", 0)
    except ResultProblem:
        return False, None


def _plain(value: Any, place: str, depth: int) -> Any:
    if depth > _MAXIMUM_DEPTH:
        raise ResultProblem(f"{place} is nested deeper than {_MAXIMUM_DEPTH}")
    if isinstance(value, enum.Enum):
        return _plain(value.value, place, depth)
    if value is None or isinstance(value, (bool, int, str)):
        return _scalar(value, place)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ResultProblem(f"{place} is {value}, which JSON can't carry")
        return value
    if isinstance(value, decimal.Decimal):
        return _plain(float(value), place, depth)
    if isinstance(value, _TEXTS):
        return value.isoformat()
    if isinstance(value, (uuid.UUID, pathlib.PurePath)):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {_key(name, place): _plain(each, f"{place}.{name}", depth + 1) for name, each in value.items()}
    if isinstance(value, (set, frozenset)):
        value = sorted(value, key=repr)
    if isinstance(value, (list, tuple)):
        return [_plain(each, f"{place}[{index}]", depth + 1) for index, each in enumerate(value)]
    raise ResultProblem(f"{place} is of type {type(value).__name__}, which JSON can't carry")


def _scalar(value: Any, place: str) -> Any:
    # Other readers of JSON have no larger integers than these.
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
        raise ResultProblem(f"{place} is an integer of more than 64 bits")
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def _key(name: Any, place: str) -> str:
    if isinstance(name, enum.Enum):
        name = name.value
    if isinstance(name, str):
        return name
    if isinstance(name, int) and not isinstance(name, bool):
        return str(name)
    raise ResultProblem(f"{place} has a key of type {type(name).__name__}, which JSON can't carry")

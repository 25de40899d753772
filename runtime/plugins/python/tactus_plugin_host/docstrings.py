"""Descriptions of a function and of its parameters, from the three usual styles of docstrings."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field

_GOOGLE_SECTION = re.compile(
    r"^(Args|Arguments|Parameters|Params|Keyword Args|Keyword Arguments|Returns?|Yields?|Raises|Examples?|Notes?|"
    r"Attributes|See Also|Warnings?|References|Todo):\s*$"
)
_PARAMETER_SECTIONS = {"Args", "Arguments", "Parameters", "Params", "Keyword Args", "Keyword Arguments"}
_GOOGLE_PARAMETER = re.compile(r"^\*{0,2}(\w+)\s*(?:\([^)]*\))?\s*:\s*(.*)$")
_REST_FIELD = re.compile(r"^:(\w+)(?:\s+([^:]*))?:\s*(.*)$")
_REST_PARAMETERS = {"param", "parameter", "arg", "argument", "key", "keyword"}
_UNDERLINE = re.compile(r"^-{3,}\s*$")
_NUMPY_PARAMETER = re.compile(r"^\*{0,2}(\w+(?:\s*,\s*\w+)*)\s*(?::.*)?$")


@dataclass
class Docstring:
    """What a docstring says. `description` is everything before the sections."""

    description: str = ""
    parameters: dict[str, str] = field(default_factory=dict)


def parse_docstring(text: str | None) -> Docstring:
    """Reads a docstring; one without any known section is all description."""
    lines = inspect.cleandoc(text or "").splitlines()
    parsed = Docstring()
    first_section = len(lines)
    for index, line in enumerate(lines):
        reader = _reader_at(lines, index)
        if reader is None:
            continue
        first_section = min(first_section, index)
        reader(lines, index, parsed)
    parsed.description = "\n".join(lines[:first_section]).strip()
    return parsed


def _reader_at(lines: list[str], index: int):
    line = lines[index]
    if _GOOGLE_SECTION.match(line):
        return _read_google
    if index + 1 < len(lines) and line.strip() and _UNDERLINE.match(lines[index + 1]):
        return _read_numpy
    if _REST_FIELD.match(line):
        return _read_rest
    return None


def _read_google(lines: list[str], index: int, parsed: Docstring) -> None:
    if lines[index].rstrip().rstrip(":") not in _PARAMETER_SECTIONS:
        return
    name = None
    base = None
    for line in lines[index + 1 :]:
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        if indent == 0:
            return
        base = indent if base is None else base
        match = _GOOGLE_PARAMETER.match(line.strip()) if indent <= base else None
        if match:
            name = match.group(1)
            parsed.parameters[name] = match.group(2).strip()
        elif name is not None:
            _append(parsed, name, line)


def _read_numpy(lines: list[str], index: int, parsed: Docstring) -> None:
    if lines[index].strip() not in {"Parameters", "Other Parameters"}:
        return
    names: list[str] = []
    for position in range(index + 2, len(lines)):
        line = lines[position]
        if not line.strip():
            continue
        if line.startswith(" "):
            for name in names:
                _append(parsed, name, line)
            continue
        following = lines[position + 1] if position + 1 < len(lines) else ""
        match = _NUMPY_PARAMETER.match(line)
        if _UNDERLINE.match(following) or match is None:
            return
        names = [name.strip() for name in match.group(1).split(",")]
        parsed.parameters.update({name: "" for name in names})


def _read_rest(lines: list[str], index: int, parsed: Docstring) -> None:
    match = _REST_FIELD.match(lines[index])
    if match is None or match.group(1) not in _REST_PARAMETERS:
        return
    # `:param int count: text` names the type first.
    words = (match.group(2) or "").split()
    if not words:
        return
    name = words[-1].lstrip("*")
    parsed.parameters[name] = match.group(3).strip()
    for line in lines[index + 1 :]:
        if not line.startswith(" "):
            return
        _append(parsed, name, line)


def _append(parsed: Docstring, name: str, line: str) -> None:
    parsed.parameters[name] = f"{parsed.parameters[name]} {line.strip()}".strip()

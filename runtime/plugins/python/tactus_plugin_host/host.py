"""Serves the supervisor: one JSON object a line on a channel of its own, one request at a time."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from typing import Any

from .failures import failure
from .json_values import ResultProblem, json_text
from .modules import PluginModules
from .shapes import HintProblem, ValueProblem
from .tools import Tool, tool_of

_CHANNEL = 3
_MAXIMUM_TOOLS = 500


class Plugins:
    """The loaded plugins of a run."""

    def __init__(self, load: dict[str, Any]) -> None:
        self._maximum_result: int = load["maximumResultBytes"]
        self._modules = PluginModules(load["sources"])
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._tools: dict[tuple[str, str], Tool] = {}
        self._problems: list[dict[str, Any]] = []
        for module, file in self._modules.tool_modules():
            self._load(module, file)

    def describe(self) -> dict[str, Any]:
        """All tools, and what could not become one."""
        tools = [
            {
                "module": module,
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.arguments.schema,
            }
            for (module, _), tool in self._tools.items()
        ]
        return {"tools": tools[:_MAXIMUM_TOOLS], "problems": self._problems}

    def call(self, request: dict[str, Any]) -> dict[str, Any]:
        """One call; what goes wrong is in the answer."""
        tool = self._tools.get((request["module"], request["name"]))
        if tool is None:
            return {"error": {"code": "tool-missing", "type": "", "message": "there is no such function", "frames": []}}
        try:
            return {"text": json_text(tool.call(request["arguments"], self._loop), self._maximum_result)}
        except ValueProblem as problem:
            return {"error": self._failure("arguments-invalid", problem)}
        except ResultProblem as problem:
            return {"error": self._failure("result-invalid", problem)}
        except BaseException as error:
            # `sys.exit()` in a plugin ends the call, not the process.
            return {"error": self._failure("raised", error)}

    def _load(self, module: str, file: str) -> None:
        try:
            functions = self._modules.functions(module)
        except BaseException as error:
            self._problems.append({**self._failure("raised", error), "subject": file})
            return
        for function in functions:
            try:
                tool = tool_of(function)
                self._tools[module, tool.name] = tool
            except HintProblem as problem:
                line = function.__code__.co_firstlineno
                self._problems.append(
                    {**self._failure("raised", problem), "subject": f"{file}:{line}: {function.__name__}"}
                )

    def _failure(self, code: str, error: BaseException) -> dict[str, Any]:
        return failure(code, error, self._modules.files)


def main() -> None:
    """Reads the plugins first, then answers calls until the channel ends."""
    os.set_inheritable(_CHANNEL, False)
    # Line by line, as at a terminal: unbuffered, `print` writes a line and its end apart, which are two outputs then.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)
    with open(_CHANNEL, "rb", closefd=False) as requests:
        load = json.loads(requests.readline())
        _limit_memory(load["memoryBytes"])
        plugins = Plugins(load)
        _answer(load["id"], plugins.describe())
        for line in requests:
            request = json.loads(line)
            _answer(request["id"], plugins.call(request))


def _flush_output() -> None:
    """What a call printed comes before its answer, also what has no end of line."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            # A plugin may have closed or replaced it: then there is nothing of ours to write.
            continue


def _limit_memory(amount: int | None) -> None:
    """A plugin that needs too much gets a MemoryError, before the whole sandbox is ended for it."""
    if amount is not None:
        resource.setrlimit(resource.RLIMIT_AS, (amount, amount))


def _answer(identity: int, answer: dict[str, Any]) -> None:
    _flush_output()
    frame = json.dumps({"id": identity, **answer}, ensure_ascii=True).encode("ascii") + b"\n"
    view = memoryview(frame)
    while view:
        view = view[os.write(_CHANNEL, view) :]

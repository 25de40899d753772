"""Plugin files as modules, from their texts: nothing is read from a disk."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import linecache
import sys
from types import ModuleType
from typing import Any, Callable, Iterator, Sequence


class PluginModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The plugins of a run by name; they can import each other, and the standard library."""

    def __init__(self, sources: Sequence[dict[str, Any]]) -> None:
        self._sources = {_import_name(source["module"]): source for source in sources}
        sys.meta_path.insert(0, self)

    @property
    def files(self) -> set[str]:
        return {source["file"] for source in self._sources.values()}

    def tool_modules(self) -> Iterator[tuple[str, str]]:
        """Names and files of the modules that give tools."""
        for source in self._sources.values():
            if source["givesTools"]:
                yield source["module"], source["file"]

    def functions(self, name: str) -> list[Callable[..., Any]]:
        """The public functions that a module defines, as they stand in it. Raises what the module raises."""
        name = _import_name(name)
        module = importlib.import_module(name)
        return [
            value
            for key, value in vars(module).items()
            if inspect.isfunction(value) and value.__module__ == name and not key.startswith("_")
        ]

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        source = self._sources.get(fullname)
        return importlib.util.spec_from_loader(fullname, self, origin=source["file"]) if source else None

    def exec_module(self, module: ModuleType) -> None:
        source = self._sources[module.__name__]
        text, file = source["source"], source["file"]
        module.__file__ = file
        # So that a traceback shows the line.
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        exec(compile(text, file, "exec", dont_inherit=True), module.__dict__)


def _import_name(module: str) -> str:
    """A plugin with the name of a standard module never takes its place."""
    return f"plugin_{module}" if module in sys.stdlib_module_names else module

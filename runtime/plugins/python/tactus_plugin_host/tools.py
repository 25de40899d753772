"""Functions as tools: schema of the arguments, and the call."""

from __future__ import annotations

import asyncio
import inspect
import typing
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Callable

from .docstrings import parse_docstring
from .json_values import default_value
from .shapes import ANY, HintProblem, Shape, object_shape, shape_of


@dataclass(frozen=True)
class Tool:
    """One public function of a plugin."""

    name: str
    description: str
    arguments: Shape
    function: Callable[..., Any]

    def call(self, given: Any, loop: asyncio.AbstractEventLoop) -> Any:
        """Calls the function with JSON values. Raises ValueProblem, and whatever the function raises."""
        bound = _bound(inspect.signature(self.function), self.arguments.read(given, ""))
        result = self.function(*bound.args, **bound.kwargs)
        return loop.run_until_complete(result) if inspect.isawaitable(result) else result


def tool_of(function: Callable[..., Any]) -> Tool:
    """The tool that a function is. Raises HintProblem that names the parameter."""
    hints = _hints(function)
    docstring = parse_docstring(function.__doc__)
    parameters = inspect.signature(function).parameters.values()
    fields: dict[str, Shape] = {}
    extra = None
    for parameter in parameters:
        shape = _parameter_shape(parameter, hints.get(parameter.name, parameter.annotation))
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            extra = shape
        else:
            text = docstring.parameters.get(parameter.name, "")
            fields[parameter.name] = shape if "description" in shape.schema else shape.described(text)
    required = {
        parameter.name
        for parameter in parameters
        if parameter.default is inspect.Parameter.empty
        and parameter.kind not in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    }
    return Tool(
        name=function.__name__,
        description=docstring.description or f"Tool: {function.__name__}",
        arguments=object_shape(fields, required, dict, extra),
        function=function,
    )


def _bound(signature: inspect.Signature, values: dict[str, Any]) -> inspect.BoundArguments:
    """The values by parameter: those without one of their own are for `**kwargs`."""
    named = {name: values.pop(name) for name, each in signature.parameters.items() if _is_named(each, values)}
    for name, parameter in signature.parameters.items():
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            named[name] = values
    bound = inspect.BoundArguments(signature, OrderedDict(named))
    bound.apply_defaults()
    return bound


def _is_named(parameter: inspect.Parameter, values: dict[str, Any]) -> bool:
    return parameter.kind is not inspect.Parameter.VAR_KEYWORD and parameter.name in values


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function, include_extras=True)
    except (NameError, TypeError, SyntaxError) as error:
        raise HintProblem(f"a type hint that can't be read ({error})") from error


def _parameter_shape(parameter: inspect.Parameter, hint: Any) -> Shape:
    try:
        shape = ANY if hint is inspect.Parameter.empty else shape_of(hint)
    except HintProblem as problem:
        raise HintProblem(f"parameter '{parameter.name}' has {problem}") from None
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        return shape_of(list) if shape is ANY else shape_of(list[hint])
    if parameter.default is inspect.Parameter.empty:
        return shape
    known, value = default_value(parameter.default)
    return Shape({**shape.schema, "default": value}, shape.read) if known else shape

"""What went wrong in a plugin, as data."""

from __future__ import annotations

import linecache
from typing import Any, Collection

_MAXIMUM_FRAMES = 10
_MAXIMUM_TEXT = 2000


def failure(code: str, error: BaseException, files: Collection[str]) -> dict[str, Any]:
    """An error with the lines of plugins that it went through, the innermost last; lines of others are left out."""
    return {
        "code": code,
        "type": type(error).__name__,
        "message": _message(error),
        "frames": _frames(error, files)[-_MAXIMUM_FRAMES:],
    }


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        # Its text repeats the place.
        return error.msg
    try:
        return str(error)[:_MAXIMUM_TEXT]
    except Exception:
        # The error's own text may fail too.
        return ""


def _frames(error: BaseException, files: Collection[str]) -> list[dict[str, Any]]:
    frames = []
    if isinstance(error, SyntaxError) and error.filename in files and error.lineno:
        frames.append(_frame(error.filename, error.lineno, "<module>"))
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename in files:
            frames.append(_frame(code.co_filename, traceback.tb_lineno, code.co_name))
        traceback = traceback.tb_next
    return frames


def _frame(file: str, line: int, function: str) -> dict[str, Any]:
    return {"file": file, "line": line, "function": function, "text": linecache.getline(file, line).strip()[:200]}

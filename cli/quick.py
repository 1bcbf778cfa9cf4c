"""Commands that start fast: their words are read without typer's pydantic, which costs 60 ms a run.

typer 0.29 builds a pydantic adapter for every parameter, also for plain strings. It keeps the adapter in one
attribute; where that attribute is gone in another typer, its own way is taken, which is slower and gives the same.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand

from cli.output import Format


class _Plain:
    """What typer asks to turn a word into a value."""

    def __init__(self, read: Callable[[Any, Any], Any]) -> None:
        self.read = read

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value of what was typed; nothing stays nothing."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        try:
            return self.read(value, param)
        except ValueError as error:
            raise typer.BadParameter(str(error), ctx=ctx, param=param) from error


def _format(value: Any, _: Any) -> Format:
    word = str(value).lower()
    if word not in set(Format):
        raise ValueError(f"{value!r} is no format; choose one of {', '.join(Format)}")
    return Format(word)


def _number(value: Any, param: Any) -> int:
    least, most = param.type_descriptor.parameter_info.min, param.type_descriptor.parameter_info.max
    try:
        number = int(value)
    except ValueError:
        raise ValueError(f"{value!r} is no whole number") from None
    if (least is not None and number < least) or (most is not None and number > most):
        raise ValueError(f"{number} is not from {least} to {most or 'any'}")
    return number


def _yes_or_no(value: Any, _: Any) -> bool:
    word = str(value).strip().lower()
    if word not in _TRUTH:
        raise ValueError(f"{value!r} is neither yes nor no; write true or false")
    return _TRUTH[word]


_TRUTH = dict.fromkeys(("1", "true", "t", "yes", "y", "on"), True) | dict.fromkeys(
    ("", "0", "false", "f", "no", "n", "off"), False
)
_READERS: dict[Any, Callable[[Any, Any], Any]] = {
    str: lambda value, _: str(value),
    list[str]: lambda value, _: [str(item) for item in value],
    int: _number,
    bool: _yes_or_no,
    Path: lambda value, _: Path(value),
    list[Path]: lambda value, _: [Path(item) for item in value],
    Format: _format,
}


def hastened(params: Iterable[Any]) -> list[Any]:
    """Return a command's parameters, those of plain types with a reader of ours."""
    hasty = list(params)
    for param in hasty:
        read = _READERS.get(getattr(getattr(param, "type_descriptor", None), "annotation", None))
        if read is not None and getattr(param, "_runtime_param", param) is None:
            vars(param)["_runtime_param"] = _Plain(read)
    return hasty


class Quick(TyperCommand):
    """A command of plain words, numbers, paths and formats."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return its parameters, with --help."""
        return hastened(super().get_params(ctx))

"""The user's settings: `config.toml`, read once at the edge and passed in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from readq.errors import UsageError


class Config(NamedTuple):
    """What the user set; every field has a default."""

    theme: str | None = None
    """The name of a theme; None: the app chooses."""
    ascii: bool = False
    """Statuses as plain letters, for terminals that draw ○ ◐ ● two cells wide."""
    search_url: str | None = None
    """The web search for papers without a link; `{query}` stands for the title."""
    keys: Mapping[str, str] = MappingProxyType({})
    """Binding id to key, or several separated by commas."""


def load(path: Path) -> Config:
    """The settings in `path`; the defaults when there is no such file.

    Raises `UsageError`, naming the file and the key, for what cannot be used.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {_reason(error)}") from error
    import tomllib

    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not TOML: {error}") from error
    return Config(**{name: _checked(path, name, value) for name, value in settings.items()})


def _checked(path: Path, name: str, value: Any) -> Any:
    match name:
        case "theme":
            if isinstance(value, str) and value:
                return value
            raise _wrong(path, name, 'the name of a theme, such as "textual-light"')
        case "ascii":
            if isinstance(value, bool):
                return value
            raise _wrong(path, name, "true or false")
        case "search_url":
            if (
                isinstance(value, str)
                and value.startswith(("https://", "http://"))
                and "{query}" in value
            ):
                return value
            raise _wrong(path, name, "a web address with {query} where the words go")
        case "keys":
            return _keys(path, value)
    known = ["theme", "ascii", "search_url", "keys"]
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    raise UsageError(f"{path}: there is no setting {name!r}", hint=hint)


def _keys(path: Path, value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise _wrong(path, "keys", 'a table, such as [keys] and below it done = "d"')
    for binding, key in value.items():
        if not isinstance(key, str) or not key.strip():
            raise _wrong(path, f"keys.{binding}", 'the name of a key, such as "d" or "ctrl+d"')
    return value


def _wrong(path: Path, name: str, wanted: str) -> UsageError:
    return UsageError(f"{path}: {name} should be {wanted}")


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or "unknown error") if isinstance(error, OSError) else "it is not UTF-8"

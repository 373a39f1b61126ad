"""What a user types for a reading list, and where that list is to be had. No network in here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from readq.errors import ListError, UsageError
from readq.model.urls import gated

RAW = "https://raw.githubusercontent.com"
"""Where GitHub serves files as they are."""

READMES = (
    "README.md",
    "readme.md",
    "Readme.md",
    "README.rst",
    "README.markdown",
    "README.org",
    "README.txt",
    "README",
    ".github/README.md",
    "docs/README.md",
)
"""What GitHub shows as a repository's front page, likely names first."""

# A path with a slip of the finger in it is no repository.
_FILES = (".md", ".markdown", ".html", ".htm", ".rst", ".org", ".txt", ".bib", ".json", ".pdf")

# https://docs.github.com/en/rest/repos: what owners and repositories may be called.
_OWNER = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})"
_NAME = r"[A-Za-z0-9._-]{1,100}"
_SHORT = re.compile(rf"(?P<owner>{_OWNER})/(?P<name>{_NAME})")
_SSH = re.compile(rf"git@github\.com:(?P<owner>{_OWNER})/(?P<name>{_NAME})")
_PAGE = re.compile(
    rf"/(?P<owner>{_OWNER})/(?P<name>{_NAME})(?:/(?P<view>tree|blob|raw)/(?P<rest>.+?))?/?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSource:
    """Where a list comes from."""

    kind: Literal["file", "url"]
    source: str
    """Its one name, however it was typed: an absolute path, or an address."""
    path: Path | None = None
    """For a file."""
    candidates: tuple[str, ...] = ()
    """For an address: what to fetch; the first that is there is the list."""
    base_url: str = ""
    """What the list's relative links are relative to; empty for a file."""
    name: str = ""
    """A short name for people: `owner/repo`, a file name, a host."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Turns what was typed into a `ListSource`."""

    raw: str = RAW
    """The server that GitHub's files are fetched from."""

    def resolve(self, text: str, cwd: Path) -> ListSource:
        """An existing path (relative to `cwd`), an http(s) address, or `owner/repo` on GitHub.

        Raises `ListError` for a folder and for what is none of these, `UsageError` for nothing.
        """
        text = text.strip()
        if not text:
            raise UsageError("no list was named", hint=_HINT)
        if (path := _existing(text, cwd)) is not None:
            return _file(path)
        if re.match(r"https?://", text, re.IGNORECASE):
            return self._address(text)
        if re.match(r"(?:www\.)?github\.com/", text, re.IGNORECASE):
            return self._address(f"https://{text}")
        short = None if text.lower().endswith(_FILES) else _SHORT.fullmatch(text)
        if match := _SSH.fullmatch(text) or short:
            return self._repository(match["owner"], match["name"])
        if re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE):
            raise ListError(f"lists come over http and https only: {text}", hint=_HINT)
        raise ListError(f"there is no file {text}", hint=_HINT)

    def _address(self, text: str) -> ListSource:
        try:
            url = gated(text)
        except ValueError as error:
            raise ListError(f"no list from {text}: {error}", hint=_HINT) from error
        parts = urlsplit(url)
        host = parts.netloc.removeprefix("www.")
        match = _PAGE.fullmatch(parts.path)
        if host == "github.com" and match:
            if not match["view"]:
                return self._repository(match["owner"], match["name"])
            return self._inside(match["owner"], match["name"], match["view"], match["rest"])
        if host == "gist.github.com" and re.fullmatch(r"/[\w-]+/[0-9a-f]+/?", parts.path):
            raw = f"https://gist.githubusercontent.com{parts.path.rstrip('/')}/raw"
            return _page(url, (raw,), base=url)
        if "/-/blob/" in parts.path:
            # GitLab, wherever it runs.
            return _page(url, (url.replace("/-/blob/", "/-/raw/", 1),), base=url)
        return _page(url, (url,), base=url)

    def _repository(self, owner: str, name: str) -> ListSource:
        name = name.removesuffix(".git")
        if name in {"", ".", ".."}:
            raise ListError(f"there is no repository {owner}/{name}", hint=_HINT)
        root = f"{self.raw}/{owner}/{name}/HEAD"
        page = f"https://github.com/{owner}/{name}"
        return ListSource(
            kind="url",
            source=page,
            candidates=tuple(f"{root}/{readme}" for readme in READMES),
            base_url=f"{page}/blob/HEAD/",
            name=f"{owner}/{name}",
        )

    def _inside(self, owner: str, name: str, view: str, rest: str) -> ListSource:
        """A folder (`tree`) or a file (`blob`, `raw`); `rest` is branch and path, as written."""
        if ".." in unquote(rest).split("/"):
            raise ListError(f"there is no file {rest} in {owner}/{name}")
        page = f"https://github.com/{owner}/{name}"
        root = f"{self.raw}/{owner}/{name}/{rest}"
        if view == "tree":
            return ListSource(
                kind="url",
                source=f"{page}/tree/{rest}",
                candidates=tuple(f"{root}/{readme}" for readme in READMES[:8]),
                base_url=f"{page}/blob/{rest}/",
                name=f"{owner}/{name}",
            )
        return ListSource(
            kind="url",
            source=f"{page}/blob/{rest}",
            candidates=(root,),
            base_url=f"{page}/blob/{rest}",
            name=f"{owner}/{name}",
        )


def resolve(text: str, cwd: Path) -> ListSource:
    """`Resolver.resolve` with the real GitHub."""
    return Resolver().resolve(text, cwd)


_HINT = "A list is a file, an http(s) address, or owner/repo on GitHub"


def _existing(text: str, cwd: Path) -> Path | None:
    try:
        path = cwd / Path(text).expanduser()
        return path if path.exists() else None
    except (OSError, RuntimeError, ValueError):
        # Too long, a NUL inside, or a home folder that nobody has.
        return None


def _file(path: Path) -> ListSource:
    if path.is_dir():
        raise ListError(
            f"{path} is a folder, not a list",
            hint=f"readq view {path} shows its lists; readq add takes files, one by one",
        )
    absolute = path.resolve()
    return ListSource(kind="file", source=str(absolute), path=absolute, name=path.name)


def _page(url: str, candidates: tuple[str, ...], *, base: str) -> ListSource:
    name = urlsplit(url).netloc.removeprefix("www.")
    return ListSource(kind="url", source=url, candidates=candidates, base_url=base, name=name)

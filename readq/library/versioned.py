"""A library that is kept in git: what is to be versioned, and who merges it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from readq.atomic import write_bytes
from readq.errors import StoreError, UsageError
from readq.store import merging_act
from readq.store.merging_whole import make_whole

_ATTRIBUTES = ("library.json merge=readq -text", "lists/* -text")
_IGNORED = ("library.json.*", "library*.tmp", ".*.tmp", "backups/", "cache/", "editing/")


def merge_for_git(ours: Path, theirs: Path) -> None:
    """Write to `ours` what both versions of a library come to. Raises `StoreError`."""
    merging_act.merge_files(ours, theirs)


def set_up(folder: Path) -> Iterator[str]:
    """Teach the git repository that holds `folder` to keep a library there; yields what was done.

    Raises `UsageError` where there is no repository, `StoreError` for what cannot be written.
    """
    program = _program()
    folder = folder.absolute()
    _git(folder, "rev-parse", "--show-toplevel")
    _git(folder, "config", "merge.readq.name", "readq, field by field")
    _git(folder, "config", "merge.readq.driver", f"{program} merge-driver %O %A %B")
    yield "git merges library.json with readq"
    try:
        for name, lines in ((".gitattributes", _ATTRIBUTES), (".gitignore", _IGNORED)):
            if _append(folder / name, lines):
                yield f"Written: {folder / name}"
        make_whole(folder / "library.json")
    except OSError as error:
        raise StoreError(f"{error.filename} cannot be written: {error.strerror}") from error


def _program() -> str:
    if shutil.which("readq"):
        return "readq"
    return f"{shlex.quote(sys.executable)} -m readq"


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True)
    except OSError as error:
        raise UsageError(f"git did not start: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2]
        raise UsageError(
            f"git says: {said or 'no'}", hint=f"git init '{folder}' makes a repository of it"
        )
    return done.stdout.strip()


def _append(file: Path, lines: tuple[str, ...]) -> bool:
    """Add the lines that are missing; whether there were any."""
    before = file.read_text("utf-8") if file.exists() else ""
    missing = [line for line in lines if line not in before.splitlines()]
    if missing:
        joint = "" if not before or before.endswith("\n") else "\n"
        text = before + joint + "".join(f"{line}\n" for line in missing)
        write_bytes(file, text.encode("utf-8"), mode=0o644)
    return bool(missing)

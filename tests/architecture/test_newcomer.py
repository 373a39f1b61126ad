"""What the README tells a newcomer is what CI does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import readq

ROOT = Path(__file__).parents[2]


def commands() -> list[str]:
    """The shell lines of the README's section on setting up."""
    readme = (ROOT / "README.md").read_text("utf-8")
    section = readme.partition("## Set up")[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def test_two_lines_set_everything_up() -> None:
    assert len(commands()) == 2


def test_ci_runs_the_readmes_test_command() -> None:
    assert commands()[1] in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == readq.__version__
    assert f"## [{readq.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_seeds_are_found() -> None:
    from readq.paths import seeds_folder

    assert len(list(seeds_folder().glob("*.txt"))) == 5

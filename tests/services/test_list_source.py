from __future__ import annotations

from pathlib import Path

import pytest

from readq.errors import ListError, UsageError
from readq.services.client import fetch_first
from readq.services.list_source import RAW, READMES, ListSource, Resolver, resolve
from tests.services.conftest import Server


def test_an_existing_file_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("# Papers")
    expected = ListSource(kind="file", source=str(path), path=path, name="list.md")
    assert resolve("list.md", tmp_path) == expected
    assert resolve(f" {path} ", Path("/")) == expected
    assert resolve("~/list.md", Path("/")) == expected


def test_a_file_wins_over_a_repository_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "owner").mkdir()
    (tmp_path / "owner" / "repo").write_text("# Papers")
    assert resolve("owner/repo", tmp_path).kind == "file"


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="is a folder, not a list"):
        resolve(".", tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "dkozlov/awesome-knowledge-distillation",
        "github.com/dkozlov/awesome-knowledge-distillation",
        "https://github.com/dkozlov/awesome-knowledge-distillation",
        "http://www.github.com/dkozlov/awesome-knowledge-distillation/",
        "https://github.com/dkozlov/awesome-knowledge-distillation.git",
        "https://github.com/dkozlov/awesome-knowledge-distillation?tab=readme-ov-file#papers",
        "git@github.com:dkozlov/awesome-knowledge-distillation.git",
    ],
)
def test_a_repository_however_it_is_written_is_its_readme(text: str, tmp_path: Path) -> None:
    name = "dkozlov/awesome-knowledge-distillation"
    assert resolve(text, tmp_path) == ListSource(
        kind="url",
        source=f"https://github.com/{name}",
        candidates=tuple(f"{RAW}/{name}/HEAD/{readme}" for readme in READMES),
        base_url=f"https://github.com/{name}/blob/HEAD/",
        name=name,
    )


@pytest.mark.parametrize("view", ["blob", "raw"])
def test_a_page_of_a_file_is_the_file(view: str, tmp_path: Path) -> None:
    found = resolve(f"https://github.com/a/b/{view}/main/docs/my%20list.md#papers", tmp_path)
    assert found.candidates == (f"{RAW}/a/b/main/docs/my%20list.md",)
    assert found.base_url == found.source == "https://github.com/a/b/blob/main/docs/my%20list.md"


def test_a_page_of_a_folder_is_the_folders_readme(tmp_path: Path) -> None:
    found = resolve("https://github.com/a/b/tree/main/docs/", tmp_path)
    assert found.candidates[0] == f"{RAW}/a/b/main/docs/README.md"
    assert found.base_url == "https://github.com/a/b/blob/main/docs/"


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("https://example.org/list.md", "https://example.org/list.md"),
        ("HTTPS://Example.org/a?b=c", "https://example.org/a?b=c"),
        ("https://gist.github.com/me/0123abcd", "https://gist.githubusercontent.com/me/0123abcd/raw"),
        ("https://gitlab.com/a/b/-/blob/main/README.md", "https://gitlab.com/a/b/-/raw/main/README.md"),
        ("https://raw.githubusercontent.com/a/b/main/x.md", "https://raw.githubusercontent.com/a/b/main/x.md"),
        ("https://github.com/a/b/wiki/Papers", "https://github.com/a/b/wiki/Papers"),
    ],
)  # fmt: skip
def test_other_addresses(text: str, candidate: str, tmp_path: Path) -> None:
    found = resolve(text, tmp_path)
    assert found.kind == "url"
    assert found.candidates == (candidate,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("missing.md", "there is no file missing.md"),
        ("lists/missing.md", "there is no file lists/missing.md"),
        ("a/b/c", "there is no file a/b/c"),
        ("-bad/name", "there is no file -bad/name"),
        ("owner/..", "there is no"),
        ("ftp://example.org/list.md", "http and https only"),
        ("file:///etc/passwd", "http and https only"),
        ("https://me:secret@example.org/", "holds a user name"),
        ("https://github.com/a/b/blob/main/../../c", "there is no file"),
        ("https://github.com/a/b/blob/main/%2e%2e/c", "there is no file"),
        ("a\0b", "there is no file"),
        ("x" * 5000, "there is no file"),
        ("~nobody-of-this-name/x", "there is no file"),
    ],
)
def test_what_is_no_list(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ListError, match=message):
        resolve(text, tmp_path)


def test_nothing_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no list was named"):
        resolve("  ", tmp_path)


def test_a_readme_by_another_name_is_found(server: Server, tmp_path: Path) -> None:
    server.says("/a/b/HEAD/README.rst", b"Papers\n======\n", Content_Type="text/plain")
    source = Resolver(raw=server.url).resolve("a/b", tmp_path)
    assert fetch_first(source.candidates).data == b"Papers\n======\n"

from __future__ import annotations

from pathlib import Path

import pytest

from readq.config import Config, load
from readq.errors import UsageError


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "config.toml") == Config()


def test_settings_are_read(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        'theme = "nord"\nascii = true\nsearch_url = "https://example.org/?q={query}"\n'
        '[keys]\ndone = "D,enter"\n'
    )
    assert load(file) == Config(
        theme="nord",
        ascii=True,
        search_url="https://example.org/?q={query}",
        keys={"done": "D,enter"},
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("theme = 1", "theme"),
        ('ascii = "yes"', "ascii"),
        ('search_url = "https://example.org"', "search_url"),
        ('search_url = "javascript:{query}"', "search_url"),
        ('keys = "d"', "keys"),
        ("[keys]\ndone = 3", "keys.done"),
        ('[keys]\ndone = ""', "keys.done"),
        ('theem = "nord"', "theem"),
        ("= 3", "TOML"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_file(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(UsageError) as caught:
        load(file)
    assert key in caught.value.message
    assert str(file) in caught.value.message


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path)
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        load(file)

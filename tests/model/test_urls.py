from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.model.urls import LIMIT, gated, gated_or_none


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://Example.ORG", "http://example.org"),
        (" https://example.org/ ", "https://example.org/"),
        ("https://example.org:8080/", "https://example.org:8080/"),
        ("https://example.org/ü?q=ä#ö", "https://example.org/%C3%BC?q=%C3%A4#%C3%B6"),
        ("https://example.org/100%/%41%zz", "https://example.org/100%25/%41%25zz"),
        ("https://example.org/<a>\"'`{}|^", "https://example.org/%3Ca%3E%22%27%60%7B%7D%7C%5E"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2001:DB8::1]:80/x", "https://[2001:db8::1]:80/x"),
        ("http://159.226.21.68/a%20b.pdf", "http://159.226.21.68/a%20b.pdf"),
    ],
)
def test_addresses_that_may_leave(url: str, safe: str) -> None:
    assert gated(url) == safe


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://example.org/",
        "mailto:a@example.org",
        "-flag",
        "https://",
        "https:///path",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.org/",
        "https://example.org/a b",
        "https://example.org/\tb",
        "https://example.org/\x1b]0;x\x07",
        "https://example.org/\u202egpj",
        "https://example.org/\ud800",
        "https://exa mple.org/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://[::1",
        "https://[::1%25eth0]/",
        "https://-bad-.org/",
        "https://a..b/",
        "https://ex%61mple.org/",
        "https://example.org/" + "a" * LIMIT,
        "https://example.org/" + "ü" * (LIMIT // 3),
    ],
)
def test_addresses_that_may_not(url: str) -> None:
    assert gated_or_none(url) is None
    with pytest.raises(ValueError, match=r"^the address "):
        gated(url)


@given(st.one_of(st.text(), st.text().map("https://example.org/{}".format), st.text().map("http://{}/".format)))  # fmt: skip
def test_what_passes_is_plain_and_stays_the_same(url: str) -> None:
    safe = gated_or_none(url)
    if safe is not None:
        assert re.fullmatch(r"https?://[!-~]+", safe)
        assert not set(safe) & set("\\'\"`<>{}|^ ")
        assert gated(safe) == safe

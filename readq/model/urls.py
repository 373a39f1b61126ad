"""Which addresses may leave readq, and in which form.

Every URL that is opened, fetched or written into an export comes from here: it starts with `http`,
holds neither blanks nor control characters, and means the same to a shell, a browser and Markdown.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, quote, urlsplit

LIMIT = 2000
"""The longest address that is let through, in characters."""

# Control, space and backslash characters, in which browsers and libraries read a URL differently
# (https://url.spec.whatwg.org/#url-parsing), then what shows as nothing or turns text around.
_FORBIDDEN = re.compile(
    r"[\x00-\x20\x7f-\xa0\\\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
    r"\ud800-\udfff\U000e0000-\U000e0fff]"
)
_HOST = re.compile(
    r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?"
)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# RFC 3986 without the apostrophe, so that no quoting of any program is ever at stake.
_PATH_SAFE = "/%:@!$&()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?"


def gated(url: str) -> str:
    """`url`, percent-encoded, with its host in ASCII; the same when it is gated once more.

    Raises `ValueError` with a reason for a person unless it is an http or https address with a
    host and without a user name, blanks, control characters or backslashes.
    """
    url = url.strip()
    if len(url) > LIMIT:
        raise ValueError(f"the address is longer than {LIMIT} characters")
    if _FORBIDDEN.search(url):
        raise ValueError("the address holds blanks, control characters or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError("the address cannot be read") from error
    scheme = parts.scheme.lower()
    if scheme not in {"http", "https"}:
        raise ValueError("the address is not an http or https one")
    if "@" in parts.netloc:
        raise ValueError("the address holds a user name")
    host = _host(parts) + (f":{port}" if port is not None else "")
    safe = f"{scheme}://{host}{_encoded(parts.path, _PATH_SAFE)}"
    if parts.query:
        safe += "?" + _encoded(parts.query, _QUERY_SAFE)
    if parts.fragment:
        safe += "#" + _encoded(parts.fragment, _QUERY_SAFE)
    if len(safe) > LIMIT:
        raise ValueError(f"the address is longer than {LIMIT} characters")
    return safe


def gated_or_none(url: str) -> str | None:
    """`url` as `gated`, or None when it may not leave."""
    try:
        return gated(url)
    except ValueError:
        return None


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if parts.netloc.startswith("["):
        try:
            if "%" in host:
                raise ValueError("a zone is this machine's own")
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError as error:
            raise ValueError("the address has no readable host") from error
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError as error:
            raise ValueError("the address has no readable host") from error
    if not _HOST.fullmatch(host):
        raise ValueError("the address has no readable host" if host else "the address has no host")
    return host


def _encoded(text: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=safe)

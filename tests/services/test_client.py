from __future__ import annotations

import gzip
import socket
import zlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import psutil
import pytest

from readq import __version__
from readq.errors import FetchError
from readq.services import client
from readq.services.client import Fetched, MissingError, fetch, fetch_first
from tests.services.conftest import Server

LIST = b"# Papers\n\n- [A](https://arxiv.org/abs/1503.02531)\n"


def refused(url: str, **options: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, **options)  # type: ignore[arg-type]
    error = caught.value
    assert error.message
    assert "\n" not in error.message
    assert not error.message.endswith(".")
    return error


def test_a_list_comes_with_its_address_and_type(server: Server) -> None:
    server.says("/list.md", LIST, Content_Type="Text/Plain; charset=utf-8")
    url = f"{server.url}/list.md"
    assert fetch(url) == Fetched(LIST, url, "text/plain")


def test_readq_says_who_it_is_and_asks_for_nothing_but_gzip(server: Server) -> None:
    server.says("/", LIST)
    fetch(server.url)
    [(_, headers)] = server.asked
    assert headers["user-agent"] == f"readq/{__version__}"
    assert headers["accept-encoding"] == "gzip"


def test_packed_lists_are_unpacked(server: Server) -> None:
    server.says("/", gzip.compress(LIST), Content_Encoding="gzip")
    assert fetch(server.url).data == LIST


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 1_000_000])
def test_packed_lists_of_any_size_are_whole(server: Server, size: int) -> None:
    body = (b"abc" * size)[:size]
    server.says("/", gzip.compress(body), Content_Encoding="gzip")
    assert fetch(server.url).data == body


def test_redirects_are_followed_and_told(server: Server) -> None:
    server.redirects("/old", "/moved", 301)
    server.redirects("/moved", f"{server.url}/new", 307)
    server.says("/new", LIST)
    assert fetch(f"{server.url}/old").url == f"{server.url}/new"


def test_redirects_in_a_circle_end(server: Server) -> None:
    server.redirects("/a", "/b")
    server.redirects("/b", "/a")
    assert "redirects again and again" in refused(f"{server.url}/a").message
    assert len(server.asked) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "javascript:1", "", "http://a@b/", "http://[x/"])  # fmt: skip
def test_redirects_to_other_schemes_are_refused(server: Server, target: str) -> None:
    server.redirects("/", target)
    assert "redirects to where readq does not go" in refused(server.url).message


def public(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let names stand for public addresses where readq checks, and for this machine beneath."""
    real = socket.getaddrinfo

    def lookup(host: str, port: object, *args: object, **options: object) -> object:
        if host in names:
            # The check asks without a port, the connection with one.
            host = "8.8.8.8" if port is None else "127.0.0.1"
        return real(host, port, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "printer.local"]
)
def test_a_public_server_cannot_send_readq_into_a_private_network(
    server: Server, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    public(monkeypatch, "lists.example")
    monkeypatch.setattr(client, "_check_peer", lambda *_: None)
    port = server.url.rpartition(":")[2]
    server.redirects("/", f"http://{host}:{port}/secret")
    server.says("/secret", b"secret")
    error = refused(f"http://lists.example:{port}/")
    assert error.message == f"lists.example:{port} redirects into a private network"
    assert [path for path, _ in server.asked] == ["/"]


def test_a_name_that_turns_private_after_the_check_leads_nowhere(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    public(monkeypatch, "lists.example", "other.example")
    port = server.url.rpartition(":")[2]
    server.redirects("/", f"http://other.example:{port}/secret")
    assert "is in a private network" in refused(f"http://lists.example:{port}/").message


@pytest.mark.parametrize(
    ("ip", "private"),
    [
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
        ("10.0.0.1", True),
        ("100.64.0.1", True),
        ("169.254.169.254", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("64:ff9b::7f00:1", True),
        ("64:ff9b::808:808", False),
        ("2002:7f00:1::", True),
        ("nonsense", True),
    ],
)
def test_which_addresses_are_private(ip: str, private: bool) -> None:
    assert client._is_private_ip(ip) is private


def test_encryption_is_not_given_up_on_the_way() -> None:
    with pytest.raises(FetchError, match="without encryption"):
        client._redirected("https://example.org/", "http://example.org/", free=False)


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_told_apart(server: Server, status: int) -> None:
    server.says("/gone", b"", status)
    with pytest.raises(MissingError, match="there is nothing at http://127"):
        fetch(f"{server.url}/gone")


@pytest.mark.parametrize(
    ("status", "headers", "message", "hint"),
    [
        (403, {}, "does not let readq in (403)", "login"),
        (401, {}, "does not let readq in (401)", "login"),
        (429, {"Retry_After": "90"}, "is asked too often", "Try again in 90 seconds"),
        (429, {}, "is asked too often", "Try again later"),
        (503, {}, "has trouble of its own (503)", "Try again later"),
        (204, {}, "of no use (204)", ""),
    ],
)
def test_other_answers_are_explained(
    server: Server, status: int, headers: dict[str, str], message: str, hint: str
) -> None:
    server.says("/", b"", status, **headers)
    error = refused(server.url)
    assert message in error.message
    assert hint in error.hint


def test_a_page_that_checks_for_robots_is_no_list(server: Server) -> None:
    page = b"<!doctype html><html><head><title>Just a moment...</title></head></html>"
    server.says("/", page, Content_Type="text/html; charset=utf-8")
    assert "page that checks for robots" in refused(server.url).message


def test_what_is_too_big_is_refused(server: Server) -> None:
    server.says("/", b"x" * 100_001)
    assert refused(server.url, limit=100_000).message.endswith("sends more than 0.1 MB")
    assert len(fetch(server.url, limit=100_001).data) == 100_001


def test_a_bomb_does_not_go_off(server: Server) -> None:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    bomb = b"".join(packer.compress(zeros) for _ in range(300)) + packer.flush()
    server.says("/", bomb, Content_Encoding="gzip")
    before = psutil.Process().memory_info().rss
    assert "sends more than 5 MB" in refused(server.url).message
    assert psutil.Process().memory_info().rss - before < 50_000_000


def test_other_packings_are_refused(server: Server) -> None:
    server.says("/", b"\x0b\x02\x80", Content_Encoding="br")
    assert refused(server.url).message.endswith("not asked for: br")


def test_what_cannot_be_unpacked_is_refused(server: Server) -> None:
    server.says("/", b"not gzip at all", Content_Encoding="gzip")
    assert "cannot be unpacked" in refused(server.url).message


def test_a_packed_list_that_breaks_off_is_not_taken_for_whole(server: Server) -> None:
    server.says("/", gzip.compress(LIST)[:-9], Content_Encoding="gzip")
    assert "broke off in the middle" in refused(server.url).message


def test_a_list_that_is_shorter_than_announced_is_not_taken_for_whole(server: Server) -> None:
    server.says("/", LIST, Content_Length=str(len(LIST) + 10))
    assert "broke off in the middle" in refused(server.url).message


def test_binary_data_comes_as_it_is(server: Server) -> None:
    data = bytes(range(256)) * 10
    server.says("/", data, Content_Type="application/pdf")
    assert fetch(server.url) == Fetched(data, server.url, "application/pdf")


def drip(server: Server, first: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(first)
        while not server.stopped.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    server.answers["/"] = answer


@pytest.mark.parametrize(
    "first",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: ", b""],
    ids=["body", "headers", "status"],
)
def test_a_server_that_drips_is_left(server: Server, first: bytes) -> None:
    drip(server, first)
    assert "did not deliver within 0.3 seconds" in refused(server.url, seconds=0.3).message


def test_a_server_that_says_nothing_is_left(server: Server) -> None:
    def answer(_: BaseHTTPRequestHandler) -> None:
        server.stopped.wait()

    server.answers["/"] = answer
    assert "did not deliver within 0.2 seconds" in refused(server.url, seconds=0.2).message


def test_a_closed_port_is_explained() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    error = refused(f"http://127.0.0.1:{port}/")
    assert error.message == f"127.0.0.1:{port} refuses the connection"


def test_an_unknown_name_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = refused("https://lists.example/")
    assert error.message == "there is no address for lists.example"
    assert "network" in error.hint


def test_encryption_that_is_none_is_explained(server: Server) -> None:
    url = server.url.replace("http:", "https:")
    assert "no encrypted connection" in refused(url).message


@pytest.mark.parametrize("url", ["file:///etc/passwd", "example.org", "http://a@b/", "http://a b/"])
def test_other_addresses_are_not_fetched(url: str) -> None:
    assert refused(url).message.startswith("not fetched: the address ")


def test_the_first_address_that_is_there_is_taken(server: Server) -> None:
    server.says("/readme.md", LIST)
    found = fetch_first([f"{server.url}/{name}" for name in ("README.md", "readme.md", "README")])
    assert found.data == LIST
    assert [path for path, _ in server.asked] == ["/README.md", "/readme.md"]


def test_when_none_is_there_the_first_is_named_and_the_others_counted(server: Server) -> None:
    with pytest.raises(MissingError, match=r"nothing at .*/README\.md, nor at 2 more addresses"):
        fetch_first([f"{server.url}/{name}" for name in ("README.md", "readme.md", "README")])


def test_trouble_is_not_taken_for_absence(server: Server) -> None:
    server.says("/README.md", b"", 503)
    server.says("/readme.md", LIST)
    with pytest.raises(FetchError, match="trouble"):
        fetch_first([f"{server.url}/{name}" for name in ("README.md", "readme.md", "README")])


def test_a_list_can_be_fetched_into_a_file(server: Server, tmp_path: Path) -> None:
    server.says("/", LIST)
    path = tmp_path / "list.md"
    path.write_bytes(fetch(server.url).data)
    assert path.read_bytes() == LIST

"""The network: one address in, bytes or a clear error out.

Every fetch has an end: by the clock as a whole, and by the size of what it unpacks to. Redirects
are followed by hand, so that no list can send readq to the user's own network.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import httpx

from readq import __version__
from readq.errors import FetchError
from readq.model.urls import gated

LIMIT = 5_000_000
"""The most bytes that are taken, after unpacking."""
SECONDS = 30.0
"""The longest that one fetch takes, redirects and all."""
USER_AGENT = f"readq/{__version__}"

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 5
_CHUNK = 65_536
# Pages that stand in for what was asked for until a browser has run their script.
_WALLS = (
    b"<title>just a moment",
    b"<title>attention required! | cloudflare",
    b"making sure you&#39;re not a bot",
    b"making sure you're not a bot",
    b"<title>client challenge",
    b"<title>access denied",
)


class MissingError(FetchError):
    """The server answered that there is nothing at this address."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came over the network."""

    data: bytes
    """Unpacked, otherwise as sent."""
    url: str
    """Where it came from in the end, after redirects."""
    content_type: str
    """As the server calls it, lower case, without parameters; may be empty."""


def fetch(
    url: str,
    *,
    limit: int = LIMIT,
    seconds: float = SECONDS,
    user_agent: str = USER_AGENT,
    allow_private: bool = False,
) -> Fetched:
    """What is at `url`; blocks, so an app calls it in a thread.

    Raises `FetchError`, and its `MissingError` for 404 and 410. The user names `url`, so it may be
    anywhere; redirects lead to addresses of this machine or its network only when `url` is one
    itself, or with `allow_private`.
    """
    try:
        url = gated(url)
    except ValueError as error:
        raise FetchError(
            f"not fetched: {error}", hint="Only http and https addresses are fetched"
        ) from error
    job = _Job(url, limit, seconds, user_agent, allow_private)
    # In a thread, since no time-out of httpx covers a slow name server or a server that drips.
    thread = threading.Thread(target=job.run, name="readq-fetch", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        job.stop()
        raise _too_slow(url, seconds)
    return job.result()


def fetch_first(
    urls: Iterable[str],
    *,
    limit: int = LIMIT,
    seconds: float = SECONDS,
    allow_private: bool = False,
) -> Fetched:
    """The first of `urls` that is there; one time limit for all of them.

    Raises as `fetch`: `MissingError` only when none of them is there.
    """
    end = monotonic() + seconds
    missing: list[str] = []
    for url in urls:
        try:
            return fetch(
                url,
                limit=limit,
                seconds=max(end - monotonic(), 0.1),
                allow_private=allow_private,
            )
        except MissingError:
            missing.append(url)
    if not missing:
        raise FetchError("there is no address to fetch from")
    others = f", nor at {len(missing) - 1} more addresses" if len(missing) > 1 else ""
    raise MissingError(
        f"there is nothing at {missing[0]}{others}",
        hint="Check the name; what is private or has no README cannot be read",
    )


class _Job:
    """One fetch, running in a thread of its own."""

    def __init__(
        self, url: str, limit: int, seconds: float, user_agent: str, allow_private: bool
    ) -> None:
        self._url = url
        self._limit = limit
        self._seconds = seconds
        self._end = monotonic() + seconds
        self._headers = {
            "User-Agent": user_agent,
            # Nothing that unpacks better: two gigabytes of zeros are 1.6 kB of brotli.
            "Accept-Encoding": "gzip",
            "Accept": "text/markdown, text/plain, text/html;q=0.9, */*;q=0.8",
        }
        self._allow_private = allow_private
        self._stopped = threading.Event()
        self._fetched: Fetched | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        """Fetch, and keep what came of it."""
        try:
            self._fetched = self._fetch()
        except BaseException as error:
            self._error = error

    def stop(self) -> None:
        """Let the thread end at its next chance; its outcome is no longer wanted."""
        self._stopped.set()

    def result(self) -> Fetched:
        """What was fetched; raises what went wrong."""
        if self._error is not None:
            raise self._error
        if self._fetched is None:
            raise FetchError(f"nothing came from {_host(self._url)}")
        return self._fetched

    def _fetch(self) -> Fetched:
        url = self._url
        free = self._allow_private or _is_private(url)
        timeout = httpx.Timeout(min(self._seconds, 15.0))
        with httpx.Client(headers=self._headers, timeout=timeout, follow_redirects=False) as client:
            for _ in range(_MOST_REDIRECTS + 1):
                try:
                    with client.stream("GET", url) as response:
                        if response.status_code not in _REDIRECTS:
                            return self._take(url, response)
                        target = response.headers.get("location", "")
                        if not free:
                            _check_peer(url, response)
                except httpx.TimeoutException as error:
                    raise _too_slow(url, self._seconds) from error
                except (httpx.HTTPError, httpx.InvalidURL) as error:
                    raise _explained(url, error) from error
                url = _redirected(url, target, free)
        raise FetchError(f"{_host(self._url)} redirects again and again")

    def _take(self, url: str, response: httpx.Response) -> Fetched:
        _check_status(url, response)
        data = self._read(url, response)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "text/html" and any(wall in data[:20_000].lower() for wall in _WALLS):
            raise FetchError(
                f"{_host(url)} answered with a page that checks for robots",
                hint="Open it in a browser, save it, and add the file",
            )
        return Fetched(data, url, kind)

    def _read(self, url: str, response: httpx.Response) -> bytes:
        parts = []
        size = 0
        for part in _unpacked(url, response):
            if self._stopped.is_set() or monotonic() > self._end:
                raise _too_slow(url, self._seconds)
            size += len(part)
            if size > self._limit:
                raise FetchError(f"{_host(url)} sends more than {self._limit / 1e6:g} MB")
            parts.append(part)
        return b"".join(parts)


def _unpacked(url: str, response: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of bounded size, however small it was packed."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        yield from response.iter_raw(_CHUNK)
        return
    if encoding not in {"gzip", "x-gzip"}:
        raise FetchError(
            f"{_host(url)} packs its answer in a way that was not asked for: {encoding}"
        )
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for chunk in response.iter_raw(_CHUNK):
            rest = chunk
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FetchError(f"what {_host(url)} sent cannot be unpacked") from error
    if not unpacker.eof:
        raise FetchError(f"{_host(url)} broke off in the middle", hint="Try again")


def _check_status(url: str, response: httpx.Response) -> None:
    status, host = response.status_code, _host(url)
    if status == 200:
        return
    if status in {404, 410}:
        raise MissingError(f"there is nothing at {url}", hint="Check the address")
    if status in {401, 403, 407}:
        raise FetchError(f"{host} does not let readq in ({status})", hint="It may want a login")
    if status == 429:
        after = response.headers.get("retry-after", "")
        wait = f"in {after} seconds" if after.isdigit() else "later"
        raise FetchError(f"{host} is asked too often", hint=f"Try again {wait}")
    if status >= 500:
        raise FetchError(f"{host} has trouble of its own ({status})", hint="Try again later")
    raise FetchError(f"{host} gave an answer that is of no use ({status})")


def _redirected(url: str, target: str, free: bool) -> str:
    try:
        following = gated(urljoin(url, target) if target else "")
    except ValueError as error:
        raise FetchError(f"{_host(url)} redirects to where readq does not go: {error}") from error
    if url.startswith("https:") and following.startswith("http:"):
        raise FetchError(f"{_host(url)} redirects to an address without encryption")
    if not free and _is_private(following):
        raise FetchError(f"{_host(url)} redirects into a private network")
    return following


def _check_peer(url: str, response: httpx.Response) -> None:
    """Names can resolve to one address when checked and to another when connected to."""
    if _proxied():
        return
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    if peer and _is_private_ip(peer[0]):
        raise FetchError(f"{_host(url)} is in a private network")


def _is_private(url: str) -> bool:
    """Whether the host of `url` is, or resolves to, an address that is not public."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        # With a proxy in between, only the proxy may know names.
        flags = socket.AI_NUMERICHOST if _proxied() else 0
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None, flags=flags)}
    except (OSError, UnicodeError):
        # What the request itself makes of such a name will be told.
        return False
    return any(map(_is_private_ip, found))


def _proxied() -> bool:
    return not {"http", "https", "all"}.isdisjoint(getproxies())


def _is_private_ip(text: str) -> bool:
    try:
        ip = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return True
    if isinstance(ip, ipaddress.IPv6Address):
        # Addresses that carry an IPv4 address inside count as that one.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in ipaddress.IPv6Network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return not inner.is_global or inner.is_multicast
    return not ip.is_global or ip.is_multicast


def _explained(url: str, error: Exception) -> FetchError:
    host = _host(url)
    causes = list(_causes(error))
    if any(isinstance(one, socket.gaierror) for one in causes):
        return FetchError(
            f"there is no address for {host}", hint="Check its spelling, and the network"
        )
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in causes):
        return FetchError(f"{host} cannot prove that it is {host}: its certificate is not valid")
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return FetchError(f"no encrypted connection to {host} could be made")
    if any(isinstance(one, ConnectionRefusedError) for one in causes):
        return FetchError(f"{host} refuses the connection", hint="Check the address")
    if isinstance(error, httpx.InvalidURL):
        # httpx reads the target of a redirect whether or not it is to follow it.
        return FetchError(f"{host} redirects to where readq does not go: {error}")
    if isinstance(error, httpx.RemoteProtocolError):
        return FetchError(f"{host} broke off in the middle", hint="Try again")
    if isinstance(error, httpx.NetworkError):
        return FetchError(f"{host} cannot be reached", hint="Check the network")
    return FetchError(f"{host} could not be read: {error}")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _too_slow(url: str, seconds: float) -> FetchError:
    return FetchError(
        f"{_host(url)} did not deliver within {seconds:g} seconds", hint="Try again later"
    )


def _host(url: str) -> str:
    return urlsplit(url).netloc or url

"""Names that the scholarly world gives to papers, and where they hide in URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A paper's name within a scheme: `arxiv:1503.02531`, `doi:10.1109/5.771073`."""

    scheme: str
    """arxiv, doi, openreview, acl, cvf, neurips, pmlr, ecva, ieee, aaai, hal."""
    value: str
    """In the scheme's normal form: DOIs in lower case, arXiv ids without a version."""

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


# https://info.arxiv.org/help/arxiv_identifier.html: four digits after the dot until 1412, then five.
ARXIV_ID = re.compile(
    r"(?<![\d.])(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?!\d)"
)
# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
DOI = re.compile(r"(?P<doi>10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)


def arxiv_id(text: str) -> str | None:
    """The arXiv id that `text` is or holds, without its version; None if there is none."""
    match = ARXIV_ID.search(text)
    if match is None:
        return None
    found = match["id"]
    if "/" in found:
        return found
    month, number = found.split(".")
    return found if (len(number) == 5) == (int(month) >= 1501) else None


def doi(text: str) -> str | None:
    """The DOI that `text` is or holds, lower case; None if there is none."""
    match = DOI.search(text)
    if match is None:
        return None
    found = match["doi"].rstrip(".,;:'\"")
    while found.endswith((")", "]")) and found.count(found[-1]) > found.count(
        {")": "(", "]": "["}[found[-1]]
    ):
        found = found[:-1].rstrip(".,;:")
    return found.lower()


def parse(text: str) -> Identifier | None:
    """`text` as an identifier if it is one: `1503.02531`, `arXiv:1503.02531v2`, a DOI, a URL."""
    text = text.strip()
    if re.match(r"https?://", text, re.IGNORECASE):
        return of_url(text)
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() in {
        "openreview",
        "acl",
        "cvf",
        "neurips",
        "pmlr",
        "ecva",
        "ieee",
        "aaai",
        "hal",
    }:
        return Identifier(scheme.lower(), rest.strip()) if rest.strip() else None
    bare = rest.strip() if colon and scheme.lower() in {"arxiv", "doi"} else text
    if (match := ARXIV_ID.fullmatch(bare)) and (found := arxiv_id(match[0])):
        return Identifier("arxiv", found)
    if DOI.fullmatch(bare) and (found := doi(bare)):
        return _of_doi(found)
    return None


def of_url(url: str) -> Identifier | None:
    """The paper that `url` is the page or the PDF of; None when the URL does not say.

    Supplements, search pages and repositories name no paper. Rules follow the sites' own address
    schemes; see `readq.services.pdf_links` for what a PDF's address follows from.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return None
    path = unquote(parts.path)
    for suffix, rule in _RULES:
        if host == suffix or host.endswith("." + suffix):
            return rule(path, parts.query)
    return None


def _of_doi(value: str) -> Identifier:
    # arXiv's own DOIs name the preprint: https://info.arxiv.org/help/doi.html
    if value.startswith("10.48550/arxiv.") and (
        found := arxiv_id(value.removeprefix("10.48550/arxiv."))
    ):
        return Identifier("arxiv", found)
    return Identifier("doi", value)


def _arxiv(path: str, query: str) -> Identifier | None:
    match = re.match(r"/(?:abs|pdf|html|ps|format|e-print|src)/(.+)", path)
    found = arxiv_id(match[1]) if match else None
    return Identifier("arxiv", found) if found else None


def _doi(path: str, query: str) -> Identifier | None:
    found = doi(path)
    return _of_doi(re.sub(r"\.pdf$", "", found)) if found else None


def _openreview(path: str, query: str) -> Identifier | None:
    if path not in {"/forum", "/pdf", "/attachment", "/references/pdf"}:
        return None
    found = parse_qs(query).get("id", [""])[0]
    return Identifier("openreview", found) if found else None


def _acl(path: str, query: str) -> Identifier | None:
    match = re.match(
        r"/(?:anthology/)?(?:papers/[A-Z]/[A-Z]\d\d/)?([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?:v\d+)?(?:\.pdf|/)?$",
        path,
    )
    return Identifier("acl", match[1]) if match else None


def _cvf(path: str, query: str) -> Identifier | None:
    match = re.search(r"/(?:html|papers)/(?:w\d+/)?(?:[^/]+/)?([^/]+)_paper\.(?:html|pdf)$", path)
    if match is None:
        return None
    # The stem alone repeats across years, the year and venue at its end make it unique.
    return Identifier("cvf", match[1].lower())


def _neurips(path: str, query: str) -> Identifier | None:
    if match := re.search(r"/(?:hash|file)/([0-9a-f]{32})-", path):
        return Identifier("neurips", match[1])
    if match := re.match(r"/paper/(\d+)-", path):
        return Identifier("neurips", match[1])
    return None


def _pmlr(path: str, query: str) -> Identifier | None:
    match = re.match(r"/(v\d+)/([a-z0-9-]+?)(?:\.html|\.pdf|/|$)", path)
    return Identifier("pmlr", f"{match[1]}/{match[2]}") if match else None


def _ecva(path: str, query: str) -> Identifier | None:
    match = re.search(r"/papers/(eccv_\d{4})/papers_ECCV/(?:papers|html)/(\d+)", path)
    return Identifier("ecva", f"{match[1]}/{match[2]}") if match else None


def _ieee(path: str, query: str) -> Identifier | None:
    if match := re.search(r"/document/(\d+)", path):
        return Identifier("ieee", match[1])
    number = parse_qs(query).get("arnumber", [""])[0]
    return Identifier("ieee", number) if number.isdigit() else None


def _aaai(path: str, query: str) -> Identifier | None:
    match = re.search(r"/AAAI/article/(?:view|download)/(?:view/)?(\d+)", path)
    return Identifier("aaai", match[1]) if match else None


def _hal(path: str, query: str) -> Identifier | None:
    match = re.search(r"/((?:hal|tel|inria|halshs|cel|lirmm|ensl)-\d+)", path)
    return Identifier("hal", match[1]) if match else None


_RULES = (
    ("arxiv.org", _arxiv),
    ("xxx.lanl.gov", _arxiv),
    ("ar5iv.labs.arxiv.org", _arxiv),
    ("alphaxiv.org", _arxiv),
    ("doi.org", _doi),
    ("dl.acm.org", _doi),
    ("link.springer.com", _doi),
    ("openreview.net", _openreview),
    ("aclanthology.org", _acl),
    ("aclweb.org", _acl),
    ("openaccess.thecvf.com", _cvf),
    ("nips.cc", _neurips),
    ("neurips.cc", _neurips),
    ("proceedings.mlr.press", _pmlr),
    ("ecva.net", _ecva),
    ("ieeexplore.ieee.org", _ieee),
    ("aaai.org", _aaai),
    ("hal.archives-ouvertes.fr", _hal),
    ("hal.science", _hal),
)

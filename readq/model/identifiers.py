"""Names that the scholarly world gives to papers, and where they hide in URLs."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

from readq.model.identifier import SCHEMES as SCHEMES
from readq.model.identifier import Identifier as Identifier

# https://arxiv.org/category_taxonomy and https://arxiv.org/archive: archives that gave out ids of
# the old style, until March 2007.
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin"
    "|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
# https://info.arxiv.org/help/arxiv_identifier.html: four digits after the dot until 1412, then five.
ARXIV_ID = re.compile(
    r"(?<![\d.])(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
    rf"|(?<![a-z-])(?:{_ARCHIVES})(?:\.[A-Za-z-]{{2,10}})?/\d{{7}})(?:v\d+)?(?!\d)"
)
# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
DOI = re.compile(r"(?P<doi>10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)

_URL_LIMIT = 4000
"""Characters; what is longer names no paper."""


def arxiv_id(text: str) -> str | None:
    """The arXiv id that `text` is or holds, without its version; None if there is none.

    Old ids come without the subject class, as arXiv itself writes them: `math/0309136`.
    """
    match = ARXIV_ID.search(text)
    if match is None:
        return None
    found = match["id"]
    if "/" in found:
        archive, _, number = found.partition("/")
        return f"{archive.partition('.')[0]}/{number}"
    month, number = found.split(".")
    # Ids of this style begin in April 2007.
    return found if int(month) >= 704 and (len(number) == 5) == (int(month) >= 1501) else None


def doi(text: str) -> str | None:
    """The DOI that `text` is or holds, lower case; None if there is none."""
    match = DOI.search(text)
    if match is None:
        return None
    found = match["doi"].rstrip(".,;:'\"*`/")
    while found.endswith((")", "]", "}")) and found.count(found[-1]) > found.count(
        {")": "(", "]": "[", "}": "{"}[found[-1]]
    ):
        found = found[:-1].rstrip(".,;:'\"*`/")
    return found.lower() if DOI.fullmatch(found) else None


_BARE_URL = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/", re.IGNORECASE)


def parse(text: str) -> Identifier | None:
    """`text` as an identifier if it is one: `1503.02531`, `arXiv:1503.02531v2`, a DOI, a URL."""
    text = text.strip()
    if len(text) > _URL_LIMIT:
        return None
    if re.match(r"https?://", text, re.IGNORECASE):
        return of_url(text)
    scheme, colon, rest = text.partition(":")
    scheme = scheme.lower() if colon else ""
    if scheme in SCHEMES - {"arxiv", "doi"}:
        return Identifier(scheme, rest.strip()) if rest.strip() else None
    bare = rest.strip() if scheme in {"arxiv", "doi"} else text
    if (match := ARXIV_ID.fullmatch(bare)) and (found := arxiv_id(match[0])):
        return Identifier("arxiv", found)
    if DOI.fullmatch(bare) and (found := doi(bare)):
        return _of_doi(found)
    return of_url(f"https://{text}") if _BARE_URL.match(text) else None


def of_url(url: str) -> Identifier | None:
    """The paper that `url` is the page or the PDF of; None when the URL does not say.

    Supplements, search pages and repositories name no paper. Rules follow the sites' own address
    schemes; see `readq.services.pdf_links` for what a PDF's address follows from.
    """
    if len(url) > _URL_LIMIT:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return None
    path = unquote(parts.path)
    for suffix, rule in _RULES:
        if host == suffix or host.endswith("." + suffix):
            return rule(path, parts.query)
    # Publishers' sites put the DOI into the address.
    match = re.search(r"/doi/(?:[a-z]+/)?(10\.\d{4,9}/[^/]+)", path, re.IGNORECASE)
    return _doi(match[1], "") if match else None


def _of_doi(value: str) -> Identifier | None:
    # arXiv's own DOIs name the preprint, or, mangled, nothing: https://info.arxiv.org/help/doi.html
    prefix = "10.48550/arxiv."
    if value.startswith(prefix):
        found = arxiv_id(value.removeprefix(prefix))
        return Identifier("arxiv", found) if found else None
    return Identifier("doi", value)


def _arxiv(path: str, query: str) -> Identifier | None:
    match = re.match(
        r"/(?:abs|pdf|html|ps|format|e-print|src|overview|papers?|arxiv|ftp/[a-z-]+/papers/\d{4})"
        r"/(.+)",
        path,
    )
    found = arxiv_id(match[1]) if match else None
    return Identifier("arxiv", found) if found else None


def _doi(path: str, query: str) -> Identifier | None:
    found = doi(path)
    return _of_doi(re.sub(r"\.pdf$", "", found)) if found else None


def _publisher(path: str, query: str) -> Identifier | None:
    """Springer, ACM: their DOIs hold one slash; what follows is a part of the site."""
    match = re.search(r"/(10\.\d{4,9}/[^/]+)", path)
    return _doi(match[1], "") if match else None


def _nature(path: str, query: str) -> Identifier | None:
    match = re.match(r"/articles/([a-z0-9-]+)(?:\.pdf)?/?$", path)
    return Identifier("doi", f"10.1038/{match[1]}") if match else None


def _openreview(path: str, query: str) -> Identifier | None:
    values = parse_qs(query)
    # /references/pdf counts revisions, not papers; other attachments are supplements.
    if path not in {"/forum", "/pdf", "/attachment"}:
        return None
    if path == "/attachment" and "pdf" not in values.get("name", ["pdf"])[0]:
        return None
    match = re.match(r"[\w-]{4,}", values.get("id", [""])[0])
    return Identifier("openreview", match[0]) if match else None


def _acl(path: str, query: str) -> Identifier | None:
    if "/attachments/" in path:
        return None
    match = re.match(
        r"/(?:[\w-]+/)*([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)(?:v\d+)?(?:\.pdf|/)?$",
        path,
    )
    return Identifier("acl", match[1]) if match else None


def _cvf(path: str, query: str) -> Identifier | None:
    match = re.search(r"/(?:html|papers)/(?:[^/]+/){0,2}([^/]+)_paper\.(?:html|pdf)$", path)
    if match is None:
        return None
    # The stem alone repeats across years, the year and venue at its end make it unique.
    return Identifier("cvf", match[1].lower())


def _neurips(path: str, query: str) -> Identifier | None:
    if match := re.search(r"/(?:hash|file)/([0-9a-f]{32})-(?:Abstract|Paper)", path):
        return Identifier("neurips", match[1])
    match = re.match(r"/paper/(\d+)-(?!.*(?:supplement|reviews|bibtex|metadata))", path)
    return Identifier("neurips", match[1]) if match else None


def _pmlr(path: str, query: str) -> Identifier | None:
    match = re.match(
        r"/(?:proceedings/papers/)?([vr]\d+)/([a-z0-9-]+?)(?:\.html|\.pdf|/(?:\2\.pdf)?)?$", path
    )
    if match is None or match[2].endswith("-supp"):
        return None
    return Identifier("pmlr", f"{match[1]}/{match[2]}")


def _jmlr(path: str, query: str) -> Identifier | None:
    match = re.match(
        r"/papers/v(?:olume)?(\d+)/([a-z0-9-]+?)(?:\.html|\.pdf|/(?:\2\.pdf)?)?$", path
    )
    return Identifier("jmlr", f"v{match[1]}/{match[2]}") if match else _pmlr(path, query)


def _ecva(path: str, query: str) -> Identifier | None:
    match = re.search(r"/papers/(eccv_\d{4})/papers_ECCV/(papers|html)/(\d+)(?:[._]\D|$)", path)
    if match is None or "supp" in path:
        return _cvf(path, query)
    # Page and PDF are counted apart.
    page = "html/" if match[2] == "html" else ""
    return Identifier("ecva", f"{match[1]}/{page}{match[3]}")


def _ieee(path: str, query: str) -> Identifier | None:
    match = re.search(r"/document/0*(\d+)|/0*(\d+)\.pdf$", path)
    number = match[1] or match[2] if match else parse_qs(query).get("arnumber", [""])[0].lstrip("0")
    return Identifier("ieee", number) if re.fullmatch(r"\d+", number, re.ASCII) else None


def _aaai(path: str, query: str) -> Identifier | None:
    match = re.search(r"/AAAI/article/(?:view|viewFile|download)/(?:view/)?(\d+)", path)
    return Identifier("aaai", match[1]) if match else None


def _hal(path: str, query: str) -> Identifier | None:
    match = re.search(r"/((?:hal|tel|inria|halshs|cel|lirmm|ensl)-\d+)", path)
    return Identifier("hal", match[1]) if match else None


_RULES: tuple[tuple[str, Callable[[str, str], Identifier | None]], ...] = (
    ("ar5iv.labs.arxiv.org", _arxiv),
    ("arxiv.org", _arxiv),
    ("xxx.lanl.gov", _arxiv),
    ("ar5iv.org", _arxiv),
    ("alphaxiv.org", _arxiv),
    ("arxiv-vanity.com", _arxiv),
    ("scirate.com", _arxiv),
    ("huggingface.co", _arxiv),
    ("doi.org", _doi),
    ("dl.acm.org", _publisher),
    ("link.springer.com", _publisher),
    ("nature.com", _nature),
    ("openreview.net", _openreview),
    ("aclanthology.org", _acl),
    ("aclanthology.info", _acl),
    ("aclweb.org", _acl),
    ("openaccess.thecvf.com", _cvf),
    ("cv-foundation.org", _cvf),
    ("nips.cc", _neurips),
    ("neurips.cc", _neurips),
    ("proceedings.mlr.press", _pmlr),
    ("jmlr.org", _jmlr),
    ("ecva.net", _ecva),
    ("ieeexplore.ieee.org", _ieee),
    ("aaai.org", _aaai),
    ("archives-ouvertes.fr", _hal),
    ("hal.science", _hal),
    ("hal.inria.fr", _hal),
)

"""How the sites that papers live on build their addresses: from any page of a paper to the others.

Each rule follows its site's own scheme and is pure: nothing is looked up. Addresses come out with
https, since all of these sites have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from readq.model import identifiers
from readq.model.identifiers import Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """What an address leads to."""

    pdf: str | None = None
    """Where the paper's PDF is, if that follows."""
    page: str | None = None
    """Where its abstract is, if that follows."""
    login: bool = False
    """The PDF is behind a login for most people."""
    beside: bool = False
    """Belongs to a paper, but is not it: a supplement, slides, a review."""


NOWHERE = Spot()
BESIDE = Spot(beside=True)
Rule = Callable[[SplitResult], Spot]


def spot(url: str) -> Spot:
    """What follows from `url` alone, which need not be safe: what comes out must still be gated."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return NOWHERE
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return NOWHERE
    for suffix, rule in _RULES:
        if host == suffix or host.endswith("." + suffix):
            return rule(parts)
    return _elsewhere(parts)


def home(identifier: Identifier) -> str | None:
    """An address of the paper that `identifier` names, when one follows from it."""
    pattern = _HOMES.get(identifier.scheme)
    return pattern.format(quote(identifier.value, safe="/.:()")) if pattern else None


_HOMES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
    "pmlr": "https://proceedings.mlr.press/{}.html",
    "hal": "https://hal.science/{}",
    "ieee": "https://ieeexplore.ieee.org/document/{}",
    "aaai": "https://ojs.aaai.org/index.php/AAAI/article/view/{}",
    "doi": "https://doi.org/{}",
}


def _arxiv(parts: SplitResult) -> Spot:
    match = re.fullmatch(
        r"/(?:abs|pdf|html|ps|format|e-print|src|overview|papers)/(.+?)(?:\.pdf)?/?",
        unquote(parts.path),
    )
    exact = match and identifiers.ARXIV_ID.fullmatch(match[1])
    if not exact or identifiers.arxiv_id(exact[0]) is None:
        return NOWHERE
    return Spot(pdf=f"https://arxiv.org/pdf/{exact[0]}", page=f"https://arxiv.org/abs/{exact[0]}")


def _openreview(parts: SplitResult) -> Spot:
    query = parse_qs(parts.query)
    name = query.get("id", [""])[0]
    if not name:
        return NOWHERE
    found = quote(name, safe="")
    page = f"https://openreview.net/forum?id={found}"
    if parts.path == "/references/pdf":
        return Spot(pdf=f"https://openreview.net/references/pdf?id={found}")
    if parts.path == "/attachment" and query.get("name", ["pdf"])[0] != "pdf":
        return BESIDE
    if parts.path in {"/forum", "/pdf", "/attachment"}:
        return Spot(pdf=f"https://openreview.net/pdf?id={found}", page=page)
    return NOWHERE


def _cvf(parts: SplitResult) -> Spot:
    if "/supplemental/" in parts.path:
        return BESIDE
    match = re.fullmatch(r"(/.+)/(?:html|papers)/(.+_paper)\.(?:html|pdf)", parts.path)
    if match is None:
        return NOWHERE
    base = f"https://{parts.netloc.lower()}{match[1]}"
    return Spot(pdf=f"{base}/papers/{match[2]}.pdf", page=f"{base}/html/{match[2]}.html")


def _neurips(parts: SplitResult) -> Spot:
    base = f"https://{parts.netloc.lower()}"
    # Before 2020 the site counted its papers; the numbered pages still lead to them.
    if match := re.fullmatch(r"(/paper/\d+-[\w.-]+?)(?:\.pdf)?", parts.path):
        return Spot(pdf=f"{base}{match[1]}.pdf", page=f"{base}{match[1]}")
    match = re.fullmatch(
        r"(/(?:paper_files/)?paper/\d{4})/(?:hash|file)/([0-9a-f]{32})-(\w+?)((?:-\w+)?)\.\w+",
        parts.path,
    )
    if match is None:
        return NOWHERE
    if match[3] not in {"Abstract", "Paper"}:
        return BESIDE
    return Spot(
        pdf=f"{base}{match[1]}/file/{match[2]}-Paper{match[4]}.pdf",
        page=f"{base}{match[1]}/hash/{match[2]}-Abstract{match[4]}.html",
    )


def _ecva(parts: SplitResult) -> Spot:
    if re.search(r"[-_]supp\.\w+$", parts.path):
        return BESIDE
    if re.fullmatch(r"/papers/eccv_\d{4}/papers_ECCV/papers/.+\.pdf", parts.path):
        return Spot(pdf=f"https://www.ecva.net{parts.path}")
    if re.fullmatch(r"/papers/eccv_\d{4}/papers_ECCV/html/.+", parts.path):
        return Spot(page=f"https://www.ecva.net{parts.path}")
    return NOWHERE


def _pmlr(parts: SplitResult) -> Spot:
    match = re.match(r"/(v\d+|r\d+)/([a-z0-9-]+?)(?:\.html|\.pdf|/|$)(.*)", parts.path)
    if match is None:
        return NOWHERE
    if match[2].endswith("-supp") or "-supp" in match[3]:
        return BESIDE
    base = f"https://proceedings.mlr.press/{match[1]}/{match[2]}"
    # Early volumes keep the PDF beside the page, later ones in a folder of its own.
    beside = re.fullmatch(r"/[vr]\d+/[a-z0-9-]+\.pdf", parts.path)
    return Spot(pdf=f"{base}.pdf" if beside else f"{base}/{match[2]}.pdf", page=f"{base}.html")


def _acl(parts: SplitResult) -> Spot:
    found = identifiers.of_url(parts.geturl())
    if found is None:
        other = re.search(r"/attachments/|\.(?:Supplementary|Software|Dataset|Poster|Presentation)\.", parts.path, re.I)  # fmt: skip
        return BESIDE if other else _elsewhere(parts)
    base = f"https://aclanthology.org/{found.value}"
    return Spot(pdf=f"{base}.pdf", page=f"{base}/")


def _journal(parts: SplitResult) -> Spot:
    """Open Journal Systems: `article/view/ARTICLE[/GALLEY]`, a PDF being a galley."""
    match = re.fullmatch(
        r"(.*/article)/(?:view|viewFile|download)/(\d+)((?:/version/\d+)?)((?:/\d+)?)/?", parts.path
    )
    if match is None:
        return NOWHERE
    host, folder = parts.netloc.lower(), match[1]
    if host.removeprefix("www.") == "aaai.org" and folder.startswith("/ojs/"):
        host, folder = "ojs.aaai.org", folder.removeprefix("/ojs")
    scheme = "https" if host.endswith("aaai.org") else parts.scheme.lower()
    base = f"{scheme}://{host}{folder}"
    pdf = f"{base}/download/{match[2]}{match[3]}{match[4]}" if match[4] else None
    return Spot(pdf=pdf, page=f"{base}/view/{match[2]}")


def _aaai(parts: SplitResult) -> Spot:
    found = _journal(parts)
    return _elsewhere(parts) if found is NOWHERE else found


def _ieee(parts: SplitResult) -> Spot:
    found = identifiers.of_url(parts.geturl())
    if found is None:
        return NOWHERE
    base = "https://ieeexplore.ieee.org"
    return Spot(
        pdf=f"{base}/stamp/stamp.jsp?tp=&arnumber={found.value}",
        page=f"{base}/document/{found.value}",
        login=True,
    )


def _acm(parts: SplitResult) -> Spot:
    match = re.fullmatch(
        r"/doi/(?:abs/|full/|fullHtml/|epdf/|pdf/)?(10\.\d{4,9}/.+?)/?", parts.path
    )
    if match is None:
        return NOWHERE
    base = "https://dl.acm.org/doi"
    return Spot(pdf=f"{base}/pdf/{match[1]}", page=f"{base}/{match[1]}", login=True)


def _springer(parts: SplitResult) -> Spot:
    match = re.fullmatch(
        r"/(chapter|article|content/pdf)/(10\.\d{4,9}/.+?)(?:\.pdf)?/?", parts.path
    )
    if match is None:
        return NOWHERE
    base = "https://link.springer.com"
    page = None if match[1] == "content/pdf" else f"{base}/{match[1]}/{match[2]}"
    return Spot(pdf=f"{base}/content/pdf/{match[2]}.pdf", page=page, login=True)


def _hal(parts: SplitResult) -> Spot:
    match = re.search(r"/((?:hal|tel|inria|halshs|cel|lirmm|ensl)-\d+(?:v\d+)?)(?:/|$)", parts.path)
    if match is None:
        return NOWHERE
    base = f"https://hal.science/{match[1]}"
    return Spot(pdf=f"{base}/document", page=base)


def _doi(parts: SplitResult) -> Spot:
    value = identifiers.doi(unquote(parts.path))
    if value is None:
        return NOWHERE
    if value.startswith("10.48550/arxiv."):
        return spot(f"https://arxiv.org/abs/{value.removeprefix('10.48550/arxiv.')}")
    page = f"https://doi.org/{quote(value, safe='/.:()')}"
    # The Anthology's DOIs hold its ids (https://aclanthology.org/info/ids/), lower-cased here.
    if value.startswith("10.18653/v1/"):
        name = value.removeprefix("10.18653/v1/")
        name = name.upper() if re.fullmatch(r"[a-z]\d\d-\d{4}", name) else name
        return Spot(pdf=f"https://aclanthology.org/{name}.pdf", page=page)
    return Spot(page=page)


def _github(parts: SplitResult) -> Spot:
    match = re.fullmatch(r"(/[^/]+/[^/]+)/(?:blob|raw)/(.+\.pdf)", parts.path, re.IGNORECASE)
    if match is None or _is_beside(parts.path):
        return BESIDE
    return Spot(pdf=f"https://github.com{match[1]}/raw/{match[2]}")


def _hugging_face(parts: SplitResult) -> Spot:
    return _arxiv(parts) if parts.path.startswith("/papers/") else BESIDE


def _never(parts: SplitResult) -> Spot:
    return BESIDE


def _elsewhere(parts: SplitResult) -> Spot:
    if _is_beside(parts.path):
        return BESIDE
    if parts.path.lower().endswith(".pdf"):
        return Spot(pdf=parts.geturl())
    return _journal(parts)


_BESIDE_WORDS = {"supp", "suppl", "supplement", "supplemental", "supplementary", "appendix"} | {
    "slides", "slide", "poster",
}  # fmt: skip
_BESIDE_FILES = {".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".ppt", ".pptx", ".key", ".odp"} | {
    ".mp4", ".webm", ".mov", ".avi", ".bib", ".ris", ".csv", ".json", ".py", ".ipynb",
}  # fmt: skip


def _is_beside(path: str) -> bool:
    name = PurePosixPath(unquote(path).lower())
    words = re.findall(r"[a-z]+", name.stem)
    # Where a name ends: "…-supp", "…_supplementary_material".
    return name.suffix in _BESIDE_FILES or not _BESIDE_WORDS.isdisjoint(words[-2:])


_RULES: tuple[tuple[str, Rule], ...] = (
    ("arxiv.org", _arxiv),
    ("xxx.lanl.gov", _arxiv),
    ("ar5iv.org", _arxiv),
    ("alphaxiv.org", _arxiv),
    ("openreview.net", _openreview),
    ("openaccess.thecvf.com", _cvf),
    ("cv-foundation.org", _cvf),
    ("papers.nips.cc", _neurips),
    ("papers.neurips.cc", _neurips),
    ("proceedings.nips.cc", _neurips),
    ("proceedings.neurips.cc", _neurips),
    ("ecva.net", _ecva),
    ("proceedings.mlr.press", _pmlr),
    ("aclanthology.org", _acl),
    ("aclweb.org", _acl),
    ("aaai.org", _aaai),
    ("ieeexplore.ieee.org", _ieee),
    ("dl.acm.org", _acm),
    ("link.springer.com", _springer),
    ("hal.science", _hal),
    ("archives-ouvertes.fr", _hal),
    ("hal.inria.fr", _hal),
    ("doi.org", _doi),
    ("github.com", _github),
    ("huggingface.co", _hugging_face),
    ("gitlab.com", _never),
    ("bitbucket.org", _never),
    ("codeocean.com", _never),
    ("colab.research.google.com", _never),
    ("kaggle.com", _never),
    ("youtube.com", _never),
    ("youtu.be", _never),
    ("vimeo.com", _never),
    ("bilibili.com", _never),
    ("slideslive.com", _never),
    ("slideshare.net", _never),
    ("speakerdeck.com", _never),
)

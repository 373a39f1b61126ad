from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.model.identifiers import SCHEMES, arxiv_id, doi, of_url, parse

NIPS_HASH = "ea8fcd92d59581717e06eb187f10666d"
CVF = "yim_a_gift_from_cvpr_2017"
PAPERS = {
    # arXiv in all its dresses
    "https://arxiv.org/abs/1503.02531": "arxiv:1503.02531",
    "http://arxiv.org/abs/1503.02531v2": "arxiv:1503.02531",
    "https://www.arxiv.org/pdf/1503.02531.pdf": "arxiv:1503.02531",
    "https://arxiv.org/pdf/1503.02531v1.pdf": "arxiv:1503.02531",
    "https://export.arxiv.org/abs/1503.02531": "arxiv:1503.02531",
    "https://arxiv.org/html/2401.00001v3": "arxiv:2401.00001",
    "https://arxiv.org/pdf/1412.6550.pdf?source=post_page-----": "arxiv:1412.6550",
    "https://arxiv.org/abs/1803.00443?context=cs.CV": "arxiv:1803.00443",
    "https://arxiv.org/abs/1503.02531#abstract": "arxiv:1503.02531",
    "https://arxiv.org/abs/arXiv:1503.02531": "arxiv:1503.02531",
    "https://arxiv.org/ftp/arxiv/papers/1312/1312.5602.pdf": "arxiv:1312.5602",
    "https://arxiv.org/pdf/math.GT/0309136": "arxiv:math/0309136",
    "https://arxiv.org/abs/hep-th/9901001v3": "arxiv:hep-th/9901001",
    "http://xxx.lanl.gov/abs/cs/0112017": "arxiv:cs/0112017",
    "https://ar5iv.labs.arxiv.org/html/1503.02531": "arxiv:1503.02531",
    "https://www.alphaxiv.org/overview/1503.02531v1": "arxiv:1503.02531",
    "https://huggingface.co/papers/2306.08543": "arxiv:2306.08543",
    "https://doi.org/10.48550/arXiv.1503.02531": "arxiv:1503.02531",
    # DOIs
    "https://doi.org/10.1109/5.771073": "doi:10.1109/5.771073",
    "http://dx.doi.org/10.1109/5.771073": "doi:10.1109/5.771073",
    "https://doi.org/10.1016/S0140-6736(05)67889-5": "doi:10.1016/s0140-6736(05)67889-5",
    "https://dl.acm.org/doi/pdf/10.1145/3219819.3220000": "doi:10.1145/3219819.3220000",
    "https://dl.acm.org/doi/abs/10.1145/3219819.3220000?casa_token=x": "doi:10.1145/3219819.3220000",
    "https://link.springer.com/chapter/10.1007/978-3-030-58568-6_32": "doi:10.1007/978-3-030-58568-6_32",
    "https://link.springer.com/content/pdf/10.1007%2F978-3-030-58568-6_32.pdf": "doi:10.1007/978-3-030-58568-6_32",
    "https://link.springer.com/article/10.1007/s11263-021-01453-z/fulltext.html": "doi:10.1007/s11263-021-01453-z",
    "https://www.nature.com/articles/nature14539.pdf": "doi:10.1038/nature14539",
    "https://onlinelibrary.wiley.com/doi/full/10.1002/aaai.12001": "doi:10.1002/aaai.12001",
    # proceedings
    "https://openreview.net/forum?id=HyxjOyrKvr": "openreview:HyxjOyrKvr",
    "http://www.openreview.net/pdf?id=HyxjOyrKvr": "openreview:HyxjOyrKvr",
    "https://openreview.net/forum?id=HyxjOyrKvr&noteId=abc": "openreview:HyxjOyrKvr",
    "https://openreview.net/attachment?id=HyxjOyrKvr&name=pdf": "openreview:HyxjOyrKvr",
    "https://openaccess.thecvf.com/content_cvpr_2017/html/Yim_A_Gift_From_CVPR_2017_paper.html": f"cvf:{CVF}",
    "http://openaccess.thecvf.com/content_cvpr_2017/papers/Yim_A_Gift_From_CVPR_2017_paper.pdf": f"cvf:{CVF}",
    "https://openaccess.thecvf.com/content/CVPR2021W/NTIRE/papers/A_B_CVPRW_2021_paper.pdf": "cvf:a_b_cvprw_2021",
    "https://openaccess.thecvf.com/content_ICCVW_2019/papers/CEFRL/A_B_ICCVW_2019_paper.pdf": "cvf:a_b_iccvw_2019",
    "https://www.cv-foundation.org/openaccess/content_cvpr_2015/papers/Long_Fully_2015_CVPR_paper.pdf": "cvf:long_fully_2015_cvpr",
    f"https://papers.nips.cc/paper/2014/file/{NIPS_HASH}-Paper.pdf": f"neurips:{NIPS_HASH}",
    f"https://proceedings.neurips.cc/paper/2014/hash/{NIPS_HASH}-Abstract.html": f"neurips:{NIPS_HASH}",
    f"https://proceedings.neurips.cc/paper_files/paper/2022/hash/{NIPS_HASH}-Abstract-Conference.html": f"neurips:{NIPS_HASH}",
    "http://papers.nips.cc/paper/8538-knowledge-extraction-with-no-observable-data.pdf": "neurips:8538",
    "https://proceedings.mlr.press/v80/furlanello18a.html": "pmlr:v80/furlanello18a",
    "http://proceedings.mlr.press/v80/furlanello18a/furlanello18a.pdf": "pmlr:v80/furlanello18a",
    "http://www.jmlr.org/proceedings/papers/v37/ioffe15.pdf": "pmlr:v37/ioffe15",
    "http://jmlr.org/papers/v15/srivastava14a.html": "jmlr:v15/srivastava14a",
    "https://www.jmlr.org/papers/volume15/srivastava14a/srivastava14a.pdf": "jmlr:v15/srivastava14a",
    "https://www.ecva.net/papers/eccv_2020/papers_ECCV/papers/123570154.pdf": "ecva:eccv_2020/123570154",
    "https://aclanthology.org/P19-1001/": "acl:P19-1001",
    "https://www.aclweb.org/anthology/P19-1001.pdf": "acl:P19-1001",
    "https://www.aclweb.org/anthology/papers/P/P19/P19-1001/": "acl:P19-1001",
    "https://aclanthology.org/2020.acl-main.1v2.pdf": "acl:2020.acl-main.1",
    "https://ieeexplore.ieee.org/abstract/document/8683438/": "ieee:8683438",
    "https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=8683438": "ieee:8683438",
    "https://ieeexplore.ieee.org/ielx7/1/2/08683438.pdf": "ieee:8683438",
    "https://ojs.aaai.org/index.php/AAAI/article/view/5963/5819": "aaai:5963",
    "https://www.aaai.org/ojs/index.php/AAAI/article/download/5963/5819": "aaai:5963",
    "https://hal.archives-ouvertes.fr/hal-01832769/document": "hal:hal-01832769",
    "https://hal.science/hal-01832769v2": "hal:hal-01832769",
}
NO_PAPERS = [
    "",
    "not a url",
    "https://",
    "http://[broken",
    "https://arxiv.org/list/cs.CV/recent",
    "https://arxiv.org/search/?query=1503.02531",
    "https://arxiv.org/abs/1805.551",
    "https://github.com/szagoruyko/attention-transfer",
    "https://github.com/someone/1503.02531",
    "https://www.youtube.com/watch?v=yBO8olcWHvE",
    "https://openaccess.thecvf.com/CVPR2020_search",
    "https://openaccess.thecvf.com/content/WACV2022/supplemental/Jeong_BiHPF_WACV_2022_supplemental.zip",
    f"https://papers.nips.cc/paper/2014/file/{NIPS_HASH}-Supplemental.pdf",
    f"https://papers.nips.cc/paper/2014/file/{NIPS_HASH}-Reviews.html",
    "https://papers.nips.cc/paper/8538-knowledge-extraction-supplemental.zip",
    "https://papers.nips.cc/paper/2014",
    "https://proceedings.mlr.press/v80/",
    "https://proceedings.mlr.press/v80/furlanello18a/furlanello18a-supp.pdf",
    "https://openreview.net/group?id=ICLR.cc/2020/Conference",
    "https://openreview.net/references/pdf?id=HyxjOyrKvr",
    "https://openreview.net/attachment?id=HyxjOyrKvr&name=supplementary_material",
    "https://openreview.net/forum",
    "https://www.ecva.net/papers.php",
    "https://www.ecva.net/papers/eccv_2020/papers_ECCV/papers/123570154-supp.pdf",
    "https://aclanthology.org/attachments/P19-1001.pdf",
    "https://aclanthology.org/events/acl-2020/",
    "https://ieeexplore.ieee.org/xpl/conhome/8682151/proceeding",
    "https://evil.example/arxiv.org/abs/1503.02531",
    "https://notarxiv.org/abs/1503.02531",
    "https://arxiv.org.evil.example/abs/1503.02531",
]


@pytest.mark.parametrize(("url", "name"), PAPERS.items())
def test_an_address_of_a_paper_names_it(url: str, name: str) -> None:
    assert str(of_url(url)) == name
    assert str(of_url(url.replace("https:", "http:"))) == name


@pytest.mark.parametrize("url", NO_PAPERS)
def test_an_address_of_anything_else_names_nothing(url: str) -> None:
    assert of_url(url) is None


@pytest.mark.parametrize("name", sorted(set(PAPERS.values())))
def test_an_identifier_that_was_written_down_is_read_again(name: str) -> None:
    assert str(parse(name)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1503.02531", "arxiv:1503.02531"),
        (" arXiv:1503.02531v2 ", "arxiv:1503.02531"),
        ("cs.LG/0112017", "arxiv:cs/0112017"),
        ("10.1109/5.771073", "doi:10.1109/5.771073"),
        ("DOI: 10.1109/CVPR.2016.90", "doi:10.1109/cvpr.2016.90"),
        ("arxiv.org/abs/1503.02531", "arxiv:1503.02531"),
        ("openreview:HyxjOyrKvr", "openreview:HyxjOyrKvr"),
    ],
)
def test_what_people_type_is_understood(text: str, name: str) -> None:
    assert str(parse(text)) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Born again",
        "1503.0253",
        "1513.02531",
        "0612.00001",
        "owner/1234567",
        "acl:",
        "title:x y",
    ],
)
def test_what_names_no_paper_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("arXiv preprint arXiv:1503.02531 (2015)", "1503.02531"),
        ("arXiv:1412.6550, 2014", "1412.6550"),
        ("see 1805.551", None),
        ("1412.65501", None),
        ("version 2.1503.02531", None),
        ("hep-th/9901001", "hep-th/9901001"),
        ("some-repo/1234567", None),
    ],
)
def test_an_arxiv_id_is_found_in_text_only_when_it_is_whole(text: str, found: str | None) -> None:
    assert arxiv_id(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(doi:10.1016/S0140-6736(05)67889-5).", "10.1016/s0140-6736(05)67889-5"),
        ("[10.1109/5.771073]", "10.1109/5.771073"),
        ("**10.1109/5.771073**,", "10.1109/5.771073"),
        ("https://doi.org/10.1109/5.771073/", "10.1109/5.771073"),
        ("10.1109/", None),
        ("10.1109/)", None),
    ],
)
def test_a_doi_ends_where_the_sentence_goes_on(text: str, found: str | None) -> None:
    assert doi(text) == found


@given(st.text(max_size=200))
def test_no_text_makes_reading_an_identifier_fail(text: str) -> None:
    for read in (parse, of_url):
        found = read(text)
        assert found is None or found.scheme in SCHEMES
    of_url(f"https://arxiv.org/abs/{text}")
    of_url(f"https://{text}")


@given(st.sampled_from(sorted(PAPERS)), st.text("/?#&=.-_%[](){}\\v1", max_size=12))
def test_a_damaged_address_names_no_other_paper(url: str, tail: str) -> None:
    found = of_url(url + tail)
    assert found is None or found.scheme == PAPERS[url].partition(":")[0]


@pytest.mark.parametrize("piece", ["a", "a-", "10.1109/", "1503.", "/", "(", "hep-th/", "https://"])
def test_a_megabyte_does_not_hang(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert arxiv_id(text) is None
    assert doi(text + ")" * 1000) is None or piece == "10.1109/"
    assert parse(text) is None
    assert of_url("https://arxiv.org/" + text) is None


def test_every_address_in_the_seeds_is_told_apart(seeds: Path) -> None:
    urls = []
    for file in sorted(seeds.glob("*.txt")):
        urls += re.findall(r"https?://[^\s\"'<>)\]]+", file.read_text("utf-8", "replace"))
    named = {url: found for url in urls if (found := of_url(url))}
    others = {url for url in urls if url not in named}
    # Counted apart from this code, from the addresses of all five lists.
    assert len(urls) == 201
    assert Counter(one.scheme for one in set(named.values())) == {
        "arxiv": 66,
        "cvf": 24,
        "openreview": 8,
        "aaai": 6,
        "neurips": 5,
        "ecva": 5,
        "doi": 4,
        "ieee": 4,
        "hal": 1,
    }
    known = ("github.com", "youtube.com", "/supplemental/", "researchgate.net", "iclr.cc/virtual")
    rest = sorted(url for url in others if not any(part in url for part in known))
    assert rest == [
        "http://159.226.21.68/bitstream/173211/23347/1/Spatiotemporal%20distilled%20denseConnectivity%20network%20for%20video%20action%20recognition.pdf",
        "http://www.cs.toronto.edu/~hinton/absps/distillation.pdf",
        "https://aideadlin.es/?sub=ML,CV,DM,SP",
        "https://neurips.cc/Conferences/2019/Schedule?type=Poster",
        "https://openaccess.thecvf.com/CVPR2020_search",
        "https://openaccess.thecvf.com/ICCV2019",
        "https://openreview.net/group?id=ICLR.cc/2020/Conference",
        "https://snap-research.github.io/SnapFusion/",
        "https://www.ecva.net/papers.php",
    ]


def test_a_mangled_doi_of_arxiv_names_nothing() -> None:
    assert of_url("https://doi.org/10.48550/arXiv.1503.025311") is None

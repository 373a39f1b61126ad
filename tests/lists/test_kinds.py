"""Papers are told from what stands beside them in lists."""

from __future__ import annotations

from readq.lists.read import read
from readq.model.listing import ReadingList

LIST = """# Awesome Things [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

![logo](logo.png)

A curated list of papers. Please feel free to send [pull requests](https://github.com/x/y/pulls).

## Contents

- [Papers](#papers)
- [Code](#code)

## Papers

- [A First Study of Small Things](https://arxiv.org/abs/2001.00001), Ann Lee et al., CVPR 2020
- [A Second Study of Small Things](https://arxiv.org/abs/2001.00002), Bo Chen et al., ICML 2020
- A Third Study of Small Things

## Talks and tutorials

- [How to think about small things](https://www.youtube.com/watch?v=x) - Ann Lee (2019)

## Code

- [things](https://github.com/x/things): a library for things
- [A Fourth Study of Small Things](https://arxiv.org/abs/2001.00004) with code, ICLR 2020

## Citation

```
@misc{things, title={Awesome Things}, author={Lee, Ann}, year={2020}}
```

## License

MIT
"""


def parsed() -> ReadingList:
    return read(LIST.encode())


def test_papers_are_papers_wherever_they_stand() -> None:
    titles = [entry.title for entry in parsed().entries if entry.kind == "paper"]
    assert titles == [
        "A First Study of Small Things",
        "A Second Study of Small Things",
        "A Third Study of Small Things",
        "A Fourth Study of Small Things",
    ]


def test_resources_are_kept_apart() -> None:
    urls = [entry.links[0].url for entry in parsed().entries if entry.kind == "resource"]
    assert "https://www.youtube.com/watch?v=x" in urls
    assert "https://github.com/x/things" in urls


def test_the_title_of_the_list_is_no_section() -> None:
    result = parsed()
    assert result.title == "Awesome Things"
    assert result.entries[-1].section[0] != "Awesome Things"


def test_a_list_of_resources_stays_one() -> None:
    source = "# Awesome tools\n\n" + "\n".join(
        f"- [tool{n}](https://github.com/x/tool{n}) - A tool for doing thing {n} well."
        for n in range(9)
    )
    assert [entry for entry in read(source.encode()).entries if entry.kind == "paper"] == []


def test_a_table_of_measurements_lists_nothing() -> None:
    source = "# L\n\n| Detector | VOC07 | Published In |\n|---|---|---|\n| R-CNN | 58.5 | CVPR'14 |\n| SPP | 59.2 | ECCV'14 |\n"
    assert read(source.encode()).entries == ()


def test_a_column_that_carries_down_is_a_section() -> None:
    rows = "| Sub | Title | Venue |\n|---|---|---|\n| Graph | A Study of Graphs in Depth | CVPR 2019 |\n| | Another Study of Graphs in Depth | ICML 2019 |\n| | | |\n| Face | A Study of Faces in Depth | CVPR 2020 |\n| | More Faces Studied in Depth | CVPR 2020 |\n"
    sections = [entry.section for entry in read(f"# L\n\n## Uses\n\n{rows}".encode()).entries]
    assert sections == [("Uses", "Graph")] * 2 + [("Uses", "Face")] * 2


def test_folds_are_headings_until_they_close() -> None:
    source = "# L\n\n## Papers\n\n<details open>\n<summary>Fast</summary>\n\n- [A Fast Study of Things](https://arxiv.org/abs/2001.00001), CVPR 2020\n\n</details>\n\n- [A Slow Study of Things](https://arxiv.org/abs/2001.00002), CVPR 2020\n"
    assert [entry.section for entry in read(source.encode()).entries] == [
        ("Papers", "Fast"),
        ("Papers",),
    ]


def test_several_papers_in_one_line_are_several() -> None:
    source = "# L\n\n## Week 1\n\nRequired: [Attention Is All You Need](https://arxiv.org/abs/1706.03762) (Vaswani et al., 2017), [Improving Language Understanding](https://arxiv.org/abs/1810.04805) (Radford et al., 2018)\n"
    entries = read(source.encode()).entries
    assert [(entry.title, entry.year) for entry in entries] == [
        ("Attention Is All You Need", 2017),
        ("Improving Language Understanding", 2018),
    ]


def test_an_entry_and_its_bibtex_are_one() -> None:
    source = "# L\n\n**A Study of Small Things** [[Paper](https://arxiv.org/abs/2001.00001)]\n\n```\n@article{a, title={A Study of Small Things}, author={Lee, Ann}, journal={Nature}, year={2020}}\n```\n"
    (entry,) = read(source.encode()).entries
    assert (entry.year, entry.venue, len(entry.links)) == (2020, "Nature", 1)

"""Venues that no vocabulary has: their place and style tell them; and things beside papers."""

from __future__ import annotations

from readq.lists.read import read
from readq.model.listing import Listing

_TITLES = (
    ("Soil moisture and the timing of germination", "Ada Lind, Bo Marsh", "Agronomica"),
    ("Root depth under repeated drought", "Carl Munro, Dora Quist", "Plant Letters of the North"),
    ("How hedges slow the wind", "Eva Strand, Finn Holt", "Field. Biol. Obs."),
    ("Counting larks from the roadside", "Gus Tarn, Hedda Voss", "Nature"),
    ("A short history of crop rotation", "Ines Wold, Jan Berg", "Science"),
    ("Ploughing by moonlight and weed control", "Kai Lund, Lea Moss", "Agronomica"),
)


def papers_of(text: str) -> list[Listing]:
    return [entry for entry in read(text.encode()).entries if entry.kind == "paper"]


def test_venues_in_italics_before_a_date_are_venues() -> None:
    text = "# Fields\n\n" + "".join(
        f"**{title}.**  \n{names}.  \n*{venue}, March 2019.*\n\n" for title, names, venue in _TITLES
    )
    found = papers_of(text)
    assert [entry.venue for entry in found] == [
        "Field. Biol. Obs" if venue.startswith("Field") else venue for _, _, venue in _TITLES
    ]
    assert [", ".join(entry.authors) for entry in found] == [names for _, names, _ in _TITLES]
    assert {entry.year for entry in found} == {2019}


def test_a_preprint_before_its_date_has_no_venue() -> None:
    text = "# Fields\n\n" + "".join(
        f"**{title}.**  \n{names}.  \n*Preprint, March 2019.*\n\n" for title, names, _ in _TITLES
    )
    assert [entry.venue for entry in papers_of(text)] == [None] * len(_TITLES)


def test_surnames_with_initials_end_before_the_venue() -> None:
    text = "# Fields\n\n" + "".join(
        f"- [{title}](http://example.org/{index}.pdf) by {names}. Annals of the Meadow, 2011.\n"
        for index, (title, names) in enumerate(
            (title, ", ".join(f"{name.split()[1]} {name[0]}" for name in names.split(", ")))
            for title, names, _ in _TITLES
        )
    )
    found = papers_of(text)
    assert {entry.venue for entry in found} == {"Annals of the Meadow"}
    assert found[0].authors == ("Lind A", "Marsh B")
    assert [entry.title for entry in found] == [title for title, _, _ in _TITLES]


def test_a_column_for_journals_and_conferences_holds_the_venues() -> None:
    rows = [("XQ", "FLORA"), ("XQ", "HORT"), ("ZR", "FLORA"), ("XQ", "AGRI-T"), ("ZR", "HORT")]
    text = "| Sensor | Paper Title | J/C | Year |\n|---|---|---|---|\n" + "".join(
        f"| {sensor} | {title} | {venue} | 2014 |\n"
        for (title, _, _), (sensor, venue) in zip(_TITLES, rows, strict=False)
    )
    found = papers_of(text)
    assert [entry.venue for entry in found] == [venue for _, venue in rows]
    assert [entry.authors for entry in found] == [()] * len(rows)


def test_names_of_files_lose_their_type() -> None:
    text = "# Fields\n\n" + "".join(
        f"- [{title}.pdf](https://github.com/some/folder/blob/main/{index}.pdf)\n"
        for index, (title, _, _) in enumerate(_TITLES)
    )
    assert [entry.title for entry in papers_of(text)] == [title for title, _, _ in _TITLES]


def test_software_in_the_shape_of_papers_is_a_resource() -> None:
    papers = "".join(
        f"- **{title}**  \n  by {names}  \n  (FLORA 2015) ([pdf](http://example.org/{index}.pdf))\n"
        for index, (title, names, _) in enumerate(_TITLES)
    )
    tools = "".join(
        f"- **{name}**: a program that {does}  \n  by Ada Lind and Bo Marsh  \n  ([www]({url}))\n"
        for name, does, url in (
            ("Furrow", "draws the plan of a field", "https://github.com/fields/furrow"),
            ("Sickle", "cuts maps along hedges", "http://www.sickle-maps.org/"),
            ("Barn", "keeps records of harvests", "https://github.com/fields/barn"),
        )
    )
    found = read(f"# Fields\n\n## Software\n\n{tools}\n## Papers\n\n{papers}".encode()).entries
    assert [entry.kind for entry in found] == ["resource"] * 3 + ["paper"] * len(_TITLES)


def test_short_names_glued_to_titles_in_links_are_nicknames() -> None:
    names = ("SOIL", "RootNet", "", "LARK", "", "Plough-1")
    text = "# Fields\n\n" + "".join(
        f"- [{f'[{name}]' if name else ''}{title}.pdf](https://example.org/{index}.pdf)\n"
        for index, (name, (title, _, _)) in enumerate(zip(names, _TITLES, strict=True))
    )
    found = papers_of(text)
    assert [entry.title for entry in found] == [title for title, _, _ in _TITLES]
    assert [entry.nickname or "" for entry in found] == list(names)


def test_conferences_and_journals_are_no_papers_themselves() -> None:
    venues = "".join(
        f"- [{name}](https://www.sciencedirect.com/journal/{index})\n"
        for index, name in enumerate(
            (
                "International Conference on Hedges and Walls",
                "Journal of Meadow Studies",
                "European Symposium on Fields (ESF)",
            )
        )
    )
    papers = "".join(
        f"- [{title}](https://arxiv.org/abs/1701.0000{index}). {names}. 2017\n"
        for index, (title, names, _) in enumerate(_TITLES)
    )
    found = papers_of(f"# Fields\n\n## Where to publish\n\n{venues}\n## Papers\n\n{papers}")
    assert [entry.title for entry in found] == [title for title, _, _ in _TITLES]


def test_braces_around_a_whole_title_in_bibtex_go_though_it_holds_tex() -> None:
    text = "".join(
        f"@article{{key{index},\n  title = {{{title}}},\n  author = {{Lind, Ada}},\n  year = {{2020}}\n}}\n\n"
        for index, title in enumerate(
            (
                "{The growth of $x_{n}$ in wet $\\nu$ fields}",
                "{$H$} and {$Q$}",
                "Plain words of a title",
            )
        )
    )
    titles = [entry.title for entry in papers_of(text)]
    assert titles[0] == "The growth of $x_{n}$ in wet $\\nu$ fields"
    assert titles[2] == "Plain words of a title"
    assert titles[1].count("{") == titles[1].count("}")

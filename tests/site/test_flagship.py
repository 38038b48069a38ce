"""The site of this repository as it will be published."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner

from mkdocs_checklists.cli import main
from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.model.checklist import Checklist
from mkdocs_checklists.scoring.key import ScoringKey
from mkdocs_checklists.scoring.score import score
from tests.helpers import REPOSITORY, Site, build_site, day_of_review
from tests.site.pages import dead_links, ids, pages, parsed, url_of

GUIDES = [
    ("eight-first-time-outsourcing-mistakes", "first-time-outsourcing", [f"Mistake {n}" for n in range(1, 9)]),
    ("five-costly-outsourcing-beliefs", "costly-beliefs", [f"Belief {n}" for n in range(1, 6)]),
]
"""The page of each guide, its checklist, and the labels of its sections."""

MEETINGS = [
    ("left-to-work-it-out", "no-managers"),
    ("price-before-fit", "lowest-price"),
    ("too-much-too-soon", "outsource-everything"),
]
"""Where the first guide and the second speak of the same thing: a mistake and a belief."""


@cache
def guide(name: str) -> tuple[Checklist, ScoringKey]:
    """A checklist of the site, and what scores it."""
    library = Library(REPOSITORY / "checklists")
    library.refresh()
    loaded = library.get(name)
    assert loaded is not None
    assert loaded.checklist is not None
    return loaded.checklist, loaded.key


def test_every_checklist_passes_the_check_without_a_warning() -> None:
    files = [path for path in (REPOSITORY / "checklists").glob("*.yml") if not path.name.startswith("_")]
    runner = CliRunner(env=day_of_review("".join(path.read_text("utf-8") for path in files)))
    result = runner.invoke(main, ["check", str(REPOSITORY / "checklists")])

    noun = "checklist" if len(files) == 1 else "checklists"
    assert result.exit_code == 0
    assert re.search(rf"\n{len(files)} {noun}: 0 errors, 0 warnings(, \d+ allowed)?\n$", result.output)
    texts = [path.read_text("utf-8") for path in files]
    scored = [text for text in texts if "\nbands:" in text]
    # Where a section caps the result, more than the sum decides: so many ways to answer are sampled.
    sampled = [text for text in scored if "\ncaps:" in text]
    assert len(sampled) == 2
    assert result.output.count("Bands cover 0 to 100 without gaps.") == len(scored)
    assert result.output.count(
        "(counted exactly)\n   Bands cover 0 to 100 without gaps. Every band, cap and advice can be reached.\n"
    ) == len(scored) - len(sampled)
    assert "Every outcome can win. Every gate and note can fire.\n" in result.output
    assert result.output.count("No expression can fail.") == 2
    assert result.output.count("Every verdict can be reached.") == 2


def test_every_checklist_stands_on_a_page(flagship: Site) -> None:
    shown = {
        element.get("data-checklist")
        for page in pages(flagship)
        for element in parsed(page)[0].iter("scored-checklist")
    }

    assert shown == {path.stem for path in (REPOSITORY / "checklists").glob("*.yml") if not path.name.startswith("_")}


def test_overview_lists_every_checklist_with_what_it_decides(flagship: Site) -> None:
    entries = [li for li in parsed(flagship.site_dir / "checklists/index.html")[0].iter("li") if li.get("data-entry")]
    names = [path.stem for path in (REPOSITORY / "checklists").glob("*.yml") if not path.name.startswith("_")]

    assert sorted(li.get("data-entry") for li in entries) == sorted(names)
    assert all(li.find("p[@data-decides]") is not None and li.get("data-whole") is not None for li in entries)


def test_every_guide_shows_what_it_is_related_to(flagship: Site) -> None:
    guides = sorted((REPOSITORY / "content/guides").glob("*.md"))
    blocks = [
        parsed(flagship.site_dir / "guides" / guide.stem / "index.html")[0].find(".//nav[@class='checklist-related']")
        for guide in guides
    ]

    assert guides
    assert [guide.stem for guide, block in zip(guides, blocks, strict=True) if block is None] == []


def test_no_page_loads_anything_from_another_host(flagship: Site) -> None:
    found = []
    for page in pages(flagship):
        for element in parsed(page)[0].iter():
            tag = str(element.tag)
            # A canonical address, or that of the next page, is read and not loaded.
            loads = tag != "a" and not (
                tag == "link" and element.get("rel") in ("canonical", "next", "prev", "alternate")
            )
            for name in ("src", "href", "srcset", "data", "poster", "action"):
                url = urljoin(url_of(flagship, page), element.get(name) or "")
                if loads and element.get(name) and urlsplit(url).scheme != "data" and not url.startswith(flagship.url):
                    found.append(f"{page.name}: {tag} {name}={url}")
    assert found == []


def test_no_style_sheet_loads_anything_from_another_host(flagship: Site) -> None:
    found = []
    sources = [(path, path.read_text("utf-8")) for path in flagship.site_dir.rglob("*.css")]
    sources += [(page, style.text or "") for page in pages(flagship) for style in parsed(page)[0].iter("style")]
    for path, text in sources:
        for match in re.finditer(r"url\(\s*[\"']?([^)\"']+)|@import\s+[\"']([^\"']+)", text):
            url = urljoin(url_of(flagship, path), match[1] or match[2])
            if urlsplit(url).scheme != "data" and not url.startswith(flagship.url):
                found.append(f"{path.name}: {url}")
    assert sources
    assert found == []


def test_no_script_of_ours_names_another_host(flagship: Site) -> None:
    scripts = [
        path for folder in ("checklists", "site") for path in (flagship.site_dir / "assets" / folder).rglob("*.js")
    ]

    found = [
        f"{path.name}: {url}"
        for path in scripts
        for url in re.findall(
            r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", re.sub(r"(?m)(^|\s)//\s.*$", "", path.read_text("utf-8"))
        )
        if "www.w3.org" not in url
    ]
    assert scripts
    assert found == []


def test_every_link_within_the_site_leads_to_a_page_and_anchor_that_is_there(flagship: Site) -> None:
    assert dead_links(flagship) == []


@pytest.mark.slow  # one more build of the whole site
def test_site_may_stand_below_a_path_and_have_addresses_of_files(tmp_path: Path) -> None:
    url = "https://example.org/deep/down/"
    build_site(REPOSITORY, tmp_path / "site", site_url=url, use_directory_urls=False).check()

    assert dead_links(Site(url, tmp_path / "site", REPOSITORY)) == []


def test_links_to_other_sites_are_of_the_web(flagship: Site) -> None:
    links = [link for page in pages(flagship) for link in parsed(page)[0].iter("a")]

    schemes = {urlsplit(urljoin(flagship.url, link.get("href", ""))).scheme for link in links}

    assert schemes <= {"http", "https", "mailto"}


def test_every_link_to_another_site_has_words_for_a_name(flagship: Site) -> None:
    nameless = []
    for page in pages(flagship):
        for link in parsed(page)[0].iter("a"):
            href = link.get("href", "")
            words = link.get("aria-label") or " ".join("".join(link.itertext()).split())
            # The reader's own machine is no other site.
            away = urlsplit(href).scheme in ("http", "https") and urlsplit(href).hostname != "127.0.0.1"
            if away and (not words or re.match(r"https?:|www\.", words)):
                nameless.append(f"{page.relative_to(flagship.site_dir)}: {href} ({words})")
    assert nameless == []


def test_html_of_every_page_is_free_of_errors(flagship: Site) -> None:
    found = {
        (page.relative_to(flagship.site_dir).as_posix(), *error)
        for page in pages(flagship)
        for error in parsed(page)[1]
    }

    assert found == set()


def test_ids_are_unique_on_every_page(flagship: Site) -> None:
    found = {}
    for page in pages(flagship):
        names = ids(page)
        if twice := {name for name in names if names.count(name) > 1}:
            found[page.relative_to(flagship.site_dir).as_posix()] = twice
    assert found == {}


def test_heading_of_every_page_is_the_only_one_of_its_level(flagship: Site) -> None:
    counts = {
        page.relative_to(flagship.site_dir).as_posix(): len(parsed(page)[0].findall(".//h1"))
        for page in pages(flagship)
    }

    assert set(counts.values()) == {1}, counts


@pytest.mark.parametrize(("name", "labels"), [(name, labels) for _, name, labels in GUIDES])
def test_every_section_of_a_guide_has_all_that_a_reader_needs(name: str, labels: list[str]) -> None:
    sections = guide(name)[0].sections
    assert [section.label for section in sections] == labels
    for section in sections:
        assert all((section.why, section.signs, section.remedies, section.items)), section.id
        for item in section.items:
            options = item.options or []
            best = max(option.earned for option in options)
            weak = {option.id for option in options if option.earned < best}
            assert weak <= set(item.recommend or {}), item.id


@pytest.mark.parametrize(("mistake", "belief"), MEETINGS)
def test_guides_lead_to_each_other_where_they_speak_of_the_same_thing(mistake: str, belief: str) -> None:
    (first, first_name, _), (second, second_name, _) = GUIDES
    links = {section.id: section.see for _, name, _ in GUIDES for section in guide(name)[0].sections}

    assert f"/guides/{second}.md#{second_name}--{belief}" in links[mistake]
    assert f"/guides/{first}.md#{first_name}--{mistake}" in links[belief]


BELIEFS = {
    "who-sets-priorities": ("named", "anyone", "provider"),  # weight 3, critical
    "what-you-check-against": ("result", "impression", "nothing"),
    "shared-hours": ("enough", "short", "far-short"),
    "customer-language": ("trial", "call", "profile"),
    "rate-compared": ("going-rate", "quotes", "target"),
    "paid-on-time": ("on-time", "month-late", "later"),
    "tool-costs": ("budget", "roughly", "uncounted"),
    "learning-paid": ("planned", "partly", "nobody"),  # weight 1
    "core-work": ("none", "part", "most"),  # weight 3, critical
    "dated-checkpoints": ("every", "some", "none"),
}
"""The questions about the five beliefs and their answers, worth 2, 1 and 0. Without a note the weight is 2: 42 in all."""


def answers(points: str) -> dict[str, str]:
    """One sign per question: the points of its answer, `?` for "I don't know", `-` for none."""
    return {
        item: "unknown" if sign == "?" else options[2 - int(sign)]
        for (item, options), sign in zip(BELIEFS.items(), points, strict=True)
        if sign != "-"
    }


@pytest.mark.parametrize(
    ("points", "number", "band", "capped_by"),
    [
        pytest.param("2222222222", 100, "ready", [], id="all best: 42 of 42"),
        pytest.param("0222222222", 86, "not-yet", ["who-sets-priorities"], id="nobody decides: 36 of 42"),
        pytest.param("2222222202", 86, "not-yet", ["core-work"], id="mostly core work: 36 of 42"),
        pytest.param("1222222222", 93, "fix-first", ["who-sets-priorities"], id="several decide: 39 of 42"),
        pytest.param("2222222212", 93, "fix-first", ["core-work"], id="some core work: 39 of 42"),
        pytest.param("1222222212", 86, "fix-first", ["who-sets-priorities", "core-work"], id="both: 36 of 42"),
        pytest.param("0222222212", 79, "not-yet", ["who-sets-priorities"], id="the lower cap counts: 33 of 42"),
        pytest.param("1111111111", 50, "not-yet", [], id="all in the middle: 21 of 42"),
        pytest.param("0000000000", 0, "not-yet", [], id="all worst: 0 of 42"),
        pytest.param("2120120121", 64, "fix-first", [], id="mixed: 27 of 42"),
        pytest.param("22222222?2", 86, "not-yet", ["core-work"], id="core work not known: 36 of 42"),
        pytest.param("22222222-2", 100, None, [], id="core work not answered: 36 of 36"),
    ],
)
def test_answers_about_the_beliefs_score_as_worked_out_by_hand(
    points: str, number: int, band: str | None, capped_by: list[str]
) -> None:
    result = score(guide("costly-beliefs")[1], answers(points))

    assert (result.score, result.band, result.capped_by) == (number, band, capped_by)


def test_advice_after_mixed_answers_about_the_beliefs_starts_with_what_gains_most_for_the_effort() -> None:
    result = score(guide("costly-beliefs")[1], answers("2120120121"))

    assert result.recommendations == [
        "what-you-check-against",  # 2 points in half an hour
        "tool-costs",  # 4 in an hour
        "dated-checkpoints",  # 2 in half an hour
        "customer-language",  # 4 in two hours
        "rate-compared",  # 2 in an hour
        "learning-paid",  # 1 in half an hour
    ]


@pytest.mark.parametrize("name", [name for name, _, _ in GUIDES])
def test_every_footnote_names_a_source_with_its_address_and_year(name: str, flagship: Site) -> None:
    tree, _ = parsed(flagship.site_dir / "guides" / name / "index.html")
    cited = {link.get("href", "")[1:] for link in tree.iter("a") if link.get("class") == "footnote-ref"}
    notes = {li.get("id"): li for li in tree.iter("li") if (li.get("id") or "").startswith("fn:")}
    assert cited == set(notes)
    assert len(notes) >= 8
    for footnote, note in notes.items():
        assert any((link.get("href") or "").startswith("https://") for link in note.iter("a")), footnote
        assert re.search(r"\b20\d\d\b", "".join(note.itertext())), footnote

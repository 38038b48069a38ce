"""Strategies of whole checklist files, as data and as text in every style of YAML. Arguments say what is valid."""

from collections.abc import Callable
from itertools import cycle
from typing import Any

from hypothesis import strategies as st

from mkdocs_checklists.diagnostics.codes import SILENCEABLE
from tests.properties.yaml_text import STYLES, to_yaml

Part = dict[str, Any]
"""The file, or a part of it such as a section: texts, lists and mappings by key."""

SHARED_SCALES = """\
scales:
  often: [{id: always, text: Always, points: 3}, {id: at-times, text: At times, points: 1}, {id: never, text: "No", points: -2}]
  yes-no: [{id: yes, text: Yes, points: 4, was: ja}, {id: no, text: No, points: 0}]
"""
"""The file `_scales.yml` beside every file; its `yes-no` takes the place of the built-in one."""

_IDS = """
a constructor green b2 hasownproperty x-1 valueof tostring proto prototype length help items name form id who-decides price
score-1 value data-points title toggle isprototypeof then get set size
"""
IDS = [*_IDS.split(), "z" * 80]
# Bands and options are not named in expressions, so that these are theirs too.
WORDS = ["yes", "no", "constructor", "min", "score", "true", "null", "else", "ja", "length", "often", "valueof"]

# The sign ␣ is a space, ↵ the end of a line.
_PIECES = """
Why one␣two ␣ ↵ ↵↵ ␣␣␣␣ -␣ #␣ :␣ ␣# - # *␣ 1.␣ >␣ ↵---↵ --- ... ↵##␣Heading↵ ↵↵␣␣␣␣code↵ ↵```↵code↵```↵
↵Term↵:␣words ↵!!!␣note↵␣␣␣␣words ↵???␣note↵␣␣␣␣words ↵[^1]:␣note [^1] ↵*[HTML]:␣words HTML ↵a|b↵-|-↵1|2↵
* ** _ __ ` ``` ~~~ \\ ' " ! & % @ = ? , << ~ | ^ $ == ++ ~~ yes null 1e3 [␣] :smile: (c) http:// %20
<b> </b> < > </div> </fieldset> </legend> </form> <script> <!-- --> <br/> <p␣onclick=x> ]]> <? &amp; &lt; &#60; &copy &copy;
{ } {{␣x␣}} {%␣x␣%} {:␣.x␣#y␣} {#z} :::␣checklist␣example [ ]( ][ ] ) ![ [x]:␣/y.md [a](/more.md)
[a](https://example.org/?a=b&c=d) <https://example.org> <a@example.org> https://example.org/x שלום
"""
TEXT_PIECES = [piece.replace("␣", " ").replace("↵", "\n") for piece in _PIECES.split()]
TEXT_PIECES += [
    "\t",
    "\u202eabc",
    "\u200b",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "e\u0301",
    "\U0001f9d1\u200d\U0001f4bb",
    "w" * 300,
]

_LINKS = """
/ /more.md /guides/a.md#b #here https://example.org/?a=b&c=d#e mailto:a@example.org tel:+44-20 /a%20b.md /<b>.md /a"b'.md
/{x}.md https://example.org//x http://[::1]/ https://m\u00fcnchen.example/\u00fc /a&amp;b.md
"""
LINKS = _LINKS.split()


def characters() -> st.SearchStrategy[str]:
    """Any character that a checklist may hold."""
    return st.characters(exclude_categories=["Cs", "Cc"]).filter(
        lambda c: ord(c) & 0xFFFE != 0xFFFE and not "\ufdd0" <= c <= "\ufdef"
    )


def texts() -> st.SearchStrategy[str]:
    """Texts with something to read in them, from a wide alphabet; with line breaks, and with white space at their ends."""
    pieces = st.lists(st.one_of(st.sampled_from(TEXT_PIECES), characters()), min_size=1, max_size=6)
    return pieces.map("".join).map(lambda text: text if text.strip() else text + "a")


def styles() -> st.SearchStrategy[list[int]]:
    """How a file is written: the argument of `to_yaml`."""
    return st.lists(st.integers(0, STYLES - 1), min_size=1, max_size=16)


def rotated(words: list[str], start: int) -> list[str]:
    return words[start % len(words) :] + words[: start % len(words)]


@st.composite
def scales(draw: st.DrawFn, text: Callable[[], str]) -> list[Part]:
    """Lists of options, some with earlier ids."""
    names = iter(rotated(WORDS, draw(st.integers(0, len(WORDS) - 1))))
    points = draw(st.lists(st.one_of(st.integers(-3, 3), st.integers(-1000, 1000)), min_size=2, max_size=4))
    options: list[Part] = [{"id": next(names), "text": text(), "points": str(value)} for value in points]
    if draw(st.booleans()):
        options[-1]["was"] = [next(names), next(names)]
        options[0]["was"] = next(names)
    return options


_SHARED = {
    "often": [{"id": "always", "points": "3"}, {"id": "at-times", "points": "1"}, {"id": "never", "points": "-2"}],
    "yes-no": [{"id": "yes", "points": "4"}, {"id": "no", "points": "0"}],
}


class _Optional:
    """Which of the keys that may be left out are there; none is the simplest."""

    def __init__(self, draw: st.DrawFn, most: int) -> None:
        self.bits = draw(st.integers(0, 2**most - 1))

    def __bool__(self) -> bool:
        self.bits, bit = divmod(self.bits, 2)
        return bit == 1


@st.composite
def checklists(draw: st.DrawFn) -> Part:
    """Valid checklists as data, with every key that the format has. Cross-references lead somewhere, no two ids clash."""
    text = cycle(draw(st.lists(texts(), min_size=1, max_size=5))).__next__
    names = iter(rotated(IDS, draw(st.integers(0, len(IDS) - 1))))
    words = rotated([*IDS, "na", "unknown", "min"], draw(st.integers(0, 30)))
    has = _Optional(draw, 10)
    bands = words[: draw(st.integers(1, 4))]
    own: Part = {}
    for name in draw(st.lists(st.sampled_from(["paper", "yes-no", "length"]), max_size=2, unique=True)):
        own[name] = draw(scales(text))
    dimensions = words[5:7]
    sections: list[Part] = []
    earlier: list[str] = []
    sums = [0, 0]
    counts = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    for n, count in enumerate(counts):
        section: Part = {"id": next(names), "title": text()}
        items: list[Part] = []
        for _ in range(count or (1 if not any(counts) and n == 0 else 0)):
            item, ends = draw(_items(next(names), text, own, bands, dimensions, earlier))
            items.append(item)
            earlier.append(str(item["id"]))
            sums = [sum(pair) for pair in zip(sums, ends, strict=True)]
        sections.append(section | draw(_rest_of_section(text)) | {"items": items})
    data: Part = {"title": text()}
    if has:
        data |= {"summary": text(), "subject": text()}
    if has:
        data |= {"revision": str(draw(st.integers(1, 1_000_000))), "reviewed": str(draw(st.dates()))}
    if has:
        data["unknown"] = draw(st.sampled_from(["false", "true"]))
    if has:
        data["language"] = draw(st.sampled_from(["en", "en-gb", "de"]))
    if has:
        data["allow"] = draw(allowances(text))
    if own:
        data["scales"] = own
    data["sections"] = sections
    rules, low, high = draw(_rules(sums, len(bands)))
    if rules:
        data["score"] = rules
    data["bands"] = draw(_bands(bands, low, high, text))
    if has and rules.get("as") != "points":
        sections[-1]["bands"] = draw(_bands(bands, low, high, text))
    counted = [section for section in sections if any("weight" not in item for item in section["items"])]
    if has and counted and rules.get("as") != "points":
        data["caps"] = [{"section": draw(st.sampled_from(counted))["id"], "below": str(high), "band": bands[0]}]
    if has:
        data["dimensions"] = [{"id": name, "title": text()} for name in dimensions]
        if has:
            data["dimensions"][0]["within"] = dimensions[1]
    if has:
        sections[0]["was"] = [next(names), next(names)]
        next(section["items"] for section in sections if section["items"])[-1]["was"] = next(names)
        data |= {"was": words[8:10], "retired": [next(names)]}
    return data


@st.composite
def _items(
    draw: st.DrawFn,
    name: str,
    text: Callable[[], str],
    own: Part,
    bands: list[str],
    dimensions: list[str],
    earlier: list[str],
) -> tuple[Part, tuple[int, int]]:
    """Items, each with the least and the most that it earns."""
    has = _Optional(draw, 15)
    item: Part = {"id": name, "text": text()}
    scale = draw(st.sampled_from(["", "yes-no", "often", *own]))
    options = ({**_SHARED, **own}[scale]) if scale else draw(scales(text))
    if scale:
        item["scale"] = scale
    else:
        item["options"] = options
    ids = [option["id"] for option in options]
    points = [int(option["points"]) for option in options]
    weight = 1
    if has:
        weight = draw(st.one_of(st.integers(0, 3), st.integers(0, 1000)))
        item["weight"] = str(weight)
    if na := bool(has):
        item["na"] = "true"
    if has:
        capped = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))
        item["caps"] = {option: draw(st.sampled_from(bands)) for option in capped}
    if has:
        item["recommend"] = (
            text() if has else {ids[-1]: text(), "*": text()} if has else {ids[0]: text(), ids[1]: text()}
        )
    if has:
        item["help"] = text()
    if has:
        number = draw(st.integers(1, 9999))
        item |= {"effort": f"{number} {draw(st.sampled_from(['min', 'h', 'day', 'days']))}", "cost": text()}
        item["valid_for"] = f"{number} {draw(st.sampled_from(['day', 'days', 'week', 'weeks', 'month', 'months']))}"
    if has and earlier:
        item["after"] = [earlier[-1], earlier[0]] if has else earlier[0]
    if has:
        named = st.one_of(
            st.sampled_from(dimensions),
            st.just(dimensions),
            st.just(dict.fromkeys(dimensions, "0.5")),
        )
        item |= {"dimension": draw(named), "fact": draw(st.sampled_from(IDS))}
    if has:
        item["template"] = text()
    if has:
        item["see"] = draw(_links())
    if has:
        item["retired"] = ["long-gone", "unknown"]
    if has:
        item["allow"] = draw(allowances(text))
    ends = [weight * min(points), weight * max(points)]
    return item, (min(0, ends[0]), max(0, ends[1])) if na else (ends[0], ends[1])


def allowances(text: Callable[[], str]) -> st.SearchStrategy[Part]:
    """Reasons for some of the linter's warnings."""
    codes = st.lists(st.sampled_from(sorted(SILENCEABLE)), min_size=1, max_size=4, unique=True)
    return codes.map(lambda names: {name: text() for name in names})


def _links() -> st.SearchStrategy[Any]:
    link = st.sampled_from(LINKS)
    return st.one_of(link, st.lists(link, max_size=3))


@st.composite
def _rest_of_section(draw: st.DrawFn, text: Callable[[], str]) -> Part:
    has = _Optional(draw, 6)
    rest: Part = {}
    if has:
        rest["label"] = text()
    if has:
        rest["why"] = text()
    if has:
        rest |= {"signs": [text(), text()], "remedies": text()}
    if has:
        rest["see"] = draw(_links())
    if has:
        rest["weight"] = str(draw(st.one_of(st.integers(0, 3), st.integers(0, 1000))))
    if has:
        rest["allow"] = draw(allowances(text))
    return rest


@st.composite
def _rules(draw: st.DrawFn, sums: list[int], bands: int) -> tuple[Part, int, int]:
    """Rules of the score in every combination that is allowed, with room for so many bands."""
    has = _Optional(draw, 7)
    rules: Part = {}
    low, high = 0, 100
    if has:
        rules["open"] = draw(st.sampled_from(["zero", "left-out"]))
    if has:
        rules["decimals"] = str(draw(st.integers(0, 3)))
    if has:
        rules["enough"] = str(draw(st.integers(0, 100)))
    if has:
        # The lowest band may start below what can be earned; so there is room where nothing can.
        return (
            rules | {"as": "points"},
            sums[0] - draw(st.integers(0 if sums[1] - sums[0] >= bands else bands, 9)),
            sums[1],
        )
    if has:
        rules |= {"as": "percent", "combine": "items"}
    if has:
        low = draw(st.one_of(st.integers(-10, 10), st.integers(-1_000_000, 999_999)))
        high = min(1_000_000, low + draw(st.one_of(st.integers(1, 10), st.integers(1, 2_000_000))))
        rules["range"] = [str(low), str(high)]
    if has:
        rules["combine"] = "sections"
    return rules, low, high


@st.composite
def _bands(draw: st.DrawFn, names: list[str], low: int, high: int, text: Callable[[], str]) -> list[Part]:
    """A band for each name: one starts at `low`, the others above it, in any order."""
    places = draw(st.integers(0 if high - low >= len(names) else 1, 3))
    unit, count = 10**places, len(names) - 1
    above = st.lists(st.integers(low * unit + 1, high * unit), min_size=count, max_size=count, unique=True)
    cuts = [low * unit, *draw(above)]
    bands: list[Part] = []
    for name, cut in zip(names, cuts, strict=True):
        band: Part = {"id": name, "min": f"{cut / unit:.{places}f}", "title": text()}
        bands.append(band | {"text": text()} if draw(st.booleans()) else band)
    return bands


def written(data: Part, style: list[int]) -> str:
    """The text of a file; how it starts and ends its lines is a matter of style too."""
    text = ("", "---\n", "# A comment\n\n", "%YAML 1.1\n--- # a comment\n", "\ufeff")[sum(style) % 5] + to_yaml(
        data, style
    )
    text += ("", "...\n", "# The end", "\n\n")[len(style) % 4]
    return text.replace("\n", "\r\n") if style[0] == 9 else text


def checklist_files() -> st.SearchStrategy[str]:
    """Valid files, written in every style of YAML."""
    return st.builds(written, checklists(), styles())


@st.composite
def reordered(draw: st.DrawFn, data: Part) -> Part:
    """The same checklist with its sections, the items in each, and its bands in another order."""
    sections = [
        section | {"items": draw(st.permutations(section["items"]))}
        for section in draw(st.permutations(data["sections"]))
    ]
    return data | {"sections": sections, "bands": draw(st.permutations(data["bands"]))}

"""Strategies of scoring keys, answers and checklist files. Arguments say what is valid."""

import random
from typing import Any

from hypothesis import strategies as st

ITEM_IDS = [
    "scope",
    "price",
    "review-date",
    "constructor",
    "valueof",
    "a",
    "b2",
    "who-decides",
    "hasownproperty",
    "x-1",
]
DIMENSIONS = ["clarity", "cost", "constructor"]
FORMER_IDS = ["old-scope", "older-scope", "tostring", "gone", "former-price"]
OPTION_IDS = ["yes", "partly", "no", "never", "constructor"]
FORMER_OPTION_IDS = ["ja", "nein", "maybe"]


def options(*, from_zero: bool = False) -> st.SearchStrategy[list[list[Any]]]:
    """Options as a key's JSON has them: at least two, some with an earlier id; where a share begins at zero, none below it."""
    points = st.one_of(st.integers(0 if from_zero else -3, 3), st.integers(0 if from_zero else -1000, 1000))
    pair = st.tuples(st.sampled_from(OPTION_IDS), points)
    pairs = st.lists(pair, min_size=2, max_size=5, unique_by=lambda option: option[0])
    return st.builds(
        lambda chosen, former: [
            [name, value, [FORMER_OPTION_IDS[n]]] if n < former else [name, value]
            for n, (name, value) in enumerate(chosen)
        ],
        pairs,
        st.integers(0, 2),
    )


def several(options: list[str], most: int, has_none: bool) -> dict[str, Any]:
    """How several of these options may be chosen; the last one may exclude the others."""
    others = len(options) - has_none
    return {"at_most": min(most, others), **({"none": options[-1]} if has_none else {})}


def scoring_keys() -> st.SearchStrategy[dict[str, Any]]:
    """Valid keys in their JSON form, of every rule that a checklist can set; in one of three, sections cap the result."""
    return st.one_of(_scoring_keys(), _scoring_keys(), _scoring_keys(is_capped=True))


@st.composite
def _scoring_keys(draw: st.DrawFn, *, is_capped: bool = False) -> dict[str, Any]:
    decimals = draw(st.integers(0, 3))
    low = draw(st.integers(-50, 50))
    high = low + draw(st.integers(1, 200))
    points = not is_capped and draw(st.booleans())
    from_zero = not points and draw(st.booleans())
    bands = draw(st.integers(2 if is_capped else 1, min(4, high - low + 1)))
    cuts = draw(st.lists(st.integers(low + 1, high), min_size=bands - 1, max_size=bands - 1, unique=True))
    names = [f"band-{n}" for n in range(bands)]
    better = draw(st.sampled_from(["higher", "lower", "higher", "lower", "neither"]))
    shares = draw(st.sampled_from([1, 4]))
    ids = draw(st.lists(st.sampled_from(ITEM_IDS), min_size=1, unique=True))
    former = draw(st.permutations(FORMER_IDS))
    items: list[dict[str, Any]] = []
    for name in ids:
        choices = draw(options(from_zero=from_zero))
        item: dict[str, Any] = {"id": name, "options": choices}
        if draw(st.integers(0, 2)) == 0:
            item["many"] = several([option[0] for option in choices], draw(st.integers(1, 5)), draw(st.booleans()))
        if draw(st.booleans()):
            item["weight"] = draw(st.one_of(st.integers(0, 3), st.integers(0, 1000)))
        if draw(st.booleans()):
            item["na"] = True
        if better != "neither" and draw(st.integers(0, 2)) == 0:
            capped = draw(st.lists(st.sampled_from([option[0] for option in choices]), min_size=1, unique=True))
            item["caps"] = {option: draw(st.sampled_from(names)) for option in capped}
        if draw(st.booleans()):
            item["dimension"] = draw(
                st.one_of(
                    st.sampled_from(DIMENSIONS),
                    st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(1, shares), min_size=1),
                )
            )
        if draw(st.integers(0, 3)) == 0:
            item["retired"] = ["long-gone"]
        if draw(st.booleans()):
            item["effort"] = draw(st.sampled_from([5, 60, 480]))
        offered = st.lists(st.sampled_from([option[0] for option in choices]), min_size=1, unique=True)
        match draw(st.integers(0, 9)):
            case 0:
                item["given"] = True
            case 1:
                item["urgent"] = draw(offered)
            case 2:
                item["advice"] = draw(st.one_of(st.just([]), offered))
        if items and draw(st.integers(0, 3)) == 0:
            # Later ones wait for earlier ones, so that none wait for each other.
            item["after"] = draw(st.lists(st.sampled_from([other["id"] for other in items]), max_size=2, unique=True))
        items.append(item)
    for n in range(draw(st.integers(0, 2))):
        items[n % len(items)].setdefault("was", []).append(former[n])
    count = draw(st.integers(1, 3))
    sections: list[dict[str, Any]] = [{"id": f"part-{n}", "items": items[n::count]} for n in range(count)]
    for section in sections:
        if draw(st.booleans()):
            section["weight"] = draw(st.integers(0, 5))
        if draw(st.booleans()):
            section["bands"] = draw(part_bands(low * 10**decimals, high * 10**decimals))
    section_ids = st.sampled_from([section["id"] for section in sections])
    capping = draw(st.lists(section_ids, min_size=is_capped, max_size=3)) if is_capped or draw(st.booleans()) else []
    lowest, highest = low * 10**decimals, high * 10**decimals
    caps = [
        {"section": name, "below": draw(st.integers(lowest, highest)), "band": draw(st.sampled_from(names))}
        for name in capping
    ]
    rules = {
        "as": "points" if points else "percent",
        "range": [low, high],
        "decimals": decimals,
        "combine": "items" if points else draw(st.sampled_from(["items", "sections"])),
        "from_zero": from_zero,
        "open_zero": draw(st.booleans()),
        "enough": draw(st.sampled_from([0, 1, 50, 67, 70, 100])),
        "better": better,
        "units": [draw(st.sampled_from([1, 4, 10_000])), draw(st.sampled_from([1, 2, 5])), shares],
    }
    return {
        "checklist": "generated",
        "revision": draw(st.integers(1, 9)),
        "unknown": draw(st.booleans()),
        "retired": ["gone"] if draw(st.booleans()) else [],
        "score": rules,
        "bands": [
            {"id": name, "min": cut * 10**decimals} for name, cut in zip(names, [low, *sorted(cuts)], strict=True)
        ],
        "caps": caps,
        "dimension_bands": draw(st.dictionaries(st.sampled_from(DIMENSIONS), part_bands(lowest, highest))),
        "sections": sections,
    }


def part_bands(low: int, high: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Bands of a section or a dimension, from `low` on."""
    cuts = st.sets(st.integers(low + 1, high), max_size=2)
    return cuts.map(lambda found: [{"id": f"own-{n}", "min": cut} for n, cut in enumerate([low, *sorted(found)])])


def some_answers(key: dict[str, Any], seed: int, count: int) -> list[dict[str, str]]:
    """`count` sets of answers, most of them sensible, some with ids that nobody knows."""
    choose = random.Random(seed)
    values = [*OPTION_IDS, *FORMER_OPTION_IDS, "na", "unknown", "long-gone", "tostring", ""]
    names = [item["id"] for section in key["sections"] for item in section["items"]]
    sets = []
    for _ in range(count):
        share = choose.random()
        answers = {}
        for section in key["sections"]:
            for item in section["items"]:
                if choose.random() < share:
                    offered = [option[0] for option in item["options"]]
                    answers[item["id"]] = choose.choice(offered if choose.random() < 0.8 else values)
                    if "many" in item or choose.random() < 0.05:
                        more = choose.sample([*offered, *values], choose.choice([0, 0, 0, 1, 2]))
                        answers[item["id"]] = "+".join(
                            [*choose.sample(offered, choose.randint(0, len(offered))), *more]
                        )
        for name in choose.sample([*FORMER_IDS, "10", "2", "nobody", "__proto__", *names], choose.randrange(4)):
            answers.setdefault(name, choose.choice(values))
        shuffled = list(answers.items())
        choose.shuffle(shuffled)
        sets.append(dict(shuffled))
    return sets

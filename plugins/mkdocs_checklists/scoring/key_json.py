"""The scoring key as JSON data, as the page carries it: written, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..model.score_rules import Better
from ..model.several import Many
from ..model.units import Units
from .key import Bands, ItemKey, ScoringKey, SectionCapKey, SectionKey
from .rules_key import rules_from_json, rules_to_json


def key_to_json(key: ScoringKey) -> dict[str, Any]:
    """The key as the page carries it: plain JSON data; whatever equals its default is left out, shared options are written once."""
    rules = {
        "as": "points" if key.points else "percent",
        "range": list(key.range),
        "decimals": key.decimals,
        "combine": "sections" if key.by_section else "items",
        "from_zero": key.from_zero,
        "open_zero": key.open_zero,
        "enough": key.enough,
        "better": key.better,
        "units": [key.units.points, key.units.weights, key.units.shares],
    }
    defaults = {
        "as": "percent",
        "range": [0, 100],
        "decimals": 0,
        "combine": "items",
        "from_zero": False,
        "open_zero": False,
        "enough": 70,
        "better": "higher",
        "units": [1, 1, 1],
    }
    scales = _shared_options(key)
    return _compact(
        {
            "checklist": key.checklist,
            "revision": key.revision,
            "unknown": key.unknown,
            "was": list(key.was),
            "retired": sorted(key.retired),
            "score": {name: value for name, value in rules.items() if value != defaults[name]},
            "bands": _bands_to_json(key, key.bands),
            "caps": [{"section": cap.section, "below": cap.below, "band": key.bands[cap.band][0]} for cap in key.caps],
            "dimension_bands": {name: _bands_to_json(key, bands) for name, bands in key.dimension_bands.items()},
            "scales": {name: options for options, name in scales.items()},
            "sections": [
                _compact(
                    {
                        "id": section.id,
                        "weight": section.weight,
                        "bands": _bands_to_json(key, section.bands),
                        "items": [_item_to_json(key, item, scales) for item in section.items],
                    }
                )
                for section in key.sections
            ],
            "rules": {
                **(rules_to_json(key.rules) if key.rules else {}),
                # So that the browser loads what knows of these together with what knows of rules.
                **({"several": True} if any(item.many for item in key.items) else {}),
                **({"beside": True} if any(item.note or item.evidence for item in key.items) else {}),
            },
        }
    )


def _bands_to_json(key: ScoringKey, bands: Bands) -> list[dict[str, Any]]:
    return [{"id": name, "min": cut} for name, cut in key.ascending(bands)]


def _bands_from_json(data: Iterable[Mapping[str, Any]], better: Better) -> Bands:
    bands = tuple((band["id"], band["min"]) for band in data)
    return bands[::-1] if better == "lower" else bands


_OptionsJson = tuple[tuple[Any, ...], ...]


def _options_to_json(item: ItemKey) -> _OptionsJson:
    former: dict[str, list[str]] = {}
    for old, name in item.was_options.items():
        former.setdefault(name, []).append(old)
    return tuple(
        (name, points, tuple(former[name])) if name in former else (name, points)
        for name, points in item.points.items()
    )


def _shared_options(key: ScoringKey) -> dict[_OptionsJson, str]:
    """Lists of options that more than one item has, each with a short name."""
    counts: dict[_OptionsJson, int] = {}
    for item in key.items:
        options = _options_to_json(item)
        counts[options] = counts.get(options, 0) + 1
    return {options: f"s{n}" for n, options in enumerate(o for o, count in counts.items() if count > 1)}


def _item_to_json(key: ScoringKey, item: ItemKey, scales: Mapping[_OptionsJson, str]) -> dict[str, Any]:
    options = _options_to_json(item)
    return _compact(
        {
            "id": item.id,
            "many": _many_to_json(item.many),
            **({"scale": scales[options]} if options in scales else {"options": options}),
            "weight": item.weight,
            "na": item.na,
            "caps": {option: key.bands[band][0] for option, band in item.caps.items()},
            "dimension": _shares_to_json(item.dimensions, key.units.shares),
            "was": list(item.was),
            "retired": sorted(item.retired),
            "effort": item.effort,
            "given": item.given,
            "urgent": sorted(item.urgent),
            "after": list(item.after),
            "advice": item.advised if item.advised is None else sorted(item.advised),
            "note": item.note,
            "evidence": item.evidence,
        }
    )


def _many_to_json(many: Many | None) -> dict[str, Any]:
    if many is None:
        return {}
    return {"at_most": many.at_most, **({} if many.none is None else {"none": many.none})}


def _shares_to_json(shares: Mapping[str, int], whole: int) -> str | dict[str, int] | None:
    """One dimension that an item counts in wholly is its name."""
    if not shares:
        return None
    name, share = next(iter(shares.items()))
    return name if len(shares) == 1 and share == whole else dict(shares)


_DEFAULTS: Mapping[str, Any] = {
    "revision": 1,
    "weight": 1,
    "unknown": True,
    "na": False,
    "dimension": None,
    "effort": None,
    "given": False,
    "advice": None,
    "note": False,
    "evidence": False,
}


def _compact(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data without what equals its default; lists and mappings default to empty, but for three kinds of list."""
    return {
        name: value
        for name, value in data.items()
        if not (name in _DEFAULTS and value == _DEFAULTS[name])
        and (value not in ([], {}) or name in ("sections", "items", "advice"))
    }


def key_from_json(data: Mapping[str, Any]) -> ScoringKey:
    """The key of its JSON form; the data is trusted to be one (the tests' vectors, a page of our own)."""
    rules = data.get("score", {})
    better = rules.get("better", "higher")
    bands = _bands_from_json(data.get("bands", ()), better)
    units = Units(*rules.get("units", ()))
    index = {name: n for n, (name, _) in enumerate(bands)}
    scales = data.get("scales", {})
    options = {
        item["id"]: [option[0] for option in (scales[item["scale"]] if "scale" in item else item["options"])]
        for section in data["sections"]
        for item in section["items"]
    }
    return ScoringKey(
        checklist=data["checklist"],
        sections=tuple(
            SectionKey(
                section["id"],
                tuple(
                    _item_from_json(item, scales, index, units.shares, lower=better == "lower")
                    for item in section["items"]
                ),
                section.get("weight", 1),
                _bands_from_json(section.get("bands", ()), better),
            )
            for section in data["sections"]
        ),
        bands=bands,
        revision=data.get("revision", 1),
        unknown=data.get("unknown", True),
        points=rules.get("as") == "points",
        range=tuple(rules.get("range", (0, 100))),
        decimals=rules.get("decimals", 0),
        by_section=rules.get("combine") == "sections",
        from_zero=rules.get("from_zero", False),
        open_zero=rules.get("open_zero", False),
        enough=rules.get("enough", 70),
        better=better,
        units=units,
        caps=tuple(SectionCapKey(cap["section"], cap["below"], index[cap["band"]]) for cap in data.get("caps", ())),
        dimension_bands={
            name: _bands_from_json(found, better) for name, found in data.get("dimension_bands", {}).items()
        },
        was=tuple(data.get("was", ())),
        retired=frozenset(data.get("retired", ())),
        rules=rules_from_json(data["rules"], options) if data.get("rules", {}).keys() - {"several", "beside"} else None,
    )


def _item_from_json(
    data: Mapping[str, Any], scales: Mapping[str, Any], bands: Mapping[str, int], whole: int, *, lower: bool
) -> ItemKey:
    options = scales[data["scale"]] if "scale" in data else data["options"]
    dimension = data.get("dimension", {})
    return ItemKey(
        id=data["id"],
        points={option[0]: option[1] for option in options},
        weight=data.get("weight", 1),
        na=data.get("na", False),
        caps={option: bands[band] for option, band in data.get("caps", {}).items()},
        dimensions={dimension: whole} if isinstance(dimension, str) else dimension,
        was=tuple(data.get("was", ())),
        was_options={old: option[0] for option in options if len(option) > 2 for old in option[2]},
        retired=frozenset(data.get("retired", ())),
        effort=data.get("effort"),
        lower=lower,
        given=data.get("given", False),
        urgent=frozenset(data.get("urgent", ())),
        after=tuple(data.get("after", ())),
        advised=frozenset(data["advice"]) if "advice" in data else None,
        note=data.get("note", False),
        evidence=data.get("evidence", False),
        many=Many(data["many"]["at_most"], data["many"].get("none")) if "many" in data else None,
    )

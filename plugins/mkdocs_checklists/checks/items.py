"""Rules for items and the options they choose from: scales, caps, advice, what is mended first, dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..diagnostics.diagnostic import did_you_mean, name_some
from ..model.answers import RESERVED_ANSWERS, answers_beside_options
from ..model.blanks import blanks
from ..model.checklist import Checklist, Item, Option, SharedScales
from ..model.fields import EVERY_ANSWER
from ..reading.reader import Reading
from ..reading.tree import Path
from .base import BUILT_IN_SCALES, Draft, check_unique
from .several import check_several, is_flat

# To compare each of thousands of wrong ids with each of thousands of right ones takes minutes, and so many hints help no author.
_MOST_SUGGESTIONS = 200


def check_items(draft: Draft) -> None:
    """Check the scales of the file, and every item by itself and with the others."""
    for name, options in draft.checklist.scales.items():
        check_options(draft.reading, options, ("scales", name))
    for path, item in draft.items:
        _item(draft, path, item)
    _references(draft)
    _blanks(draft)
    _after_cycles(draft, {item.id: (path, item.after) for path, item in draft.items})
    if draft.reading.has_all("sections", "items", "scale"):
        _unused_scales(draft)


def check_options(reading: Reading[Checklist] | Reading[SharedScales], options: Sequence[Option], path: Path) -> None:
    """Check the options of a scale or an item; `path` is that of their list."""
    check_unique(reading, "option", [((*path, n, "id"), option.id) for n, option in enumerate(options)])
    live, gone = {option.id for option in options}, set[str]()
    for n, option in enumerate(options):
        if option.id in RESERVED_ANSWERS:
            message, hint = f"'{option.id}' can't be the id of an option", RESERVED_ANSWERS[option.id]
            reading.report("reserved-id", message, reading.span(*path, n, "id"), hint)
        for k, name in enumerate(option.was):
            if name in live or name in gone:
                message = (
                    "is in use, so it can't be an earlier id" if name in live else "is named as an earlier id twice"
                )
                reading.report(
                    "reused-id", f"'{name}' {message}", reading.span(*path, n, "was", k), "An id is never used again."
                )
            gone.add(name)


# One item


def _item(draft: Draft, path: Path, item: Item) -> None:
    if item.scale and item.options:
        draft.report(
            "scale-and-options",
            f"item '{item.id}' has both a scale and options",
            draft.reading.key_span(*path, "options"),
            "Keep one of the two.",
        )
    if item.options:
        check_options(draft.reading, item.options, (*path, "options"))
        is_whole = draft.reading.has_all("options")
    elif _has_scale(draft, path, item):
        is_whole = draft.reading.has_all("scales")
    else:
        return
    options = draft.options_of(item)
    if is_whole:
        _answers_named(draft, path, item, options)
    _caps(draft, path, item)
    check_several(draft, path, item, options, is_whole=is_whole)
    is_plain = not draft.checklist.outcomes and not any(isinstance(option.points, dict) for option in options)
    if is_whole and item.weight and is_plain and is_flat(item, options):
        draft.warn(
            "flat-item",
            f"item '{item.id}': every option has the same points",
            draft.reading.span(*path, "id"),
            "Give the options different points, or 'weight: 0' where it only informs.",
        )
    ids = [name for option in options for name in (option.id, *option.was)]
    for n, name in enumerate(item.retired):
        if name in ids:
            draft.report(
                "reused-id",
                f"item '{item.id}': option '{name}' is in use, so it can't be retired",
                draft.reading.span(*path, "retired", n),
                "An id is never used again: give the option another one, or delete this.",
            )


def _has_scale(draft: Draft, path: Path, item: Item) -> bool:
    """Whether an item without options of its own has a scale that is known; reports it where it has no such scale."""
    if item.scale is None:
        if draft.reading.has_all("scale", "options"):
            draft.report(
                "no-options",
                f"item '{item.id}' has nothing to choose from",
                draft.reading.span(*path, "id"),
                f"Add 'scale: …' or 'options:'. Scales: {name_some(draft.scales)}.",
            )
        return False
    if draft.shared_errors and item.scale not in {**BUILT_IN_SCALES, **draft.checklist.scales}:
        # What is wrong here can't be said before the shared scales are mended.
        draft.reading.diagnostics.extend(draft.shared_errors)
        return False
    if item.scale in draft.scales:
        return True
    if draft.reading.has_all("scales"):
        draft.report(
            "unknown-scale",
            f"item '{item.id}' uses scale '{item.scale}', which is not defined",
            draft.reading.span(*path, "scale"),
            f"Known scales: {name_some(draft.scales)}. {did_you_mean(item.scale, draft.scales)}".strip(),
        )
    return False


def _answers_named(draft: Draft, path: Path, item: Item, options: Sequence[Option]) -> None:
    """The answers that caps, advice and the example name."""
    ids = [option.id for option in options]

    def unknown(name: str) -> tuple[str, str]:
        hint = f"Options: {name_some(ids)}. {did_you_mean(name, ids)}".strip()
        return f"item '{item.id}' has no option '{name}'", hint

    named: Iterable[tuple[str, Iterable[str]]] = (("caps", item.caps), ("recommend", item.recommend or {}))
    for key, names in named:
        for name in names:
            if name not in ids and name != EVERY_ANSWER:
                message, hint = unknown(name)
                draft.report("unknown-option", message, draft.reading.key_span(*path, key, name), hint)
    others = answers_beside_options(unknown=draft.checklist.unknown, na=item.na)
    for name in item.clauses:
        if name not in ids and name not in others:
            message, hint = unknown(name)
            draft.report("unknown-option", message, draft.reading.key_span(*path, "clauses", name), hint)
    if item.example is not None and item.example not in ids:
        message, hint = unknown(item.example)
        draft.report("unknown-option", message, draft.reading.span(*path, "example"), hint)


def _caps(draft: Draft, path: Path, item: Item) -> None:
    if not draft.reading.has_all("bands"):
        return
    bands = [band.id for band in draft.checklist.bands]
    is_lower = draft.checklist.score.better == "lower"
    top = (min if is_lower else max)(draft.checklist.bands, key=lambda band: band.min).id if bands else ""
    for option, band in item.caps.items():
        span = draft.reading.span(*path, "caps", option)
        if band not in bands:
            known = list(dict.fromkeys(bands))
            draft.report(
                "unknown-band",
                f"item '{item.id}' caps at band '{band}', which is not defined",
                span,
                f"Bands: {name_some(known)}. {did_you_mean(band, known)}".strip(),
            )
        elif band == top:
            draft.warn(
                "idle-cap",
                f"item '{item.id}': a cap at the {'best' if is_lower else 'highest'} band changes nothing",
                span,
                f"Name a {'worse' if is_lower else 'lower'} band than '{top}', or delete it.",
            )


# Items with one another


def _references(draft: Draft) -> None:
    ids = {item.id: path for path, item in draft.items}
    unknown = 0
    for path, item in draft.items:
        for n, name in enumerate(item.after):
            span = draft.reading.span(*path, "after", n)
            if name == item.id:
                draft.report("after-itself", f"item '{name}' comes after itself", span, "Delete it.")
            elif name not in ids and draft.reading.has_all("sections", "items"):
                unknown += 1
                near = did_you_mean(name, ids) if unknown <= _MOST_SUGGESTIONS else ""
                draft.report(
                    "unknown-item",
                    f"item '{item.id}' comes after '{name}', which is not an item",
                    span,
                    near or "Write the id of another item of this file.",
                )


def _blanks(draft: Draft) -> None:
    """The items that texts to copy have blanks for, and the clauses that wait for one."""
    ids = [item.id for _, item in draft.items]
    texts: list[tuple[Path, str | None]] = [(("template",), draft.checklist.template)]
    texts += [((*path, "template"), item.template) for path, item in draft.items]
    named: set[str] = set()
    for path, text in texts:
        for name in dict.fromkeys(blanks(text or "")):
            named.add(name)
            if name not in ids and draft.reading.has_all("sections", "items"):
                span = draft.reading.source.within(draft.reading.span(*path), f"{{{name}}}")
                near = did_you_mean(name, ids)
                hint = f"{near or 'Name an item of this file.'} For a brace that is no blank write '{{{{'."
                draft.report(
                    "unknown-blank", f"a text to copy has a blank for '{name}', which is not an item", span, hint
                )
    for path, item in draft.items:
        if item.clauses and item.id not in named and draft.reading.has_all("template"):
            draft.warn(
                "unused-clauses",
                f"item '{item.id}' has clauses, and no template has a blank for it",
                draft.reading.key_span(*path, "clauses"),
                f"Write {{{item.id}}} into a template, or delete them.",
            )


def _after_cycles(draft: Draft, after: Mapping[str, tuple[Path, list[str]]]) -> None:
    """Report each ring of `after` once, at the item of it that comes first in the file."""
    settled: set[str] = set()
    for start in after:
        trail: list[str] = []
        stack = [(start, iter(after[start][1]))]
        while stack:
            name, rest = stack[-1]
            if name not in trail:
                trail.append(name)
            following = next((n for n in rest if n in after and n not in settled and n != name), None)
            if following is None:
                settled.add(name)
                trail.pop()
                stack.pop()
            elif following in trail:
                ring = [*trail[trail.index(following) :], following]
                path = after[following][0]
                draft.report(
                    "after-cycle",
                    f"these items wait for one another: {' → '.join(ring)}",
                    draft.reading.key_span(*path, "after"),
                    "One of them has to come first.",
                )
            else:
                stack.append((following, iter(after[following][1])))


def _unused_scales(draft: Draft) -> None:
    used = {item.scale for _, item in draft.items if not item.options}
    for name in draft.checklist.scales:
        if name not in used:
            draft.warn(
                "unused-scale",
                f"no item uses scale '{name}'",
                draft.reading.key_span("scales", name),
                "Delete it, or name it in an item.",
            )
